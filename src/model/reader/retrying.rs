//! Trying again by itself what failed and is worth it.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Fetch, Reader};
use crate::model::backoff::{Attempt, Backoff, Wake};

impl Reader {
    /// Takes what the waits between tries are made of: another one for every run of the program.
    pub fn set_seed(&mut self, seed: u64) {
        self.backoff = Backoff::new(seed);
    }

    /// When the program tries again by itself.
    #[must_use]
    pub fn retries_at(&self) -> Option<DateTime<Utc>> {
        self.backoff.due()
    }

    /// How long to sleep before [`Reader::wake`], when something is to be tried again.
    #[must_use]
    pub fn sleep(&self, now: DateTime<Utc>) -> Option<(Attempt, Duration)> {
        self.backoff.sleep(now)
    }

    /// A sleep is over: what to ask, and how long to sleep on.
    pub fn wake(
        &mut self,
        attempt: Attempt,
        now: DateTime<Utc>,
    ) -> (Vec<Fetch>, Option<(Attempt, Duration)>) {
        match self.backoff.wake(attempt, now) {
            Wake::Now => (self.try_again(), None),
            Wake::Sleep(attempt, wait) => (Vec::new(), Some((attempt, wait))),
            Wake::Nothing => (Vec::new(), None),
        }
    }

    fn try_again(&mut self) -> Vec<Fetch> {
        self.log_mut().forgive();
        let head = std::mem::take(&mut self.head_failed);
        let mut fetches = if head { self.ask_head() } else { Vec::new() };
        fetches.extend(self.wants());
        fetches
    }

    /// Gives up trying again, and the jump that waited for it. False when nothing is to be tried.
    pub fn cancel_retry(&mut self) -> bool {
        let waited = self.backoff.cancel();
        if waited && let Some(failure) = self.asked_log().failure().cloned() {
            self.stop_journey(failure);
            self.loads_all = false;
        }
        waited
    }
}
