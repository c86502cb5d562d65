//! A window of time and what is not loaded: what lies outside is not asked for. Where times are not in order nothing
//! tells what is outside, and everything is read as the user goes on.

use super::Reader;
use crate::model::{
    entry::Entry,
    log::{Run, RunId, Target},
    timeline::{Item, Need, Timeline},
};

impl Reader {
    /// Whether everything that is missing below a run is outside the window of time.
    #[must_use]
    pub fn is_outside(&self, run: RunId) -> bool {
        let (log, span) = (self.log(), self.narrowing().span);
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

    /// Whether the missing entries that are needed are outside, or will be left behind by the jump under way.
    pub(super) fn is_needless(&self, need: Need) -> bool {
        let log = self.log();
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
        self.is_outside(run.id()) || (log.is_seeking() && is_after)
    }

    /// Whether nothing is missing in a window of time.
    pub(super) fn has_window(&self) -> bool {
        let log = self.log();
        let newest = log.runs().first().and_then(Run::newest).and_then(Entry::stamp);
        let is_newest_after = newest.is_some_and(|newest| self.narrowing().span.is_after(newest.instant()));
        let mut missing = log.runs().iter().filter(|run| !self.is_outside(run.id()));
        let is_below_whole = match (missing.next(), missing.next()) {
            (None, _) => true,
            (Some(run), None) => log.reaches_start() && log.runs().last().map(Run::id) == Some(run.id()),
            _ => false,
        };
        !self.narrowing().span.is_everything()
            && log.is_answered()
            && !log.is_out_of_order()
            && (log.unloaded_above() == 0 || is_newest_after)
            && is_below_whole
    }

    /// Where the oldest entry is looked for: at the start of the ticket, or where the window of time begins.
    pub(super) fn oldest(&self) -> Target {
        let since = self.narrowing().span.since.filter(|_| !self.log().is_out_of_order());
        let before = since.and_then(|since| since.at().checked_sub_signed(chrono::TimeDelta::nanoseconds(1)));
        before.map_or(Target::Oldest, Target::At)
    }

    /// The cursor goes to the oldest entry, or to the last one within the window of time.
    pub(super) fn land_on_oldest(&mut self) {
        let log = self.narrow.as_ref().unwrap_or(&self.all);
        Timeline::to_oldest(&mut self.timeline, log);
        if let Some(Item::Gap(run)) = self.timeline.cursor()
            && self.is_outside(run)
        {
            let log = self.narrow.as_ref().unwrap_or(&self.all);
            self.timeline.leave_gap(log);
        }
    }
}
