//! Leaps within what is loaded: days and long silences.

use chrono::NaiveDate;

use super::{Direction, Item, Spot, Timeline};
use crate::model::{entry::Entry, log::Log, zone::Zone};

/// How a leap ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leap {
    /// The cursor stands on what was looked for.
    Done,
    /// It may lie where nothing is loaded, in this direction.
    NotLoaded,
    /// There is none.
    Nowhere,
}

impl Timeline {
    /// Down to the newest entry of the next older day.
    pub fn to_older_day(&mut self, log: &Log, zone: Zone) -> Leap {
        let Some((from, day)) = self.here(log, zone) else {
            return Leap::Nowhere;
        };
        let mut spot = from;
        while let Some(next) = self.index.next(spot) {
            spot = next;
            match self.day(log, spot, zone) {
                Ok(other) if other < day => return self.leap(log, spot, Direction::Older),
                Err(NoDay::Gap) if !self.is_start(log, spot) => return Leap::NotLoaded,
                _ => {}
            }
        }
        Leap::Nowhere
    }

    /// Up to the newest entry of this day; from there to the newest one of the next newer day.
    pub fn to_newer_day(&mut self, log: &Log, zone: Zone) -> Leap {
        let Some((from, _)) = self.here(log, zone) else {
            return Leap::Nowhere;
        };
        let newest = self.newest_of_day(log, from, zone);
        if newest != from {
            return self.leap(log, newest, Direction::Newer);
        }
        let Some(before) = self.index.before(from) else {
            return Leap::Nowhere;
        };
        if let Some(Item::Gap(_)) = self.index.item(before) {
            self.leap(log, before, Direction::Newer);
            return Leap::NotLoaded;
        }
        let newest = self.newest_of_day(log, before, zone);
        self.leap(log, newest, Direction::Newer)
    }

    fn newest_of_day(&self, log: &Log, from: Spot, zone: Zone) -> Spot {
        let day = self.day(log, from, zone);
        let mut newest = from;
        while let Some(before) = self.index.before(newest) {
            match (self.day(log, before, zone), &day) {
                (Ok(other), Ok(day)) if other == *day => newest = before,
                (Err(NoDay::Unreadable), _) => newest = before,
                _ => break,
            }
        }
        newest
    }

    /// To the entry below the next long silence, down or up, within what is loaded.
    pub fn to_silence(&mut self, log: &Log, direction: Direction) -> Leap {
        let Some(mut spot) = self.cursor.and_then(|item| self.index.find(item)) else {
            return Leap::Nowhere;
        };
        loop {
            let next = match direction {
                Direction::Older => self.index.next(spot),
                Direction::Newer => self.index.before(spot),
            };
            let Some(next) = next else {
                return Leap::Nowhere;
            };
            spot = next;
            if self.silence_above(log, spot).is_some() {
                return self.leap(log, spot, direction);
            }
        }
    }

    pub(super) fn leap(&mut self, log: &Log, spot: Spot, direction: Direction) -> Leap {
        self.direction = direction;
        self.cursor = self.index.item(spot);
        self.leave_dead_end(log);
        self.note_home(log);
        self.show_cursor(log);
        Leap::Done
    }

    fn here(&self, log: &Log, zone: Zone) -> Option<(Spot, NaiveDate)> {
        let spot = self.cursor.and_then(|item| self.index.find(item))?;
        Some((spot, self.day(log, spot, zone).ok()?))
    }

    fn day(&self, log: &Log, spot: Spot, zone: Zone) -> Result<NaiveDate, NoDay> {
        match self.index.item(spot) {
            Some(Item::Entry(id)) => {
                let stamp = log.entry(id).and_then(Entry::stamp);
                stamp.map(|stamp| zone.local(stamp.instant()).date()).ok_or(NoDay::Unreadable)
            }
            _ => Err(NoDay::Gap),
        }
    }
}

enum NoDay {
    Gap,
    Unreadable,
}
