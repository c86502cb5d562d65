//! Looking for something: as it is typed, from hit to hit, and on into what is not loaded.

use super::{Fetch, Journey, Notice, Reader, shown};
use crate::model::{finder::Finder, timeline::Bookmark};

/// A search that is being typed: what to come back to when it is given up.
#[derive(Debug)]
pub(super) struct Typing {
    origin: Option<Bookmark>,
    before: Option<Finder>,
}

impl Reader {
    /// A search begins to be typed.
    pub fn begin_search(&mut self) {
        let origin = self.timeline.bookmark(self.log());
        self.typing = Some(Typing { origin, before: self.timeline.finder().cloned() });
    }

    /// What is typed has changed: the cursor goes to the nearest hit from where it stood at the beginning, if there
    /// is any among what is loaded.
    pub fn type_search(&mut self, finder: Option<Finder>) -> Vec<Fetch> {
        self.end_reading_on();
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.look_for(log, finder);
        self.preview();
        self.wants()
    }

    /// Whether what is typed is to be looked for in what is not loaded, once it has rested.
    #[must_use]
    pub fn searches_further(&self) -> bool {
        let is_missing = self.timeline.found().is_some_and(|found| found.hits == 0);
        is_missing && !self.has_all() && self.asked_log().failure().is_none()
    }

    /// Reads on for what is typed, unless it has been found meanwhile.
    pub fn search_further(&mut self) -> Vec<Fetch> {
        if self.typing.is_some() && self.searches_further() { self.search_on() } else { Vec::new() }
    }

    /// Nothing is read on for any more, and nothing is said of it.
    pub(super) fn end_reading_on(&mut self) {
        if std::mem::take(&mut self.searches_on) {
            self.loads_all = false;
        }
    }

    fn preview(&mut self) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        if let Some(origin) = self.typing.as_ref().and_then(|typing| typing.origin.clone()) {
            self.timeline.go_back(log, origin);
        }
        self.timeline.to_hit(log, 1, true);
        self.note_seen();
    }

    /// What was typed stays. Where nothing is found among what is loaded, the rest is read until something is.
    pub fn keep_search(&mut self) -> Vec<Fetch> {
        let typing = self.typing.take();
        self.leave_journey();
        if self.timeline.found().is_some_and(|found| found.number.is_some()) {
            self.show_hit();
            self.back = typing.and_then(|typing| typing.origin).or_else(|| self.back.take());
            return self.wants();
        }
        self.search_on()
    }

    /// Something is looked for from now on. Unless the cursor `stays`, it goes to the nearest hit, however much must be
    /// read for it.
    pub fn search_for(&mut self, finder: Finder, stays: bool) -> Vec<Fetch> {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.look_for(log, Some(finder));
        if stays {
            self.note_seen();
            return self.wants();
        }
        self.leave_journey();
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        if self.timeline.to_hit(log, 1, true) {
            self.show_hit();
            self.note_seen();
            return self.wants();
        }
        self.search_on()
    }

    /// What was typed is given up: the cursor and an earlier search are there again.
    pub fn drop_search(&mut self) -> Vec<Fetch> {
        let Some(Typing { origin, before }) = self.typing.take() else { return Vec::new() };
        self.end_reading_on();
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.look_for(log, before);
        if let Some(origin) = origin {
            self.timeline.go_back(log, origin);
        }
        self.note_seen();
        self.wants()
    }

    /// Nothing is looked for any more. False when nothing was.
    pub fn end_search(&mut self) -> bool {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        let ended = self.timeline.finder().is_some();
        self.timeline.look_for(log, None);
        ended
    }

    /// To the next hit, down when `by` is positive, round from the other end; or on into what is not loaded.
    pub fn next_hit(&mut self, by: i16) -> Vec<Fetch> {
        let Some(found) = self.timeline.found() else {
            self.notice = Some(Notice::NoSearch);
            return Vec::new();
        };
        self.leave_journey();
        if found.hits == 0 {
            return self.search_on();
        }
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.to_hit(log, by, false);
        self.show_hit();
        self.barren = 0;
        self.note_seen();
        self.wants()
    }

    /// A jump under way must not pull the cursor away from a hit that the user asked for later.
    fn leave_journey(&mut self) {
        let is_kept = matches!(self.journey, Some(Journey::Kept(_)));
        if !is_kept && self.journey.is_some_and(|journey| journey.target().is_some()) {
            self.cancel_journey();
        }
    }

    /// Reads on until something is found.
    fn search_on(&mut self) -> Vec<Fetch> {
        let Some(found) = self.timeline.found() else { return Vec::new() };
        self.searches_on = true;
        if !found.complete {
            return self.wants();
        }
        self.load_all()
    }

    /// Whether what is not loaded is being read until something is found.
    #[must_use]
    pub fn searches_on(&self) -> bool {
        self.searches_on
    }

    /// Whether there is more to look at than the last turn had time for.
    #[must_use]
    pub fn looks_on(&self) -> bool {
        self.timeline.found().is_some_and(|found| !found.complete)
    }

    /// Looks at entries that were not looked at in the turns before.
    pub fn look_on(&mut self) -> Vec<Fetch> {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.look_on(log);
        if self.typing.is_some() && !self.searches_on {
            self.preview();
            return self.wants();
        }
        if self.arrive_at_hit() || !self.searches_on {
            return self.wants();
        }
        self.search_on()
    }

    /// A search that reads on ends with the first hit. False when it goes on.
    pub(super) fn arrive_at_hit(&mut self) -> bool {
        let is_found = self.searches_on && self.timeline.found().is_some_and(|found| found.hits > 0);
        if is_found {
            self.end_reading_on();
            if self.typing.is_some() {
                self.preview();
                return true;
            }
            self.back = self.timeline.bookmark(self.log()).or_else(|| self.back.take());
            let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
            self.timeline.to_hit(log, 1, true);
            self.show_hit();
            self.note_seen();
        }
        is_found
    }

    /// A hit is gone to in order to be seen, and a line of several entries shows none of their words. While the search
    /// is typed the cursor only passes by.
    fn show_hit(&mut self) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.unfold(log);
    }
}
