//! What is announced to have arrived: never more than did, and at rest just as much as was not seen.

use ticketlog::model::{
    log::Log,
    query::{Generation, Query},
};

use super::Life;
use crate::server::number;

/// The newest entry of a log when nothing was announced.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    generation: Generation,
    /// Its number; none of an empty log. And how many entries of this number were loaded.
    newest: Option<(u64, usize)>,
    /// How many entries had ever arrived when the head was given that was known.
    arrivals: usize,
    /// The log was read again since.
    is_reread: bool,
}

impl Seen {
    fn of(log: &Log, arrivals: usize) -> Self {
        let numbers = || log.runs().first().into_iter().flat_map(|run| run.iter().map(number));
        let newest = numbers().next();
        let newest = newest.map(|newest| (newest, numbers().take_while(|other| *other == newest).count()));
        Self { generation: log.generation(), newest, arrivals, is_reread: false }
    }
}

impl Life {
    /// Notes what is on the screen now, if that is the newest entry of the log that is asked for.
    pub(super) fn look(&mut self) {
        let reader = &self.model.reader;
        let log = reader.asked_log();
        self.seen = self.seen.filter(|seen| seen.generation == log.generation());
        let shows_newest = reader.timeline().shows_newest() && !reader.is_leaving();
        let is_seen = reader.arrived() == log.unloaded_above() && shows_newest;
        if let Some((_, arrivals)) = self.heads.get(&log.generation()).filter(|_| is_seen) {
            // What is known to stand above all that is loaded is announced and not on the screen: whoever reads `3 new above`
            // has seen that there are three, and none of them, so they are as unseen as what is loaded out of sight.
            let unloaded = usize::try_from(log.unloaded_above()).unwrap();
            self.seen = Some(Seen::of(log, arrivals.saturating_sub(unloaded)));
        }
        if let Some(seen) = self.seen.as_mut().filter(|_| reader.was_reread()) {
            seen.is_reread = true;
        }
    }

    pub(super) fn check_arrivals(&self) {
        let announced = self.model.reader.arrived();
        if let Some(unseen) = self.unseen(self.model.reader.asked_log().query()) {
            assert!(announced <= unseen as u64, "{announced} announced, {unseen} arrived");
        }
    }

    /// Everything is loaded and nothing is under way. Which of equal entries were there already nobody can tell.
    pub(super) fn check_arrivals_at_rest(&self) {
        let is_reread = self.seen.is_some_and(|seen| seen.is_reread);
        let is_told = !self.changed && !self.server.has_equals() && !is_reread;
        if let Some(unseen) = self.unseen(self.model.reader.asked_log().query()).filter(|_| is_told) {
            assert_eq!(self.model.reader.arrived(), unseen as u64, "announced, arrived");
        }
    }

    /// How many entries arrived since nothing was announced; of a log that lost or changed some, the most it can be.
    fn unseen(&self, query: &Query) -> Option<usize> {
        // An edited entry may equal one that is no neighbour of it: then what an answer holds misleads.
        let seen = self.seen.filter(|_| !self.edited)?;
        // Places tell nothing where every one holds the same page, nor do times where runs cannot be put in order by them.
        if !self.server.is_kept_to() {
            return None;
        }
        if self.changed {
            // Heads of nothing but equal entries do not tell how many there are.
            let is_single = seen.newest.is_none_or(|(_, equal)| equal == 1);
            return is_single.then_some(self.server.arrivals - seen.arrivals);
        }
        let truth = self.server.numbers(query);
        let Some((newest, equal)) = seen.newest else { return Some(truth.len()) };
        Some(truth.iter().filter(|number| **number >= newest).count() - equal)
    }
}
