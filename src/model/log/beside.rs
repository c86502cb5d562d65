//! Taking answers that were asked for to extend a run, below or above: by what they hold, and where equal neighbours
//! leave that open, by their place, once the head has shown that nothing moved meanwhile.

use super::{
    Accepted, Log, Pending, Purpose,
    align::Relation,
    merge::{Answer, Merged},
};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
};

/// How many answers in a row may bring nothing new before the log stops asking.
const MOST_STALLS: u8 = 2;

/// What an answer is laid against a run by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// What it holds.
    Content,
    /// Where it was asked for: the log has not moved since.
    Place,
}

/// An answer that fits in more than one place, until the head tells whether the log moved.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) pending: Pending,
    pub(super) page: Vec<Entry>,
}

impl Log {
    pub(super) fn accept_beside(&mut self, pending: Pending, page: Vec<Entry>, basis: Basis) -> Accepted {
        let ends = self.ends(&page, pending.window);
        let Some((index, expected)) = self.expected(pending) else {
            return Accepted::default();
        };
        let count = page.len();
        let answer = Answer { place: pending.window.skip, page, ends, expected: Some((index, expected)) };
        match self.relation(&answer) {
            Relation::Apart => return self.doubt(),
            Relation::Unsure(offset) if basis == Basis::Content => {
                return self.hold(index, Held { pending, page: answer.page }, offset == expected);
            }
            _ => {}
        }
        match self.merge(answer) {
            Merged::Grew { new, .. } if new > 0 || ends.bottom => {
                self.stalls = 0;
                self.asked_ahead = None;
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

    /// The run that an answer was asked for, and where in it the answer starts if nothing moved.
    fn expected(&self, pending: Pending) -> Option<(usize, isize)> {
        let (Purpose::Below(id, _) | Purpose::Above(id)) = pending.purpose else {
            return None;
        };
        let index = self.index_of(id)?;
        let run = self.runs.get(index)?;
        let expected = match pending.purpose {
            Purpose::Below(_, start) => isize::try_from(start - run.serials().start).unwrap_or(0),
            _ => -isize::try_from(run.place.saturating_sub(pending.window.skip)).unwrap_or(0),
        };
        Some((index, expected))
    }

    /// Equal neighbours fit in more than one place. Of the first run the place is known for certain when the next
    /// answer with the head shows that nothing moved; other runs are reached from there.
    fn hold(&mut self, index: usize, held: Held, is_in_place: bool) -> Accepted {
        if index > 0 {
            self.sequential = true;
            if let Some(run) = self.runs.get_mut(index) {
                run.is_placed = false;
            }
            return Accepted::default();
        }
        if !is_in_place || held.pending.moves != self.moves || self.unloaded_above() > 0 {
            return self.doubt();
        }
        self.held = Some(held);
        self.check_head = true;
        Accepted::default()
    }

    /// Whether the head holds nothing but entries equal to the newest ones loaded: then nobody can tell how many
    /// arrived.
    pub(super) fn repeats_head(&self, page: &[Entry]) -> bool {
        let Some((run, first)) = self.runs.first().zip(page.first()) else {
            return false;
        };
        let is_full = page.len() >= usize::from(self.longest_answer());
        is_full
            && run.len() >= page.len()
            && page.iter().all(|told| told.is_same(first))
            && run.iter().take(page.len()).all(|known| known.is_same(first))
    }

    /// As many equal entries as an answer holds, and as many were known. While nothing else stands above the place that
    /// is read, it counts from the head; otherwise they are counted anew.
    pub(super) fn accept_equal_head(&mut self, page: Vec<Entry>) -> Accepted {
        let held = self.held.take();
        let all_equal =
            self.runs.first().zip(page.first()).is_some_and(|(run, first)| {
                run.place == 0 && run.iter().rev().all(|known| known.is_same(first))
            });
        self.resolve_suspicion(0);
        if let Some(held) = held.filter(|_| all_equal) {
            return self.accept_beside(held.pending, held.page, Basis::Place);
        }
        if !all_equal {
            self.moves += 1;
            self.drop_equal_newest(0);
            self.remove_empty(0);
            self.push_run(0, 0, page);
        }
        Accepted::default()
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
}
