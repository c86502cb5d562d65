//! A server that gives entries of types that were not asked for. Its places count entries that the query leaves out,
//! so nothing can be read by them; but what it gives is the log of all types, and that one can be narrowed here.

use chrono::{DateTime, Utc};

use super::{Fetch, Notice, Reader};
use crate::model::{
    entry::Entry,
    query::{Generation, Query, Window},
};

/// Whether an answer holds what was not asked for. What cannot be read has no type to tell by.
pub(super) fn is_unasked(query: &Query, page: &[Entry]) -> bool {
    page.iter().any(|entry| entry.flaw.is_none() && !query.includes(&entry.action_type))
}

impl Reader {
    /// Requests that were given up by themselves; told once.
    pub fn cancelled(&mut self) -> Option<Generation> {
        self.cancelled.take()
    }

    /// Shows the log of all types in place of the narrower one, with the same types hidden here, from now on whatever
    /// is narrowed. A jump that the user waits for begins anew in it.
    pub(super) fn narrow_here(&mut self, window: Window, now: DateTime<Utc>) -> Vec<Fetch> {
        let journey = self.journey.take();
        self.ignores_types = true;
        self.cancelled = self.narrow.take().map(|narrow| narrow.asks_as());
        self.has_loaded = true;
        self.offline_since = None;
        if window.skip == 0 {
            self.head_read = Some(now);
        }
        self.notice = Some(Notice::TypesNotAskedFor);
        self.renew_timeline();
        self.begin_to_look(0);
        if let Some((journey, target)) = journey.and_then(|journey| Some((journey, journey.target()?))) {
            self.set_out(target, journey);
        }
        self.update_head()
    }
}
