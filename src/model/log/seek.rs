//! Jumps: finding a moment or the oldest entry by probes of one entry each, without reading what lies between.
//!
//! From what is loaded the places are doubled until a probe is past the target, then halved until one page holds
//! it. A probe costs a request, so the bound is `2·ceil(log2(n / 50)) + 5` with the opening and the pages. Places
//! are hints: a jump is done only when its last page brackets the target. Every probe checks that times fall;
//! where they do not, the head tells whether the log moved, and if it did not, the log is read in sequence.

mod answers;
mod disorder;
mod search;

use chrono::{DateTime, Utc};

pub(super) use self::search::{FARTHEST, Seek};
use self::search::{Mark, Mode, Step};
use super::{EntryId, Log, Purpose, RunId, doubt::Check};
use crate::model::{
    entry::Entry,
    query::{PAGE, Window},
    stamp::Stamp,
};

/// Where a jump leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To the oldest entry.
    Oldest,
    /// To the newest entry that is not later. Where times are not in order: to the latest of those that are not
    /// later, among all that is loaded then, and where there is none, to the earliest.
    At(DateTime<Utc>),
}

/// Where a jump ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    /// The entry.
    pub id: EntryId,
    /// Its time.
    pub at: Option<Stamp>,
    /// The time of the entry above it; `None` at the top of the log.
    pub newer: Option<Stamp>,
    /// Whether every entry is later than the moment that was looked for.
    pub before_all: bool,
    /// Whether times are not in order.
    pub disorder: Disorder,
}

/// What is known of the order of times when a jump ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Disorder {
    /// None is known: neighbours tell what lies between.
    #[default]
    None,
    /// Neighbours tell nothing. What is loaded was looked at, but there is more.
    InWhatIsLoaded,
    /// Neighbours tell nothing. All there is was looked at.
    InAll,
}

/// The most requests of one jump by probes, whatever the server does.
const MOST_PROBES: u32 = 200;

/// The most requests of one jump to a moment where times are not in order; the next jump there reads on.
const MOST_IN_SEQUENCE: u32 = 200;

impl Log {
    /// Begins a jump; [`Log::ask_seek`] tells the windows. One that is under way is given up.
    pub fn seek(&mut self, target: Target) {
        self.seek = Some(self.bounded(Seek::new(target)));
    }

    /// Looks for the present place of a run by the time of its oldest entry. False when that cannot be done.
    pub(super) fn locate(&mut self, run: RunId) -> bool {
        let oldest = self.index_of(run).and_then(|index| self.runs.get(index)).and_then(super::Run::oldest);
        let Some(time) = oldest.and_then(Entry::stamp).filter(|_| !self.sequential) else {
            return false;
        };
        if self.seek.is_none() {
            let seek = self.bounded(Seek::new(Target::At(time.instant())));
            self.seek = Some(Seek { locates: Some(run), ..seek });
        }
        true
    }

    /// Gives up a jump. A late answer to it moves nothing, or serves the next jump.
    pub fn cancel_seek(&mut self) {
        self.seek = None;
    }

    /// Whether a jump is under way.
    #[must_use]
    pub fn is_seeking(&self) -> bool {
        self.seek.is_some()
    }

    /// Whether the place of a run is looked for, to read what is missing beside it.
    #[must_use]
    pub fn is_locating(&self) -> bool {
        let end = self.runs.last().map(super::Run::id).filter(|_| self.looks_behind);
        self.seek.and_then(|seek| seek.locates).is_some_and(|run| end != Some(self.resolve_run(run)))
    }

    /// Whether the log has moved so much under the jump that it leads nowhere.
    #[must_use]
    pub fn is_outgrown(&self) -> bool {
        self.seek.is_some_and(|seek| seek.mode == Mode::Outgrown)
    }

    /// How many requests the jump under way has made.
    #[must_use]
    pub fn seek_requests(&self) -> u32 {
        self.seek.map_or(0, |seek| seek.asked)
    }

    /// The landing, when the jump under way is done: the target is loaded.
    pub fn seek_landing(&mut self) -> Option<Landing> {
        self.give_probes_up();
        let seek = self.seek?;
        if !self.head_known || (seek.mode == Mode::Sequence && !self.sequence_may_land(seek)) {
            return None;
        }
        if self.end && self.loaded() == 0 {
            // An empty log has no place to land on.
            self.cancel_seek();
            return None;
        }
        if let Some(run) = seek.locates {
            if self.is_located(run) {
                self.cancel_seek();
            }
            return None;
        }
        let landing = self.find(seek)?;
        self.cancel_seek();
        Some(Landing { disorder: self.disorder(seek), ..landing })
    }

    fn is_located(&self, run: RunId) -> bool {
        self.index_of(run).and_then(|index| self.runs.get(index)).is_none_or(super::Run::is_placed)
    }

    /// What the jump under way needs next.
    pub fn ask_seek(&mut self) -> Option<Window> {
        let seek = self.seek?;
        let busy = |p: &super::Pending| {
            matches!(p.purpose, Purpose::Head | Purpose::Edge | Purpose::Probe | Purpose::Landing)
        };
        if self.failure.is_some() || self.pending.iter().any(busy) {
            return None;
        }
        let before = seek;
        let window = match self.seek_step(seek) {
            Step::Probe(place) => self.ask(Window { skip: place, take: 1 }, Purpose::Probe),
            Step::Page(place) => self.ask(Window { skip: place, take: PAGE }, Purpose::Landing),
            Step::Head => self.ask_first(),
            Step::Older(run) => self.ask_older(run),
            Step::Nothing => None,
        };
        if let (Some(_), Some(seek)) = (window, &mut self.seek) {
            seek.asked += 1;
            if matches!(before.mode, Mode::Finish(_))
                && self.pending.iter().any(|p| matches!(p.purpose, Purpose::Below(..)))
            {
                seek.mode = before.mode;
            }
        }
        window
    }

    fn seek_step(&mut self, seek: Seek) -> Step {
        if !self.head_known || matches!(seek.mode, Mode::CheckHead { .. }) || self.check != Check::Nothing {
            return Step::Head;
        }
        if seek.mode == Mode::Sequence {
            return self.runs.first().map_or(Step::Head, |run| Step::Older(run.id()));
        }
        if let Mode::Finish(run) = seek.mode {
            if self.pending.iter().any(|p| matches!(p.purpose, Purpose::Below(..))) {
                return Step::Nothing;
            }
            // Asking may lead back here, when the run has lost its place.
            self.seek = Some(Seek { mode: Mode::Probe, ..seek });
            return Step::Older(run);
        }
        if seek.mode == Mode::Outgrown {
            return Step::Nothing;
        }
        let step = seek.probe_or_page();
        if seek.asked < MOST_PROBES && !matches!(step, Step::Nothing) {
            return step;
        }
        self.read_in_sequence();
        self.runs.first().map_or(Step::Nothing, |run| Step::Older(run.id()))
    }

    /// The target among what is loaded, where that is certain.
    fn find(&self, seek: Seek) -> Option<Landing> {
        let (last, end) = (self.runs.len().checked_sub(1)?, self.end);
        let oldest = self.runs.last()?.len().checked_sub(1).filter(|_| end);
        let Target::At(instant) = seek.target else {
            return oldest.and_then(|index| self.landing(last, index));
        };
        if self.disorder(seek) != Disorder::None {
            return self.nearest(seek, instant);
        }
        let not_later = |entry: &Entry| entry.stamp().is_some_and(|stamp| stamp.instant() <= instant);
        for (at, run) in self.runs.iter().enumerate() {
            let Some(index) = run.iter().position(not_later) else {
                continue;
            };
            let is_head = at == 0 && self.head_known && run.place == 0;
            // Otherwise it may have an older one above it that is not loaded.
            return if index > 0 || is_head { self.landing(at, index) } else { None };
        }
        oldest.and_then(|index| Some(Landing { before_all: true, ..self.landing(last, index)? }))
    }

    /// What there is to say of a jump that ended on an entry.
    #[must_use]
    pub fn landing_on(&self, id: EntryId) -> Option<Landing> {
        let (run, id) = self.resolve(id)?;
        let index = usize::try_from(id.serial - run.serials().start).ok()?;
        self.landing(self.index_of(run.id())?, index)
    }

    /// The end of a jump on an entry of a run.
    fn landing(&self, run: usize, index: usize) -> Option<Landing> {
        let run = self.runs.get(run)?;
        let newer = index.checked_sub(1).and_then(|above| run.get(above)).and_then(Entry::stamp);
        let id = EntryId { run: run.id(), serial: run.serial_at(index) };
        let at = run.get(index).and_then(Entry::stamp);
        Some(Landing { id, at, newer, before_all: false, disorder: Disorder::None })
    }

    /// A search through all that is loaded after every page would cost the square of it.
    fn sequence_may_land(&self, seek: Seek) -> bool {
        let Some(run) = self.runs.first() else {
            return false;
        };
        let recent = run.iter().rev().take(2 * usize::from(PAGE)).filter_map(Entry::stamp);
        match seek.target {
            Target::Oldest => self.end,
            Target::At(_) if self.disorder(seek) == Disorder::None => {
                (self.end && self.runs.len() == 1) || recent.into_iter().any(|time| !seek.is_newer(time))
            }
            Target::At(_) => self.is_whole() || seek.asked >= MOST_IN_SEQUENCE,
        }
    }

    /// What is loaded narrows the places down before anything is asked.
    fn bounded(&self, mut seek: Seek) -> Seek {
        seek.moves = self.moves;
        for run in self.runs.iter().filter(|run| run.is_placed() && !run.is_empty()) {
            let oldest = run.oldest().and_then(Entry::stamp);
            let newest = run.newest().and_then(Entry::stamp);
            // Places below the head may have been measured before arrivals that are not known yet, so they contradict nothing.
            if oldest.is_none_or(|time| seek.is_newer(time)) {
                let time = oldest.filter(|_| run.place == 0);
                seek.newer = Some(Mark { place: run.end().saturating_sub(1), time });
            } else if seek.past.is_none() && newest.is_some_and(|time| !seek.is_newer(time)) {
                seek.past = Some(Mark { place: run.place, time: newest.filter(|_| run.place == 0) });
            }
        }
        let from = seek.newer.map_or(0, |mark| mark.place + 1);
        seek.past = seek.past.filter(|past| past.place >= from);
        seek.stride = from.max(PAGE.into());
        seek
    }
}
