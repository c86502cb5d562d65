//! Loading everything, and what has arrived since the user last looked.

use chrono::{DateTime, Utc};

use super::{Fetch, Notice, Reader};
use crate::model::{
    entry::Entry,
    log::Run,
    timeline::{Item, Row},
};

impl Reader {
    /// Loads everything that is shown of the log, until it is all there, a failure stands or the user stops it.
    pub fn load_all(&mut self) -> Vec<Fetch> {
        if self.choice.query().is_none() {
            return Vec::new();
        }
        self.loads_all = true;
        self.wants()
    }

    /// Whether everything is being loaded.
    #[must_use]
    pub fn loads_all(&self) -> bool {
        self.loads_all
    }

    /// Stops loading everything and keeps what is there. False when that is not under way.
    pub fn stop_loading(&mut self) -> bool {
        let loaded = self.log().loaded();
        let stopped = std::mem::take(&mut self.loads_all);
        if stopped {
            self.notice = Some(Notice::LoadingStopped(loaded));
        }
        stopped
    }

    /// Ends loading when all is there, or when nothing can be asked any more; a failure tells of itself.
    pub(super) fn note_all_loaded(&mut self) {
        let log = self.log();
        let (total, loaded) = (log.total(), log.loaded());
        // What is under way may tell of more.
        if log.is_asking() || self.backoff.due().is_some() {
            return;
        }
        self.loads_all = false;
        self.notice = match (total, self.log().failure()) {
            (Some(total), _) => Some(Notice::AllLoaded(total)),
            (None, None) => Some(Notice::LoadingStopped(loaded)),
            (None, Some(_)) => None,
        };
    }

    /// How many entries have arrived in all while reading; only ever grows.
    #[must_use]
    pub fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// The time of the newest entry loaded.
    pub(super) fn newest(&self) -> Option<DateTime<Utc>> {
        let newest = self.log().runs().first().and_then(Run::newest).and_then(Entry::stamp);
        newest.map(|stamp| stamp.instant())
    }

    /// The user has pressed a key: what is on the screen has been looked at.
    pub fn note_looked(&mut self) {
        if self.looked >= self.newest() {
            return;
        }
        let seen = self.timeline.rows(self.log()).into_iter().find_map(|row| match row {
            Row::Entry { entry, .. } => entry.stamp(),
            _ => None,
        });
        self.looked = self.looked.max(seen.map(|stamp| stamp.instant()));
    }

    /// Whether an entry arrived since the user last looked.
    #[must_use]
    pub fn is_new(&self, entry: &Entry) -> bool {
        self.looked.is_some() && entry.stamp().map(|stamp| stamp.instant()) > self.looked
    }

    /// Whether the cursor stands on the newest entry, or nothing is there yet.
    #[must_use]
    pub fn is_on_newest(&self) -> bool {
        match self.timeline.cursor() {
            None => true,
            Some(Item::Gap(_)) => false,
            Some(Item::Entry(_)) => self.timeline.number() == Some(1),
        }
    }
}
