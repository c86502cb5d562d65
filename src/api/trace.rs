//! A line for each request: what was asked, how it ended, how long it took. For finding out what a network does.
//!
//! ```text
//! 2026-11-23T12:39:59.870Z credential: refresh token of TICKETLOG_REFRESH_TOKEN
//! 2026-11-23T12:39:59.871Z POST /token attempt=1 status=200 bytes=214 ms=97
//! 2026-11-23T12:40:00.123Z POST /tickets/7/log skip=0 take=50 types=all attempt=1 status=200 bytes=40961 ms=153
//! 2026-11-23T12:40:01.017Z POST /tickets/7/log skip=48 take=50 types=all attempt=2 failed=silence ms=15001
//! ```
//!
//! Holds no header, no body, no address beyond the path, and no word that a customer or the server wrote: names of
//! types are cut, and what is not a letter, a digit, `_`, `-` or `.` in one is a `?`. Where lines go is the caller's
//! affair. Called by the transport.

use std::{
    collections::HashMap,
    fmt::{self, Write as _},
    hash::{BuildHasher as _, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, SecondsFormat, Utc};
use tokio::time::Instant;

use crate::model::query::{Query, Window};

/// The longest name of a type, and the most of them.
const LONGEST_NAME: usize = 60;
const MOST_NAMES: usize = 40;

/// The most questions whose failures are remembered.
const MOST_FAILED: usize = 256;

/// Writes down every request of the clients that have it. Cheap to clone.
#[derive(Clone)]
pub struct Trace(Arc<Inner>);

struct Inner {
    write: Box<dyn Fn(String) + Send + Sync>,
    now: fn() -> DateTime<Utc>,
    hasher: RandomState,
    /// How often each question failed since it was last answered.
    failed: Mutex<HashMap<u64, u32>>,
}

impl Trace {
    /// A trace whose lines, without a line break, go to `write`, with times from `now`.
    #[must_use]
    pub fn new(now: fn() -> DateTime<Utc>, write: impl Fn(String) + Send + Sync + 'static) -> Self {
        let (write, hasher) = (Box::new(write), RandomState::new());
        Self(Arc::new(Inner { write, now, hasher, failed: Mutex::default() }))
    }

    /// Writes down where the token comes from: a sentence of our own, without the token.
    pub fn note(&self, credential: &str) {
        let time = self.time();
        (self.0.write)(format!("{time} credential: {credential}"));
    }

    fn time(&self) -> String {
        (self.0.now)().to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// A question is being asked.
    pub(super) fn begin(&self, question: &Question) -> Asked {
        let question = question.to_string();
        let key = self.0.hasher.hash_one(&question);
        let attempt = 1 + self.failures(|failed| failed.get(&key).copied().unwrap_or(0));
        let time = self.time();
        let line = format!("{time} {question} attempt={attempt}");
        Asked { trace: self.clone(), key, line, began: Instant::now(), ended: false }
    }

    fn failures<T>(&self, look: impl FnOnce(&mut HashMap<u64, u32>) -> T) -> T {
        look(&mut self.0.failed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Says nothing of what was written.
impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trace")
    }
}

/// What is asked, as far as a trace tells it.
pub(super) struct Question<'a> {
    pub(super) method: &'static str,
    pub(super) path: &'a str,
    pub(super) window: Option<Window>,
    pub(super) query: Option<&'a Query>,
}

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if let Some(Window { skip, take }) = self.window {
            write!(f, " skip={skip} take={take}")?;
        }
        match self.query {
            None => Ok(()),
            Some(Query::All) => f.write_str(" types=all"),
            Some(Query::Only(types)) => {
                f.write_str(" types=")?;
                for (number, name) in types.iter().take(MOST_NAMES).enumerate() {
                    f.write_str(if number == 0 { "" } else { "," })?;
                    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
                    for c in name.raw_for_export().chars().take(LONGEST_NAME) {
                        f.write_char(if plain(c) { c } else { '?' })?;
                    }
                }
                let more = types.len().saturating_sub(MOST_NAMES);
                if more > 0 { write!(f, ",+{more}") } else { Ok(()) }
            }
        }
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ended {
    /// With a status and a body of so many bytes.
    Answered(u16, usize),
    /// Without an answer, for this reason.
    Failed(&'static str),
}

/// A request under way. One that is dropped was cancelled.
pub(super) struct Asked {
    trace: Trace,
    key: u64,
    line: String,
    began: Instant,
    ended: bool,
}

impl Asked {
    /// The request has ended.
    pub(super) fn end(mut self, how: Ended) {
        let key = self.key;
        self.trace.failures(|failed| match how {
            Ended::Answered(200, _) => drop(failed.remove(&key)),
            Ended::Answered(..) | Ended::Failed(_) => {
                if failed.len() >= MOST_FAILED {
                    failed.clear();
                }
                *failed.entry(key).or_default() += 1;
            }
        });
        match how {
            Ended::Answered(status, bytes) => self.write(&format!("status={status} bytes={bytes}")),
            Ended::Failed(why) => self.write(&format!("failed={why}")),
        }
    }

    fn write(&mut self, how: &str) {
        self.ended = true;
        let milliseconds = self.began.elapsed().as_millis();
        (self.trace.0.write)(format!("{} {how} ms={milliseconds}", self.line));
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        if !self.ended {
            self.write("cancelled");
        }
    }
}
