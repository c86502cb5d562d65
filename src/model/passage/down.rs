//! Newest first: from the head, or from the end of a window of time, down to the oldest entry.

use super::{Given, KEPT, Last, Page, Passage, Place};
use crate::model::{
    entry::Entry,
    failure::Failure,
    log::{Disorder, Landing, Run, Target},
    query::Window,
};

impl Passage {
    /// Sets out for the end of the window of time, by probes, where the newest entry is beyond it.
    pub(super) fn set_out_down(&mut self) {
        let head = self.log.runs().first();
        let newest = head.and_then(Run::newest).and_then(Entry::stamp);
        let until = self.wanted.narrowing.span.until;
        let until = until.filter(|until| newest.is_some_and(|at| at.instant() > until.at()));
        match (until, head.map(Run::id)) {
            (Some(until), Some(_)) if !self.log.is_out_of_order() => {
                self.log.seek(Target::At(until.at()));
                let landed = self.log.seek_landing();
                self.arrived_down(landed);
            }
            (_, Some(run)) => self.place = Place::In(run),
            (_, None) => self.place = Place::Oldest,
        }
    }

    /// Where the way to the end of the window has led. Where times are not in order nothing tells what lies above it,
    /// so everything is read.
    pub(super) fn arrived_down(&mut self, landed: Option<Landing>) {
        match landed {
            Some(landed) if landed.disorder == Disorder::None => self.place = Place::In(landed.id.run),
            None if self.log.is_seeking() && !self.log.is_out_of_order() => self.place = Place::OnTheWay,
            _ => self.give_up_down(),
        }
    }

    /// Reads from the newest entry on.
    pub(super) fn give_up_down(&mut self) {
        self.log.cancel_seek();
        self.place = self.log.runs().first().map_or(Place::Oldest, |run| Place::In(run.id()));
    }

    pub(super) fn ask_down(&mut self) -> Option<Window> {
        match self.index_down().and_then(|at| self.log.runs().get(at)).map(Run::id) {
            Some(run) => self.log.ask_older(run),
            None => self.log.ask_head(),
        }
    }

    /// Gives what is older than the last given entry.
    pub(super) fn give_down(&mut self) -> Result<Page, Failure> {
        let mut page = Page::default();
        let Some(index) = self.index_down() else { return Ok(page) };
        let Some(run) = self.log.runs().get(index) else { return Ok(page) };
        let from = match &self.given {
            Given::UpTo(last) => match last.place(&self.log, run) {
                Some(at) => at + 1,
                None if run.is_empty() => return Ok(page),
                None => return Err(self.changed()),
            },
            _ => 0,
        };
        let entries: Vec<Entry> = run.iter().skip(from).cloned().collect();
        let taken = self.take(&entries, &mut page);
        let run = self.log.runs().get(index);
        if let Some(last) = run.and_then(|run| Last::at(run, (from + taken).checked_sub(1)?)) {
            self.given = Given::UpTo(last);
        }
        if self.log.loaded() > 2 * KEPT && index + 1 == self.log.runs().len() {
            self.log.forget_above(KEPT);
        }
        Ok(page)
    }

    /// Which of the runs is being read.
    fn index_down(&self) -> Option<usize> {
        let runs = self.log.runs();
        let known = match self.place {
            Place::In(id) => runs.iter().position(|run| run.id() == self.log.resolve_run(id)),
            _ => None,
        };
        known.or_else(|| runs.len().checked_sub(1))
    }
}
