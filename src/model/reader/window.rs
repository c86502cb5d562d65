//! A window of time and what is not loaded: what lies outside is not asked for. Where times are not in order nothing
//! tells what is outside, and everything is read as the user goes on.

use super::{Fetch, Journey, Notice, Reader, shown};
use crate::model::{
    entry::Entry,
    log::{Log, Run, RunId, Target},
    query::{PAGE, Window},
    time_words::Moment,
    timeline::{Item, Need, Timeline},
    zone::Zone,
};

/// What is missing below a run and may lie in the window of time: which ends are extended.
enum Hole {
    FromAbove(RunId),
    FromBelow(RunId),
    FromBoth(RunId, RunId),
    /// The run is newer than the window, of which nothing is loaded below it.
    AboveEnd(RunId),
}

impl Reader {
    /// Whether everything that is missing below a run is outside the window of time.
    #[must_use]
    pub fn is_outside(&self, run: RunId) -> bool {
        self.is_outside_in(self.log(), run)
    }

    fn is_outside_in(&self, log: &Log, run: RunId) -> bool {
        let span = self.narrowing().span;
        if span.is_everything() || log.is_out_of_order() {
            return false;
        }
        let run = log.resolve_run(run);
        let Some(at) = log.runs().iter().position(|known| known.id() == run) else {
            return false;
        };
        let stamp = |entry: Option<&Entry>| entry.and_then(Entry::stamp).map(|stamp| stamp.instant());
        let above = stamp(log.runs().get(at).and_then(Run::oldest));
        let below = stamp(log.runs().get(at + 1).and_then(Run::newest));
        above.is_some_and(|at| span.is_before(at)) || below.is_some_and(|at| span.is_after(at))
    }

    /// What is missing on the screen and near it; where a jump is read on for, only what stands there.
    pub(super) fn needs(&self) -> Vec<Need> {
        let is_quiet = self.is_waiting_for_user() || self.left.is_some();
        let needs = match self.read_below() {
            Some(run) => vec![Need::Below(run)],
            None if is_quiet => Vec::new(),
            None => self.timeline.needs(self.log()),
        };
        needs.into_iter().filter(|need| !self.is_needless(*need)).collect()
    }

    /// Whether the missing entries that are needed are outside, or will be left behind by the jump under way.
    fn is_needless(&self, need: Need) -> bool {
        let log = self.asked_log();
        let place = |run| {
            let run = log.resolve_run(run);
            log.runs().iter().position(|known| known.id() == run)
        };
        let above = match need {
            Need::Below(run) => place(run),
            Need::Above(run) => place(run).and_then(|at| at.checked_sub(1)),
        };
        let Some(run) = above.and_then(|at| log.runs().get(at)) else { return false };
        let oldest = run.oldest().and_then(Entry::stamp);
        let is_after = oldest.is_some_and(|oldest| self.narrowing().span.is_after(oldest.instant()));
        let is_above_end = matches!(need, Need::Below(_)) && self.is_above_end(run.id());
        self.is_outside_in(log, run.id()) || is_above_end || (log.is_seeking() && is_after)
    }

    /// What to ask for next to have all that lies in the window of time: from its end downwards, never the newer
    /// entries above it. Where the end has not been reached, that is looked for first.
    pub(super) fn ask_missing(&mut self) -> Vec<Window> {
        let log = self.asked_log();
        if self.has_window() {
            return Vec::new();
        }
        let head_is_wanted = log.unloaded_above() > 0 && !self.begins_above_window();
        if self.narrowing().span.is_everything() || log.is_out_of_order() || head_is_wanted {
            return self.log_mut().ask_all();
        }
        if log.is_seeking() {
            return Vec::new();
        }
        let holes: Vec<Hole> = (0..log.runs().len()).filter_map(|at| self.hole(at)).collect();
        if holes.iter().any(|hole| matches!(hole, Hole::AboveEnd(_))) && self.seek_end() {
            return self.log_mut().ask_seek().into_iter().collect();
        }
        let log = self.log_mut();
        let mut windows = Vec::new();
        for hole in &holes {
            match *hole {
                Hole::FromAbove(run) | Hole::AboveEnd(run) => windows.extend(log.ask_older(run)),
                Hole::FromBelow(run) => windows.extend(log.ask_newer(run)),
                Hole::FromBoth(above, below) => {
                    windows.extend(log.ask_older(above));
                    windows.extend(log.ask_newer(below));
                }
            }
        }
        if matches!(holes.last(), Some(Hole::FromAbove(run)) if log.runs().last().map(Run::id) == Some(*run))
        {
            windows.extend(log.ask_ahead());
        }
        windows
    }

    /// From which side the hole below a run leads into the window of time; nothing where it does not.
    fn hole(&self, at: usize) -> Option<Hole> {
        let (log, span) = (self.asked_log(), self.narrowing().span);
        let run = log.runs().get(at)?;
        let below = log.runs().get(at + 1);
        if self.is_outside_in(log, run.id()) || (below.is_none() && log.reaches_start()) {
            return None;
        }
        let instant = |entry: Option<&Entry>| entry.and_then(Entry::stamp).map(|stamp| stamp.instant());
        let is_above_end = instant(run.oldest()).is_some_and(|at| span.is_after(at));
        let below = below.filter(|below| !instant(below.newest()).is_some_and(|at| span.is_before(at)));
        let is_wide = log.hole_below(run.id()).is_some_and(|hole| hole > PAGE.into());
        Some(match below.map(Run::id) {
            Some(below) if is_above_end => Hole::FromBelow(below),
            Some(below) if is_wide => Hole::FromBoth(run.id(), below),
            None if is_above_end => Hole::AboveEnd(run.id()),
            _ => Hole::FromAbove(run.id()),
        })
    }

    /// Sets out for the end of the window of time; the cursor stays. False when that leads nowhere.
    fn seek_end(&mut self) -> bool {
        let Some(until) = self.narrowing().span.until else { return false };
        self.set_out(Target::At(until.at()), Journey::Home);
        self.asked_log().is_seeking()
    }

    /// The same when the cursor stands on what is not loaded above that end.
    pub(super) fn seek_end_from_gap(&mut self) {
        let Some(Item::Gap(run)) = self.timeline.cursor().filter(|_| self.left.is_none()) else { return };
        if self.is_above_end(run) && !self.asked_log().is_seeking() && self.asked_log().failure().is_none() {
            self.seek_end();
        }
    }

    /// Whether the hole below a run reaches from above the window of time to its end or beyond, and nothing in the
    /// window is loaded below it.
    fn is_above_end(&self, run: RunId) -> bool {
        let (log, run) = (self.asked_log(), self.asked_log().resolve_run(run));
        let at = log.runs().iter().position(|known| known.id() == run).filter(|_| !log.is_out_of_order());
        at.is_some_and(|at| matches!(self.hole(at), Some(Hole::AboveEnd(_))))
    }

    /// Whether the newest entry is newer than the window of time.
    fn begins_above_window(&self) -> bool {
        let newest = self.asked_log().runs().first().and_then(Run::newest).and_then(Entry::stamp);
        newest.is_some_and(|newest| self.narrowing().span.is_after(newest.instant()))
    }

    /// Whether nothing is missing in a window of time.
    pub(super) fn has_window(&self) -> bool {
        let log = self.asked_log();
        let mut missing = log.runs().iter().filter(|run| !self.is_outside_in(log, run.id()));
        let is_below_whole = match (missing.next(), missing.next()) {
            (None, _) => true,
            (Some(run), None) => log.reaches_start() && log.runs().last().map(Run::id) == Some(run.id()),
            _ => false,
        };
        !self.narrowing().span.is_everything()
            && log.is_answered()
            && (log.unloaded_above() == 0 || self.begins_above_window())
            && is_below_whole
    }

    /// Whether all there is to show is loaded: the whole log, or what lies in the window of time.
    #[must_use]
    pub fn has_all(&self) -> bool {
        self.asked_log().total().is_some() || self.has_window()
    }

    /// Where the oldest entry is looked for: at the start of the ticket, or where the window of time begins.
    pub(super) fn oldest(&self) -> Target {
        let since = self.narrowing().span.since.filter(|_| !self.asked_log().is_out_of_order());
        let before = since.and_then(|since| since.at().checked_sub_signed(chrono::TimeDelta::nanoseconds(1)));
        before.map_or(Target::Oldest, Target::At)
    }

    /// The cursor goes down to the newest entry within the window of time, from what is missing above it.
    pub(super) fn enter_window(&mut self) {
        while let Some(Item::Gap(run)) = self.timeline.cursor()
            && self.is_outside(run)
            && self.timeline.shown() > 0
        {
            let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
            if !self.timeline.pass_gap(log) {
                break;
            }
        }
    }

    /// Jumps to the newest entry that is not later than a moment. Outside the window of time nothing is shown, so the
    /// cursor stays, or goes to the nearest end of the window where nothing in it is loaded yet.
    pub fn visit_moment(&mut self, moment: Moment, zone: Zone) -> Vec<Fetch> {
        let span = self.narrowing().span;
        let until = span.until.filter(|until| moment.at > until.at());
        if self.asked_log().is_out_of_order() || !(until.is_some() || span.is_before(moment.at)) {
            return self.to_moment(moment);
        }
        let is_partly_in = until.is_some_and(|until| moment.start(zone) <= until.at());
        if self.timeline.shown() > 0 && !is_partly_in {
            self.notice = Some(Notice::OutsideWindow);
            return Vec::new();
        }
        match until {
            Some(until) => self.to_moment(Moment { at: until.at(), ..moment }),
            None => self.to_oldest(),
        }
    }

    /// The cursor goes to the oldest entry, or to the last one within the window of time.
    pub(super) fn land_on_oldest(&mut self) {
        self.end_leaving();
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        Timeline::to_oldest(&mut self.timeline, log);
        if let Some(Item::Gap(run)) = self.timeline.cursor()
            && self.is_outside(run)
        {
            let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
            self.timeline.leave_gap(log);
        }
    }
}
