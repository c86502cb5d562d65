//! Taking answers into the log: laid against what is loaded, joined, or doubted.
//!
//! Where the log ends is told by a short answer alone; the reference names no other sign. So one is believed, whatever
//! its length, at the cost of nothing: a look behind every end would be a request for every ticket that is read. Some
//! kinds are not: unless the oldest entry is the ticket's creation, a length that servers like as a limit, and an answer
//! as long as any before it, of a server that never gave as many entries as were asked for, but for a single newest entry; one that contradicts
//! entries known below it; one below which another answer shows more, as the window ahead does while everything is
//! loaded; and one that brings nothing else. A server that now and then gives fewer entries than it has, of another length
//! and with nothing else under way, ends the log too early, until somebody has the place behind the end looked at
//! (`behind`).

use super::{
    Accepted, Log, Pending, Purpose,
    align::{self, Ends, Relation},
    behind::is_creation,
    doubt::{Basis, CHANGES, Check},
    equals::Equals,
    mend::is_older,
    merge::{Answer, Merged},
    progress::is_alike,
};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    query::{PAGE, Window},
};

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
        let (loaded, is_alike) = (self.loaded(), is_alike(&page));
        self.note_repeated(&page, pending.purpose);
        let mut accepted = match pending.purpose {
            Purpose::Head => self.accept_head(page, pending),
            Purpose::Edge => self.accept_edge(pending, &page),
            Purpose::Below(..) | Purpose::Above(_) => self.accept_beside(pending, page, Basis::Content),
            Purpose::Ahead => self.accept_ahead(page, pending),
            Purpose::Probe => {
                self.probed(pending, page);
                Accepted::default()
            }
            Purpose::Landing => self.accept_landing(page, pending),
            Purpose::Behind => self.accept_behind(&page, pending),
            Purpose::Raw(id) => self.accept_raw(id, &page, window),
        };
        if matches!(pending.purpose, Purpose::Below(..)) {
            self.finished();
        }
        self.note_progress(loaded, pending.purpose, is_alike);
        accepted.is_recounted = self.loaded() < loaded && !accepted.reread;
        accepted.landed = self.seek_landing();
        self.bound_raw();
        accepted
    }

    /// Which ends of the log an answer shows. A server that always gives fewer entries than are asked for shows that
    /// only by what follows below them: a short answer is doubted until it has given a longer one.
    pub(super) fn ends(&mut self, page: &[Entry], window: Window) -> Ends {
        self.ends_behind(page, window, 0)
    }

    /// The same of an answer that was to repeat so many entries before those that nobody knows: when it holds no more
    /// than these, nothing follows.
    pub(super) fn ends_behind(&mut self, page: &[Entry], window: Window, repeated: usize) -> Ends {
        let cap = self.cap.unwrap_or(window.take).min(window.take);
        let short = page.len() < usize::from(cap);
        // The oldest entry of a whole log is its creation: then the length is a coincidence.
        let created = page.last().is_some_and(is_creation);
        let is_longest = page.len() > repeated && page.len() >= self.longest;
        let has_more = (1..page.len()).contains(&repeated) && self.has_seen(window.skip + page.len() as u64);
        let is_likely = LIKELY_CAPS.contains(&page.len()) || is_longest;
        // Below a single entry nothing could be asked for but that entry again. Two may be all that a server gives at once,
        // so one answer does not tell that they are the whole log; that the older one is its creation does.
        let is_alone = window.skip == 0 && page.len() == 1;
        let is_doubted = has_more || (self.cap.is_none() && is_likely);
        let doubtful = short && is_doubted && !created && !is_alone;
        self.longest = self.longest.max(page.len());
        if doubtful {
            let shortest = self.doubted_cap.map_or(page.len(), |cap| page.len().min(cap.into()));
            self.doubted_cap = u16::try_from(shortest).ok();
        }
        Ends { top: window.skip == 0, bottom: short && !doubtful, run_bottom: false }
    }

    fn accept_head(&mut self, page: Vec<Entry>, pending: Pending) -> Accepted {
        let ends = self.ends(&page, pending.window);
        let ends = Ends { bottom: ends.bottom || self.is_whole_with(&page), ..ends };
        let was_known = std::mem::replace(&mut self.head_known, true);
        if std::mem::take(&mut self.restart) {
            let accepted = self.start_over(page, ends.bottom);
            return accepted.seen_from_head(was_known);
        }
        if self.loaded() == 0 {
            // Nothing was held, so nothing can have changed: the opening, or the first entry of an empty log.
            self.runs.clear();
            self.push_run(0, 0, page);
            self.end = ends.bottom;
            self.resolve_suspicion(0, pending);
            return Accepted::default();
        }
        if self.repeats_head(&page) {
            return self.accept_equal_head(pending, was_known);
        }
        self.equals = Equals::default();
        if let Some(accepted) = self.lost_head(&page, ends) {
            return accepted;
        }
        let mut accepted = self.merge_head(page, ends, was_known, pending).seen_from_head(was_known);
        accepted.paged |= self.judge(pending).paged;
        accepted
    }

    /// Whether all of a run is newer than the next one: a server that gives fewer entries than are asked for may hold
    /// both.
    fn is_newer(&self, index: usize) -> bool {
        let oldest = self.runs.get(index).and_then(super::Run::oldest).and_then(Entry::stamp);
        let next = self.runs.get(index + 1).and_then(super::Run::newest).and_then(Entry::stamp);
        oldest.zip(next).is_some_and(|(above, below)| above > below)
    }

    /// Whether a head begins as the first run does, with entries that differ: then nothing has arrived, even if an edited
    /// entry lets it lie elsewhere, too.
    fn repeats_order(&self, page: &[Entry]) -> bool {
        let Some(run) = self.runs.first().filter(|run| run.place == 0 && run.is_placed()) else {
            return false;
        };
        let is_same = page.iter().zip(run.iter()).all(|(told, known)| told.is_same(known));
        let mut shared = page.iter().take(run.len());
        is_same && shared.next().is_some_and(|first| shared.any(|entry| !entry.is_same(first)))
    }

    /// Whether a short head holds a log that was whole: no longer answer is needed then to believe it. Among equal
    /// entries it may be cut.
    fn is_whole_with(&self, page: &[Entry]) -> bool {
        let run = self.runs.last().filter(|_| self.total().is_some());
        let Some((run, oldest)) = run.and_then(|run| Some((run, run.oldest()?))) else { return false };
        let known = run.iter().rev().take_while(|known| known.is_same(oldest)).count();
        let told = page.iter().filter(|told| told.is_same(oldest)).count();
        page.len() < self.cap.unwrap_or(PAGE).into() && told == known && (told < page.len() || told == 1)
    }

    /// The newest entries that are loaded stand above the head: they are gone, unless they came with an answer that is
    /// younger than this one. So the head is asked for once more before that is believed.
    fn lost_head(&mut self, page: &[Entry], ends: Ends) -> Option<Accepted> {
        let doubted = self.doubts_head.take();
        let run = self.runs.first()?;
        let gone = match align::relate(run, page, self.ends_at(0, ends), None) {
            Relation::Fits(offset @ 1..) if run.place == 0 => offset.unsigned_abs(),
            Relation::Apart if self.is_in_order_with(page) && is_older(page, run) => run.len(),
            _ => return None,
        };
        if doubted == Some(self.moves) {
            return Some(self.drop_head(gone, page, ends));
        }
        self.doubts_head = Some(self.moves);
        self.check = Check::Head;
        Some(Accepted::default())
    }

    fn merge_head(&mut self, page: Vec<Entry>, ends: Ends, was_known: bool, check: Pending) -> Accepted {
        let (count, loaded, is_older) = (page.len(), self.loaded(), self.is_older(check));
        let is_short = count < usize::from(self.cap.unwrap_or(PAGE));
        let was_all = is_short && self.total().is_some();
        let first = self.runs.first().map(super::Run::id);
        let expected = self.repeats_order(&page).then_some((0, 0));
        match self.merge(Answer { place: 0, is_older, page: page.clone(), ends, expected }) {
            Merged::Alone(_) if first.is_none() && !ends.bottom => {
                self.resolve_suspicion(0, check);
                Accepted::default()
            }
            // All that there is came, and what was loaded is not among it.
            Merged::Alone(index)
                if self.runs.len() > 1 && (ends.bottom || (was_all && !self.is_newer(index))) =>
            {
                self.runs.remove(index);
                self.start_over(page, ends.bottom)
            }
            Merged::Alone(_) => {
                // More arrived than one answer holds, or the newest entries were edited: a run of its own, until
                // reading on from the head meets what is loaded.
                // Equal entries that were dropped because nobody can tell how many of them are old came with it again.
                let came = self.loaded().saturating_sub(loaded);
                let arrived = if was_known { came } else { 0 };
                self.resolve_suspicion(count, check);
                Accepted { arrived, ..Accepted::default() }
            }
            Merged::Grew { index: 0, newer, .. } if self.runs.first().is_some_and(|run| run.place == 0) => {
                let arrived = if was_known { newer } else { 0 };
                self.resolve_suspicion(newer, check);
                Accepted { arrived, ..Accepted::default() }
            }
            Merged::Grew { index: 0, newer, .. } if is_older => {
                // More has arrived than it knows of.
                self.check = Check::Head;
                self.resolve_suspicion(newer, check);
                Accepted { arrived: if was_known { newer } else { 0 }, ..Accepted::default() }
            }
            Merged::Grew { .. } => self.start_over(page, ends.bottom),
            Merged::Torn => {
                let mended = self.mend_head(&page, ends);
                mended.unwrap_or_else(|| self.start_over(page, ends.bottom))
            }
        }
    }

    /// The last page of a jump.
    fn accept_landing(&mut self, page: Vec<Entry>, pending: Pending) -> Accepted {
        let (window, is_older) = (pending.window, self.is_older(pending));
        let ends = self.ends(&page, window);
        if page.is_empty() {
            self.landed_nowhere(window.skip);
            return Accepted::default();
        }
        if window.skip == 0 && self.repeats_head(&page) {
            // It tells no more than the head did: taken in, the same entries would be a run of another name.
            self.landed(0, &page, ends);
            return Accepted::default();
        }
        let shown = page.clone();
        let Some(ends) = self.believed_landing(&page, window, ends) else {
            return Accepted::default();
        };
        match self.merge(Answer { place: window.skip, is_older, page, ends, expected: None }) {
            Merged::Torn => self.torn(),
            Merged::Alone(index) | Merged::Grew { index, .. } => {
                self.landed(index, &shown, ends);
                Accepted { paged: true, ..Accepted::default() }
            }
        }
    }

    /// What is loaded is contradicted: the log is read again, once. What is loaded stays until the head has come.
    pub(super) fn torn(&mut self) -> Accepted {
        if self.reread {
            self.failure = Some(Failure::new(FailureKind::Trouble, CHANGES));
            return Accepted::default();
        }
        self.restart = true;
        self.check = Check::Head;
        Accepted::default()
    }

    /// Entries vanished or changed: what was loaded is dropped and the log is read again, once.
    fn start_over(&mut self, page: Vec<Entry>, short: bool) -> Accepted {
        // An empty log that got its first entry has lost nothing.
        let lost = self.loaded() > 0;
        let arrived = self.arrived_above(&page, short);
        self.runs.clear();
        self.counts.clear();
        self.stalls = 0;
        self.disturbances = 0;
        self.reread |= lost;
        self.restart = false;
        self.held = None;
        self.asked_ahead = None;
        self.moves += 1;
        self.head_known = true;
        self.end = short;
        self.has_looked_behind = false;
        self.push_run(0, 0, page);
        self.restart_seek();
        Accepted { arrived, reread: lost, ..Accepted::default() }
    }
}
