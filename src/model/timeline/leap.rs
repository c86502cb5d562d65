//! Leaps within what is loaded: days and long silences.

use chrono::NaiveDate;

use super::{Direction, Item, Spot, Timeline};
use crate::model::{
    entry::Entry,
    log::{EntryId, Log, Run, RunId},
    zone::Zone,
};

/// How a leap ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leap {
    /// The cursor stands on what was looked for.
    Done,
    /// It may lie where nothing is loaded.
    NotLoaded,
    /// There is none.
    Nowhere,
}

/// How a leap to another day ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayLeap {
    /// The cursor stands on its newest entry.
    Done,
    /// It may lie where nothing is loaded, beyond this day or at its newer end.
    NotLoaded(NaiveDate),
    /// There is none.
    Nowhere,
}

impl Timeline {
    /// Down to the newest entry of the next older day.
    pub fn to_older_day(&mut self, log: &Log, zone: Zone) -> DayLeap {
        let Some((from, day)) = self.here(log, zone) else {
            return DayLeap::Nowhere;
        };
        let mut spot = from;
        while let Some(next) = self.index.next(spot) {
            spot = next;
            match self.day(log, spot, zone) {
                Ok(other) if other < day => return self.leap_to_day(log, spot, Direction::Older),
                Err(NoDay::Gap(_)) if !self.is_start(log, spot) => return DayLeap::NotLoaded(day),
                _ => {}
            }
        }
        DayLeap::Nowhere
    }

    /// The day that the cursor is on, or beside.
    #[must_use]
    pub fn day_here(&self, log: &Log, zone: Zone) -> Option<NaiveDate> {
        self.here(log, zone).map(|(_, day)| day)
    }

    /// Up to the newest entry of the next newer day.
    pub fn to_newer_day(&mut self, log: &Log, zone: Zone) -> DayLeap {
        let Some((from, day)) = self.here(log, zone) else {
            return DayLeap::Nowhere;
        };
        self.up_from_day(log, from, (day, zone))
    }

    /// Up to the newest entry of the next day that is newer than a day, from an entry that need not be shown.
    pub fn to_day_after(&mut self, log: &Log, day: NaiveDate, id: EntryId, zone: Zone) -> DayLeap {
        let Some(from) = log.resolve(id).and_then(|(_, id)| self.index.after(Item::Entry(id))) else {
            return DayLeap::Nowhere;
        };
        let leap = self.up_from_day(log, from, (day, zone));
        if leap == DayLeap::Done {
            self.put_cursor_on_line(log, self.height / 3);
        }
        leap
    }

    fn up_from_day(&mut self, log: &Log, from: Spot, (day, zone): (NaiveDate, Zone)) -> DayLeap {
        let is_gap = matches!(self.index.item(from), Some(Item::Gap(_)));
        let mut next = if is_gap { self.index.before(from) } else { Some(from) };
        let mut found: Option<(NaiveDate, Spot)> = None;
        let mut unknown_above = (log.unloaded_above() > 0).then(|| newest_day(log.runs().first(), zone));
        while let Some(spot) = next {
            next = self.index.before(spot);
            match (self.day(log, spot, zone), found) {
                (Ok(other), None) if other > day => found = Some((other, spot)),
                (Ok(other), Some((day, _))) if other == day => found = Some((day, spot)),
                (Ok(_), Some((_, newest))) => return self.leap_to_day(log, newest, Direction::Newer),
                (Err(NoDay::Gap(above)), _) => {
                    let at = log.runs().iter().position(|run| run.id() == above);
                    unknown_above = Some(newest_day(at.and_then(|at| log.runs().get(at + 1)), zone));
                    break;
                }
                _ => {}
            }
        }
        match (found, unknown_above) {
            // Entries of still newer days are loaded above it, but none is shown.
            (Some((day, newest)), Some(Some(loaded))) if loaded > day => {
                self.leap_to_day(log, newest, Direction::Newer)
            }
            (Some((_, newest)), None) => self.leap_to_day(log, newest, Direction::Newer),
            (Some((day, _)), Some(_)) => DayLeap::NotLoaded(day),
            (None, Some(loaded)) => DayLeap::NotLoaded(loaded.map_or(day, |loaded| loaded.max(day))),
            (None, None) => DayLeap::Nowhere,
        }
    }

    fn leap_to_day(&mut self, log: &Log, spot: Spot, direction: Direction) -> DayLeap {
        self.leap(log, spot, direction);
        DayLeap::Done
    }

    /// To the entry below the next long silence, down or up, within what is loaded.
    pub fn to_silence(&mut self, log: &Log, direction: Direction) -> Leap {
        let Some(mut spot) = self.cursor_spot() else {
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

    /// The day of the cursor: its entry's, or that of the nearest one whose time is known, on the side that the cursor
    /// came from if there is any.
    fn here(&self, log: &Log, zone: Zone) -> Option<(Spot, NaiveDate)> {
        let cursor = self.cursor.and_then(|item| self.index.find(item))?;
        let known = |spot| Some((spot, self.day(log, spot, zone).ok()?));
        let newer = || std::iter::successors(Some(cursor), |spot| self.index.before(*spot)).find_map(known);
        let older = || std::iter::successors(Some(cursor), |spot| self.index.next(*spot)).find_map(known);
        match self.direction {
            Direction::Older => newer().or_else(older),
            Direction::Newer => older().or_else(newer),
        }
    }

    fn day(&self, log: &Log, spot: Spot, zone: Zone) -> Result<NaiveDate, NoDay> {
        match self.index.item(spot) {
            Some(Item::Entry(id)) => {
                let stamp = log.entry(id).and_then(Entry::stamp);
                stamp.map(|stamp| zone.local(stamp.instant()).date()).ok_or(NoDay::Unreadable)
            }
            Some(Item::Gap(run)) => Err(NoDay::Gap(run)),
            None => Err(NoDay::Unreadable),
        }
    }
}

enum NoDay {
    Gap(RunId),
    Unreadable,
}

/// The day of the newest entry of a run, shown or not.
fn newest_day(run: Option<&Run>, zone: Zone) -> Option<NaiveDate> {
    let newest = run?.iter().find_map(Entry::stamp)?;
    Some(zone.local(newest.instant()).date())
}
