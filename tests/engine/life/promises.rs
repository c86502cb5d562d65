//! What must hold after every step, and at rest.

use ticketlog::{
    message::{Action, Message},
    model::{log::Log, query::Query, timeline::Item},
};

use super::Life;
use crate::{news, server::number};

/// A jump through a log that stands still.
#[derive(Clone, Copy)]
pub(super) struct Jump {
    version: u64,
    most: u32,
}

/// The most requests of a jump with the opening, as the README promises it.
fn bound(entries: usize) -> u32 {
    2 * entries.div_ceil(50).max(1).next_power_of_two().ilog2() + 5
}

impl Life {
    /// A jump begins: its requests are counted as long as the log stands still.
    pub(super) fn jump(&mut self, action: Action) {
        let is_quiet = self.asked.is_empty();
        self.act(action);
        let log = self.model.reader.asked_log();
        let known = self.heads.get(&log.generation()).is_some_and(|head| head.0 == self.version);
        // The pages that a jump ends with are as long as they should be.
        let known = known && !self.server.is_capped() && self.server.is_kept_to();
        if known && is_quiet && !self.changed && self.model.reader.progress().is_some() {
            let most = bound(self.server.numbers(log.query()).len());
            self.still = Some(Jump { version: self.version, most });
        }
    }

    fn check_jump(&mut self) {
        let Some(jump) = self.still else { return };
        let Some(progress) = self.model.reader.progress().filter(|_| jump.version == self.version) else {
            self.still = None;
            return;
        };
        let with_opening = progress.requests + 1;
        assert!(with_opening <= jump.most, "{with_opening} requests, {} at most", jump.most);
    }

    pub fn check(&mut self) {
        self.check_jump();
        self.check_arrivals();
        let reader = &self.model.reader;
        let mut logs = vec![reader.all(), reader.asked_log(), reader.log()];
        logs.dedup_by_key(|log| log.generation());
        for log in logs {
            assert!(log.pending() <= 2, "more than two under way");
            let runs: Vec<Vec<u64>> = log.runs().iter().map(|run| run.iter().map(number).collect()).collect();
            let all: Vec<u64> = runs.concat();
            // Between runs places are hints, and times tell.
            let is_ordered = !self.server.is_unordered();
            assert!(all.is_sorted_by(|a, b| a >= b) || !is_ordered || self.changed, "order: {runs:?}");
            if !self.changed {
                let truth = self.server.numbers(log.query());
                // Among equal entries only places tell.
                let is_told = self.server.is_readable() || !self.server.has_equals();
                for run in runs.iter().filter(|_| is_told) {
                    assert!(is_stretch(run, &truth), "not a stretch of the log: {run:?}\nof {truth:?}");
                }
                let is_part = !is_told || !is_ordered || is_part(&all, &truth);
                assert!(is_part, "an entry twice: {runs:?}\nof {truth:?}");
                // Where an edit replaced what was seen at the earlier look, the rule stands above what took its place.
                if !self.server.is_unordered() && self.edits.is_empty() {
                    news::check(reader, self.newest_seen, &self.server.numbers(&Query::All));
                }
            }
        }
        // A server that gives few entries at once looks as if it gave all there are, and others than before. Runs that
        // stand in a wrong order contradict what holds entries of both.
        let is_excused =
            self.changed || self.was_told || self.server.is_capped() || !self.server.is_kept_to();
        assert!(is_excused || !reader.was_reread(), "a log that only grew is said to have changed");
        match reader.timeline().cursor() {
            Some(Item::Entry(id)) => assert!(reader.log().entry(id).is_some(), "the cursor's entry is gone"),
            Some(Item::Gap(run)) => assert!(reader.log().runs().iter().any(|known| known.id() == run)),
            None => assert!(!reader.log().is_answered()),
        }
    }

    /// Loads everything and lets it come to rest: then it is all there.
    pub(super) fn load_everything(&mut self) {
        for _ in 0..3 {
            self.act(Action::Close);
        }
        if self.model.reader.choice().query().is_none() {
            return;
        }
        // What is asked for now is to be known, not what an answer under way was given with.
        self.asked.iter_mut().for_each(|asked| asked.given = None);
        self.act(Action::Refresh);
        self.act(Action::LoadAll);
        self.rest();
        assert!(!self.model.reader.loads_all(), "loading ends");
        self.ask_again();
        if self.changed {
            return self.outlive_change();
        }
        self.check_whole(self.model.reader.log());
        self.check_arrivals_at_rest();
    }

    pub(super) fn check_whole(&self, log: &Log) {
        if !self.server.is_readable() {
            // That it ends is enough.
            return;
        }
        let runs: Vec<Vec<u64>> = log.runs().iter().map(|run| run.iter().map(number).collect()).collect();
        let truth = self.server.numbers(log.query());
        assert_eq!(runs.concat(), truth, "all of the log, in {} runs, {:?}", runs.len(), log.failure());
        assert_eq!(log.total(), Some(truth.len()), "{:?}", log.failure());
    }

    /// Wherever the cursor stands, also below a hole, one key loads everything that there is.
    pub fn load_to_the_start(&mut self) {
        self.narrow_nothing();
        self.act(Action::Newest);
        self.act(Action::Refresh);
        self.rest();
        self.act(Action::Page(1));
        self.act(Action::LoadAll);
        self.rest();
        self.ask_again();
        if !self.changed {
            self.check_whole(self.model.reader.log());
        }
    }

    /// A short page may have been taken for the end; whoever asks again finds that it was none.
    pub(super) fn ask_again(&mut self) {
        if self.server.comes_short() {
            self.act(Action::Refresh);
            self.act(Action::LoadAll);
            self.rest();
        }
    }

    /// At rest the whole log can be read to its start: all that the server holds, truly equal entries as often as it
    /// holds them.
    pub fn read_to_the_start(&mut self) {
        self.narrow_nothing();
        // The head first: what arrived may leave a hole above what was loaded, and paging down never meets that.
        self.act(Action::Refresh);
        self.rest();
        self.act(Action::Newest);
        self.rest();
        for _ in 0..self.server.rows.len() / 10 + 20 {
            self.act(Action::Page(1));
            self.rest();
        }
        self.ask_again();
        if !self.changed {
            self.check_whole(self.model.reader.log());
            assert_eq!(self.model.reader.log().query(), &Query::All);
        }
    }

    /// Shows everything: what is narrowed to nothing is read four pages at a time, and a page further leaves the rest
    /// behind.
    fn narrow_nothing(&mut self) {
        for _ in 0..3 {
            self.act(Action::Close);
        }
        self.rest();
        self.act(Action::OpenFilter);
        self.act(Action::Preset(1));
        self.act(Action::Enter);
        self.rest();
    }

    /// Everything comes to rest, and then the program is left.
    pub fn end(&mut self) {
        for _ in 0..3 {
            self.act(Action::Close);
        }
        self.rest();
        self.leave();
    }

    /// The program is left in the middle of everything. Whatever comes after that asks for nothing any more.
    pub fn leave(&mut self) {
        self.act(Action::Quit);
        assert!(self.has_quit);
        while !self.asked.is_empty() {
            self.answer(0, None);
        }
        while !self.timers.is_empty() {
            self.fire(0);
        }
        self.tell(Message::Follow);
        self.act(Action::Refresh);
    }
}

/// Whether a run is a stretch of the log without a hole.
fn is_stretch(run: &[u64], log: &[u64]) -> bool {
    run.is_empty() || log.windows(run.len()).any(|window| window == run)
}

/// Whether a list can be had from the log by leaving entries out.
fn is_part(part: &[u64], log: &[u64]) -> bool {
    let mut log = log.iter();
    part.iter().all(|wanted| log.any(|known| known == wanted))
}
