//! Jumps: finding a moment or the oldest entry by probes of one entry each, without reading what lies between.
//!
//! From what is loaded the places are doubled until a probe is past the target, then halved until one page holds
//! it. A probe costs a request, so the bound is `2·ceil(log2(n / 50)) + 5` with the opening and the pages. Places
//! are hints: a jump is done only when its last page brackets the target. Every probe checks that times fall;
//! where they do not, the head tells whether the log moved, and if it did not, the log is read in sequence.

use chrono::{DateTime, Utc};

use super::{EntryId, Log, Purpose, RunId, align::Ends};
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
    /// To the newest entry that is not later.
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
    /// Whether times were out of order, so that the log was read in sequence.
    pub in_sequence: bool,
}

/// A place that was seen, with the time of its entry. Without a time: beyond the end, or unreadable.
#[derive(Debug, Clone, Copy)]
struct Mark {
    place: u64,
    time: Option<Stamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Probe,
    /// Times out of order: did the log move?
    CheckHead,
    /// The last page may be cut short by the server: what follows below this run decides.
    Finish(RunId),
    Sequence,
}

/// A jump under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seek {
    target: Target,
    mode: Mode,
    /// The last place known to be newer than the target.
    newer: Option<Mark>,
    /// The first place known to be the target's or past it.
    past: Option<Mark>,
    stride: u64,
    /// How far the next probe is moved aside: the entry there had no readable time.
    aside: u64,
    asked: u32,
    restarts: u8,
    /// The run whose place is looked for, when nobody waits for a landing.
    locates: Option<RunId>,
}

/// What a jump needs next.
enum Step {
    Probe(u64),
    Page(u64),
    Head,
    Older(RunId),
    Nothing,
}

/// Farther places are never asked for.
pub(super) const FARTHEST: u64 = 2_147_483_647 - PAGE as u64;

/// How often a jump starts anew because the log moved; then it reads in sequence.
const MOST_RESTARTS: u8 = 3;

/// How often a page that just missed the target is followed by the next one before places are doubled again.
const MOST_FOLLOWED: u8 = 4;

/// How many unreadable times in a row are stepped over.
const MOST_ASIDE: u64 = 5;

/// The most requests of one jump by probes, whatever the server does.
const MOST_PROBES: u32 = 200;

impl Seek {
    fn new(target: Target) -> Self {
        let stride = PAGE.into();
        Self {
            target,
            mode: Mode::Probe,
            newer: None,
            past: None,
            stride,
            aside: 0,
            asked: 0,
            restarts: 0,
            locates: None,
        }
    }

    fn is_newer(&self, time: Stamp) -> bool {
        match self.target {
            Target::Oldest => true,
            Target::At(instant) => time.instant() > instant,
        }
    }

    /// Whether a time at a place contradicts what was seen before.
    fn is_out_of_order(&self, time: Stamp) -> bool {
        let newer = self.newer.and_then(|mark| mark.time);
        let past = self.past.and_then(|mark| mark.time);
        newer.is_some_and(|newer| time > newer) || past.is_some_and(|past| time < past)
    }

    fn probe_or_page(&self) -> Step {
        // The first place that is still in question, and the first one that is not.
        let from = self.newer.map_or(0, |mark| mark.place + 1);
        let page = u64::from(PAGE);
        let Some(past) = self.past else {
            if let (1..=MOST_FOLLOWED, Some(newer)) = (self.restarts, self.newer) {
                // The last page just missed the target, because entries arrived meanwhile.
                return Step::Page(newer.place);
            }
            let next = from.saturating_sub(1) + self.stride + self.aside;
            return if next > FARTHEST { Step::Nothing } else { Step::Probe(next) };
        };
        let open = past.place.saturating_sub(from);
        if open + 1 < page {
            return Step::Page(match self.target {
                Target::Oldest => (past.place + 1).saturating_sub(page),
                // The rest of the page is shared by what is above and below.
                Target::At(_) => from.saturating_sub((page - open) / 2),
            });
        }
        Step::Probe((from + open / 2 + self.aside).min(past.place - 1))
    }
}

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

    /// How many requests the jump under way has made.
    #[must_use]
    pub fn seek_requests(&self) -> u32 {
        self.seek.map_or(0, |seek| seek.asked)
    }

    /// The landing, when the jump under way is done: the target is loaded.
    pub fn seek_landing(&mut self) -> Option<Landing> {
        let seek = self.seek?;
        if !self.head_known || (seek.mode == Mode::Sequence && !self.sequence_may_land(seek)) {
            return None;
        }
        if let Some(run) = seek.locates {
            if self.is_located(run) {
                self.cancel_seek();
            }
            return None;
        }
        let landing = self.find(seek.target)?;
        self.cancel_seek();
        Some(Landing { in_sequence: seek.mode == Mode::Sequence, ..landing })
    }

    fn is_located(&self, run: RunId) -> bool {
        self.index_of(run).and_then(|index| self.runs.get(index)).is_none_or(|run| run.is_placed)
    }

    /// What the jump under way needs next.
    pub fn ask_seek(&mut self) -> Option<Window> {
        let seek = self.seek?;
        let busy =
            |p: &super::Pending| matches!(p.purpose, Purpose::Head | Purpose::Probe | Purpose::Landing);
        if self.failure.is_some() || self.pending.iter().any(busy) {
            return None;
        }
        let window = match self.seek_step(seek) {
            Step::Probe(place) => self.ask(Window { skip: place, take: 1 }, Purpose::Probe),
            Step::Page(place) => self.ask(Window { skip: place, take: PAGE }, Purpose::Landing),
            Step::Head => self.ask_head(),
            Step::Older(run) => self.ask_older(run),
            Step::Nothing => None,
        };
        if let (Some(_), Some(seek)) = (window, &mut self.seek) {
            seek.asked += 1;
        }
        window
    }

    fn seek_step(&mut self, seek: Seek) -> Step {
        if !self.head_known || seek.mode == Mode::CheckHead || self.check_head {
            return Step::Head;
        }
        if seek.mode == Mode::Sequence {
            return self.runs.first().map_or(Step::Head, |run| Step::Older(run.id()));
        }
        if let Mode::Finish(run) = seek.mode {
            self.seek = Some(Seek { mode: Mode::Probe, ..seek });
            return Step::Older(run);
        }
        let step = seek.probe_or_page();
        if seek.asked < MOST_PROBES && !matches!(step, Step::Nothing) {
            return step;
        }
        self.read_in_sequence();
        self.runs.first().map_or(Step::Nothing, |run| Step::Older(run.id()))
    }

    /// The target among what is loaded, where that is certain.
    fn find(&self, target: Target) -> Option<Landing> {
        let last = self.runs.last()?;
        let landing = |run: &super::Run, index: usize, before_all: bool| {
            let newer = index.checked_sub(1).and_then(|above| run.get(above)).and_then(Entry::stamp);
            let id = EntryId { run: run.id(), serial: run.serial_at(index) };
            let at = run.get(index).and_then(Entry::stamp);
            Landing { id, at, newer, before_all, in_sequence: false }
        };
        let oldest = last.len().checked_sub(1).filter(|_| self.end);
        let Target::At(instant) = target else {
            return oldest.map(|index| landing(last, index, false));
        };
        let not_later = |entry: &Entry| entry.stamp().is_some_and(|stamp| stamp.instant() <= instant);
        for (at, run) in self.runs.iter().enumerate() {
            let Some(index) = run.iter().position(not_later) else {
                continue;
            };
            let is_head = at == 0 && self.head_known && run.place == 0;
            if index > 0 || is_head {
                return Some(landing(run, index, false));
            }
            // It may have an older one above it that is not loaded.
            return None;
        }
        oldest.map(|index| landing(last, index, true))
    }

    /// A search through all that is loaded after every page would cost the square of it.
    fn sequence_may_land(&self, seek: Seek) -> bool {
        let Some(run) = self.runs.first() else {
            return false;
        };
        let recent = run.iter().rev().take(2 * usize::from(PAGE)).filter_map(Entry::stamp);
        match seek.target {
            Target::Oldest => self.end,
            Target::At(_) => {
                (self.end && self.runs.len() == 1) || recent.into_iter().any(|time| !seek.is_newer(time))
            }
        }
    }

    /// What is loaded narrows the places down before anything is asked.
    fn bounded(&self, mut seek: Seek) -> Seek {
        for run in self.runs.iter().filter(|run| run.is_placed && !run.is_empty()) {
            let oldest = run.oldest().and_then(Entry::stamp);
            let newest = run.newest().and_then(Entry::stamp);
            if oldest.is_none_or(|time| seek.is_newer(time)) {
                seek.newer = Some(Mark { place: run.end().saturating_sub(1), time: oldest });
            } else if seek.past.is_none() && newest.is_some_and(|time| !seek.is_newer(time)) {
                seek.past = Some(Mark { place: run.place, time: newest });
            }
        }
        let from = seek.newer.map_or(0, |mark| mark.place + 1);
        seek.past = seek.past.filter(|past| past.place >= from);
        seek.stride = from.max(PAGE.into());
        seek
    }

    /// Takes the answer to a probe.
    pub(super) fn probed(&mut self, place: u64, page: Vec<Entry>) {
        let Some(mut seek) = self.seek else { return };
        let told = page.into_iter().next();
        let is_there = told.is_some();
        let time = told.as_ref().and_then(Entry::stamp);
        match (is_there, time) {
            (false, _) => seek.past = Some(Mark { place, time: None }),
            (true, None) if seek.target == Target::Oldest => seek.newer = Some(Mark { place, time: None }),
            (true, None) => {
                seek.aside += 1;
                self.seek = Some(seek);
                if seek.aside > MOST_ASIDE {
                    self.read_in_sequence();
                }
                return;
            }
            (true, Some(time)) if seek.is_out_of_order(time) => seek.mode = Mode::CheckHead,
            (true, Some(time)) if seek.is_newer(time) => {
                seek.newer = Some(Mark { place, time: Some(time) });
                seek.stride = seek.stride.saturating_mul(2);
            }
            (true, Some(time)) => seek.past = Some(Mark { place, time: Some(time) }),
        }
        if is_there && time.is_none() {
            seek.stride = seek.stride.saturating_mul(2);
        }
        seek.aside = 0;
        self.seek = Some(seek);
    }

    /// The last page has been taken in. When it does not bracket the target, the log moved: go on from it.
    pub(super) fn landed(&mut self, index: usize, place: u64, page: &[Entry], ends: Ends) {
        let Some(mut seek) = self.seek else { return };
        let is_done = match seek.locates {
            Some(run) => self.is_located(run),
            None => self.find(seek.target).is_some(),
        };
        if is_done {
            return;
        }
        let may_be_cut = self.doubted_cap.is_some_and(|cap| usize::from(cap) == page.len());
        if let Some(run) = self.runs.get(index).filter(|_| may_be_cut) {
            seek.mode = Mode::Finish(run.id());
            self.seek = Some(seek);
            return;
        }
        seek.restarts += 1;
        let first = page.first().and_then(Entry::stamp);
        let last = page.last().and_then(Entry::stamp);
        let brackets = place == 0 || first.is_some_and(|time| seek.is_newer(time));
        let brackets = brackets && last.is_some_and(|time| !seek.is_newer(time));
        if seek.restarts > MOST_RESTARTS * 4 || ends.bottom || brackets {
            self.seek = Some(seek);
            return self.read_in_sequence();
        }
        if first.is_some_and(|time| !seek.is_newer(time)) {
            // The target is above the page: entries vanished.
            seek.newer = None;
            seek.past = Some(Mark { place, time: first });
        } else {
            seek.newer = Some(Mark { place: place + page.len() as u64 - 1, time: last });
            seek.past = None;
            seek.stride = PAGE.into();
        }
        self.seek = Some(seek);
    }

    /// The last page was empty: the log ends above it.
    pub(super) fn landed_nowhere(&mut self, place: u64) {
        let Some(seek) = self.seek else { return };
        let mut fresh = Seek::new(seek.target);
        fresh.restarts = seek.restarts + 1;
        fresh.asked = seek.asked;
        fresh.past = Some(Mark { place, time: None });
        fresh.locates = seek.locates;
        self.seek = Some(fresh);
        if fresh.restarts > MOST_RESTARTS {
            self.read_in_sequence();
        }
    }

    /// The head has come: when entries arrived, times were not out of order, the places had moved.
    pub(super) fn resolve_suspicion(&mut self, arrived: usize) {
        let Some(seek) = self.seek else { return };
        if seek.mode != Mode::CheckHead {
            if seek.asked == 0 || seek.newer.is_none() {
                self.restart_seek();
                if let Some(fresh) = &mut self.seek {
                    fresh.restarts = seek.restarts;
                }
            }
            return;
        }
        if arrived == 0 || seek.restarts >= MOST_RESTARTS {
            self.read_in_sequence();
        } else {
            self.restart_seek();
        }
    }

    /// What is loaded is another: the jump begins anew from it.
    pub(super) fn restart_seek(&mut self) {
        if let Some(seek) = self.seek {
            let mut fresh = self.bounded(Seek::new(seek.target));
            (fresh.restarts, fresh.asked) = (seek.restarts.saturating_add(1), seek.asked);
            fresh.locates = seek.locates;
            if seek.mode == Mode::Sequence {
                fresh.mode = Mode::Sequence;
            }
            self.seek = Some(fresh);
        }
    }

    fn read_in_sequence(&mut self) {
        if let Some(seek) = self.seek.take() {
            // Nobody waits for a run to be located: its neighbours above are read when they are wanted.
            self.sequential |= seek.locates.is_some();
            self.seek = seek.locates.is_none().then_some(Seek { mode: Mode::Sequence, ..seek });
        }
    }
}
