//! Room for whoever reads the same log beside the user: how many requests may be under way, of all logs of the reader
//! together, and whether now is the time for another one.

use chrono::{DateTime, Utc};

use super::Reader;
use crate::model::{log::Log, query::Generation};

impl Reader {
    /// So many requests may be under way from now on. Only one of the logs is ever asked.
    pub fn set_room(&mut self, room: usize) {
        let left = self.left.as_deref_mut().map(|left| &mut left.log);
        let logs = [Some(&mut self.all), self.narrow.as_mut(), left];
        logs.into_iter().flatten().for_each(|log| log.set_room(room));
    }

    /// How many are.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.all.pending() + self.narrow.as_ref().map_or(0, Log::pending)
    }

    /// Whether nothing else is to be asked now: the first entries come first, and a server that is to be left alone is.
    #[must_use]
    pub fn comes_first(&self, now: DateTime<Utc>) -> bool {
        let is_opening = !self.asked_log().is_answered() && self.choice().query().is_some();
        let is_asked_to_wait = self.asked_to_wait.is_some_and(|until| now < until);
        is_opening || is_asked_to_wait || self.backoff.due().is_some()
    }

    /// A generation for requests that are not of the reader's logs.
    pub fn new_generation(&mut self) -> Generation {
        self.newest_generation = self.newest_generation.next();
        self.newest_generation
    }
}
