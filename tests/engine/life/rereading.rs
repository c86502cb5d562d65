//! A log that lost or changed entries is read anew, and from then on every promise holds again.

use ticketlog::{
    message::{Action, Edit},
    model::log::Log,
};

use super::Life;
use crate::server::number;

impl Life {
    /// All is loaded that the program knows to be missing. Where it holds what the server holds, it has caught up with
    /// what changed; where it does not, the log is opened anew, and then it must.
    pub(super) fn outlive_change(&mut self) {
        if !self.server.is_readable() || !self.server.is_sorted() {
            // Equal entries that are no neighbours mislead for good.
            return;
        }
        if !self.has_caught_up() {
            self.try_again();
            self.check_nothing_missing();
            self.open_anew();
            self.check_whole(self.model.reader.log());
        }
        self.trace.push("what changed is known".to_owned());
        self.changed = false;
        self.edited = false;
        self.was_told = self.model.reader.was_reread();
        self.seen = None;
        self.still = None;
    }

    fn has_caught_up(&self) -> bool {
        let reader = &self.model.reader;
        let numbers =
            |log: &Log| -> Vec<u64> { log.runs().iter().flat_map(|run| run.iter().map(number)).collect() };
        let is_whole = |log: &Log| {
            log.total().is_some()
                && log.failure().is_none()
                && numbers(log) == self.server.numbers(log.query())
        };
        is_whole(reader.all()) && is_whole(reader.log())
    }

    /// Where a failure stands its key is pressed: what then is told of changes is told of none any more.
    fn try_again(&mut self) {
        if self.model.reader.log().failure().is_some() {
            self.act(Action::Refresh);
            self.act(Action::LoadAll);
            self.rest();
            self.ask_again();
        }
    }

    /// What is loaded may hold what is gone, but lacks nothing but what an edit made.
    fn check_nothing_missing(&self) {
        let log = self.model.reader.log();
        assert!(log.failure().is_none(), "{:?}", log.failure());
        let loaded: Vec<u64> = log.runs().iter().flat_map(|run| run.iter().map(number)).collect();
        let is_known = |number: &u64| loaded.contains(number) || self.edits.contains(number);
        let missing: Vec<u64> =
            self.server.numbers(log.query()).into_iter().filter(|number| !is_known(number)).collect();
        assert!(missing.is_empty(), "{missing:?} are missing from {loaded:?}");
    }

    /// Opens another ticket, of the same entries: nothing that was read before is kept.
    fn open_anew(&mut self) {
        self.tickets += 1;
        self.all = None;
        self.heads.clear();
        self.act(Action::ChooseTicket);
        for c in self.tickets.to_string().chars() {
            self.act(Action::Edit(Edit::Insert(c)));
        }
        self.act(Action::Enter);
        self.rest();
        self.act(Action::Refresh);
        self.act(Action::LoadAll);
        self.rest();
        self.ask_again();
    }
}
