//! What equal neighbours leave open, and how a log that stands still settles it.
//!
//! An answer is laid against a run by what it holds. That is certain when both share entries that differ, because
//! equal entries are neighbours: where two different ones meet is found in one place only. A run therefore asks again
//! for as much of its own end as holds an entry that no other one equals, and reading from above passes any group of
//! equal entries that is shorter than an answer.
//!
//! Longer groups, and answers that fit nowhere or bring nothing, say nothing by themselves: entries may have arrived,
//! or the server repeats itself. Then the answer is held, and the head is asked for. Arrivals stand above all else and
//! nothing is inserted below, so a head that is the same before and after shows that the log stood still between, and
//! then the place that was asked for is a fact. Two conditions make that proof sound: nothing was seen to move since the
//! answer was asked for (`Pending::moves`), and the head was asked for after the answer had come (`Held::since`): one
//! that was under way beside it may have been given before it.
//!
//! - It fits there: it is taken in.
//! - It contradicts what is loaded: asked once more, and then it is a fault, of a changed log or of the server.
//! - The log had moved: it is asked again, a few times; a log that never rests is said to be one.
//!
//! A head of nothing but equal entries cannot show a move. While nothing else is known below them, none is needed: the
//! places count them from the top. Otherwise the window in which they end is asked for: it moves with every arrival,
//! and when it has moved they are counted anew from the top.
//!
//! All this holds for the first run, whose place is known. Another run in doubt loses its place: it is looked for by
//! time, or reached by reading from above.

use super::{
    Accepted, Log, Pending, Run,
    align::{self, Relation},
};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    query::PAGE,
};

/// How often in a row an answer may contradict what is loaded, although the log stands still, before that is a fault.
const MOST_STALLS: u8 = 1;

/// How often in a row an answer may be lost to a log that moves.
const MOST_DISTURBANCES: u8 = 8;

/// What is to be asked before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Nothing.
    Nothing,
    /// The newest entries.
    Head,
    /// Where the equal entries end that the log begins with.
    Edge,
}

/// What an answer is laid against a run by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// What it holds.
    Content,
    /// Where it was asked for: the log has not moved since.
    Place,
}

/// An answer that does not tell where it belongs, until the head shows whether the log moved.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) pending: Pending,
    pub(super) page: Vec<Entry>,
    /// Requests from this number on were made after the answer came.
    since: u64,
}

impl Log {
    /// An answer lies against the run it was asked for as this says, which is not enough to take it in.
    pub(super) fn puzzle(
        &mut self,
        index: usize,
        relation: Relation,
        pending: Pending,
        page: Vec<Entry>,
    ) -> Accepted {
        if pending.moves != self.moves {
            return self.disturbed();
        }
        if index > 0 {
            return self.displace(index, matches!(relation, Relation::Unsure(_)));
        }
        self.held = Some(Held { pending, page, since: self.asked });
        self.check = Check::Head;
        Accepted::default()
    }

    /// Nobody knows any more where a run stands. Looking for it by its time shows the same equal entries again.
    pub(super) fn displace(&mut self, index: usize, among_equals: bool) -> Accepted {
        self.stalls += 1;
        self.sequential |= self.stalls > MOST_STALLS || among_equals;
        if let Some(run) = self.runs.get_mut(index) {
            run.lose_place();
        }
        Accepted::default()
    }

    /// An answer contradicts what is loaded, and nothing has moved.
    pub(super) fn contradicted(&mut self, relation: Relation) -> Accepted {
        self.stalls += 1;
        if self.stalls > MOST_STALLS {
            if relation == Relation::Apart {
                return self.torn();
            }
            self.failure = Some(Failure::new(
                FailureKind::Trouble,
                "The server gives the same page for different places, so older entries cannot be read.",
            ));
        }
        Accepted { paged: true, ..Accepted::default() }
    }

    /// An answer could not be placed, or brought nothing from where it was asked for, because the log moved: that is
    /// asked for again.
    pub(super) fn disturbed(&mut self) -> Accepted {
        self.disturbances += 1;
        if self.disturbances > MOST_DISTURBANCES {
            self.failure =
                Some(Failure::new(FailureKind::Trouble, "The log grows faster than it can be read."));
        }
        Accepted::default()
    }

    /// A check has been answered and was taken in: what was held for it belongs where it was asked for, unless
    /// something moved.
    pub(super) fn judge(&mut self, check: Pending) -> Accepted {
        let Some(held) = self.held.take() else { return Accepted::default() };
        if held.pending.moves != self.moves {
            return self.disturbed();
        }
        if check.number < held.since {
            self.held = Some(held);
            self.check = Check::Head;
            return Accepted::default();
        }
        self.accept_beside(held.pending, held.page, Basis::Place)
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

    /// As many equal entries as an answer holds, and as many were known.
    pub(super) fn accept_equal_head(&mut self, check: Pending) -> Accepted {
        if self.hides_arrivals() || self.unloaded_above() > 0 {
            self.check = Check::Edge;
            return Accepted::default();
        }
        self.resolve_suspicion(0);
        let accepted = self.judge(check);
        if self.hides_arrivals() && self.check == Check::Nothing {
            // They may have become more since the answer was given that showed where they end.
            self.check = Check::Edge;
        }
        accepted
    }

    /// Equal entries that the log begins with were counted from the top, with those that have arrived meanwhile: what
    /// stands below them was measured before.
    pub(super) fn doubt_places_below_equals(&mut self) {
        if self.runs.first().is_some_and(|run| self.newest_equal() == run.len()) {
            self.doubt_places_below();
        }
    }

    /// Whether the log begins with more equal entries than an answer holds, and it is known where they end.
    fn hides_arrivals(&self) -> bool {
        let (equal, loaded) = (self.newest_equal(), self.runs.first().map_or(0, Run::len));
        let ends = equal < loaded || (self.end && self.runs.len() == 1);
        ends && equal >= self.cap.unwrap_or(PAGE).into()
    }

    /// How many entries the log begins with that all are equal, as far as is loaded.
    pub(super) fn newest_equal(&self) -> usize {
        let Some((run, first)) = self.runs.first().and_then(|run| Some((run, run.newest()?))) else {
            return 0;
        };
        run.iter().take_while(|known| known.is_same(first)).count()
    }

    /// The window in which the equal entries end that the log begins with.
    pub(super) fn accept_edge(&mut self, check: Pending, page: &[Entry]) -> Accepted {
        if check.moves != self.moves {
            // It may show where other entries end than those that the log begins with now.
            self.check = Check::Head;
            return Accepted::default();
        }
        let ends = self.ends(page, check.window);
        let Some(run) = self.runs.first() else { return Accepted::default() };
        let asked = isize::try_from(check.window.skip).unwrap_or(isize::MAX);
        let relation = align::relate(run, page, self.ends_at(0, ends), Some(asked));
        // They end there again, whatever else the answer may look like.
        let ends_there =
            ends.bottom || page.first().is_some_and(|first| page.iter().any(|told| !told.is_same(first)));
        let is_there = match relation {
            Relation::Fits(at) => at == asked,
            Relation::Unsure(at) => at == asked && run.place == 0,
            Relation::Apart | Relation::Torn => false,
        };
        if is_there && ends_there {
            // Whatever was believed to have arrived above is not there.
            self.place_at_top();
            self.resolve_suspicion(0);
            return self.judge(check);
        }
        let arrived = match relation {
            Relation::Fits(found) => usize::try_from(asked - found).unwrap_or(0),
            Relation::Torn => return self.torn(),
            _ => 0,
        };
        self.count_anew();
        self.resolve_suspicion(arrived);
        Accepted { arrived, ..Accepted::default() }
    }

    /// The equal entries that the log begins with became more: as many as an answer holds are a run of their own,
    /// below which the others are read.
    fn count_anew(&mut self) {
        let Some(first) = self.runs.first().and_then(|run| run.newest()).cloned() else { return };
        let equal = self.newest_equal().min(self.longest_answer().into());
        self.held = None;
        self.moves += 1;
        self.drop_equal_newest(0);
        self.remove_empty(0);
        let known = vec![Entry { raw: None, ..first }; equal];
        self.push_run(0, 0, known);
        self.doubt_places_below();
        self.check = Check::Head;
    }
}
