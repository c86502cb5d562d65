//! When a failed request is made again without the user: soon, later each time, and three times at most.
//!
//! Full jitter: the wait is anything between nothing and a bound that doubles, so that clients that failed together do
//! not come back together. What the server asks for (`Retry-After`) is obeyed, up to a minute. Time and the seed of the
//! jitter come as data.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::failure::Retry;

/// The bound of the first wait; each later one has twice the bound.
const BASE: Duration = Duration::from_millis(500);

/// The bound that is never passed.
const CAP: Duration = Duration::from_secs(20);

/// The longest wait that a server may ask for.
pub const LONGEST_ASKED: Duration = Duration::from_mins(1);

/// How often the same thing is tried again before the user is asked to.
const MOST: u8 = 3;

/// The longest sleep: whoever looks sees the seconds count down.
const TICK: Duration = Duration::from_secs(1);

/// Names a wait; an older one means nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attempt(u64);

/// Whether and when to try again.
#[derive(Debug, Clone, Copy, Default)]
pub struct Backoff {
    state: u64,
    tries: u8,
    attempt: u64,
    due: Option<DateTime<Utc>>,
    /// How long the wait is that is under way.
    wait: Duration,
}

/// What to do when a sleep is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// Try again now.
    Now,
    /// Sleep on.
    Sleep(Attempt, Duration),
    /// It was given up meanwhile, or done.
    Nothing,
}

impl Backoff {
    /// Nothing has failed. Equal seeds give equal waits.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed, ..Self::default() }
    }

    /// What equal waits would begin with.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.state
    }

    /// A request has failed. False when it is for the user to try again.
    pub fn failed(&mut self, retry: Retry, now: DateTime<Utc>) -> bool {
        if self.due.is_some() {
            // Another request of the same moment: the wait under way is for both.
            return true;
        }
        let bound = BASE.saturating_mul(1 << self.tries.min(10)).min(CAP);
        let wait = match retry {
            Retry::Soon => self.jitter(bound),
            Retry::After(wait) if wait <= LONGEST_ASKED => wait + self.jitter(BASE),
            Retry::Never | Retry::After(_) => return false,
        };
        if self.tries >= MOST {
            return false;
        }
        self.tries += 1;
        self.attempt += 1;
        self.due = Some(now + wait);
        self.wait = wait;
        true
    }

    /// The moment of the next try.
    #[must_use]
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.due
    }

    /// How long to sleep now; `None` when nothing is to be tried again.
    #[must_use]
    pub fn sleep(&self, now: DateTime<Utc>) -> Option<(Attempt, Duration)> {
        // A clock that was set back does not make it longer.
        let left = (self.due? - now).to_std().unwrap_or_default().min(self.wait);
        // So that the seconds shown are whole ones.
        let part = Duration::from_nanos(u64::from(left.subsec_nanos()));
        Some((Attempt(self.attempt), if part.is_zero() { left.min(TICK) } else { part }))
    }

    /// A sleep is over.
    pub fn wake(&mut self, attempt: Attempt, now: DateTime<Utc>) -> Wake {
        self.due = self.due.map(|due| due.min(now + self.wait));
        match self.due {
            Some(due) if attempt.0 == self.attempt => {
                if due <= now {
                    self.due = None;
                    return Wake::Now;
                }
                self.sleep(now).map_or(Wake::Nothing, |(attempt, wait)| Wake::Sleep(attempt, wait))
            }
            _ => Wake::Nothing,
        }
    }

    /// Gives the wait up. False when there is none.
    pub fn cancel(&mut self) -> bool {
        self.due.take().is_some()
    }

    /// An answer has come, or the user asks again: the next failure is a first one.
    pub fn reset(&mut self) {
        self.due = None;
        self.tries = 0;
    }

    /// Anything from nothing up to `bound`. `SplitMix64` (Steele, Lea, Flood 2014): even, and fast to write down.
    fn jitter(&mut self, bound: Duration) -> Duration {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let bound = u64::try_from(bound.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(z % bound.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    /// The waits of a client that never succeeds, in milliseconds.
    fn waits(seed: u64, retry: Retry) -> Vec<i64> {
        let mut backoff = Backoff::new(seed);
        let mut waits = Vec::new();
        while backoff.failed(retry, now()) {
            waits.push((backoff.due().unwrap() - now()).num_milliseconds());
            assert!(backoff.cancel());
            assert!(waits.len() < 10);
        }
        waits
    }

    /// H08
    #[test]
    fn three_tries_each_within_its_bound_and_on_the_average_in_the_middle_of_it() {
        let mut sums = [0; 3];
        for seed in 0..10_000 {
            let waits = waits(seed, Retry::Soon);
            assert_eq!(waits.len(), 3);
            for ((wait, bound), sum) in waits.iter().zip([500, 1_000, 2_000]).zip(&mut sums) {
                assert!((0..=bound).contains(wait), "{wait} of {bound}");
                *sum += wait;
            }
        }
        for (sum, bound) in sums.iter().zip([500, 1_000, 2_000]) {
            let mean = sum / 10_000;
            assert!((bound * 48 / 100..=bound * 52 / 100).contains(&mean), "{mean} of {bound}");
        }
    }

    /// H08, H29
    #[test]
    fn clients_that_failed_together_do_not_come_back_together() {
        let firsts: std::collections::HashSet<i64> =
            (0..100).map(|seed| waits(seed, Retry::Soon)[0]).collect();
        assert!(firsts.len() > 60, "{}", firsts.len());
    }

    #[test]
    fn what_the_server_asks_for_is_obeyed_up_to_a_minute() {
        let asked = waits(1, Retry::After(Duration::from_secs(2)));
        assert!(asked.len() == 3 && asked.iter().all(|wait| (2_000..=2_500).contains(wait)), "{asked:?}");
        assert_eq!(waits(1, Retry::After(Duration::from_mins(1))).len(), 3);
        assert_eq!(waits(1, Retry::After(Duration::from_secs(61))), Vec::<i64>::new());
        assert_eq!(waits(1, Retry::Never), Vec::<i64>::new());
    }

    #[test]
    fn a_second_failure_of_the_same_moment_costs_no_try_of_its_own() {
        let mut backoff = Backoff::new(7);
        assert!(backoff.failed(Retry::Soon, now()) && backoff.failed(Retry::Never, now()));
        let mut tries = 1;
        while backoff.cancel() && backoff.failed(Retry::Soon, now()) {
            tries += 1;
        }
        assert_eq!(tries, 3);
    }

    #[test]
    fn it_sleeps_in_whole_seconds_until_it_is_due_and_only_the_newest_sleep_counts() {
        let mut backoff = Backoff::new(7);
        backoff.failed(Retry::After(Duration::from_secs(3)), now());
        let due = backoff.due().unwrap();
        let mut at = now();
        let mut sleeps = 0;
        let (mut attempt, mut wait) = backoff.sleep(at).unwrap();
        let first = attempt;
        loop {
            assert!(wait <= TICK && !wait.is_zero());
            at += wait;
            sleeps += 1;
            match backoff.wake(attempt, at) {
                Wake::Sleep(next, longer) => (attempt, wait) = (next, longer),
                Wake::Now => break,
                Wake::Nothing => panic!("given up"),
            }
        }
        assert_eq!((at, backoff.wake(first, at)), (due, Wake::Nothing));
        assert!((3..=4).contains(&sleeps), "{sleeps}");
    }
}
