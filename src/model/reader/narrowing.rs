//! Which types are wanted: at once in what is loaded, and once the choice rests, of the server.

use super::Reader;
use crate::model::{
    log::Log,
    query::{Generation, Query},
    reader::Fetch,
    types::TypeChoice,
};

impl Reader {
    /// Changes which types are wanted. Acts at once on what is loaded; the request follows with
    /// [`Reader::settle`]. Gives the generation of this choice, and the one whose answers are not waited for.
    pub fn choose(&mut self, change: impl FnOnce(&mut TypeChoice)) -> (Generation, Option<Generation>) {
        change(&mut self.choice);
        self.newest_generation = self.newest_generation.next();
        self.settling = true;
        self.barren = 0;
        self.journey = None;
        self.backoff.reset();
        self.stop_loading();
        self.log_mut().cancel_seek();
        let cancelled = self.narrow.as_ref().map(Log::generation);
        let narrow = match self.choice.query() {
            Some(query @ Query::Only(_)) => Some(self.all.narrowed(query, self.newest_generation)),
            _ => None,
        };
        let choice = &self.choice;
        self.narrow = narrow;
        self.timeline.renew(self.narrow.as_ref().unwrap_or(&self.all), &|name| choice.passes(name));
        (self.newest_generation, cancelled)
    }

    /// The choice has not changed for a while: the request goes out again, which brings the head up to date.
    pub fn settle(&mut self, generation: Generation) -> Vec<Fetch> {
        if generation != self.newest_generation || !self.settling {
            return Vec::new();
        }
        self.settling = false;
        if self.narrow.is_some() {
            self.go_home();
        }
        self.refresh()
    }

    pub(super) fn refresh_timeline(&mut self) {
        let choice = &self.choice;
        let log = self.narrow.as_ref().unwrap_or(&self.all);
        self.timeline.update(log, &|name| choice.passes(name));
    }

    pub(super) fn renew_timeline(&mut self) {
        let choice = &self.choice;
        let log = self.narrow.as_ref().unwrap_or(&self.all);
        self.timeline.renew(log, &|name| choice.passes(name));
    }
}
