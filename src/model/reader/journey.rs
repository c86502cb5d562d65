//! Jumps of the reader: where one leads, what is told when it lands, and the way back.

use chrono::{DateTime, Utc};

use super::{
    Barred, Fetch, Landed, Notice, Reader,
    days::{NewerDay, OlderDay},
    reading::{self, Reading},
    shown,
};
use crate::model::{
    entry::Entry,
    failure::Failure,
    log::{Disorder, Landing, Log, Target},
    time_words::Moment,
    timeline::{Bookmark, Item, Leap, Timeline},
};

/// A jump under way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Journey {
    /// The user asked for it.
    To(Option<Moment>),
    /// To the newest entry of the next older day.
    OlderDay(OlderDay),
    /// To the newest entry of the next newer day.
    NewerDay(NewerDay),
    /// Landed where nothing is shown: what is missing there is read.
    Reading(Reading),
    /// Back to the entry that the user put the cursor on last: nobody asked, so nothing is said.
    Home,
    /// To the same entry in another query: how far it is is told, where it ends is not.
    Kept(Moment),
}

impl Journey {
    /// What the user asked for; nothing where nobody did.
    pub(super) fn target(self) -> Option<Target> {
        match self {
            Self::To(None) => Some(Target::Oldest),
            Self::Home => None,
            _ => self.moment().map(|moment| Target::At(moment.at)),
        }
    }

    /// The moment that is looked for.
    pub(super) fn moment(self) -> Option<Moment> {
        match self {
            Self::To(moment) => moment,
            Self::Kept(moment) => Some(moment),
            Self::OlderDay(day) => Some(day.end),
            Self::NewerDay(day) => Some(day.end),
            Self::Reading(reading) => Some(reading.moment()),
            Self::Home => None,
        }
    }
}

impl Reader {
    /// Jumps to the oldest entry.
    pub fn to_oldest(&mut self) -> Vec<Fetch> {
        if self.has_window() {
            self.back = self.timeline.bookmark(self.log()).or_else(|| self.back.take());
            self.land_on_oldest();
            return self.wants();
        }
        self.log_mut().look_behind_once();
        let fetches = self.jump(self.oldest(), Journey::To(None));
        self.to_oldest = Some(Journey::To(None));
        fetches
    }

    /// Jumps to the newest entry that is not later than a moment.
    pub fn to_moment(&mut self, moment: Moment) -> Vec<Fetch> {
        self.jump(Target::At(moment.at), Journey::To(Some(moment)))
    }

    fn jump(&mut self, target: Target, journey: Journey) -> Vec<Fetch> {
        self.jump_from(self.timeline.bookmark(self.log()), target, journey)
    }

    /// A jump that leads back to a place where the cursor stood before.
    pub(super) fn jump_from(
        &mut self,
        from: Option<Bookmark>,
        target: Target,
        journey: Journey,
    ) -> Vec<Fetch> {
        if self.choice().query().is_none() || self.is_empty() {
            self.notice = Some(Notice::NoEntries);
            return Vec::new();
        }
        self.requests = 0;
        // A hit that is still looked for must not pull the cursor away from where the jump leads.
        self.end_reading_on();
        if let Some(failure) = self.asked_log().failure().cloned() {
            self.jump_within(from, (target, journey), failure);
            return self.wants();
        }
        self.back = from.or_else(|| self.back.take());
        self.barren = 0;
        self.set_out(target, journey);
        self.wants()
    }

    /// While a failure stands only r asks again: a jump goes as far as what is loaded.
    fn jump_within(&mut self, from: Option<Bookmark>, (target, journey): (Target, Journey), why: Failure) {
        self.set_out(target, journey);
        if self.asked_log().is_seeking() || self.asked_log().loaded() == 0 {
            self.cancel_journey();
            if !matches!(journey, Journey::To(None)) || self.asked_log().loaded() == 0 {
                self.notice = Some(Notice::Stopped(Box::new(why)));
                return;
            }
            self.land_on_oldest_loaded();
        }
        if self.is_reading() {
            self.journey = None;
            self.notice = Some(Notice::Landed(Landed::default()));
        }
        self.back = from.or_else(|| self.back.take());
        let barred = if self.head_failed { Barred::Newest } else { Barred::Older };
        if let Some(Notice::Landed(landed)) = &mut self.notice
            && !shown(self.left.as_deref(), self.narrow.as_ref(), &self.all).reaches_start()
        {
            landed.barred = Some(barred);
        }
    }

    fn land_on_oldest_loaded(&mut self) {
        self.land_on_oldest();
        if let Some(Item::Gap(_)) = self.timeline.cursor() {
            let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
            self.timeline.leave_gap(log);
        }
        self.notice = Some(Notice::Landed(Landed::default()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.asked_log().reaches_start() && self.asked_log().loaded() == 0
    }

    /// An answer may show that there is nothing to go to. Who asked for a window of time sees that it is empty.
    pub(super) fn end_in_nothing(&mut self) {
        if self.is_empty() && !self.asked_log().is_seeking() {
            let asked = self.journey.take().filter(|journey| journey.target().is_some());
            let is_kept = matches!(asked, Some(Journey::Kept(_)));
            self.end_leaving();
            let is_window = asked.is_some_and(|journey| self.is_end_of_window(journey.moment()));
            if asked.is_some() && !is_window && !is_kept {
                self.notice = Some(Notice::NoEntries);
            }
        }
    }

    /// Whether the window of time was asked for, not what stands at its end.
    pub(super) fn is_end_of_window(&self, moment: Option<Moment>) -> bool {
        let until = self.narrowing().span.until;
        until.is_some_and(|until| moment.is_some_and(|moment| moment.at == until.at()))
    }

    pub(super) fn set_out(&mut self, target: Target, journey: Journey) {
        self.journey = Some(journey);
        let log = self.log_mut();
        log.seek(target);
        match log.seek_landing() {
            Some(landing) => self.land(landing),
            None => self.end_in_nothing(),
        }
    }

    /// Looks for the entry that the user put the cursor on last, unless what is loaded tells where it would be. Nobody
    /// waits for it, so a log is not read in sequence for it.
    pub(super) fn go_home(&mut self) {
        if let Some(home) = self.home_instant() {
            self.set_out(Target::At(home), Journey::Home);
        }
    }

    /// The time of the entry that the user put the cursor on last, where it can be looked for.
    pub(super) fn home_instant(&self) -> Option<DateTime<Utc>> {
        let home = self.timeline.home().filter(|_| !self.asked_log().is_scrambled()).and_then(Entry::stamp);
        let home = home.filter(|_| self.journey.is_none() || !self.is_under_way());
        home.map(|home| home.instant())
    }

    /// Back to where the last jump began; again, to where that was done.
    pub fn go_back(&mut self) -> Vec<Fetch> {
        let Some(bookmark) = self.back.take() else {
            self.notice = Some(Notice::NoWayBack);
            return Vec::new();
        };
        self.cancel_journey();
        self.back = self.timeline.bookmark(self.log());
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.barren = 0;
        if !self.timeline.go_back(log, bookmark) {
            self.go_home();
        }
        self.wants()
    }

    /// Whether there is a way back.
    #[must_use]
    pub fn has_way_back(&self) -> bool {
        self.back.is_some()
    }

    pub(super) fn land(&mut self, landing: Landing) {
        let is_in_order = landing.disorder == Disorder::None;
        let is_before_all = landing.before_all && is_in_order;
        if let Some(journey @ (Journey::To(Some(_)) | Journey::OlderDay(_))) = self.journey
            && is_before_all
        {
            // A short page may have been taken for the end.
            self.to_oldest = Some(journey);
            self.log_mut().look_behind_once();
        }
        if matches!(self.journey, Some(Journey::To(None))) {
            // The same of an end that showed on the way.
            self.log_mut().look_behind_once();
        }
        match self.journey {
            None => return,
            Some(Journey::Kept(moment)) => {
                self.journey = None;
                return self.land_kept(moment);
            }
            Some(_) => self.end_leaving(),
        }
        let log = shown(None, self.narrow.as_ref(), &self.all);
        let moment = match self.journey.take() {
            None => return,
            Some(Journey::Home) => return self.timeline.return_home(log),
            Some(Journey::OlderDay(_)) if is_before_all => return self.notice = Some(Notice::NoDay),
            Some(Journey::NewerDay(day)) if is_in_order => return self.land_newer_day(day, landing.id),
            Some(journey @ Journey::OlderDay(day)) if is_in_order => {
                self.timeline.land(log, landing.id);
                if self.land_older_day(day, landing.id) {
                    return;
                }
                journey.moment()
            }
            Some(Journey::To(Some(moment))) if is_in_order => {
                self.timeline.land(log, landing.id);
                if self.read_on(reading::Jump::Moment(moment), landing.id) {
                    return;
                }
                Some(moment)
            }
            Some(journey) => journey.moment(),
        };
        let log = shown(None, self.narrow.as_ref(), &self.all);
        if moment.is_none() {
            self.land_on_oldest();
        } else {
            self.timeline.land(log, landing.id);
        }
        self.tell_landing(moment, landing);
    }

    /// What there is to say until the next key.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// It has been read.
    pub fn clear_notice(&mut self) {
        self.to_oldest = None;
        self.notice = None;
    }

    /// Leaps within what is loaded; tells how that ended.
    pub fn leap(&mut self, how: impl FnOnce(&mut Timeline, &Log) -> Leap, missed: Notice) -> Leap {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        let leap = how(&mut self.timeline, log);
        self.barren = 0;
        self.note_seen();
        if leap == Leap::Nowhere {
            self.notice = Some(missed);
        }
        leap
    }
}
