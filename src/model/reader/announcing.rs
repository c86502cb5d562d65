//! What arrived above since the newest entry was last on the screen: counted among what is loaded, so that it is right
//! whatever way it came, with what is known to stand above all that is loaded (`log::places`). Where one of the two is
//! not known less is said: a count is a lower bound, never too much.

use super::Reader;
use crate::model::{
    entry::Entry,
    log::{Accepted, EntryId, Log},
    query::Generation,
};

/// For each log in use the newest entry when that was last on the screen.
#[derive(Debug, Default)]
pub(super) struct Tops(Vec<Top>);

#[derive(Debug)]
struct Top {
    of: Generation,
    id: EntryId,
    entry: Entry,
}

impl Tops {
    fn find(&self, log: &Log) -> Option<&Top> {
        self.0.iter().find(|top| top.of == log.generation())
    }

    fn of(&self, log: &Log) -> Option<EntryId> {
        self.find(log).map(|top| top.id)
    }

    /// How many loaded entries stand above it; `None` where it is not known, or gone.
    pub(super) fn loaded_above(&self, log: &Log) -> Option<usize> {
        log.loaded_above(self.of(log)?)
    }
}

impl Reader {
    /// Entries that arrived above since the newest one was last on the screen.
    #[must_use]
    pub fn arrived(&self) -> u64 {
        let log = self.asked_log();
        self.tops.loaded_above(log).unwrap_or(0) as u64 + log.unloaded_above()
    }

    /// Whether more than these may have arrived: not all above the newest one seen is loaded.
    #[must_use]
    pub fn has_more_arrived(&self) -> bool {
        self.tops.of(self.asked_log()).is_some_and(|top| self.asked_log().is_hole_above(top))
    }

    /// What is on the screen has been seen. Above a log that does not begin with its head more may be loaded, which has
    /// not arrived.
    pub(super) fn note_seen(&mut self) {
        if self.left.is_none() && self.timeline.shows_newest() && self.asked_log().knows_head() {
            self.set_top(0);
        }
    }

    /// After an answer the newest entry seen may be gone: as many as were announced, and what came with the answer,
    /// stand above what took its place. In a log that has changed nothing is known of what was announced.
    pub(super) fn find_top_again(&mut self, announced: Option<usize>, accepted: Accepted) {
        let log = self.asked_log();
        let top = self.tops.of(log);
        if accepted.reread && top.is_none_or(|top| log.resolve(top).is_none()) {
            self.set_top(accepted.arrived);
        } else if top.is_none_or(|top| log.loaded_above(top).is_none()) {
            // A run of equal entries alone is dropped when an answer holds them again.
            match self.tops.find(log).and_then(|top| log.newest_like(&top.entry)) {
                Some(again) => self.set_top_to(Some(again)),
                None => self.set_top(announced.unwrap_or(0) + accepted.arrived),
            }
        }
    }

    /// The newest entry but so many is the newest one seen.
    fn set_top(&mut self, above: usize) {
        self.set_top_to(self.newest_below(above).map(|(_, id)| id));
    }

    fn set_top_to(&mut self, id: Option<EntryId>) {
        let log = self.asked_log();
        let (all, of) = (self.all.generation(), log.generation());
        if id.is_some() && self.tops.of(log) == id {
            return;
        }
        let top = id.and_then(|id| Some(Top { of, id, entry: log.entry(id)?.clone() }));
        self.tops.0.retain(|top| top.of == all && top.of != of);
        self.tops.0.extend(top);
    }
}
