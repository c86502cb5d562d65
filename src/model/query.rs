//! What is asked of the server: a ticket, a choice of types, a window of places.
//!
//! Facts from the reference page "Get Ticket Log": `take` is at most 50 (default 25), `skip` counts from the
//! newest entry, an empty `action_types` asks for all types. There is no total and no id.

use std::collections::BTreeSet;

use super::text::Untrusted;

/// The number of a ticket; ids above 2^32 are expected.
pub type TicketNumber = u64;

/// The most entries the server gives in one answer (reference page "Get Ticket Log").
pub const PAGE: u16 = 50;

/// Which action types an answer may hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Query {
    /// Every type, also those whose names we do not know: an empty `action_types`.
    #[default]
    All,
    /// Exactly these. Never empty: a choice of nothing is not asked.
    Only(BTreeSet<Untrusted>),
}

/// A stretch of places, counted from the newest entry. Only a hint: the log moves under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// Entries left out from the newest on.
    pub skip: u64,
    /// Entries asked for, 1 to [`PAGE`].
    pub take: u16,
}

/// Tells answers of different questions apart; rises with each new question, never falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Generation(pub u64);

impl Generation {
    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl Query {
    /// Whether an entry of this type answers the query.
    #[must_use]
    pub fn includes(&self, action_type: &Untrusted) -> bool {
        match self {
            Self::All => true,
            Self::Only(types) => types.contains(action_type),
        }
    }
}
