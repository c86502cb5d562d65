//! What is under way, what failed, and when that is forgotten.

use super::{EntryId, Log, Run, RunId, doubt::Check};
use crate::model::{
    failure::Failure,
    query::{Generation, Window},
};

/// What a window was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The newest entries: the opening, or to bring the head up to date.
    Head,
    /// Where the equal entries end that the log begins with, to see whether it moved.
    Edge,
    /// What follows below a run; the serial is the run's entry that the window starts with.
    Below(RunId, i64),
    /// What stands above a run.
    Above(RunId),
    /// What follows below another window that is under way.
    Ahead,
    /// One entry, to see its time.
    Probe,
    /// The page that a jump ends with.
    Landing,
    /// What stands behind the end that is believed.
    Behind,
    /// The JSON of an entry, which was not kept.
    Raw(EntryId),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Pending {
    pub(super) window: Window,
    pub(super) purpose: Purpose,
    /// How often the log had moved when it was asked.
    pub(super) moves: u64,
    /// Counts the requests of this log.
    pub(super) number: u64,
}

impl Log {
    /// Why the last request failed; nothing is asked until [`Log::retry`].
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        !self.pending.is_empty()
    }

    /// How many requests are under way.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Whether entries of the hole below a run are being fetched, from either side.
    #[must_use]
    pub fn is_asking_below(&self, id: RunId) -> bool {
        let next = self.index_of(id).and_then(|index| self.runs.get(index + 1)).map(Run::id);
        self.pending.iter().any(|p| match p.purpose {
            Purpose::Below(run, _) => self.resolve_run(run) == id,
            Purpose::Above(run) => Some(self.resolve_run(run)) == next,
            _ => false,
        })
    }

    /// Forgets a failure, so that the next want asks again.
    pub fn retry(&mut self) {
        self.failure = None;
        if std::mem::take(&mut self.rereads_when_retried) {
            self.restart = true;
            self.check = Check::Head;
        }
        self.stalls = 0;
        self.disturbances = 0;
        self.reread = false;
        self.sequential = false;
        self.asked_ahead = None;
        self.equals.doubt_count();
        self.count_progress_anew();
    }

    /// Forgets a failure and nothing else: the program tries again by itself.
    pub fn forgive(&mut self) {
        self.failure = None;
        self.asked_ahead = None;
    }

    /// Takes a failed answer. What is loaded stays.
    pub fn fail(&mut self, window: Window, failure: Failure) {
        if let Some(pending) = self.take_pending(window) {
            self.looks_behind |= pending.purpose == Purpose::Behind;
            self.equals.doubt_count();
            self.failure = Some(failure);
        }
    }

    /// Answers are not waited for any more: what was asked for is asked for again when it is needed, as another
    /// generation, because one of them may be on its way already. Gives the generation of the requests so far.
    pub fn abandon(&mut self, asks_as: Generation) -> Generation {
        let tells_head = |p: &Pending| matches!(p.purpose, Purpose::Head | Purpose::Edge);
        if self.held.take().is_some() || self.pending.iter().any(tells_head) {
            self.check = Check::Head;
        }
        self.pending.clear();
        self.asked_ahead = None;
        std::mem::replace(&mut self.asks_as, asks_as)
    }

    /// Whether a window is under way.
    #[must_use]
    pub fn is_pending(&self, window: Window) -> bool {
        self.pending.iter().any(|p| p.window == window)
    }

    /// Whether the log was seen to move since something was asked: the answer may have been given before.
    pub(super) fn is_older(&self, pending: Pending) -> bool {
        pending.moves != self.moves
    }

    pub(super) fn take_pending(&mut self, window: Window) -> Option<Pending> {
        let at = self.pending.iter().position(|p| p.window == window)?;
        Some(self.pending.swap_remove(at))
    }
}
