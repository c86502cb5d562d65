//! A log that changed so that nobody knows where to read on: what is said of it, and beginning anew where nothing was
//! given yet, as while somebody waits. Called by the passage and by whoever waits.

use super::{Order, Passage, Wanted};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    narrowing::Bound,
};

const CHANGED: &str =
    "The log changed while it was printed, so what is printed is not complete. Print it again.";

/// Of a wait, which has printed nothing.
const UNKNOWN: &str = "The log changed, and its times do not tell which entries are new. Wait again.";

impl Passage {
    /// Begins anew if that can neither repeat an entry nor leave one out.
    pub fn begin_again(&mut self) -> bool {
        let again = self.again.take().filter(|_| self.count.shown == 0);
        let begins = again.is_some();
        if let Some(wanted) = again {
            *self = Self::new(wanted);
        }
        begins
    }

    /// What arrives, once the entry is gone that it stood above: what is later than the newest one of the first answer.
    /// Times in no order tell nothing, and neither does an entry without one.
    pub(super) fn later(&self) -> Option<Wanted> {
        let mut wanted = Wanted { order: Order::OldestFirst, ..self.wanted.clone() };
        let head = self.log.runs().first().filter(|_| !self.log.is_out_of_order())?;
        let times: Option<Vec<_>> = head.iter().map(Entry::stamp).collect();
        // Above an empty log everything is new.
        wanted.narrowing.span.since = times?.first().map(|newest| Bound::behind(newest.instant()));
        Some(wanted)
    }

    /// What was given is gone, or stands elsewhere: going on would repeat entries or leave some out.
    pub(super) fn changed(&self) -> Failure {
        let is_wait = self.wanted.order == Order::Arriving;
        Failure::new(FailureKind::Trouble, if is_wait { UNKNOWN } else { CHANGED })
    }
}
