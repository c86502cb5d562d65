//! Jumps where times are not in order. Here and there two entries may have changed places, or one may have a time of its
//! own: probes find the way all the same. Where more is out of order no place tells what lies beyond it, so the log is
//! read in sequence, to its end or to the bound of a jump. Either way the jump ends on the latest entry that is not later
//! among all that is loaded, and nobody claims that nothing lies between it and its neighbours.

use chrono::{DateTime, Utc};

use super::{
    Disorder, Landing, Log, Target,
    search::{Mode, Seek},
};
use crate::model::{entry::Entry, log::Run};

/// One pair of neighbours in so many may be out of order without probes being given up.
const FEW: usize = 8;

impl Log {
    /// Whether times are so much out of order that no probe tells anything.
    #[must_use]
    pub fn is_scrambled(&self) -> bool {
        self.is_out_of_order() && self.runs.iter().any(is_scrambled)
    }

    /// Probes for a moment are not begun, or given up, where they tell nothing.
    pub(super) fn give_probes_up(&mut self) {
        let probes = self.seek.is_some_and(|seek| {
            seek.mode == Mode::Probe && seek.locates.is_none() && matches!(seek.target, Target::At(_))
        });
        if probes && self.is_scrambled() {
            self.read_in_sequence();
        }
    }

    /// What is known of the order of times, for a jump.
    pub(super) fn disorder(&self, seek: Seek) -> Disorder {
        // Where all is loaded, what stands there tells, whatever probes saw.
        match self.is_out_of_order() || (seek.is_contradicted && !self.is_whole()) {
            false => Disorder::None,
            true if self.is_whole() => Disorder::InAll,
            true => Disorder::InWhatIsLoaded,
        }
    }

    /// Whether all there is is loaded.
    pub(super) fn is_whole(&self) -> bool {
        self.end && self.runs.len() == 1
    }

    /// The latest entry that is not later than a moment among all that is loaded, the upper one of equal ones; else the
    /// earliest, the lowest of equal ones. Nothing while probes have not reached the moment.
    pub(super) fn nearest(&self, seek: Seek, instant: DateTime<Utc>) -> Option<Landing> {
        if seek.mode != Mode::Sequence && !self.is_whole() && !self.brackets(instant) {
            return None;
        }
        let mut latest: Option<(DateTime<Utc>, usize, usize)> = None;
        let mut earliest: Option<(DateTime<Utc>, usize, usize)> = None;
        for (at, run) in self.runs.iter().enumerate() {
            for (index, entry) in run.iter().enumerate() {
                let Some(time) = entry.stamp().map(|stamp| stamp.instant()) else { continue };
                if time <= instant && latest.is_none_or(|(best, ..)| time > best) {
                    latest = Some((time, at, index));
                }
                if earliest.is_none_or(|(best, ..)| time <= best) {
                    earliest = Some((time, at, index));
                }
            }
        }
        let (_, at, index) = latest.or(earliest)?;
        Some(Landing { before_all: latest.is_none(), ..self.landing(at, index)? })
    }

    /// Whether a run begins later than a moment, or at the head, and does not end later.
    fn brackets(&self, instant: DateTime<Utc>) -> bool {
        let is_later = |entry: Option<&Entry>| {
            entry.and_then(Entry::stamp).is_some_and(|stamp| stamp.instant() > instant)
        };
        let ends_below =
            |at: usize, run: &Run| !is_later(run.oldest()) || (self.end && at + 1 == self.runs.len());
        let begins_above = |at: usize, run: &Run| is_later(run.newest()) || (at == 0 && run.place == 0);
        self.runs.iter().enumerate().any(|(at, run)| begins_above(at, run) && ends_below(at, run))
    }
}

/// Whether more than a few pairs of neighbours are out of order.
fn is_scrambled(run: &Run) -> bool {
    let mut broken = 0;
    let mut above = None;
    for time in run.iter().filter_map(Entry::stamp) {
        broken += usize::from(above.is_some_and(|above| above < time));
        above = Some(time);
    }
    broken * FEW > run.len()
}
