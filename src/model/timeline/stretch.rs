//! Lines that stand one below the other, from one that was marked to the one at the cursor. A fold is in it whole.

use super::{Item, Spot, Timeline};
use crate::model::log::{EntryId, Log};

/// Lines that stand one below the other. Valid until the list changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    first: Spot,
    last: Spot,
}

impl Timeline {
    /// The lines between an entry and the cursor, both with it. Where the entry is hidden, its place counts.
    #[must_use]
    pub fn stretch(&self, log: &Log, from: EntryId) -> Option<Stretch> {
        let (_, from) = log.resolve(from)?;
        let one = self.index.line(self.index.after(Item::Entry(from))?);
        let other = self.cursor_spot()?;
        Some(Stretch { first: one.min(other), last: self.end_of_line(one.max(other)) })
    }

    /// The last entry of a line.
    fn end_of_line(&self, line: Spot) -> Spot {
        let below = self.index.next(line).filter(|_| matches!(self.index.item(line), Some(Item::Entry(_))));
        below.and_then(|below| self.index.entry_before(below)).unwrap_or(line)
    }

    /// Whether an entry is in it.
    #[must_use]
    pub fn is_in(&self, stretch: Stretch, id: EntryId) -> bool {
        let spot = self.index.find(Item::Entry(id));
        spot.is_some_and(|spot| stretch.first <= spot && spot <= stretch.last)
    }

    /// How many entries are in it.
    #[must_use]
    pub fn count_in(&self, stretch: Stretch) -> usize {
        let last = usize::from(matches!(self.index.item(stretch.last), Some(Item::Entry(_))));
        self.index.entries_before(stretch.last) + last - self.index.entries_before(stretch.first)
    }

    /// Its entries, newest first, and whether entries that are not loaded lie between them.
    #[must_use]
    pub fn entries_in(&self, stretch: Stretch) -> (Vec<EntryId>, bool) {
        let (mut ids, mut has_hole) = (Vec::new(), false);
        let mut next = Some(stretch.first);
        while let Some(spot) = next.filter(|spot| *spot <= stretch.last) {
            match self.index.item(spot) {
                Some(Item::Entry(id)) => ids.push(id),
                Some(Item::Gap(_)) if spot < stretch.last => has_hole = true,
                _ => {}
            }
            next = self.index.entry_after(spot);
        }
        (ids, has_hole)
    }

    /// All entries that are shown, newest first.
    #[must_use]
    pub fn all_shown(&self) -> Vec<EntryId> {
        self.index.entries().collect()
    }
}
