//! Entries by their number among those shown, and what stands beside them, folded or not: for whoever reads them one
//! after the other instead of on a screen.

use super::{Direction, Item, Spot, Timeline};
use crate::model::log::{EntryId, Log};

impl Timeline {
    /// The entry of this number among those shown, from 1.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Option<EntryId> {
        let mut left = number.checked_sub(1)?;
        for (run, shown) in self.index.parts() {
            match shown.get(left) {
                Some(serial) => return Some(EntryId { run, serial: *serial }),
                None => left -= shown.len(),
            }
        }
        None
    }

    /// The number of an entry among those shown; `None` where it is not shown.
    #[must_use]
    pub fn number_of(&self, log: &Log, id: EntryId) -> Option<usize> {
        self.spot_of(log, id).map(|spot| self.index.entries_before(spot) + 1)
    }

    /// What stands below an entry.
    #[must_use]
    pub fn below(&self, log: &Log, id: EntryId) -> Option<Item> {
        self.index.item(self.index.entry_after(self.spot_of(log, id)?)?)
    }

    /// What stands above an entry.
    #[must_use]
    pub fn above(&self, log: &Log, id: EntryId) -> Option<Item> {
        self.index.item(self.index.entry_before(self.spot_of(log, id)?)?)
    }

    /// Puts the cursor on an entry that is shown, and moves the list no farther than it must.
    pub fn stand_on(&mut self, log: &Log, id: EntryId) {
        let Some(spot) = self.spot_of(log, id) else { return };
        let from = self.cursor.and_then(|item| self.index.find(item));
        let is_newer = from.is_some_and(|from| spot < from);
        self.direction = if is_newer { Direction::Newer } else { Direction::Older };
        self.cursor = self.index.item(spot);
        self.note_home(log);
        self.show_cursor(log);
    }

    fn spot_of(&self, log: &Log, id: EntryId) -> Option<Spot> {
        self.index.find(self.index.present(log, Item::Entry(id)))
    }
}
