//! Kinds of actor that are hidden.

use std::collections::BTreeSet;

use crate::model::entry::{ActorKind, Entry};

/// Every kind, in the order of the panel.
pub const KINDS: [ActorKind; 4] = [ActorKind::Team, ActorKind::Client, ActorKind::Bot, ActorKind::Other];

/// Which kinds of actor are shown. An entry that names nobody is of the other kinds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kinds {
    hidden: BTreeSet<ActorKind>,
}

impl Kinds {
    /// Shows these alone.
    #[must_use]
    pub fn only(shown: &[ActorKind]) -> Self {
        Self { hidden: KINDS.into_iter().filter(|kind| !shown.contains(kind)).collect() }
    }

    /// Whether every kind is shown.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Whether a kind is shown.
    #[must_use]
    pub fn shows(&self, kind: ActorKind) -> bool {
        !self.hidden.contains(&kind)
    }

    /// Whether an entry's actor is shown.
    #[must_use]
    pub fn passes(&self, entry: &Entry) -> bool {
        self.is_everything() || self.shows(entry.actor_kind().unwrap_or(ActorKind::Other))
    }

    /// Hides a kind, or shows it again.
    pub fn toggle(&mut self, kind: ActorKind) {
        if !self.hidden.remove(&kind) {
            self.hidden.insert(kind);
        }
    }

    /// The shorter way to say it: `no bots`, `team only`.
    pub(super) fn words(&self) -> Option<String> {
        let shown: Vec<&str> =
            KINDS.into_iter().filter(|kind| self.shows(*kind)).map(|kind| name(kind)).collect();
        let hidden: Vec<&str> = self.hidden.iter().map(|kind| name(*kind)).collect();
        match (shown.as_slice(), hidden.as_slice()) {
            (_, []) => None,
            ([], _) => Some("nobody".to_owned()),
            ([only], _) => Some(format!("{only} only")),
            (_, hidden) => Some(format!("no {}", hidden.join(", no "))),
        }
    }
}

/// What a kind is called.
#[must_use]
pub fn name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Team => "team",
        ActorKind::Client => "clients",
        ActorKind::Bot => "bots",
        ActorKind::Other => "others",
    }
}
