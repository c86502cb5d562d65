//! What can go wrong between a question and its answer, as a sentence a user can act on.

use std::time::Duration;

use arcstr::ArcStr;
use chrono::{DateTime, TimeDelta, Utc};

use super::text::Untrusted;

/// A failure's kind: decides the exit code and what the screen offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// 401 or 403: the token is missing, wrong or expired.
    NotAuthorised,
    /// The server or the way to it: worth another try.
    Trouble,
    /// The server knows no such ticket (404 with the API's envelope).
    NoSuchTicket,
    /// What was given as a file cannot be opened, or is no log.
    NoLog,
    /// Reading a file failed on the way.
    Input,
}

impl FailureKind {
    /// The exit code of the process when nothing was ever loaded.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::NotAuthorised => 3,
            Self::Trouble => 4,
            Self::NoSuchTicket => 5,
            Self::NoLog => 2,
            Self::Input => 1,
        }
    }
}

/// Whether the same question is worth asking again without a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Retry {
    /// No, or only when the user says so.
    #[default]
    Never,
    /// Yes, after a moment.
    Soon,
    /// Yes, after so long: the server says so.
    After(Duration),
}

impl Retry {
    /// The moment before which nobody is to ask, where the server names one.
    #[must_use]
    pub fn until(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::After(wait) => now.checked_add_signed(TimeDelta::from_std(wait).ok()?),
            Self::Never | Self::Soon => None,
        }
    }
}

/// One failed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Decides the exit code.
    pub kind: FailureKind,
    /// What failed, where, what to do. May quote the server, so it is untrusted as a whole.
    pub sentence: Untrusted,
    /// Whether the program tries again by itself.
    pub retry: Retry,
    /// What in the sentence is our own and may look like somebody's: the server's address, the ticket's number. Words
    /// with spaces between them.
    pub own: ArcStr,
}

impl Failure {
    /// A failure of `kind` with its sentence.
    #[must_use]
    pub fn new(kind: FailureKind, sentence: impl Into<String>) -> Self {
        Self { kind, sentence: Untrusted::new(sentence.into()), retry: Retry::Never, own: ArcStr::new() }
    }

    /// The same, which names this word of our own.
    #[must_use]
    pub fn naming(self, own: &str) -> Self {
        Self { own: format!("{} {own}", self.own).into(), ..self }
    }

    /// The same, with whether another try is worth it.
    #[must_use]
    pub fn with_retry(self, retry: Retry) -> Self {
        Self { retry, ..self }
    }
}
