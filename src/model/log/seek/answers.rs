//! What the answers to a jump's requests tell: the target lies on this side, the log moved, the order is broken.

use super::{
    Target,
    search::{MOST_RESTARTS, Mark, Mode, Seek},
};
use crate::model::{
    entry::Entry,
    log::{Log, Pending, Run, align::Ends},
    query::{PAGE, Window},
};

/// How many unreadable times in a row are stepped over.
const MOST_ASIDE: u64 = 5;

/// The fewest places between two probes.
const LEAST_STEP: usize = 20;

impl Log {
    /// Takes the answer to a probe.
    pub(in crate::model::log) fn probed(&mut self, pending: Pending, page: Vec<Entry>) {
        let Some(mut seek) = self.seek else { return };
        let place = pending.window.skip;
        // One of an earlier jump may have come late: beyond what is known by now it tells nothing.
        if !seek.is_open(place) {
            return;
        }
        seek.moves = seek.moves.min(pending.moves);
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
            (true, Some(time)) if seek.is_out_of_order(time) => {
                seek.mode = Mode::CheckHead { since: self.asked };
            }
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

    /// Whether the jump under way has seen an entry at this place or below it.
    pub(in crate::model::log) fn has_seen(&self, place: u64) -> bool {
        self.seek.is_some_and(|seek| seek.farthest_seen().is_some_and(|seen| seen >= place))
    }

    /// The ends of the last page of a jump. One that ends the log above an entry that was seen is asked for once more:
    /// nothing. The second one is that of a server that gives fewer entries than are asked for.
    pub(in crate::model::log) fn believed_landing(
        &mut self,
        page: &[Entry],
        window: Window,
        ends: Ends,
    ) -> Option<Ends> {
        let end = window.skip + page.len() as u64;
        let is_beyond = |run: &Run| run.is_placed() && !run.is_empty() && run.end() > end;
        let is_seen = self.runs.iter().any(is_beyond) || self.has_seen(end);
        if !ends.bottom || !is_seen {
            return Some(ends);
        }
        if let Some(seek) = self.seek.as_mut().filter(|seek| !seek.has_doubted_end) {
            seek.has_doubted_end = true;
            return None;
        }
        if self.cap.is_none() {
            self.doubted_cap = u16::try_from(page.len()).ok();
        }
        Some(Ends { bottom: false, ..ends })
    }

    /// The last page has been taken in. When it does not bracket the target, the log moved: go on from it.
    pub(in crate::model::log) fn landed(&mut self, index: usize, page: &[Entry], ends: Ends) {
        let Some(mut seek) = self.seek else { return };
        let is_done = match seek.locates {
            Some(run) => self.is_located(run),
            None => self.find(seek).is_some(),
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
        if seek.asked == 0 {
            // It was asked for by an earlier jump, and narrows the places down as everything does that is loaded.
            return self.begin_anew();
        }
        let Some(run) = self.runs.get(index) else { return };
        seek.restarts += 1;
        // What of the page equalled the end of another run was dropped.
        let first = run.newest().and_then(Entry::stamp);
        let last = page.last().and_then(Entry::stamp);
        let (top, bottom) = (run.place, run.end().saturating_sub(1));
        let is_below = top > 0 && first.is_some_and(|time| !seek.is_newer(time));
        let brackets = last.is_some_and(|time| !seek.is_newer(time));
        self.seek = Some(seek);
        if !is_below && (ends.bottom || brackets) {
            return self.read_in_sequence();
        }
        if seek.restarts > MOST_RESTARTS * 4 {
            return self.give_up_seek();
        }
        if is_below {
            // The target is above: the place it was thought to be below holds another entry now, or that was dropped.
            seek.newer = seek.newer.filter(|newer| newer.place < top && seek.past.is_none());
            seek.past = Some(Mark { place: top, time: first });
        } else {
            seek.newer = Some(Mark { place: bottom, time: last });
            seek.past = None;
            seek.stride = PAGE.into();
        }
        self.seek = Some(seek);
    }

    /// What follows below the last page has come, if it was waited for.
    pub(in crate::model::log) fn finished(&mut self) {
        if let Some(seek) = self.seek.as_mut().filter(|seek| matches!(seek.mode, Mode::Finish(_))) {
            seek.mode = Mode::Probe;
        }
    }

    /// The last page was empty: the log ends above it.
    pub(in crate::model::log) fn landed_nowhere(&mut self, place: u64) {
        let Some(seek) = self.seek else { return };
        let mut fresh = Seek::new(seek.target);
        fresh.restarts = seek.restarts + 1;
        fresh.asked = seek.asked;
        fresh.past = Some(Mark { place, time: None });
        fresh.locates = seek.locates;
        fresh.moves = self.moves;
        self.seek = Some(fresh);
        if fresh.restarts > MOST_RESTARTS {
            self.read_in_sequence();
        }
    }

    /// The head has come: when as many entries arrived since the places were seen as lie between two of them, times were not
    /// out of order.
    pub(in crate::model::log) fn resolve_suspicion(&mut self, arrived: usize, check: Pending) {
        let Some(seek) = self.seek else { return };
        let Mode::CheckHead { since } = seek.mode else {
            if seek.asked == 0 || seek.newer.is_none() {
                self.begin_anew();
            }
            return;
        };
        if check.number < since {
            return;
        }
        // A place that was seen before the log moved contradicts nothing.
        let has_moved = arrived >= LEAST_STEP || seek.moves != check.moves;
        match seek.restarts {
            _ if !has_moved => {
                self.seek = Some(Seek { is_contradicted: true, ..seek });
                self.read_in_sequence();
            }
            ..MOST_RESTARTS => self.restart_seek(),
            // Only so many arrivals between two probes put them out of order.
            _ if arrived >= usize::from(PAGE) / 2 => self.give_up_seek(),
            _ => self.read_in_sequence(),
        }
    }

    /// What is loaded is another, and what probes told does not hold any more: the jump begins anew.
    pub(in crate::model::log) fn restart_seek(&mut self) {
        if let Some(seek) = &mut self.seek {
            seek.restarts = seek.restarts.saturating_add(1);
        }
        self.begin_anew();
    }

    /// The jump begins anew from what is loaded.
    fn begin_anew(&mut self) {
        if let Some(seek) = self.seek {
            let mut fresh = self.bounded(Seek::new(seek.target));
            (fresh.restarts, fresh.asked) = (seek.restarts, seek.asked);
            fresh.locates = seek.locates;
            if seek.mode == Mode::Sequence {
                fresh.mode = Mode::Sequence;
                fresh.is_contradicted = seek.is_contradicted;
            }
            self.seek = Some(fresh);
        }
    }

    /// Times are out of order: what is looked for is found by reading alone.
    pub(super) fn read_in_sequence(&mut self) {
        self.search_no_more(Mode::Sequence);
    }

    /// The log moves too fast to look for anything in it by places, and to be read from its head on as well.
    fn give_up_seek(&mut self) {
        self.search_no_more(Mode::Outgrown);
    }

    fn search_no_more(&mut self, mode: Mode) {
        if let Some(seek) = self.seek.take() {
            // Nobody waits for a run to be located: its neighbours above are read when they are wanted.
            self.sequential |= seek.locates.is_some();
            self.seek = seek.locates.is_none().then_some(Seek { mode, ..seek });
        }
    }
}
