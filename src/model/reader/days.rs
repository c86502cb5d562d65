//! From day to day: by a leap where the day is loaded, else by a jump. Downwards one jump to the end of the day before
//! leads there. Upwards nobody knows the next newer day before the end of this one is loaded: that is jumped to first,
//! and then to the end of the day that is found above it. Several days are one jump: where it lands it goes on.

use chrono::NaiveDate;

use super::{Fetch, Landed, Notice, Reader, journey::Journey, reading, shown};
use crate::model::{
    entry::Entry,
    log::{EntryId, Target},
    time_words::{self, Moment},
    timeline::{DayLeap, Item},
    zone::Zone,
};

/// A view that hides much may not show what a jump found; after so many jumps more is left to the user.
const MOST_JUMPS: u8 = 4;

/// Days that are to be gone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    is_up: bool,
    left: u16,
    zone: Zone,
}

impl Days {
    /// The days after this one; nothing where this is the last.
    fn after(self) -> Option<Self> {
        let left = self.left.checked_sub(1).filter(|left| *left > 0)?;
        Some(Self { left, ..self })
    }

    /// The jump for the next day, where it is not loaded beyond this one or at the newer end of it.
    fn jump(self, day: NaiveDate, here: NaiveDate) -> Option<(Target, Journey)> {
        let day = if self.is_up { day } else { day.pred_opt()? };
        let end = time_words::end_of_day(day, self.zone)?;
        let journey = if self.is_up {
            Journey::NewerDay(NewerDay { than: here, end, left: MOST_JUMPS, days: self })
        } else {
            Journey::OlderDay(OlderDay { end, days: self })
        };
        Some((Target::At(end.at), journey))
    }
}

/// A jump to the newest entry of the next older day.
#[derive(Debug, Clone, Copy)]
pub(super) struct OlderDay {
    /// The day ends then at the latest.
    pub(super) end: Moment,
    days: Days,
}

/// A jump to the newest entry of the next newer day.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewerDay {
    /// The day that it is to be newer than.
    than: NaiveDate,
    /// The moment that is looked for now.
    pub(super) end: Moment,
    /// The jumps that are left after this one.
    left: u8,
    days: Days,
}

impl Reader {
    /// To the newest entry of a day: so many days down to older ones, or up where that is negative. As one jump where not
    /// all of them are loaded.
    pub fn by_days(&mut self, by: i16, zone: Zone) -> Vec<Fetch> {
        let from = self.timeline.bookmark(self.log());
        let days = Days { is_up: by < 0, left: by.unsigned_abs(), zone };
        match self.pass_days(days) {
            Some((target, journey)) => self.jump_from(from, target, journey),
            None => self.wants(),
        }
    }

    /// Goes as many of the days as are loaded. Gives the jump to the next one, where that is not.
    fn pass_days(&mut self, mut days: Days) -> Option<(Target, Journey)> {
        let mut next = None;
        self.barren = 0;
        while days.left > 0 {
            let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
            let here = self.timeline.day_here(log, days.zone);
            // Of a query that is left not every day is known.
            let left = here.filter(|_| self.left.is_some()).map(DayLeap::NotLoaded);
            let leap = match left {
                Some(left) => left,
                None if days.is_up => self.timeline.to_newer_day(log, days.zone),
                None => self.timeline.to_older_day(log, days.zone),
            };
            match leap {
                DayLeap::Done => days.left -= 1,
                DayLeap::NotLoaded(day) => {
                    next = here.and_then(|here| days.jump(day, here));
                    break;
                }
                DayLeap::Nowhere => {
                    self.notice = Some(Notice::NoDay);
                    break;
                }
            }
        }
        self.note_seen();
        next
    }

    /// A day was jumped to: the jump goes on to those that are left. False where there are none.
    fn go_on_by_days(&mut self, days: Days) -> bool {
        let Some(days) = days.after() else { return false };
        if let Some((target, journey)) = self.pass_days(days) {
            self.set_out(target, journey);
        }
        true
    }

    /// The end of an older day is loaded, and the cursor was put there: the jump goes on to the days that are left. Where
    /// all that is loaded there is hidden, what follows is read first. False where none are left.
    pub(super) fn land_older_day(&mut self, older: OlderDay, id: EntryId) -> bool {
        if self.read_on(reading::Jump::Day(older), id) {
            return true;
        }
        if older.days.after().is_some() && self.is_newer_day(older) {
            // All older ones are hidden.
            self.notice = Some(Notice::NoDay);
            return true;
        }
        self.go_on_by_days(older.days)
    }

    /// Whether the entry at the cursor is of a newer day than is looked for.
    fn is_newer_day(&self, older: OlderDay) -> bool {
        let day = |at| older.days.zone.local(at).date();
        let here = self.current().and_then(Entry::stamp);
        here.is_some_and(|here| day(here.instant()) > day(older.end.at))
    }

    /// The end of a day is loaded, with what stands above it.
    pub(super) fn land_newer_day(&mut self, journey: NewerDay, id: EntryId) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        let zone = journey.days.zone;
        let day = match self.timeline.to_day_after(log, journey.than, id, zone) {
            DayLeap::NotLoaded(day) => day,
            DayLeap::Nowhere => return self.notice = Some(Notice::NoDay),
            DayLeap::Done => {
                self.barren = 0;
                self.note_seen();
                if !self.go_on_by_days(journey.days) {
                    self.note_day(zone);
                }
                return;
            }
        };
        let left = journey.left.checked_sub(1);
        let next = left.and_then(|left| Some((left, time_words::end_of_day(day, zone)?)));
        let Some((left, end)) = next else {
            self.timeline.land(log, id);
            return self.note_day(zone);
        };
        self.set_out(Target::At(end.at), Journey::NewerDay(NewerDay { end, left, ..journey }));
    }

    /// A jump has ended on the newest entry of a day: where the cursor stood there already, nothing else tells.
    fn note_day(&mut self, zone: Zone) {
        let log = self.log();
        let Some(Item::Entry(id)) = self.timeline.cursor() else { return };
        let Some(landing) = log.landing_on(id) else { return };
        let day = landing.at.map(|at| zone.local(at.instant()).date());
        let moment = day.and_then(|day| time_words::end_of_day(day, zone));
        let is_hidden = self.timeline.shown() < log.loaded();
        let (at, newer) = if is_hidden {
            self.shown_here(moment)
        } else {
            (landing.at, landing.newer.map(|newer| newer.instant()))
        };
        self.notice = moment.is_some().then_some(Notice::Landed(Landed {
            moment,
            at,
            newer,
            is_hidden,
            ..Landed::default()
        }));
    }
}
