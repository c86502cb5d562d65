//! A window of time. An entry whose time cannot be read is in every one: nobody knows that it is not.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{
    entry::Entry,
    time_words::{Moment, Unit},
    zone::Zone,
};

/// One end of a window of time; it belongs to the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    at: DateTime<Utc>,
    is_day: bool,
}

/// A window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Nothing older.
    pub since: Option<Bound>,
    /// Nothing newer.
    pub until: Option<Bound>,
}

impl Bound {
    /// From the first instant of what was named on.
    #[must_use]
    pub fn from(moment: Moment, zone: Zone) -> Self {
        Self { at: moment.start(zone), is_day: moment.unit == Unit::Day }
    }

    /// Up to the last instant of what was named.
    #[must_use]
    pub fn up_to(moment: Moment) -> Self {
        Self { at: moment.at, is_day: moment.unit == Unit::Day }
    }

    /// Right behind an instant.
    #[must_use]
    pub fn behind(at: DateTime<Utc>) -> Self {
        Self { at: at + TimeDelta::nanoseconds(1), is_day: false }
    }

    /// The instant.
    #[must_use]
    pub fn at(self) -> DateTime<Utc> {
        self.at
    }

    fn words(self, zone: Zone) -> String {
        let day = zone.day(self.at);
        if self.is_day { day } else { format!("{day} {}", zone.clock(self.at)) }
    }
}

impl Span {
    /// Whether nothing is outside.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Whether an entry is in it.
    #[must_use]
    pub fn passes(&self, entry: &Entry) -> bool {
        let stamp = entry.stamp().filter(|_| !self.is_everything());
        stamp.is_none_or(|stamp| !self.is_before(stamp.instant()) && !self.is_after(stamp.instant()))
    }

    /// Whether an instant is too old.
    #[must_use]
    pub fn is_before(&self, at: DateTime<Utc>) -> bool {
        self.since.is_some_and(|since| at < since.at)
    }

    /// Whether an instant is too new.
    #[must_use]
    pub fn is_after(&self, at: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| at > until.at)
    }

    /// `since 1 Mar 2023 until 3 Mar 2023 14:02`
    pub(super) fn words(&self, zone: Zone) -> String {
        let since = self.since.map(|since| format!("since {}", since.words(zone)));
        let until = self.until.map(|until| format!("until {}", until.words(zone)));
        since.into_iter().chain(until).collect::<Vec<_>>().join(" ")
    }
}
