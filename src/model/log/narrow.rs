//! What a log of all types has loaded of a narrower query, so that something stands there before the first answer.

use super::{Log, Run};
use crate::model::{
    entry::Entry,
    query::{Generation, Query},
};

/// How many entries are copied at once.
const PART: usize = 1_000;

impl Log {
    /// A log of a narrower query that already holds what another one has loaded of it. Entries that are
    /// neighbours in a run stay neighbours when others between them are left out, so every run gives one.
    #[must_use]
    pub fn narrowed(&self, query: Query, generation: Generation) -> Self {
        let mut log = Self::new(query, generation);
        let mut place = 0;
        let mut given = Vec::with_capacity(self.runs.len());
        for run in &self.runs {
            let at = log.runs.len();
            let wanted: Vec<bool> = run.kinds().iter().map(|name| log.query.includes(name)).collect();
            let is_wanted =
                |kind: u32| usize::try_from(kind).ok().and_then(|kind| wanted.get(kind)) == Some(&true);
            let serials = run.kinds_of(run.serials()).filter(|(_, kind)| is_wanted(*kind));
            let mut entries = serials.filter_map(|(serial, _)| run.by_serial(serial)).cloned().peekable();
            if entries.peek().is_some() {
                log.push_run(at, place, Vec::new());
            }
            while entries.peek().is_some() {
                // Part by part: a million entries would stand in memory twice.
                log.take_in(at, entries.by_ref().take(PART).collect());
            }
            place += log.runs.get(at).map_or(0, |run| run.len() as u64);
            given.push(log.runs.len() > at);
        }
        // Nobody knows how many entries of these types the holes between runs hold.
        log.head_known = self.head_known && given.first() == Some(&true);
        let placed = usize::from(log.head_known);
        log.runs.iter_mut().skip(placed).for_each(Run::lose_place);
        log.end = self.end && self.runs.len() == log.runs.len();
        log.cap = self.cap;
        log.longest = self.longest;
        log.bound_raw();
        log
    }

    fn take_in(&mut self, index: usize, entries: Vec<Entry>) {
        self.tally(&entries, 1);
        self.note_raw(index, &entries, false);
        if let Some(run) = self.runs.get_mut(index) {
            run.append(entries);
        }
    }
}
