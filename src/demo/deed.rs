//! What can happen to a sample ticket: the action type, the sentence in two languages, and what it refers to.
//!
//! Five types are confirmed by the reference; the spelling of the others is plausible and nothing more. Used by
//! the story reader and the generated logs.

use super::{
    cast::{Category, Person, Tag},
    entry::Included,
};

/// One thing somebody did.
#[derive(Debug, Clone)]
pub(super) enum Deed<'a> {
    Created,
    Read,
    Replied,
    Noted,
    /// Labels in the log's language.
    Status {
        from: &'a str,
        to: &'a str,
    },
    Assigned(&'a Person),
    Unassigned,
    Category {
        from: Option<&'a Category>,
        to: &'a Category,
    },
    Tagged(&'a Tag),
    Untagged(&'a Tag),
    Field {
        name: String,
        value: String,
    },
    Spam,
    NotSpam,
    /// A type of its own with a sentence of its own.
    Other {
        action_type: &'a str,
        sentence: &'a str,
    },
}

/// The language of a log's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Norwegian,
}

impl Language {
    /// The labels of the statuses `open`, `pending` and `completed`; the first is a new ticket's.
    pub(super) const fn labels(self) -> [(&'static str, &'static str); 3] {
        match self {
            Self::English => [("Open", "open"), ("Pending", "pending"), ("Completed", "completed")],
            Self::Norwegian => [("Åpen", "open"), ("På vent", "pending"), ("Fullført", "completed")],
        }
    }
}

impl Deed<'_> {
    /// `actionType`.
    pub(super) fn action_type(&self) -> &str {
        match self {
            Self::Created => "ticket_created",
            Self::Read => "ticket_read",
            Self::Replied => "reply_created",
            Self::Noted => "note_created",
            Self::Status { .. } => "ticket_status_changed",
            Self::Assigned(_) => "ticket_assigned_to_user",
            Self::Unassigned => "ticket_unassigned",
            Self::Category { .. } => "ticket_category_changed",
            Self::Tagged(_) => "tag_added",
            Self::Untagged(_) => "tag_removed",
            Self::Field { .. } => "custom_field_changed",
            Self::Spam => "ticket_marked_as_spam",
            Self::NotSpam => "ticket_unmarked_as_spam",
            Self::Other { action_type, .. } => action_type,
        }
    }

    /// `actionString`: a predicate without a subject.
    pub(super) fn sentence(&self, language: Language) -> String {
        match language {
            Language::English => self.english(),
            Language::Norwegian => self.norwegian(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Created => "created the ticket".into(),
            Self::Read => "read the ticket".into(),
            Self::Replied => "sent a reply".into(),
            Self::Noted => "wrote a note".into(),
            Self::Status { from, to } => format!("changed the status from \"{from}\" to \"{to}\""),
            Self::Assigned(person) => format!("changed ticket assignee to {{User:{}}}", person.id),
            Self::Unassigned => "removed the assignee".into(),
            Self::Category { from: Some(from), to } => {
                format!("changed the category from {} to {}", category(from), category(to))
            }
            Self::Category { from: None, to } => format!("set the category to {}", category(to)),
            Self::Tagged(it) => format!("added the tag {}", tag(it)),
            Self::Untagged(it) => format!("removed the tag {}", tag(it)),
            Self::Field { name, value } => format!("set the field {name} to {value}"),
            Self::Spam => "marked the ticket as spam".into(),
            Self::NotSpam => "marked the ticket as not spam".into(),
            Self::Other { sentence, .. } => (*sentence).into(),
        }
    }

    fn norwegian(&self) -> String {
        match self {
            Self::Created => "opprettet saken".into(),
            Self::Read => "leste saken".into(),
            Self::Replied => "sendte et svar".into(),
            Self::Noted => "skrev et notat".into(),
            Self::Status { from, to } => format!("endret sakens status fra \"{from}\" til \"{to}\""),
            Self::Assigned(person) => format!("tildelte saken til {{User:{}}}", person.id),
            Self::Unassigned => "fjernet tildelingen av saken".into(),
            Self::Category { from: Some(from), to } => {
                format!("flyttet saken fra {} til {}", category(from), category(to))
            }
            Self::Category { from: None, to } => format!("la saken i {}", category(to)),
            Self::Tagged(it) => format!("la til taggen {}", tag(it)),
            Self::Untagged(it) => format!("fjernet taggen {}", tag(it)),
            Self::Field { name, value } => format!("satte feltet {name} til {value}"),
            Self::Spam => "merket saken som søppelpost".into(),
            Self::NotSpam => "merket saken som ikke søppelpost".into(),
            Self::Other { sentence, .. } => (*sentence).into(),
        }
    }

    /// `includedItems`.
    pub(super) fn included(&self) -> Included {
        let mut included = Included::default();
        match self {
            Self::Assigned(person) => included.users.push(person.as_included()),
            Self::Category { from, to } => {
                included.categories = from.iter().copied().chain([*to]).cloned().collect();
            }
            Self::Tagged(tag) | Self::Untagged(tag) => included.tags.push(tag.wire()),
            _ => {}
        }
        included
    }
}

/// The placeholder of a category.
fn category(category: &Category) -> String {
    format!("{{Category:{}}}", category.id)
}

/// The placeholder of a tag, or its name where it has no id.
fn tag(tag: &Tag) -> String {
    tag.id.map_or_else(|| tag.name.clone(), |id| format!("{{Tag:{id}}}"))
}
