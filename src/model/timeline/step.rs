//! Steps of the cursor. None goes over what is not loaded without a stop: whoever holds a key down is to see it.

use super::{Direction, Item, Spot, Timeline};
use crate::model::log::Log;

impl Timeline {
    /// Moves the cursor by so many lines, down when positive. Stops at both ends and at what is not loaded.
    pub fn step(&mut self, log: &Log, by: isize) {
        let Some(spot) = self.cursor.and_then(|item| self.index.find(item)) else {
            return;
        };
        let before = self.direction;
        self.direction = if by < 0 { Direction::Newer } else { Direction::Older };
        let waits = self.direction == before && self.is_being_read(log, spot);
        let target = if waits { spot } else { self.index.step_to_gap(spot, by) };
        self.stand(log, spot, self.index.line(target));
    }

    /// Moves the cursor by so many entries, folded or not.
    pub fn step_entries(&mut self, log: &Log, by: isize) {
        let Some(mut spot) = self.cursor.and_then(|item| self.index.find(item)) else {
            return;
        };
        let from = spot;
        for _ in 0..by.unsigned_abs() {
            let next = if by < 0 { self.index.entry_before(spot) } else { self.index.entry_after(spot) };
            let Some(next) = next else { break };
            spot = next;
        }
        self.direction = if by < 0 { Direction::Newer } else { Direction::Older };
        self.stand(log, from, spot);
    }

    /// The cursor goes to a spot; below the last line there is nothing to stand on, and it goes back.
    fn stand(&mut self, log: &Log, from: Spot, to: Spot) {
        let to = match self.index.item(to) {
            Some(Item::Gap(_)) if self.is_start(log, to) => self.index.before(to).unwrap_or(to),
            _ => to,
        };
        let is_same_line = self.index.line(from) == to;
        self.cursor = self.index.item(if is_same_line { from } else { to });
        self.note_home(log);
        self.show_cursor(log);
    }

    /// Whether entries are to come where the cursor stands. After a failure none are, and it can be passed.
    fn is_being_read(&self, log: &Log, spot: Spot) -> bool {
        matches!(self.index.item(spot), Some(Item::Gap(_))) && log.failure().is_none()
    }
}
