//! Taking answers into the log: laid against what is loaded, joined, or doubted.

use super::{
    Accepted, Log, Purpose, RunId,
    align::{Ends, Relation},
    merge::{Answer, Merged},
};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    query::Window,
};

/// How many answers in a row may bring nothing new before the log stops asking.
const MOST_STALLS: u8 = 2;

/// Short answers of such a length look like a server that caps its pages, so they end the log only when nothing
/// follows. 25 is the documented default of `take`.
const LIKELY_CAPS: [usize; 3] = [10, 20, 25];

impl Log {
    /// Takes an answer: `page` holds the entries from `window.skip` on, newest first. A page shorter than asked
    /// for is the end of the log. Answers to windows that were not asked change nothing.
    pub fn accept(&mut self, window: Window, page: Vec<Entry>) -> Accepted {
        let Some(pending) = self.take_pending(window) else {
            return Accepted::default();
        };
        let mut accepted = match pending.purpose {
            Purpose::Head => self.accept_head(page, window),
            Purpose::Below(run, start) => self.accept_below(run, start, page, window),
            Purpose::Above(run) => self.accept_above(run, page, window),
            Purpose::Ahead => self.accept_ahead(page, window),
            Purpose::Probe => {
                self.probed(window.skip, page);
                Accepted::default()
            }
            Purpose::Landing => self.accept_landing(page, window),
            Purpose::Raw(id) => self.accept_raw(id, page),
        };
        accepted.landed = self.seek_landing();
        self.bound_raw();
        accepted
    }

    pub(super) fn ends(&mut self, page: &[Entry], window: Window) -> Ends {
        let cap = self.cap.unwrap_or(window.take).min(window.take);
        let short = page.len() < usize::from(cap);
        // The oldest entry of a whole log is its creation: then the length is a coincidence.
        let created = page.last().is_some_and(|entry| entry.action_type.raw() == "ticket_created");
        let doubtful = short && self.cap.is_none() && LIKELY_CAPS.contains(&page.len()) && !created;
        if doubtful {
            self.doubted_cap = u16::try_from(page.len()).ok();
        }
        Ends { top: window.skip == 0, bottom: short && !doubtful }
    }

    fn accept_head(&mut self, page: Vec<Entry>, window: Window) -> Accepted {
        let ends = self.ends(&page, window);
        if std::mem::take(&mut self.restart) {
            return self.start_over(page, ends.bottom);
        }
        let was_known = std::mem::replace(&mut self.head_known, true);
        let count = page.len();
        let loaded = self.loaded();
        if loaded == 0 {
            // Nothing was held, so nothing can have changed: the opening, or the first entry of an empty log.
            self.runs.clear();
            self.push_run(0, 0, page);
            self.end = ends.bottom;
            self.resolve_suspicion(0);
            return Accepted::default();
        }
        let first = self.runs.first().map(super::Run::id);
        match self.merge(Answer { place: 0, page: page.clone(), ends, expected: None }) {
            Merged::Alone(_) if first.is_none() && !ends.bottom => {
                self.resolve_suspicion(0);
                Accepted::default()
            }
            Merged::Alone(_) if ends.bottom => self.start_over(page, true),
            Merged::Alone(_) => {
                // More arrived than one answer holds, or the newest entries were edited: a run of its own, until
                // reading on from the head meets what is loaded.
                for run in self.runs.iter_mut().skip(1) {
                    run.place = run.place.saturating_add(count as u64);
                    run.is_placed = false;
                }
                let arrived = if was_known { count } else { 0 };
                self.resolve_suspicion(count);
                Accepted { arrived, ..Accepted::default() }
            }
            Merged::Grew { index: 0, newer, .. } if self.runs.first().is_some_and(|run| run.place == 0) => {
                let arrived = if was_known { newer } else { 0 };
                self.resolve_suspicion(newer);
                Accepted { arrived, ..Accepted::default() }
            }
            Merged::Grew { .. } | Merged::Torn => self.start_over(page, ends.bottom),
        }
    }

    fn accept_below(&mut self, id: RunId, start: i64, page: Vec<Entry>, window: Window) -> Accepted {
        let ends = self.ends(&page, window);
        let Some(index) = self.index_of(id) else {
            return Accepted::default();
        };
        let Some(run) = self.runs.get(index) else {
            return Accepted::default();
        };
        let expected = isize::try_from(start - run.serials().start).unwrap_or(0);
        self.accept_beside(index, expected, page, ends, window)
    }

    fn accept_above(&mut self, id: RunId, page: Vec<Entry>, window: Window) -> Accepted {
        let ends = self.ends(&page, window);
        let Some(index) = self.index_of(id) else {
            return Accepted::default();
        };
        let place = self.runs.get(index).map_or(0, |run| run.place);
        let above = place.saturating_sub(window.skip);
        let expected = -isize::try_from(above).unwrap_or(0);
        self.accept_beside(index, expected, page, ends, window)
    }

    fn accept_beside(
        &mut self,
        index: usize,
        expected: isize,
        page: Vec<Entry>,
        ends: Ends,
        window: Window,
    ) -> Accepted {
        let count = page.len();
        let answer = Answer { place: window.skip, page, ends, expected: Some((index, expected)) };
        if self.relation(&answer) == Relation::Apart {
            return self.doubt();
        }
        match self.merge(answer) {
            Merged::Grew { new, .. } if new > 0 || ends.bottom => {
                self.stalls = 0;
                if let Some(cap) = self.doubted_cap.take().filter(|_| new > 0) {
                    // More followed a short answer: the server caps its pages there.
                    self.cap = Some(cap.max(u16::try_from(count).unwrap_or(0)));
                }
                Accepted { paged: true, ..Accepted::default() }
            }
            Merged::Grew { .. } | Merged::Alone(_) => self.stall(),
            Merged::Torn => self.torn(),
        }
    }

    /// The last page of a jump.
    fn accept_landing(&mut self, page: Vec<Entry>, window: Window) -> Accepted {
        let ends = self.ends(&page, window);
        if page.is_empty() {
            self.landed_nowhere(window.skip);
            return Accepted::default();
        }
        let shown = page.clone();
        match self.merge(Answer { place: window.skip, page, ends, expected: None }) {
            Merged::Torn => self.torn(),
            Merged::Alone(index) | Merged::Grew { index, .. } => {
                self.landed(index, window.skip, &shown, ends);
                Accepted { paged: true, ..Accepted::default() }
            }
        }
    }

    /// An answer fitted nowhere: the head tells whether the log moved; after that it is asked once more.
    fn doubt(&mut self) -> Accepted {
        if self.stalls < MOST_STALLS {
            self.stalls += 1;
            self.check_head = true;
            return Accepted::default();
        }
        self.torn()
    }

    /// What is loaded is contradicted: the log is read again, once. What is loaded stays until the head has come.
    pub(super) fn torn(&mut self) -> Accepted {
        if self.reread {
            self.failure = Some(Failure::new(
                FailureKind::Trouble,
                "The log changes while it is read, so its pages do not fit together. r reads it again.",
            ));
            return Accepted::default();
        }
        self.restart = true;
        self.check_head = true;
        Accepted::default()
    }

    /// An answer held only what was known: the head tells whether that many arrived; twice in a row, the server
    /// does not do what it is asked.
    fn stall(&mut self) -> Accepted {
        self.stalls += 1;
        self.check_head = true;
        if self.stalls > MOST_STALLS {
            self.failure = Some(Failure::new(
                FailureKind::Trouble,
                "The server gives the same page for different places, so older entries cannot be read. r tries again.",
            ));
        }
        Accepted { paged: true, ..Accepted::default() }
    }

    /// Entries vanished or changed: what was loaded is dropped and the log is read again, once.
    fn start_over(&mut self, page: Vec<Entry>, short: bool) -> Accepted {
        // An empty log that got its first entry has lost nothing.
        let lost = self.loaded() > 0;
        self.runs.clear();
        self.counts.clear();
        self.stalls = 0;
        self.reread |= lost;
        self.restart = false;
        self.head_known = true;
        self.end = short;
        self.push_run(0, 0, page);
        self.restart_seek();
        Accepted { reread: lost, ..Accepted::default() }
    }
}
