//! Loading everything, and what has arrived since the user last looked.

use super::{Fetch, Journey, Notice, Reader};
use crate::model::{
    log::{EntryId, RunId},
    query::Generation,
    timeline::{Item, Row},
};

impl Reader {
    /// Loads everything that is shown of the log, until it is all there, a failure stands or the user stops it.
    pub fn load_all(&mut self) -> Vec<Fetch> {
        if self.choice().query().is_none() {
            return Vec::new();
        }
        // Whoever asks for everything asks again for what failed.
        if self.asked_log().failure().is_some() {
            self.backoff.reset();
            self.log_mut().retry();
        }
        self.log_mut().look_behind();
        self.loads_all = true;
        self.wants()
    }

    /// Whether everything is being loaded.
    #[must_use]
    pub fn loads_all(&self) -> bool {
        self.loads_all
    }

    /// Stops loading everything and keeps what is there. False when that is not under way.
    pub fn stop_loading(&mut self) -> bool {
        let searched = std::mem::take(&mut self.searches_on);
        let stopped = std::mem::take(&mut self.loads_all) || searched;
        if stopped {
            if matches!(self.journey, Some(Journey::Home)) {
                self.cancel_journey();
            }
            let stopped = if searched { Notice::SearchStopped } else { Notice::LoadingStopped };
            self.notice = Some(stopped);
        }
        stopped
    }

    /// Ends loading when all is there, or when nothing can be asked any more; a failure tells of itself.
    pub(super) fn note_all_loaded(&mut self) {
        let log = self.asked_log();
        let total = log.total();
        // What is under way may tell of more.
        if log.is_asking() || self.backoff.due().is_some() {
            return;
        }
        self.loads_all = false;
        let searched = std::mem::take(&mut self.searches_on);
        if self.has_window() {
            self.notice = Some(if searched { Notice::NotFound } else { Notice::WindowLoaded });
            return;
        }
        self.notice = match (total, self.asked_log().failure()) {
            (Some(_), _) if searched => Some(Notice::NotFound),
            (Some(total), _) => Some(Notice::AllLoaded(total)),
            (None, None) if searched => Some(Notice::SearchStopped),
            (None, None) => Some(Notice::LoadingStopped),
            // It may have ended a jump, and that has been said.
            (None, Some(_)) => self.notice.take(),
        };
    }

    /// How many entries have arrived in all while reading; only ever grows.
    #[must_use]
    pub fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// The same of those that the narrowing in force then did not hide.
    #[must_use]
    pub fn shown_arrivals(&self) -> u64 {
        self.shown_arrivals
    }

    /// How many of the entries that have arrived since the newest one was last on the screen are hidden.
    #[must_use]
    pub fn arrived_hidden(&self) -> u64 {
        let arrived = self.tops.loaded_above(self.asked_log()).unwrap_or(0);
        (arrived - self.newest_shown(arrived)) as u64
    }

    /// How many of so many newest entries are shown.
    pub(super) fn newest_shown(&self, count: usize) -> usize {
        // What is shown while a query is left is another log.
        let mut left = if self.left.is_some() { return 0 } else { count };
        let below = self.asked_log().runs().iter().find_map(|run| {
            let serial = run.serials().start.saturating_add_unsigned(left as u64);
            let id = (left < run.len()).then_some(EntryId { run: run.id(), serial });
            left = left.saturating_sub(run.len());
            id
        });
        below.map_or(self.timeline.shown(), |id| self.timeline.shown_above(id)).min(count)
    }

    /// The newest entry loaded.
    fn newest(&self) -> Option<(Generation, EntryId)> {
        self.newest_below(0)
    }

    /// The newest entry loaded below as many.
    pub(super) fn newest_below(&self, count: usize) -> Option<(Generation, EntryId)> {
        let run = self.asked_log().runs().first().filter(|run| !run.is_empty())?;
        let oldest = run.serials().end - 1;
        let serial = run.serials().start.saturating_add_unsigned(count as u64).min(oldest);
        Some((self.asked_log().generation(), EntryId { run: run.id(), serial }))
    }

    /// What stands there when a log is first shown, or read again, has not arrived; but what stands above it has.
    pub(super) fn begin_to_look(&mut self, arrived: usize) {
        let generation = self.asked_log().generation();
        let known =
            self.looked.is_some_and(|(of, id)| of == generation && self.asked_log().resolve(id).is_some());
        if !known {
            self.looked = self.newest_below(arrived);
        }
    }

    /// The user has pressed a key: what is on the screen has been looked at, unless more that is new stands below it.
    pub fn note_looked(&mut self) {
        if self.left.is_some() || !self.has_new() {
            return;
        }
        let rows = self.timeline.rows(self.log());
        let mut entries = rows.iter().filter_map(|row| match row {
            Row::Entry { id, .. } => Some((*id, *id)),
            Row::Fold { fold, .. } => Some((fold.newest, fold.oldest)),
            Row::Rule(_) | Row::Tail { .. } => None,
        });
        let Some((top, end)) = entries.next() else { return };
        let bottom = entries.next_back().map_or(end, |(_, end)| end);
        if self.is_new(top) && !self.is_new(bottom) {
            self.looked = Some((self.asked_log().generation(), top));
        }
    }

    /// Whether any entry arrived since the user last looked.
    #[must_use]
    pub fn has_new(&self) -> bool {
        self.looked.is_some() && self.looked != self.newest()
    }

    /// Whether an entry arrived since the user last looked: it stands above the newest one that was looked at.
    #[must_use]
    pub fn is_new(&self, id: EntryId) -> bool {
        let log = self.asked_log();
        let looked = self.looked.filter(|(of, _)| *of == log.generation() && self.left.is_none());
        let Some((_, looked)) = looked else {
            return false;
        };
        let (Some((run, id)), Some((other, looked))) = (log.resolve(id), log.resolve(looked)) else {
            return false;
        };
        if run.id() == other.id() {
            return id.serial < looked.serial;
        }
        let place = |wanted: RunId| log.runs().iter().position(|run| run.id() == wanted);
        place(run.id()) < place(other.id())
    }

    /// Whether the cursor stands on the newest entry, or nothing is there yet.
    #[must_use]
    pub fn is_on_newest(&self) -> bool {
        match self.timeline.cursor() {
            None => true,
            // Nothing is shown, and what comes first will be the newest.
            Some(Item::Gap(_)) => self.timeline.shown() == 0,
            Some(Item::Entry(_)) => self.timeline.number() == Some(1),
        }
    }
}
