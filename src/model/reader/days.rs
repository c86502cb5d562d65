//! From day to day: by a leap where the day is loaded, else by a jump. Downwards one jump to the end of the day before
//! leads there. Upwards nobody knows the next newer day before the end of this one is loaded: that is jumped to first,
//! and then to the end of the day that is found above it.

use chrono::NaiveDate;

use super::{Fetch, Landed, Notice, Reader, journey::Journey, shown};
use crate::model::{
    log::{EntryId, Target},
    time_words::{self, Moment},
    timeline::{DayLeap, Item},
    zone::Zone,
};

/// A view that hides much may not show what a jump found; after so many jumps more is left to the user.
const MOST_JUMPS: u8 = 4;

/// A jump to the newest entry of the next newer day.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewerDay {
    /// The day that it is to be newer than.
    than: NaiveDate,
    zone: Zone,
    /// The moment that is looked for now.
    pub(super) end: Moment,
    /// The jumps that are left after this one.
    left: u8,
}

impl Reader {
    /// Down to the newest entry of the next older day.
    pub fn to_older_day(&mut self, zone: Zone) -> Vec<Fetch> {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        // Of a query that is left not every day is known.
        let left = self.left.as_ref().and_then(|_| self.timeline.day_here(log, zone));
        let leap = left.map_or_else(|| self.timeline.to_older_day(log, zone), DayLeap::NotLoaded);
        if let DayLeap::NotLoaded(day) = leap
            && let Some(end) = day.pred_opt().and_then(|day| time_words::end_of_day(day, zone))
        {
            return self.jump(Target::At(end.at), Journey::OlderDay(end));
        }
        self.leapt(leap);
        self.wants()
    }

    /// Up to the newest entry of the next newer day.
    pub fn to_newer_day(&mut self, zone: Zone) -> Vec<Fetch> {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        let here = self.timeline.day_here(log, zone);
        let left = here.filter(|_| self.left.is_some());
        let leap = left.map_or_else(|| self.timeline.to_newer_day(log, zone), DayLeap::NotLoaded);
        if let (DayLeap::NotLoaded(day), Some(than)) = (leap, here)
            && let Some(end) = time_words::end_of_day(day, zone)
        {
            let journey = NewerDay { than, zone, end, left: MOST_JUMPS };
            return self.jump(Target::At(end.at), Journey::NewerDay(journey));
        }
        self.leapt(leap);
        self.wants()
    }

    /// The end of a day is loaded, with what stands above it.
    pub(super) fn land_newer_day(&mut self, journey: NewerDay, id: EntryId) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        let leap = self.timeline.to_day_after(log, journey.than, id, journey.zone);
        let DayLeap::NotLoaded(day) = leap else {
            self.leapt(leap);
            if leap == DayLeap::Done {
                self.note_day(journey.zone);
            }
            return;
        };
        let left = journey.left.checked_sub(1);
        let next = left.and_then(|left| Some((left, time_words::end_of_day(day, journey.zone)?)));
        let Some((left, end)) = next else {
            self.timeline.land(log, id);
            return self.note_day(journey.zone);
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
        self.notice = moment.is_some().then_some(Notice::Landed(Landed {
            moment,
            at: landing.at,
            newer: landing.newer,
            is_hidden,
            ..Landed::default()
        }));
    }

    fn leapt(&mut self, leap: DayLeap) {
        self.barren = 0;
        self.note_seen();
        if leap == DayLeap::Nowhere {
            self.notice = Some(Notice::NoDay);
        }
    }
}
