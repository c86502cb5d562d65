//! Which windows to ask for: never one twice, never more at once than there is room for, none while a failure stands.

use super::{EntryId, Log, Pending, Purpose, Run, RunId, align, doubt::Check, seek::FARTHEST};
use crate::model::query::{PAGE, Window};

/// The most requests that may ever be under way at once, out of politeness to the server. There may be room for fewer.
pub const MAX_REQUESTS: usize = 2;

impl Log {
    /// So many requests of this log may be under way from now on; those that are stay.
    pub fn set_room(&mut self, room: usize) {
        self.room = room.min(MAX_REQUESTS);
    }

    /// Asks for the newest entries: the opening, and what brings the head up to date.
    pub fn ask_head(&mut self) -> Option<Window> {
        if self.failure.is_some() { None } else { self.poll_head() }
    }

    /// The same although a page has failed: the head does not depend on it.
    pub fn poll_head(&mut self) -> Option<Window> {
        if self.pending.iter().any(|p| p.purpose == Purpose::Head) {
            return None;
        }
        let window = self.ask(Window { skip: 0, take: PAGE }, Purpose::Head);
        // Without room for it now, it comes before anything else is asked.
        match (window, self.check) {
            (Some(_), Check::Head) => self.check = Check::Nothing,
            (None, Check::Nothing) => self.check = Check::Head,
            _ => {}
        }
        window
    }

    /// Asks for what is to be known before anything else, if anything is: nothing else need be missing for that.
    pub fn ask_owed(&mut self) -> Option<Window> {
        if self.check == Check::Nothing { None } else { self.ask_first() }
    }

    /// Asks for what is to be known before anything else.
    pub(super) fn ask_first(&mut self) -> Option<Window> {
        if self.check != Check::Edge {
            return self.ask_head();
        }
        if self.failure.is_some() || self.pending.iter().any(|p| p.purpose == Purpose::Edge) {
            return None;
        }
        let take = self.longest_answer();
        let end = self.newest_equal() as u64 + self.equals.least;
        let skip = end.saturating_sub(u64::from(take) / 2 + 1);
        let window = self.ask(Window { skip, take: PAGE }, Purpose::Edge);
        if window.is_some() {
            self.check = Check::Nothing;
        }
        window
    }

    /// Whether a window was asked for to bring the head up to date.
    #[must_use]
    pub fn is_asking_head(&self, window: Window) -> bool {
        self.pending.iter().any(|p| p.window == window && p.purpose == Purpose::Head)
    }

    /// Asks for what follows below a run, if anything does and it is not under way. Where nobody knows any more
    /// which place the run has, that is looked for first, by its time or by reading the runs above it.
    pub fn ask_older(&mut self, id: RunId) -> Option<Window> {
        if self.failure.is_some() {
            return None;
        }
        if self.check != Check::Nothing {
            return self.ask_first();
        }
        let wanted = self.index_of(id)?;
        let above = self.runs.iter().map(Run::id).enumerate().take(wanted + 1).rev();
        let Some((index, from)) = above.into_iter().find(|(at, _)| self.is_placed(*at)) else {
            // What the log began with is gone.
            return self.ask_head();
        };
        let is_end = self.end && wanted + 1 == self.runs.len();
        if !is_end && index < wanted && self.locate(id) {
            return self.ask_seek();
        }
        if self.end && index + 1 == self.runs.len() {
            return None;
        }
        // The answer to come may reach below the first run already, or show where one that is held belongs.
        if index == 0 && self.pending.iter().any(|p| matches!(p.purpose, Purpose::Head | Purpose::Edge)) {
            return None;
        }
        if self
            .pending
            .iter()
            .any(|p| matches!(p.purpose, Purpose::Below(run, _) if self.resolve_run(run) == from))
        {
            return None;
        }
        let run = self.runs.get(index)?;
        let overlap = align::overlap(run.iter().rev(), self.longest_answer());
        let start = run.serials().end - i64::try_from(overlap).unwrap_or(0);
        let window = Window { skip: run.end().saturating_sub(overlap as u64), take: PAGE };
        self.ask(window, Purpose::Below(from, start))
    }

    /// Asks for what stands above a run, if anything does and it is not under way.
    pub fn ask_newer(&mut self, id: RunId) -> Option<Window> {
        if self.failure.is_some() {
            return None;
        }
        let index = self.index_of(id)?;
        let above = index.checked_sub(1)?;
        if self.check != Check::Nothing {
            return self.ask_first();
        }
        if !self.is_placed(index) {
            let above = self.runs.get(above)?.id();
            return if self.locate(id) { self.ask_seek() } else { self.ask_older(above) };
        }
        let run = self.runs.get(index)?;
        let id = run.id();
        if self
            .pending
            .iter()
            .any(|p| matches!(p.purpose, Purpose::Above(run) if self.resolve_run(run) == id))
        {
            return None;
        }
        let overlap = align::overlap(run.iter(), self.longest_answer());
        let skip = (run.place + overlap as u64).saturating_sub(self.cap.unwrap_or(PAGE).into());
        self.ask(Window { skip, take: PAGE }, Purpose::Above(id))
    }

    /// How many entries an answer holds at most, as far as is known or feared.
    pub(super) fn longest_answer(&self) -> u16 {
        self.cap.or(self.doubted_cap).unwrap_or(PAGE).max(2)
    }

    /// Asks for the JSON of an entry that was not kept, by a page round its place.
    pub fn ask_raw(&mut self, id: EntryId) -> Option<Window> {
        let (run, id) = self.resolve(id)?;
        let is_asked = self.pending.iter().any(|p| p.purpose == Purpose::Raw(id));
        if self.failure.is_some() || is_asked {
            return None;
        }
        let index = u64::try_from(id.serial - run.serials().start).ok()?;
        let skip = (run.place + index).saturating_sub(u64::from(PAGE) / 2);
        let is_other = self.pending.iter().any(|p| matches!(p.purpose, Purpose::Raw(_)));
        let window = Window { skip, take: PAGE };
        let asked = if is_other { None } else { self.ask(window, Purpose::Raw(id)) };
        self.raw_owed = asked.is_none().then_some(id);
        asked
    }

    /// Asks for the JSON that there was no room to ask for, or while another was on its way, where it has not come meanwhile.
    pub fn ask_raw_owed(&mut self) -> Option<Window> {
        let owed = self.raw_owed.take()?;
        let is_missing = self.entry(owed).is_some_and(|entry| entry.raw.is_none());
        if is_missing { self.ask_raw(owed) } else { None }
    }

    /// Whether the JSON of an entry has been asked for.
    #[must_use]
    pub fn is_asking_raw(&self) -> bool {
        self.raw_owed.is_some() || self.pending.iter().any(|p| matches!(p.purpose, Purpose::Raw(_)))
    }

    pub(super) fn is_placed(&self, index: usize) -> bool {
        self.runs.get(index).is_some_and(Run::is_placed)
    }

    pub(super) fn ask(&mut self, window: Window, purpose: Purpose) -> Option<Window> {
        let asked = self.pending.iter().any(|p| p.window == window);
        if asked || self.pending.len() >= self.room || window.skip > FARTHEST {
            return None;
        }
        self.pending.push(Pending { window, purpose, moves: self.moves, number: self.asked });
        self.asked += 1;
        Some(window)
    }
}
