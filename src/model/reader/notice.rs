//! What the reader has to say until the next key. The footer puts it into words.

use chrono::{DateTime, Utc};

use super::Reader;
use crate::model::{
    entry::Entry,
    failure::Failure,
    log::{Disorder, Landing},
    stamp::Stamp,
    time_words::Moment,
    timeline::Item,
};

/// Something to say once, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A jump has ended.
    Landed(Landed),
    /// A jump was given up because of a failure.
    Stopped(Box<Failure>),
    /// There is nothing to go to.
    NoEntries,
    /// There is no such day.
    NoDay,
    /// There is no long silence within what is loaded.
    NoSilence,
    /// There is no entry at the cursor.
    NoEntryHere,
    /// The entry at the cursor names nobody.
    NobodyNamed,
    /// The entry at the cursor has no type.
    NoType,
    /// The time of the entry at the cursor cannot be read.
    NoTime,
    /// No jump was made that leads back.
    NoWayBack,
    /// Nothing narrows the view.
    NothingNarrowed,
    /// No step of narrowing is to be taken back.
    NothingToUndo,
    /// Nothing is known of an earlier look.
    NoLastLook,
    /// Nothing is looked for.
    NoSearch,
    /// All there is to show has been looked at, and nothing was found.
    NotFound,
    /// A search that read on was stopped. What is under way may still come, so the log tells how much is loaded.
    SearchStopped,
    /// The server gives types that were not asked for; they are hidden here.
    TypesNotAskedFor,
    /// So many entries are loaded, and that is all there are.
    AllLoaded(usize),
    /// Equal entries that were loaded are read again, because nobody knows any more how many there are.
    CountedAnew,
    /// A jump would lead out of the window of time.
    OutsideWindow,
    /// No preset has this number.
    NoPreset(u8),
    /// All that lies in the window of time is loaded.
    WindowLoaded,
    /// Loading everything was stopped. What is under way may still come, so the log tells how much is loaded.
    LoadingStopped,
}

/// Why a jump could not go farther than what is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// Older entries could not be read.
    Older,
    /// The newest entries could not be read, and nothing is asked until they are.
    Newest,
}

/// How a jump ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Landed {
    /// What was looked for; `None` for the oldest entry.
    pub moment: Option<Moment>,
    /// The time of the entry it ended on; `None` where that is not loaded.
    pub at: Option<Stamp>,
    /// The time of the next newer entry; what was looked for where that is not known.
    pub newer: Option<DateTime<Utc>>,
    /// Whether every entry is later than what was looked for.
    pub before_all: bool,
    /// Whether what stands there is hidden, and all this is said of the entries that are shown.
    pub is_hidden: bool,
    /// Whether times are not in order.
    pub disorder: Disorder,
    /// What stands in the way of going on.
    pub barred: Option<Barred>,
}

/// How far a jump is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is looked for; `None` for the oldest entry.
    pub moment: Option<Moment>,
    /// Requests made for it so far.
    pub requests: u32,
    /// Nobody asked for it: the entry at the cursor is looked for in another query, or its place, and where it ends
    /// nothing is said.
    pub is_kept: bool,
}

impl Reader {
    /// Says where a jump has ended.
    pub(super) fn tell_landing(&mut self, moment: Option<Moment>, landing: Landing) {
        let Landing { mut at, mut before_all, disorder, .. } = landing;
        let mut newer = landing.newer.map(|newer| newer.instant());
        if disorder == Disorder::None && self.is_end_of_window(moment) {
            // The window of time was asked for, not what stands at its end.
            return;
        }
        let is_hidden =
            self.log().entry(landing.id).is_some_and(|entry| !self.narrowing.current().passes(entry));
        if is_hidden {
            (at, newer) = self.shown_here(moment);
            // What stands beside what is hidden need not be near in time.
            at = at.filter(|_| disorder == Disorder::None);
            // Where nothing older is shown, the cursor stands on the oldest that is, or on what is missing below it.
            before_all |= moment.is_some_and(|moment| match at {
                Some(at) => at.instant() > moment.at,
                None => self.current().is_none(),
            });
        }
        self.notice =
            Some(Notice::Landed(Landed { moment, at, newer, before_all, is_hidden, disorder, barred: None }));
    }

    /// The times of the entry at the cursor and of the one shown above it. Where entries that are not loaded may be
    /// between, they are newer than the moment that was looked for.
    pub(super) fn shown_here(&self, moment: Option<Moment>) -> (Option<Stamp>, Option<DateTime<Utc>>) {
        let log = self.log();
        let here = self.timeline.current(log).and_then(Entry::stamp);
        let newer = match self.timeline.above_cursor() {
            Some(Item::Entry(id)) => log.entry(id).and_then(Entry::stamp).map(|stamp| stamp.instant()),
            Some(Item::Gap(_)) => moment.map(|moment| moment.at),
            None => None,
        };
        (here, newer)
    }
}
