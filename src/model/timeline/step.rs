//! Steps of the cursor. None goes over what is not loaded without a stop: whoever holds a key down is to see it.

use super::{Direction, Item, Spot, Timeline};
use crate::model::log::Log;

impl Timeline {
    /// Moves the cursor by so many items, down when positive. Stops at both ends and at what is not loaded.
    pub fn step(&mut self, log: &Log, by: isize) {
        let Some(spot) = self.cursor.and_then(|item| self.index.find(item)) else {
            return;
        };
        let before = self.direction;
        self.direction = if by < 0 { Direction::Newer } else { Direction::Older };
        let waits = self.direction == before && self.is_being_read(log, spot);
        let target = if waits { spot } else { self.index.step_to_gap(spot, by) };
        self.cursor = self.index.item(target);
        self.leave_dead_end(log);
        self.note_home(log);
        self.show_cursor(log);
    }

    /// Whether entries are to come where the cursor stands. After a failure none are, and it can be passed.
    fn is_being_read(&self, log: &Log, spot: Spot) -> bool {
        matches!(self.index.item(spot), Some(Item::Gap(_))) && log.failure().is_none()
    }
}
