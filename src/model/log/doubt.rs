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
//! A head of nothing but equal entries cannot show a move: `equals` settles that.
//!
//! All this holds for the first run, whose place is known. Another run in doubt loses its place: it is looked for by
//! time, or reached by reading from above.

use super::{Accepted, Log, Pending, align::Relation};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
};

/// How often in a row an answer may contradict what is loaded, although the log stands still, before that is a fault.
const MOST_STALLS: u8 = 1;

/// How often in a row an answer may be lost to a log that moves.
const MOST_DISTURBANCES: u8 = 8;

/// Why reading stops where two answers contradict each other.
pub(super) const CHANGES: &str = "The log changes while it is read, so its pages do not fit together.";

/// Why it stops where that goes on although all was read again.
pub(super) const SAME_PAGE: &str =
    "The server gives the same page for different places, so older entries cannot be read.";

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
            // What stands below the newest entry is found again farther down where entries above it vanished, too. To read
            // all of a log again that may be no other is left to the user.
            let may_have_changed = matches!(relation, Relation::Fits(1..) | Relation::Unsure(1..));
            self.rereads_when_retried = may_have_changed && !self.reread;
            let why = if self.rereads_when_retried { CHANGES } else { SAME_PAGE };
            self.failure = Some(Failure::new(FailureKind::Trouble, why));
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
}
