//! Following a ticket: its head is asked for again and again, gently, while somebody is there to look.
//!
//! Time comes as data: whoever calls says what the clock says, and gets the length of the next wait. Every wait has a
//! number; only the newest one counts, so that a wait that nobody needs any more ends in nothing.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// How long to wait between two polls where nobody says otherwise.
pub const INTERVAL: Duration = Duration::from_secs(15);

/// The shortest wait that can be asked for.
pub const SHORTEST: Duration = Duration::from_secs(5);

/// The longest wait that can be asked for.
pub const LONGEST: Duration = Duration::from_hours(24);

/// The longest wait while nothing happens.
const QUIET: Duration = Duration::from_mins(2);

/// The longest wait while requests fail.
const FAILING: Duration = Duration::from_mins(5);

/// Without a key for so long, nobody is thought to look.
const UNATTENDED: TimeDelta = TimeDelta::minutes(30);

/// Whether the head is polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Following {
    /// No.
    #[default]
    Off,
    /// Yes.
    On,
    /// Not until the next key: there was none for half an hour.
    Paused,
}

/// What became of the newest request for the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Entries arrived.
    News,
    /// Nothing arrived.
    Nothing,
    /// No answer that can be used.
    Failure,
}

/// When to ask for the head next.
#[derive(Debug, Clone, Copy)]
pub struct Follow {
    following: Following,
    interval: Duration,
    wait: Duration,
    turn: u64,
    /// The last poll has failed.
    fails: bool,
    last_key: DateTime<Utc>,
    /// Whether the bell is to be rung when entries arrive.
    pub bell: bool,
}

/// A wait that ends in a poll if it is still the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Turn(u64);

/// What to do when a wait is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Ask for the head; wait again in case no answer comes.
    Poll(Turn, Duration),
    /// Nothing.
    Nothing,
}

impl Default for Follow {
    fn default() -> Self {
        Self::new(INTERVAL, false)
    }
}

impl Follow {
    /// Not following yet. Whoever takes an interval from a user sees to it that it is between [`SHORTEST`] and
    /// [`LONGEST`].
    #[must_use]
    pub fn new(interval: Duration, bell: bool) -> Self {
        let last_key = DateTime::UNIX_EPOCH;
        Self { following: Following::Off, interval, wait: interval, turn: 0, fails: false, last_key, bell }
    }

    /// Whether the head is polled.
    #[must_use]
    pub fn following(&self) -> Following {
        self.following
    }

    /// Begins, or goes on after a pause: the first wait.
    pub fn start(&mut self, now: DateTime<Utc>) -> (Turn, Duration) {
        self.following = Following::On;
        self.last_key = now;
        self.wait = self.interval;
        self.next()
    }

    /// Ends.
    pub fn stop(&mut self) {
        self.following = Following::Off;
        self.turn += 1;
    }

    /// A key was pressed. Tells whether following was paused, and is to be started again.
    pub fn key(&mut self, now: DateTime<Utc>) -> bool {
        self.last_key = now;
        self.following == Following::Paused
    }

    /// A wait is over.
    pub fn due(&mut self, turn: Turn, now: DateTime<Utc>) -> Due {
        if self.following != Following::On || turn.0 != self.turn {
            return Due::Nothing;
        }
        // A clock that was set back tells nothing about keys.
        self.last_key = self.last_key.min(now);
        if now - self.last_key >= UNATTENDED {
            self.following = Following::Paused;
            return Due::Nothing;
        }
        let (turn, wait) = self.next();
        Due::Poll(turn, wait)
    }

    /// The head was answered, or was not: the wait until it is asked for again. `None` when nobody follows.
    pub fn heard(&mut self, heard: Heard) -> Option<(Turn, Duration)> {
        if self.following != Following::On {
            return None;
        }
        self.wait = match heard {
            Heard::News => self.interval,
            Heard::Nothing if self.fails => self.interval,
            Heard::Nothing => (self.wait.saturating_mul(3) / 2).min(QUIET.max(self.interval)),
            Heard::Failure => self.wait.saturating_mul(2).min(FAILING.max(self.interval)),
        };
        self.fails = heard == Heard::Failure;
        Some(self.next())
    }

    fn next(&mut self) -> (Turn, Duration) {
        self.turn += 1;
        (Turn(self.turn), self.wait)
    }
}
