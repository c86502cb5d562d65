//! The JSON of the entry at the cursor, where it was not kept.

use super::{Fetch, Reader};
use crate::model::timeline::Item;

impl Reader {
    /// Asks for the JSON of the entry at the cursor when it was not kept.
    pub fn ask_raw(&mut self) -> Vec<Fetch> {
        let missing = self
            .current()
            .is_some_and(|entry| entry.raw.is_none() && !entry.is_unread() && self.left.is_none());
        let Some(Item::Entry(id)) = self.timeline.cursor().filter(|_| missing) else {
            return Vec::new();
        };
        let window = self.narrow.as_mut().unwrap_or(&mut self.all).ask_raw(id);
        window.map(|window| self.fetch(window)).into_iter().collect()
    }
}
