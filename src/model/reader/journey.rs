//! Jumps of the reader: where one leads, what is said when it lands, and the way back.

use super::{Fetch, Reader, days::NewerDay};
use crate::model::{
    entry::Entry,
    log::{Disorder, Landing, Log, Target},
    stamp::Stamp,
    text::Untrusted,
    time_words::Moment,
    timeline::{Item, Leap, Timeline},
};

/// A jump under way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Journey {
    /// The user asked for it.
    To(Option<Moment>),
    /// To the newest entry of the next older day, which ends then at the latest.
    OlderDay(Moment),
    /// To the newest entry of the next newer day.
    NewerDay(NewerDay),
    /// Back to the entry that the user put the cursor on last: nobody asked, so nothing is said.
    Home,
}

impl Journey {
    /// What the user asked for; nothing where nobody did.
    pub(super) fn target(self) -> Option<Target> {
        match self {
            Self::To(None) => Some(Target::Oldest),
            Self::Home => None,
            Self::To(Some(_)) | Self::OlderDay(_) | Self::NewerDay(_) => {
                self.moment().map(|moment| Target::At(moment.at))
            }
        }
    }

    /// The moment that is looked for.
    fn moment(self) -> Option<Moment> {
        match self {
            Self::To(moment) => moment,
            Self::OlderDay(moment) => Some(moment),
            Self::NewerDay(day) => Some(day.end),
            Self::Home => None,
        }
    }
}

/// Something to say once, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A jump has ended.
    Landed(Landed),
    /// A jump was given up because of a failure.
    Stopped(Untrusted),
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
    /// Nothing narrows the view.
    NothingNarrowed,
    /// No step of narrowing is to be taken back.
    NothingToUndo,
    /// Nothing is known of an earlier look.
    NoLastLook,
    /// Nothing is looked for.
    NoSearch,
    /// All there is has been looked at, so many entries as are shown, and nothing was found.
    NotFound(usize),
    /// A search that read on was stopped with so many loaded.
    SearchStopped(usize),
    /// The server gives types that were not asked for; they are hidden here.
    TypesNotAskedFor,
    /// So many entries are loaded, and that is all there are.
    AllLoaded(usize),
    /// All that lies in the window of time is loaded.
    WindowLoaded,
    /// Loading everything was stopped with so many loaded.
    LoadingStopped(usize),
}

/// How a jump ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landed {
    /// What was looked for; `None` for the oldest entry.
    pub moment: Option<Moment>,
    /// The time of the entry it ended on.
    pub at: Option<Stamp>,
    /// The time of the next newer entry.
    pub newer: Option<Stamp>,
    /// Whether every entry is later than what was looked for.
    pub before_all: bool,
    /// Whether what stands there is hidden, and all this is said of the entries that are shown.
    pub is_hidden: bool,
    /// Whether times are not in order.
    pub disorder: Disorder,
}

/// How far a jump is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is looked for; `None` for the oldest entry.
    pub moment: Option<Moment>,
    /// Requests made for it so far.
    pub requests: u32,
}

impl Reader {
    /// Jumps to the oldest entry.
    pub fn to_oldest(&mut self) -> Vec<Fetch> {
        if self.has_window() {
            self.back = self.timeline.bookmark(self.log()).or_else(|| self.back.take());
            self.land_on_oldest();
            return self.wants();
        }
        self.jump(self.oldest(), Journey::To(None))
    }

    /// Jumps to the newest entry that is not later than a moment.
    pub fn to_moment(&mut self, moment: Moment) -> Vec<Fetch> {
        self.jump(Target::At(moment.at), Journey::To(Some(moment)))
    }

    pub(super) fn jump(&mut self, target: Target, journey: Journey) -> Vec<Fetch> {
        let is_empty = self.log().reaches_start() && self.log().loaded() == 0;
        if is_empty || self.choice().query().is_none() {
            return Vec::new();
        }
        if let Some(failure) = self.log().failure() {
            // Only r asks again.
            self.notice = Some(Notice::Stopped(failure.sentence.clone()));
            return Vec::new();
        }
        self.back = self.timeline.bookmark(self.log()).or_else(|| self.back.take());
        self.barren = 0;
        self.set_out(target, journey);
        self.wants()
    }

    pub(super) fn set_out(&mut self, target: Target, journey: Journey) {
        self.journey = Some(journey);
        let log = self.log_mut();
        log.seek(target);
        if let Some(landing) = log.seek_landing() {
            self.land(landing);
        }
    }

    /// Looks for the entry that the user put the cursor on last, unless what is loaded tells where it would be. Nobody
    /// waits for it, so a log is not read in sequence for it.
    pub(super) fn go_home(&mut self) {
        let home = self.timeline.home().filter(|_| !self.log().is_scrambled()).and_then(Entry::stamp);
        if let Some(home) = home.filter(|_| self.journey.is_none() || !self.log().is_seeking()) {
            self.set_out(Target::At(home.instant()), Journey::Home);
        }
    }

    /// Back to where the last jump began; again, to where that was done.
    pub fn go_back(&mut self) -> Vec<Fetch> {
        let Some(bookmark) = self.back.take() else {
            return Vec::new();
        };
        self.cancel_journey();
        self.back = self.timeline.bookmark(self.log());
        let log = self.narrow.as_ref().unwrap_or(&self.all);
        self.barren = 0;
        if !self.timeline.go_back(log, bookmark) {
            self.go_home();
        }
        self.note_seen();
        self.wants()
    }

    /// Gives up the jump under way. False when there is none.
    pub fn cancel_journey(&mut self) -> bool {
        let is_asked =
            self.journey.is_some_and(|journey| journey.target().is_some()) && self.log().is_seeking();
        if self.journey.take().is_some() {
            self.log_mut().cancel_seek();
        }
        is_asked
    }

    pub(super) fn stop_journey(&mut self, why: Untrusted) {
        if self.cancel_journey() {
            self.notice = Some(Notice::Stopped(why));
        }
    }

    pub(super) fn land(&mut self, landing: Landing) {
        let log = self.narrow.as_ref().unwrap_or(&self.all);
        let is_in_order = landing.disorder == Disorder::None;
        let is_before_all = landing.before_all && is_in_order;
        let moment = match self.journey.take() {
            None => return,
            Some(Journey::Home) => return self.timeline.return_home(log),
            Some(Journey::OlderDay(_)) if is_before_all => return self.notice = Some(Notice::NoDay),
            Some(Journey::NewerDay(day)) if is_in_order => return self.land_newer_day(day, landing.id),
            Some(journey) => journey.moment(),
        };
        if moment.is_none() {
            self.land_on_oldest();
        } else {
            self.timeline.land(log, landing.id);
        }
        let log = self.narrow.as_ref().unwrap_or(&self.all);
        let Landing { mut at, mut newer, before_all, disorder, .. } = landing;
        let until = self.narrowing.current().span.until;
        if disorder == Disorder::None
            && until.is_some_and(|until| moment.is_some_and(|moment| moment.at == until.at()))
        {
            // The window of time was asked for, not what stands at its end.
            return;
        }
        let is_hidden = log.entry(landing.id).is_some_and(|entry| !self.narrowing.current().passes(entry));
        if is_hidden {
            let stamp = |id| log.entry(id).and_then(Entry::stamp);
            at = self.timeline.current(log).and_then(Entry::stamp);
            newer = None;
            match self.timeline.above_cursor() {
                Some(Item::Entry(id)) => newer = stamp(id),
                // Entries that are not loaded may be between: nothing is said.
                Some(Item::Gap(_)) => at = None,
                None => {}
            }
            // What stands beside what is hidden need not be near in time.
            at = at.filter(|_| disorder == Disorder::None);
        }
        self.notice = Some(Notice::Landed(Landed { moment, at, newer, before_all, is_hidden, disorder }));
    }

    /// The jump that the user waits for.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        let journey = self.journey.filter(|journey| journey.target().is_some() && self.log().is_seeking())?;
        Some(Progress { moment: journey.moment(), requests: self.log().seek_requests() })
    }

    /// What there is to say until the next key.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// It has been read.
    pub fn clear_notice(&mut self) {
        self.notice = None;
    }

    /// Leaps within what is loaded; tells how that ended.
    pub fn leap(&mut self, how: impl FnOnce(&mut Timeline, &Log) -> Leap, missed: Notice) -> Leap {
        let log = self.narrow.as_ref().unwrap_or(&self.all);
        let leap = how(&mut self.timeline, log);
        self.barren = 0;
        self.note_seen();
        if leap == Leap::Nowhere {
            self.notice = Some(missed);
        }
        leap
    }
}
