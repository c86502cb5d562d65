//! Loading all that is missing, two windows at a time: a hole from both of its sides, the rest one window ahead of
//! the one that is under way. What comes early is a run of its own until the answer before it joins them.

use super::{
    Accepted, Log, Pending, Purpose, Run, RunId,
    doubt::Check,
    merge::{Answer, Merged},
};
use crate::model::{
    entry::Entry,
    query::{PAGE, Window},
};

/// How many entries a window ahead repeats of the one before it. More arrive in between than vanish; where some did
/// vanish a hole stays, which is asked for like any other.
const OVERLAP: u64 = 2;

impl Log {
    /// What to ask for next to have everything; nothing when all is there or under way, or a failure stands.
    pub fn ask_all(&mut self) -> Vec<Window> {
        if self.unloaded_above() > 0 || self.check != Check::Nothing {
            return self.ask_first().into_iter().collect();
        }
        let placed: Vec<RunId> = self.runs.iter().filter(|run| run.is_placed()).map(Run::id).collect();
        let mut windows: Vec<Window> = Vec::new();
        for (at, run) in placed.iter().enumerate() {
            windows.extend(self.ask_older(*run));
            let is_wide = self.hole_below(*run).is_some_and(|hole| hole > u64::from(PAGE));
            windows.extend(placed.get(at + 1).filter(|_| is_wide).and_then(|next| self.ask_newer(*next)));
        }
        windows.extend(self.ask_ahead());
        windows
    }

    /// The window after the farthest one under way below the last run.
    pub fn ask_ahead(&mut self) -> Option<Window> {
        let last = self.runs.last()?.id();
        if self.failure.is_some() || self.end || self.check != Check::Nothing {
            return None;
        }
        let is_below = |purpose: Purpose| match purpose {
            Purpose::Below(run, _) => self.resolve_run(run) == last,
            Purpose::Ahead => true,
            _ => false,
        };
        let farthest = self.pending.iter().filter(|p| is_below(p.purpose)).map(|p| p.window.skip).max()?;
        let step = u64::from(self.cap.unwrap_or(PAGE)).saturating_sub(OVERLAP);
        let skip = farthest + step;
        if self.asked_ahead.is_some_and(|asked| skip <= asked) {
            // It has been answered, and what is under way is still to come.
            return None;
        }
        let window = self.ask(Window { skip, take: PAGE }, Purpose::Ahead)?;
        self.asked_ahead = Some(skip);
        Some(window)
    }

    /// Takes an answer to a window ahead. An empty one tells nothing: the log ends somewhere before it.
    pub(super) fn accept_ahead(&mut self, page: Vec<Entry>, pending: Pending) -> Accepted {
        if page.is_empty() {
            return Accepted::default();
        }
        let (window, is_older) = (pending.window, self.is_older(pending));
        let ends = self.ends(&page, window);
        match self.merge(Answer { place: window.skip, is_older, page, ends, expected: None }) {
            Merged::Torn => self.torn(),
            Merged::Alone(_) | Merged::Grew { .. } => Accepted { paged: true, ..Accepted::default() },
        }
    }
}
