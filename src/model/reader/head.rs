//! The head of the log: brought up to date when the user asks, and on the program's own account.

use chrono::{DateTime, Utc};

use super::{Fetch, Reader};
use crate::model::{follow::Heard, timeline::Timeline};

impl Reader {
    /// Brings the head up to date and tries again what failed; who asks for that has the end looked behind too.
    pub fn refresh(&mut self) -> Vec<Fetch> {
        if self.asks_nothing() {
            return Vec::new();
        }
        self.log_mut().look_behind();
        self.update_head()
    }

    /// The same where nobody asked for what is new: the end that is known stays it.
    pub(super) fn update_head(&mut self) -> Vec<Fetch> {
        if self.asks_nothing() {
            return Vec::new();
        }
        self.barren = 0;
        self.changed = false;
        self.backoff.reset();
        self.log_mut().retry();
        let mut fetches = self.ask_head();
        fetches.extend(self.wants());
        fetches
    }

    /// Asks for the head once more, on the program's own account: nothing while a wait is to be kept, and a page that
    /// failed for good stays failed.
    pub fn poll(&mut self, now: DateTime<Utc>) -> Vec<Fetch> {
        let waits = self.backoff.due().is_some() || self.asked_to_wait.is_some_and(|until| now < until);
        if self.asks_nothing() || waits {
            return Vec::new();
        }
        if std::mem::take(&mut self.head_failed) {
            self.log_mut().forgive();
        }
        let window = self.log_mut().poll_head();
        self.polls |= window.is_some();
        window.map(|window| self.fetch(window)).into_iter().collect()
    }

    /// Whether what is read goes on, and what has come of it is all so far.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// What is read goes on, or has ended.
    pub fn set_open(&mut self, is_open: bool) {
        self.is_open = is_open;
    }

    /// What is read has brought older entries below its end.
    pub fn went_on(&mut self, now: DateTime<Utc>) -> Vec<Fetch> {
        self.all.reopen();
        if let Some(narrow) = &mut self.narrow {
            narrow.reopen();
        }
        self.refresh_timeline();
        let mut fetches = self.poll(now);
        fetches.extend(self.wants());
        fetches
    }

    /// What is read is another log from now on. What is loaded of the old one is shown until the head of the new one
    /// has come, and then dropped.
    pub fn replaced(&mut self) -> Vec<Fetch> {
        self.end_leaving();
        if self.narrow.is_some() {
            // Nobody sees this one, and nothing is asked of it.
            self.newest_generation = self.newest_generation.next();
            self.all.replaced(self.newest_generation);
            self.all.forget_all();
        }
        self.newest_generation = self.newest_generation.next();
        let (asks_as, was_asking) = (self.newest_generation, self.asked_log().is_asking());
        self.cancelled = Some(self.log_mut().replaced(asks_as)).filter(|_| was_asking);
        self.ask_head()
    }

    /// What became of the last poll; told once.
    pub fn heard(&mut self) -> Option<Heard> {
        self.heard.take()
    }

    /// Whether a choice of types has yet to rest, or none is chosen.
    pub(super) fn asks_nothing(&self) -> bool {
        self.settling.is_some() || self.choice().query().is_none()
    }

    pub(super) fn ask_head(&mut self) -> Vec<Fetch> {
        let window = self.narrow.as_mut().unwrap_or(&mut self.all).ask_head();
        window.map(|window| self.fetch(window)).into_iter().collect()
    }

    /// To the newest entry; when entries are known to have arrived above it, they are fetched. A jump that leads elsewhere
    /// is given up.
    pub fn to_newest(&mut self) -> Vec<Fetch> {
        let mut fetches = Vec::new();
        if self.journey.is_some_and(|journey| journey.target().is_some()) {
            self.cancel_journey();
        }
        self.back = self.timeline.bookmark(self.log());
        // What is loaded stays where nothing takes its place.
        if self.asked_log().is_answered() || self.asked_log().failure().is_none() {
            self.end_leaving();
        }
        if self.asked_log().unloaded_above() > 0 {
            fetches = self.ask_head();
        }
        fetches.extend(self.travel(Timeline::to_newest));
        self.enter_window();
        fetches
    }
}
