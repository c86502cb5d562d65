//! One entry of a sample log, in the shape of the reference object "Ticket Log".
//!
//! Owns the wire names and the way a time is written. A [`Row`] is an entry ready to be sent: bytes, not a
//! string, because the hostile ticket holds what no Rust string can.

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use serde_json::Value;

use super::{
    cast::{Category, Person},
    deed::{Deed, Language},
};

/// An entry to be written as JSON.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    action_string: String,
    action_type: &'a str,
    included_items: Included,
    time: String,
    user: &'a Person,
}

/// What the placeholders of a sentence refer to.
#[derive(Debug, Default, Serialize)]
pub(super) struct Included {
    /// Of `{Category:<id>}`.
    pub(super) categories: Vec<Category>,
    /// Of `{Tag:<id>}`; strings for tags without an id.
    pub(super) tags: Vec<Value>,
    /// Of `{User:<id>}`.
    pub(super) users: Vec<Person>,
}

/// An entry ready to be sent.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// What a request's `action_types` is compared with.
    pub(super) action_type: String,
    /// The entry's JSON.
    pub(super) json: Vec<u8>,
}

impl Row {
    /// What `actor` did at `moment`.
    pub(super) fn new(moment: Moment, actor: &Person, deed: &Deed, language: Language) -> Self {
        let entry = Entry {
            action_string: deed.sentence(language),
            action_type: deed.action_type(),
            included_items: deed.included(),
            time: moment.written_by(actor),
            user: actor,
        };
        // Strings, numbers and lists cannot fail to be written.
        let json = serde_json::to_vec(&entry).unwrap_or_default();
        Self { action_type: entry.action_type.to_owned(), json }
    }
}

/// An instant and how many digits of its fraction are written: the reference shows 0, 2, 6 and 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    /// The instant, to 100 ns.
    pub(super) at: DateTime<Utc>,
    /// 0 to 7.
    pub(super) digits: u8,
}

impl Moment {
    /// The moment as an entry of this person shows it, in the person's offset; the fraction is cut, not rounded.
    pub(super) fn written_by(self, person: &Person) -> String {
        let seconds = i32::from(person.utc_offset_hours) * 3600;
        let local = FixedOffset::east_opt(seconds)
            .map_or_else(|| self.at.fixed_offset(), |it| self.at.with_timezone(&it));
        let ticks = format!("{:07}", local.timestamp_subsec_nanos() / 100);
        let fraction: String = ticks.chars().take(usize::from(self.digits)).collect();
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{}{point}{fraction}{}", local.format("%Y-%m-%dT%H:%M:%S"), local.format("%:z"))
    }
}
