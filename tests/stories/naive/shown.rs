//! What is shown of an entry, in the plainest form: every entry is asked about each time.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use ticketlog::model::entry::{ActorKind, Entry};

/// What narrows the view, in the plainest form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Naive {
    pub hidden: BTreeSet<String>,
    pub only: Option<BTreeSet<String>>,
    pub kinds: BTreeSet<ActorKind>,
    pub person: Option<String>,
    pub span: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    /// One of these texts, or none of them.
    pub text: Option<(Vec<&'static str>, bool)>,
}

impl Naive {
    pub fn shows(&self, entry: &Entry) -> bool {
        let name = entry.action_type.raw_for_export();
        let of_type = self.only.as_ref().map_or(!self.hidden.contains(name), |only| only.contains(name));
        let kind = entry.actor_kind().unwrap_or(ActorKind::Other);
        let id = entry.actor.as_ref().map(|actor| actor.id.raw_for_export());
        let of_person = self.person.as_deref().is_none_or(|person| id == Some(person));
        let at = entry.stamp().map(|stamp| stamp.instant());
        let (since, until) = self.span;
        let in_span = at.is_none_or(|at| since.is_none_or(|s| at >= s) && until.is_none_or(|u| at <= u));
        let with_text = self
            .text
            .as_ref()
            .is_none_or(|(texts, negated)| texts.iter().any(|text| has(entry, text)) != *negated);
        of_type && !self.kinds.contains(&kind) && of_person && in_span && with_text
    }

    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a text in small letters stands in what is shown of an entry.
pub fn has(entry: &Entry, text: &str) -> bool {
    let (name, action) = (entry.action_type.raw_for_export(), entry.action.raw_for_export());
    let actor = entry.actor.as_ref().map_or("", |actor| actor.name.raw_for_export());
    [name, action, actor, word(name)].iter().any(|words| words.to_lowercase().contains(text))
}

fn word(name: &str) -> &str {
    match name {
        "ticket_read" => "read",
        "reply_created" => "reply",
        "note_created" => "note",
        "ticket_status_changed" => "status",
        "tag_added" => "tag",
        "something_new" => "something new",
        _ => "other thing",
    }
}
