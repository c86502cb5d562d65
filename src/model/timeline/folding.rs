//! What folds: neighbours of one type and one day stand as one line, at the time of the newest.
//!
//! A fold never goes over what a reader must not overlook: another entry that is shown, what is not loaded, the rule
//! that tells what is new. Nor over midnight: the line carries one date, and that is to be true of all of it; with
//! that, no long silence is within a fold either. What cannot be read, what names nobody and what has no time stands
//! by itself, and bots are not counted among people. Hidden entries between divide nothing: nobody sees them.

use std::{ops::Range, sync::Arc};

use chrono::{DateTime, Utc};

use crate::model::{
    entry::{Entry, User},
    log::Run,
    text::Untrusted,
    time_words,
    types::Catalogue,
    zone::Zone,
};

/// Which types fold, and the zone that their days are of. The default folds nothing.
#[derive(Debug, Clone, Default)]
pub struct Folding(Option<(Vec<Untrusted>, Zone)>);

impl Folding {
    /// The types that the catalogue says fold.
    #[must_use]
    pub fn new(catalogue: &Catalogue, zone: Zone) -> Self {
        let types: Vec<Untrusted> = catalogue.folded().cloned().collect();
        Self((!types.is_empty()).then_some((types, zone)))
    }

    /// Whether entries of this type do.
    pub(super) fn folds(&self, action_type: &Untrusted) -> bool {
        self.0.as_ref().is_some_and(|(types, _)| types.contains(action_type))
    }

    /// Whether any do.
    pub(super) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Whether two instants are of one day.
    pub(super) fn is_one_day(&self, one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
        let day = |at, zone: Zone| zone.local(at).date();
        self.0.as_ref().is_some_and(|(_, zone)| day(one, *zone) == day(other, *zone))
    }
}

/// Tells which neighbours of a run share a line.
pub(super) struct Folder<'a> {
    run: &'a Run,
    folding: &'a Folding,
    /// The newest entry that was seen at an earlier look: no fold goes over the rule above it.
    cut: Option<i64>,
    /// Instants that are known to be of one day.
    day: Range<DateTime<Utc>>,
}

impl<'a> Folder<'a> {
    pub(super) fn new(run: &'a Run, folding: &'a Folding, cut: Option<i64>) -> Self {
        Self { run, folding, cut, day: DateTime::<Utc>::MIN_UTC..DateTime::<Utc>::MIN_UTC }
    }

    /// The run.
    pub(super) fn run(&self) -> &'a Run {
        self.run
    }

    /// Whether entries of this type may share a line.
    pub(super) fn folds(&self, action_type: &Untrusted) -> bool {
        self.folding.folds(action_type)
    }

    /// Whether an entry shares the line of the one that is shown above it.
    pub(super) fn joins(&mut self, above: i64, below: i64) -> bool {
        if self.cut.is_some_and(|cut| above < cut && cut <= below) {
            return false;
        }
        let (Some(newer), Some(older)) = (self.run.by_serial(above), self.run.by_serial(below)) else {
            return false;
        };
        if newer.action_type != older.action_type
            || newer.flaw.is_some()
            || older.flaw.is_some()
            || !self.folding.folds(&newer.action_type)
        {
            return false;
        }
        let is_bot = |entry: &Entry| entry.actor.as_ref().map(|actor| actor.is_bot);
        is_bot(newer).is_some() && is_bot(newer) == is_bot(older) && self.is_one_day(newer, older)
    }

    /// Who did what an entry tells.
    pub(super) fn actor(&self, serial: i64) -> Option<&'a Arc<User>> {
        self.run.by_serial(serial)?.actor.as_ref()
    }

    fn is_one_day(&mut self, newer: &Entry, older: &Entry) -> bool {
        let (Some(newer), Some(older)) = (newer.stamp(), older.stamp()) else { return false };
        let (newer, older) = (newer.instant(), older.instant());
        if self.day.contains(&newer) && self.day.contains(&older) {
            return true;
        }
        let is_one = self.folding.is_one_day(newer, older);
        if is_one && let Some((_, zone)) = self.folding.0.as_ref() {
            self.day = whole_day(newer, *zone);
        }
        is_one
    }
}

/// The instants of the day of one, as far as no clock is changed at its ends; else none.
fn whole_day(at: DateTime<Utc>, zone: Zone) -> Range<DateTime<Utc>> {
    let date = zone.local(at).date();
    let end = time_words::end_of_day(date, zone).map(|end| end.at);
    let start = zone.instant(date.and_time(chrono::NaiveTime::MIN));
    match (start, end) {
        (Some(start), Some(end)) if zone.local(end).date() == date => start..end,
        _ => at..at,
    }
}
