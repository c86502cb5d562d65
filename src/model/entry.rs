//! One entry of the activity log, as decoded: who did what, when, and what the sentence refers to.

use std::{fmt, num::NonZeroU64, sync::Arc};

use arcstr::ArcStr;

use super::{stamp::Stamp, text::Untrusted};

/// The flaw of an entry that is larger than an answer may be.
pub const TOO_LARGE: &str = "it is larger than 8 MiB and was not read";

/// One entry. Its parts are shared: the same user, type and sentence come back thousands of times. Every part is
/// a thin pointer, which makes an entry 72 bytes: a log holds a million of them.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `actionType`, an open set: any string, also one we have never seen. Empty when the server gave none.
    pub action_type: Untrusted,
    /// `actionString`, a predicate without a subject, localised, with placeholders such as `{User:<id>}`.
    pub action: Untrusted,
    /// `user`; `None` when the server gave none or null.
    pub actor: Option<Arc<User>>,
    /// `time`.
    pub time: Time,
    /// `includedItems`, what the placeholders refer to; `None` when all lists are empty.
    pub included: Option<Arc<Included>>,
    /// The entry's own JSON, byte for byte except that invalid UTF-8 became U+FFFD, and control bytes or
    /// backslashes that JSON forbids inside strings became escapes.
    pub raw: Option<RawJson>,
    /// Why the entry could not be read as documented. The other fields then hold what could be read.
    pub flaw: Option<Untrusted>,
    /// Where it stands in a file. The server tells nothing of the kind.
    pub place: Option<Place>,
}

/// Where a row stands in a file, and whether that is an entry: the number of its first byte, from 1, with the highest
/// bit set where none stands. Such a row tells why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(NonZeroU64);

impl Place {
    const NO_ENTRY: u64 = 1 << 63;

    /// An entry begins at this offset.
    #[must_use]
    pub fn of_entry(offset: u64) -> Option<Self> {
        NonZeroU64::new(offset.saturating_add(1)).map(Self)
    }

    /// What begins at this offset is no entry.
    #[must_use]
    pub fn of_no_entry(offset: u64) -> Option<Self> {
        NonZeroU64::new(offset.saturating_add(1) | Self::NO_ENTRY).map(Self)
    }

    fn is_entry(self) -> bool {
        self.0.get() & Self::NO_ENTRY == 0
    }
}

/// An entry's own JSON. Holds personal data, so debug output tells its length alone.
#[derive(Clone, PartialEq, Eq)]
pub struct RawJson(ArcStr);

impl RawJson {
    /// Keeps the JSON as it came.
    #[must_use]
    pub fn new(json: impl Into<ArcStr>) -> Self {
        Self(json.into())
    }

    /// The JSON as it came, for the model to take apart.
    pub(in crate::model) fn text(&self) -> &str {
        &self.0
    }

    /// The JSON as it came. Only for files that the user named, never for a terminal.
    #[must_use]
    pub fn raw_for_export(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.0.len())
    }
}

/// When an entry happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// A time that could be read.
    At(Stamp),
    /// What stands there instead of a time; empty when nothing does.
    Unreadable(Untrusted),
}

/// A person or a bot, as in the reference's object "User".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct User {
    /// A GUID. Personal: shown only when asked for.
    pub id: Untrusted,
    /// The name to show; may be empty.
    pub name: Untrusted,
    /// Personal: shown only when asked for.
    pub email: Option<Untrusted>,
    /// `team` and `client` are known; an open set.
    pub status: Untrusted,
    /// `isBot`.
    pub is_bot: bool,
    /// May hold a national identity number. Personal: shown only when asked for.
    pub custom_identifier: Option<Untrusted>,
}

/// Which side an actor is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// `status` is `team` and not a bot.
    Team,
    /// `status` is `client` and not a bot.
    Client,
    /// `isBot`.
    Bot,
    /// Another `status`.
    Other,
}

/// What the placeholders of a sentence refer to (reference object "Ticket Action Included Items").
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Included {
    /// `includedItems.users`.
    pub users: Vec<Arc<User>>,
    /// `includedItems.tags`.
    pub tags: Vec<Label>,
    /// `includedItems.categories`.
    pub categories: Vec<Label>,
}

/// A tag or a category: a name, and an id where the server gave one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// The id as text; empty when the server gave the name alone.
    pub id: Untrusted,
    /// The name to show.
    pub name: Untrusted,
}

impl Entry {
    /// The instant, where the time could be read.
    #[must_use]
    pub fn stamp(&self) -> Option<Stamp> {
        match self.time {
            Time::At(stamp) => Some(stamp),
            Time::Unreadable(_) => None,
        }
    }

    /// Whether nothing could be read but why: neither type, nor actor, nor time.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let has_no_time = matches!(&self.time, Time::Unreadable(text) if text.is_empty());
        self.flaw.is_some() && self.action_type.is_empty() && self.actor.is_none() && has_no_time
    }

    /// Whether nothing of it was ever read, so that there is no JSON to ask for.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.raw.is_none() && self.flaw.as_ref().is_some_and(|flaw| flaw.raw() == TOO_LARGE)
    }

    /// Why there is no entry, where this row stands for a stretch of a file that is none: `line 3 is cut off`. All of
    /// it is our own words.
    #[must_use]
    pub fn unreadable(&self) -> Option<&Untrusted> {
        self.flaw.as_ref().filter(|_| self.place.is_some_and(|place| !place.is_entry()))
    }

    /// Which side the actor is on; `None` without an actor.
    #[must_use]
    pub fn actor_kind(&self) -> Option<ActorKind> {
        self.actor.as_ref().map(|user| user.kind())
    }

    /// Whether two answers speak of the same entry. The API gives no ids: instant, type, user and text are all
    /// there is; truly equal neighbours are told apart by their order alone.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.time == other.time
            && self.action_type == other.action_type
            && self.action == other.action
            && self.actor.as_ref().map(|u| &u.id) == other.actor.as_ref().map(|u| &u.id)
            && self.flaw == other.flaw
            && self.may_share_place(other)
            && self.has_same_json(other)
    }

    /// A file may hold the same words twice; those are two entries.
    fn may_share_place(&self, other: &Self) -> bool {
        self.place.is_none() || other.place.is_none() || self.place == other.place
    }

    /// What could not be read tells entries apart by their JSON, as long as that is kept.
    fn has_same_json(&self, other: &Self) -> bool {
        match (&self.flaw, &self.raw, &other.raw) {
            (Some(_), Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        }
    }
}

impl User {
    /// Which side this user is on. `isBot` goes before `status`.
    #[must_use]
    pub fn kind(&self) -> ActorKind {
        match self.status.raw() {
            _ if self.is_bot => ActorKind::Bot,
            "team" => ActorKind::Team,
            "client" => ActorKind::Client,
            _ => ActorKind::Other,
        }
    }
}

#[cfg(test)]
impl Entry {
    /// An entry for tests, of which nothing else is known.
    pub(in crate::model) fn saying(
        action_type: impl Into<arcstr::ArcStr>,
        action: impl Into<arcstr::ArcStr>,
    ) -> Self {
        Self {
            action_type: Untrusted::new(action_type),
            action: Untrusted::new(action),
            actor: None,
            time: Time::Unreadable(Untrusted::default()),
            included: None,
            raw: None,
            flaw: None,
            place: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_takes_72_bytes_at_most() {
        assert!(size_of::<Entry>() <= 72, "{}", size_of::<Entry>());
    }
}
