//! What is new since an earlier look: where the newest entry seen then stands, and how many stand above it.
//!
//! The entry is looked for from the newest one down, in the run that holds the head alone: a number is told only
//! where no hole can hide an entry. Where it is gone the next older one takes its place. Each entry is looked at
//! once, however many pages come.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{Direction, Item, Leap, Spot, Timeline};
use crate::model::{
    entry::Entry,
    log::{EntryId, Log, RunId},
    query::Generation,
    saved_view::SavedEntry,
    text::Untrusted,
    visit::Seen,
};

/// What is new since an earlier look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// When that look was.
    pub since: DateTime<Utc>,
    /// How many shown entries are newer than what was seen then.
    pub count: Count,
}

/// How many there are, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(usize),
    /// Not all of them are loaded.
    AtLeast(usize),
}

/// The newest entry seen at an earlier look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    seen: Seen,
    /// The newest entry loaded that is not newer than it.
    found: Option<EntryId>,
    /// The log and the run that were looked through, and how far.
    place: Option<(Generation, RunId, i64)>,
    /// Another entry of the same instant: takes its place where it is gone.
    other: Option<EntryId>,
}

impl Mark {
    fn look(&mut self, log: &Log) {
        let Some(run) = log.runs().first() else {
            self.place = None;
            self.found = None;
            return;
        };
        let known =
            self.place.filter(|(log_of, run_of, _)| (*log_of, *run_of) == (log.generation(), run.id()));
        if known.is_some() && self.found.is_some_and(|id| log.entry(id).is_some()) {
            return;
        }
        let from = known.filter(|_| self.found.is_none()).map(|(.., next)| next);
        if from.is_none() {
            (self.found, self.other) = (None, None);
        }
        let serials = run.serials();
        self.place = Some((log.generation(), run.id(), serials.end));
        for serial in from.unwrap_or(serials.start)..serials.end {
            let id = EntryId { run: run.id(), serial };
            let Some((entry, stamp)) = log.entry(id).and_then(|entry| Some((entry, entry.stamp()?))) else {
                continue;
            };
            let time = stamp.instant();
            if time < self.seen.entry.time {
                self.found = self.other.or(Some(id));
            } else if time == self.seen.entry.time {
                if SavedEntry::of(entry) == Some(self.seen.entry) {
                    self.found = Some(id);
                } else {
                    self.other.get_or_insert(id);
                }
            }
            if self.found.is_some() {
                return;
            }
        }
        if log.runs().len() == 1 && log.reaches_start() {
            self.found = self.other;
        }
    }
}

impl Timeline {
    /// Remembers what was seen at an earlier look.
    pub fn set_mark(&mut self, log: &Log, seen: Seen) {
        self.mark = Some(Mark { seen, found: None, place: None, other: None });
        self.look_for_mark(log);
        self.show_cursor(log);
    }

    /// What was seen at an earlier look.
    #[must_use]
    pub fn last_seen(&self) -> Option<Seen> {
        self.mark.map(|mark| mark.seen)
    }

    /// To the newest shown entry that was seen at an earlier look; `None` where it is not loaded.
    pub fn to_last_seen(&mut self, log: &Log) -> Option<Leap> {
        let spot = self.mark_spot()?;
        Some(self.leap(log, spot, Direction::Older))
    }

    /// The newest entry on the screen whose time can be read: another could not be found again.
    #[must_use]
    pub fn newest_on_screen<'a>(&self, log: &'a Log) -> Option<(EntryId, &'a Entry)> {
        let mut spot = self.top_spot()?;
        for _ in 0..self.height {
            if let Some(Item::Entry(id)) = self.index.item(spot) {
                let entry = log.entry(id)?;
                if entry.stamp().is_some() {
                    return Some((id, entry));
                }
            }
            spot = self.index.next(spot)?;
        }
        None
    }

    /// What is new, as long as the rule that tells it is not on the screen but below, or not loaded.
    #[must_use]
    pub fn news_below(&self, log: &Log) -> Option<News> {
        let (mark, top) = (self.mark?, self.top_spot()?);
        let end = match self.mark_spot() {
            Some(spot) => spot,
            None => self.index.find(Item::Gap(log.runs().first()?.id()))?,
        };
        let news = self.news_over(log, &mark, end)?;
        let bottom = self.index.step(top, self.height.cast_signed() - 1);
        let told = mark.found.is_some() && end <= bottom && {
            let rows = self.rows(log);
            rows.iter().any(|row| matches!(row, super::Row::Rule(rule) if rule.news.is_some()))
        };
        (top < end && !told).then_some(news)
    }

    /// What is new above an item, where it is the newest one seen.
    pub(super) fn news_above(&self, log: &Log, spot: Spot) -> Option<News> {
        let mark = self.mark.filter(|_| self.mark_spot() == Some(spot))?;
        self.news_over(log, &mark, spot)
    }

    /// The entries that are shown, newest first.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> {
        self.index.entries()
    }

    /// How many shown entries each type has. Looks at all of them.
    #[must_use]
    pub fn shown_by_type<'a>(&self, log: &'a Log) -> HashMap<&'a Untrusted, usize> {
        let mut counts = HashMap::new();
        for id in self.index.entries() {
            if let Some(entry) = log.entry(id) {
                *counts.entry(&entry.action_type).or_default() += 1;
            }
        }
        counts
    }

    /// How many shown entries stand above the place of this one.
    #[must_use]
    pub fn shown_above(&self, id: EntryId) -> usize {
        self.index.after(Item::Entry(id)).map_or(0, |spot| self.index.entries_before(spot))
    }

    pub(super) fn look_for_mark(&mut self, log: &Log) {
        if let Some(mark) = &mut self.mark {
            mark.look(log);
            self.index.set_cut(log, mark.found);
        }
    }

    /// The newest shown item that was seen.
    fn mark_spot(&self) -> Option<Spot> {
        self.index.after(Item::Entry(self.mark?.found?))
    }

    fn news_over(&self, log: &Log, mark: &Mark, spot: Spot) -> Option<News> {
        let count = self.index.entries_before(spot);
        let whole = mark.found.is_some() && log.unloaded_above() == 0;
        let count = match count {
            0 => return None,
            count if whole => Count::Exactly(count),
            count => Count::AtLeast(count),
        };
        Some(News { since: mark.seen.at, count })
    }
}
