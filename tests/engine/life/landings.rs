//! Where jumps end, and what is told of that: by what the server holds. A log that lost or changed entries, or a server
//! that gives the same for every place, leaves nothing to go by but what is loaded.

use chrono::{DateTime, Utc};
use ticketlog::model::{
    log::{Disorder, EntryId},
    reader::Landed,
    time_words::Moment,
    timeline::Item,
};

use super::Life;
use crate::server::{Row, entry, number};

impl Life {
    pub(super) fn check_landing(&self, landed: &Landed) {
        let reader = &self.model.reader;
        let here = match reader.timeline().cursor() {
            Some(Item::Entry(id)) => id,
            // All that is loaded near by is hidden.
            Some(Item::Gap(_)) if landed.is_hidden || self.hides() => {
                return self.check_hidden(landed);
            }
            cursor => panic!("no landing on {cursor:?}: {landed:?}"),
        };
        let is_in_order = !self.changed && self.server.is_kept_to();
        assert!(!is_in_order || landed.disorder == Disorder::None, "{landed:?}");
        match landed.moment {
            None => self.check_oldest(landed, here),
            Some(moment) if landed.disorder != Disorder::None && !landed.is_hidden => {
                self.check_unordered(landed, moment.at, here);
            }
            Some(_) if landed.disorder != Disorder::None => {
                assert_eq!(landed.at, None, "nothing is told beside what is hidden");
            }
            Some(moment) => self.check_moment(landed, moment, here),
        }
    }

    /// No more is told than that nothing is shown up to the moment.
    fn check_hidden(&self, landed: &Landed) {
        assert_eq!(landed.at, None, "no entry is told: {landed:?}");
        let Some(moment) = landed.moment.filter(|_| landed.before_all) else { return };
        let is_shown = |number: &u64| self.passes(*number) && self.server.time(*number) <= moment.at;
        let shown = self.known().into_iter().find(is_shown);
        assert!(shown.is_none() || self.server.comes_short(), "{shown:?} is shown: {landed:?}");
    }

    /// Whether anything loaded is hidden.
    fn hides(&self) -> bool {
        let reader = &self.model.reader;
        reader.timeline().shown() < reader.log().loaded()
    }

    /// Whether an entry of this number is shown.
    fn passes(&self, number: u64) -> bool {
        self.model.reader.narrowing().passes(&entry(Row(number)))
    }

    fn loaded(&self) -> Vec<u64> {
        self.model.reader.log().runs().iter().flat_map(|run| run.iter().map(number)).collect()
    }

    /// What the log is known to hold: what the server holds but for what arrived since the head was read last, where that
    /// can be held against it; else what is loaded.
    fn known(&self) -> Vec<u64> {
        if self.changed || !self.server.is_readable() || self.server.is_unordered() {
            return self.loaded();
        }
        let log = self.model.reader.log();
        let newest = log.runs()[0].newest().map(number);
        let truth = self.server.numbers(log.query());
        truth.into_iter().filter(|number| Some(*number) <= newest).collect()
    }

    fn check_oldest(&self, landed: &Landed, here: EntryId) {
        let reader = &self.model.reader;
        let here = reader.log().entry(here).map(number);
        let last = |numbers: Vec<u64>| numbers.into_iter().rfind(|number| self.passes(*number));
        let loaded = last(self.loaded());
        assert_eq!(here, loaded, "the oldest that is loaded: {landed:?}");
        if landed.barred.is_some() {
            return;
        }
        assert!(reader.log().reaches_start(), "{landed:?}");
        // A short page may have been taken for the end; what is behind it is looked at then.
        let is_looking = reader.log().is_asking() || reader.log().failure().is_some() || reader.is_settling();
        assert!(
            here == last(self.known()) || (self.server.comes_short() && is_looking),
            "{here:?} is not the oldest of {:?}: {landed:?}",
            self.known()
        );
    }

    fn check_moment(&self, landed: &Landed, moment: Moment, id: EntryId) {
        let time = |number: u64| self.server.time(number);
        let log = self.model.reader.log();
        let here = log.entry(id).map(number).unwrap();
        let known = self.known();
        let (at, newer) = (landed.at.map(|at| at.instant()), landed.newer);
        if landed.is_hidden && at.is_none() {
            // What is not loaded may stand above.
            return;
        }
        if self.server.comes_short() && landed.before_all {
            // A short page was taken for the end; what is behind it is looked at now.
            return;
        }
        let told: Vec<u64> =
            known.into_iter().filter(|number| !landed.is_hidden || self.passes(*number)).collect();
        let Some(wanted) = told.iter().position(|number| time(*number) <= moment.at) else {
            assert!(landed.before_all && told.last() == Some(&here), "{here} before all, {landed:?}");
            return;
        };
        assert_eq!(here, told[wanted], "the newest not later than {}: {landed:?}", moment.at);
        assert!(!landed.before_all, "{landed:?}");
        if !landed.is_hidden {
            assert!(self.is_first_of_its_kind(id), "{here} stands below one that equals it");
        }
        let above = wanted.checked_sub(1).map(|above| time(told[above]));
        // What is shown above may not be loaded; all up to the moment is.
        let above = if landed.is_hidden && newer == Some(moment.at) { newer } else { above };
        assert_eq!((at, newer), (Some(time(here)), above), "what is told: {landed:?}");
    }

    /// Where times are in no order: the latest that is not later, among all that is loaded.
    fn check_unordered(&self, landed: &Landed, moment: DateTime<Utc>, here: EntryId) {
        let here = self.model.reader.log().entry(here).map(number).unwrap();
        let loaded = self.loaded();
        let time = |number: u64| self.server.time(number);
        let latest = loaded.iter().filter(|number| time(**number) <= moment).max_by_key(|at| time(**at));
        let nearest = latest.or_else(|| loaded.iter().min_by_key(|at| time(**at)));
        assert_eq!(Some(time(here)), nearest.map(|nearest| time(*nearest)), "the nearest to {moment}");
        assert_eq!(landed.before_all, latest.is_none(), "{landed:?}");
    }

    /// Whether the entry above is another one, or there is none.
    fn is_first_of_its_kind(&self, id: EntryId) -> bool {
        let log = self.model.reader.log();
        let Some((run, id)) = log.resolve(id) else { return false };
        match run.by_serial(id.serial - 1) {
            Some(above) => run.by_serial(id.serial).is_some_and(|here| number(here) != number(above)),
            None => log.runs()[0].id() == run.id(),
        }
    }
}
