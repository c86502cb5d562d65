//! Where the log ends is told by a short answer alone, and a server may give one in the middle, once. So whoever asks for
//! what is new, for all there is or for the oldest entry has the place behind a believed end looked at, with a request
//! for one entry; reading on its own account costs none. What stands there that is not loaded reopens the log.

use super::{Accepted, Log, Pending, Purpose, Run, doubt::Check, progress::is_alike};
use crate::model::{entry::Entry, query::Window};

impl Log {
    /// Has the end looked behind that is believed, if one is. The creation of the ticket needs no look.
    pub fn look_behind(&mut self) {
        let oldest = self.runs.last().and_then(Run::oldest);
        self.looks_behind = self.end && oldest.is_some_and(|oldest| !is_creation(oldest));
    }

    /// The same where nobody has looked there yet: keys that are held down ask once.
    pub fn look_behind_once(&mut self) {
        if !self.has_looked_behind && self.looked_in_vain != Some(self.moves) {
            self.look_behind();
        }
    }

    /// What shows whether anything stands behind the end, where that is to be known; where nobody knows the place of the
    /// end any more, what tells it.
    pub fn ask_behind(&mut self) -> Option<Window> {
        self.looks_behind &= self.end;
        if !self.looks_behind || self.failure.is_some() || self.counts_equals() {
            return None;
        }
        if self.check != Check::Nothing {
            return self.ask_first();
        }
        let run = self.runs.last()?;
        let (id, end) = (run.id(), run.end());
        if !run.is_placed() {
            let is_free = self.seek.is_none_or(|seek| seek.locates.is_some());
            return if is_free && self.locate(id) { self.ask_seek() } else { None };
        }
        let window = self.ask(Window { skip: end, take: 1 }, Purpose::Behind);
        self.looks_behind &= window.is_none();
        window
    }

    /// Takes what stands behind the end. When entries have arrived, what is loaded or newer stands there, so that tells
    /// nothing, and it is looked at again once it is known how many have; what equals the oldest one may be another entry where none is known to have, so reading on tells.
    pub(super) fn accept_behind(&mut self, page: &[Entry], pending: Pending) -> Accepted {
        if self.counts_equals() && !page.is_empty() {
            // One that arrived may have been pushed there.
            self.looks_behind = true;
            return Accepted::default();
        }
        let Some((told, run)) = page.first().zip(self.runs.last()).filter(|_| self.end) else {
            self.has_looked_behind = true;
            return Accepted::default();
        };
        let stood_still = !self.is_older(pending) && !self.pending.iter().any(|p| p.purpose == Purpose::Head);
        let is_known = run.iter().rev().any(|known| known.is_same(told));
        let is_oldest = run.oldest().is_some_and(|oldest| oldest.is_same(told));
        let times = told.stamp().zip(run.oldest().and_then(Entry::stamp));
        let is_newer = !self.is_out_of_order() && times.is_some_and(|(told, oldest)| told > oldest);
        if is_newer || (is_known && !(is_oldest && stood_still)) {
            // Where it is not known yet that any have arrived the head tells; once, because a server may repeat itself.
            let is_told = self.is_older(pending);
            let is_first = self.looked_in_vain.replace(pending.moves) != Some(pending.moves);
            self.looks_behind |= is_told || is_first;
            if is_first && !is_told {
                self.check = Check::Head;
            }
            return Accepted::default();
        }
        self.end = false;
        self.has_doubted_end = false;
        self.has_looked_behind = false;
        Accepted { is_mended: !is_known && stood_still, ..Accepted::default() }
    }

    /// Whether the end that an answer shows below what it repeats is to be shown once more: it brought nothing else, and
    /// no short answer came before it. The creation of the ticket is its start, whatever else the answer holds;
    /// what equal entries tell is settled by the head (`doubt`).
    pub(super) fn doubts_end_of(&mut self, page: &[Entry], repeated: usize) -> bool {
        let is_start = page.last().is_some_and(is_creation);
        let is_bare = !page.is_empty() && page.len() <= repeated && !is_start && !is_alike(page);
        let is_first = is_bare && !self.has_doubted_end && self.doubted_cap.is_none();
        self.has_doubted_end = is_first;
        self.has_looked_behind |= is_bare && !is_first;
        is_first
    }
}

/// Whether nothing stands below an entry.
pub(super) fn is_creation(entry: &Entry) -> bool {
    entry.action_type.raw() == "ticket_created"
}
