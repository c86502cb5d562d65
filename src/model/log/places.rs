//! Where runs stand, counted from the newest entry: hints, which move when the log does. A run whose place nobody knows
//! any more is looked for before anything is asked beside it.
//!
//! What stands above the first run is what has arrived and is not loaded, so nothing may be said of it that is not
//! known. An answer that holds entries of the first run tells it by itself. One that holds entries of another run tells
//! how far that was pushed down since its place was measured; as many have arrived above the first one if that place
//! counts all the arrivals that were told of already, and so this holds of every place that is believed
//! ([`Footing::Measured`]):
//!
//! - A place is measured by an answer that was asked for after the last move that was seen. One that was asked for
//!   before may have been given before it moved, too: such a place is good enough to ask there again
//!   ([`Footing::Near`]), but nothing is announced for what is found to differ from it.
//! - Where the first run is found pushed down, or more is found above it than was known, all others are moved with it,
//!   however old the answer is.
//! - Where the first run was `Near` itself, places below may have been measured later: none of them is `Measured` then.
//! - What counts arrivals without telling how many, as equal entries do that are counted anew from the top, leaves no
//!   place below measured.
//!
//! A place that counts too many costs an announcement; one that counts too few would tell of the same arrivals twice.

use super::{Log, Run, merge::Answer, run::Footing};

impl Log {
    /// A run was found so many places farther down than it was. Arrivals push all runs down. What vanished pulls up what
    /// stands below it, but places there may have been measured since: they are looked for anew.
    pub(super) fn move_places(&mut self, from: usize, by: i64) {
        self.moves += u64::from(by != 0);
        let from = if by < 0 { from } else { 0 };
        for (at, run) in self.runs.iter_mut().enumerate().skip(from) {
            run.place = run.place.saturating_add_signed(by);
            if by < 0 && at != from {
                run.lose_place();
            }
        }
    }

    /// An answer shows a run so many places farther down than it was.
    pub(super) fn measure(&mut self, index: usize, by: i64, answer: &Answer) {
        let Some(footing) = self.runs.get(index).map(|run| run.footing) else { return };
        // However old a head is, what stands in it above the first run has arrived.
        let is_seen = answer.ends.top && by > 0;
        match footing {
            // The log may have been so before it moved, in either direction.
            Footing::Measured | Footing::Near if answer.is_older && !is_seen => return,
            Footing::Measured => return self.move_places(index, by),
            Footing::Near if is_seen => {
                // Places below may have been measured since, and count some of it already.
                self.move_places(index, by);
                self.doubt_places_below();
            }
            Footing::Near => {
                self.moves += u64::from(by != 0);
                self.move_guesses(index, by);
            }
            Footing::Lost => {
                // Nothing is known of what stands above it.
                self.moves += 1;
                self.move_guesses(index, by);
            }
        }
        if let Some(run) = self.runs.get_mut(index) {
            run.footing = if answer.is_older { Footing::Near } else { Footing::Measured };
        }
    }

    /// A run that was believed to stand elsewhere is moved, and the guesses below go with it.
    fn move_guesses(&mut self, index: usize, by: i64) {
        let guesses = self.runs.iter_mut().enumerate().skip(index);
        let guesses = guesses.take_while(|(at, run)| *at == index || !run.is_placed());
        guesses.for_each(|(_, run)| run.place = run.place.saturating_add_signed(by));
    }

    /// An answer holds so many entries above a run. Above the first one they have arrived, even when the answer is too
    /// old to tell its place.
    pub(super) fn push_down_for(&mut self, index: usize, newer: u64) {
        let unknown = newer.saturating_sub(self.unloaded_above());
        if index == 0 && unknown > 0 {
            self.move_places(0, unknown.cast_signed());
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
            if by < 0 {
                run.lose_place();
            }
        }
    }

    /// So many entries at least have arrived above what was the head.
    pub(super) fn lose_places_below(&mut self, count: u64) {
        self.moves += 1;
        for run in self.runs.iter_mut().skip(1) {
            run.place = run.place.saturating_add(count);
            run.lose_place();
        }
    }

    /// Nobody knows how many entries have arrived above what was the head.
    pub(super) fn doubt_places_below(&mut self) {
        let below = self.runs.iter_mut().skip(1).filter(|run| run.is_placed());
        below.for_each(|run| run.footing = Footing::Near);
    }

    /// No run begins before the one above it ends: one that seems to has moved since its place was measured. What nobody
    /// knows the place of says nothing of what was measured below it, but that it needs room.
    pub(super) fn part_places(&mut self) {
        let mut least = 0;
        for run in &mut self.runs {
            if run.place < least {
                run.lose_place();
            }
            least = if run.is_placed() { run.end() } else { least + run.len() as u64 };
            run.place = run.place.max(least - run.len() as u64);
        }
        let mut below = u64::MAX;
        for run in self.runs.iter_mut().rev() {
            if !run.is_placed() {
                run.place = run.place.min(below.saturating_sub(run.len() as u64));
            }
            below = run.place;
        }
    }

    /// Whether a run that an answer shows at this place leaves no room for those above it: entries of one of them have
    /// vanished. Where times are in no order, runs may stand in a wrong one.
    pub(super) fn is_crowded(&self, index: usize, place: i64) -> bool {
        let above: usize = self.runs.iter().take(index).map(Run::len).sum();
        place < i64::try_from(above).unwrap_or(i64::MAX) && !self.is_out_of_order()
    }
}
