//! Where runs stand, counted from the newest entry: hints, which move when the log does. A run whose place nobody knows
//! any more is looked for before anything is asked beside it.

use super::Log;

impl Log {
    /// A run was found so many places farther down than it was. Arrivals push all runs down. What vanished pulls up what
    /// stands below it, but places there may have been measured since: they are looked for anew.
    pub(super) fn move_places(&mut self, from: usize, by: i64) {
        self.moves += u64::from(by != 0);
        let from = if by < 0 { from } else { 0 };
        for (at, run) in self.runs.iter_mut().enumerate().skip(from) {
            run.place = run.place.saturating_add_signed(by);
            run.is_placed &= by >= 0 || at == from;
        }
    }

    /// The log begins with the first run after all.
    pub(super) fn place_at_top(&mut self) {
        let by = self.unloaded_above().cast_signed();
        self.move_places(0, -by);
    }

    /// The head became longer or shorter by so many: what stands below it has moved, unless it was measured since.
    pub(super) fn move_below_head(&mut self, by: i64) {
        self.moves += 1;
        for run in self.runs.iter_mut().skip(1) {
            run.place = run.place.saturating_add_signed(by);
            run.is_placed &= by >= 0;
        }
    }

    /// So many entries at least have arrived above what was the head.
    pub(super) fn lose_places_below(&mut self, count: u64) {
        self.moves += 1;
        for run in self.runs.iter_mut().skip(1) {
            run.place = run.place.saturating_add(count);
            run.is_placed = false;
        }
    }

    /// No run begins before the one above it ends: one that seems to has moved since its place was measured.
    pub(super) fn part_places(&mut self, from: usize) {
        let mut end = 0;
        for run in self.runs.iter_mut().skip(from) {
            run.is_placed &= run.place >= end;
            run.place = run.place.max(end);
            end = run.end();
        }
    }
}
