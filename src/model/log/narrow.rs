//! What a log of all types has loaded of a narrower query, so that something stands there before the first answer.

use super::Log;
use crate::model::{
    entry::Entry,
    query::{Generation, Query},
};

impl Log {
    /// A log of a narrower query that already holds what another one has loaded of it. Entries that are
    /// neighbours in a run stay neighbours when others between them are left out, so every run gives one.
    #[must_use]
    pub fn narrowed(&self, query: Query, generation: Generation) -> Self {
        let mut log = Self::new(query, generation);
        let mut place = 0;
        for run in &self.runs {
            let entries: Vec<Entry> =
                run.iter().filter(|entry| log.query.includes(&entry.action_type)).cloned().collect();
            let count = entries.len() as u64;
            if !entries.is_empty() {
                log.push_run(log.runs.len(), place, entries);
            }
            place += count;
        }
        // Nobody knows how many entries of these types the holes between runs hold.
        let head_run = self.runs.first().filter(|_| self.head_known);
        log.head_known = head_run.is_some_and(|run| run.iter().any(|e| log.query.includes(&e.action_type)));
        let placed = usize::from(log.head_known);
        log.runs.iter_mut().skip(placed).for_each(|run| run.is_placed = false);
        log.end = self.end && self.runs.len() == log.runs.len();
        log.cap = self.cap;
        log.bound_raw();
        log
    }
}
