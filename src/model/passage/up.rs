//! Oldest first: a jump to the oldest entry, or to the beginning of a window of time, then upwards to the head.

use chrono::TimeDelta;

use super::{Given, KEPT, Last, Order, Page, Passage, Place};
use crate::model::{
    entry::Entry,
    failure::Failure,
    log::{Disorder, Landing, Run, Target},
    query::Window,
};

impl Passage {
    /// Sets out for the first entry to be given.
    pub(super) fn set_out_up(&mut self) {
        if self.wanted.order == Order::Arriving {
            let newest = self.log.runs().first().and_then(|run| Last::at(run, 0));
            self.again = self.later();
            self.given = newest.map_or(Given::Nothing, Given::UpTo);
            self.place = Place::Oldest;
            return;
        }
        // The newest entry before the window: those of one time stand on both sides of a landing.
        let before = |at| at - TimeDelta::nanoseconds(1);
        let since = self.wanted.narrowing.span.since.filter(|_| !self.log.is_out_of_order());
        self.log.seek(since.map_or(Target::Oldest, |since| Target::At(before(since.at()))));
        let landed = self.log.seek_landing();
        self.arrived_up(landed);
    }

    /// Where the way has led. Where times are not in order nothing tells what lies below a moment, so everything is read.
    pub(super) fn arrived_up(&mut self, landed: Option<Landing>) {
        match landed {
            Some(landed)
                if landed.disorder != Disorder::None && self.wanted.narrowing.span.since.is_some() =>
            {
                self.give_up_up();
            }
            Some(landed) => {
                self.given = Given::From(landed.id);
                self.place = Place::Oldest;
            }
            None if self.log.is_seeking() => self.place = Place::OnTheWay,
            None => self.give_up_up(),
        }
    }

    /// Reads all there is, from the newest entry on, before anything is given.
    pub(super) fn give_up_up(&mut self) {
        self.log.cancel_seek();
        self.place = Place::Gathering;
    }

    /// The next window on the way down to the oldest entry.
    pub(super) fn gather(&mut self) -> Option<Window> {
        let first = self.log.runs().first().map(Run::id);
        let next = first.and_then(|run| self.log.ask_older(run));
        if next.is_none() {
            self.place = Place::Oldest;
        }
        next
    }

    /// What stands above the run that is being read, else what has arrived above all.
    pub(super) fn ask_up(&mut self) -> Option<Window> {
        let index = self.index_up()?;
        if index > 0 {
            let run = self.log.runs().get(index)?.id();
            return self.log.ask_newer(run);
        }
        let owed = self.log.ask_owed();
        if owed.is_some() || (self.log.knows_head() && self.log.unloaded_above() == 0) {
            return owed;
        }
        self.log.ask_head()
    }

    /// Gives what is newer than the last given entry.
    pub(super) fn give_up(&mut self) -> Result<Page, Failure> {
        let mut page = Page::default();
        let Some(index) = self.index_up() else { return Err(self.changed()) };
        let Some(run) = self.log.runs().get(index) else { return Ok(page) };
        let below = match &self.given {
            Given::Nothing => run.len(),
            Given::From(id) => match self.log.resolve(*id) {
                Some((_, id)) => usize::try_from(id.serial - run.serials().start).unwrap_or(0) + 1,
                None => return Err(self.changed()),
            },
            Given::UpTo(last) => match last.place(&self.log, run) {
                Some(at) => at + last.later_below(run, at),
                None => return Err(self.changed()),
            },
        };
        let entries: Vec<Entry> = run.iter().take(below).rev().cloned().collect();
        let taken = self.take(&entries, &mut page);
        let run = self.log.runs().get(index);
        if let Some(last) = run.filter(|_| taken > 0).and_then(|run| Last::at(run, below - taken)) {
            self.given = Given::UpTo(last);
        }
        if self.log.loaded() > 2 * KEPT && index + 1 == self.log.runs().len() {
            self.log.forget_below(KEPT);
        }
        Ok(page)
    }

    /// Which of the runs is being read: that of the last given entry. A log that was read again holds it elsewhere.
    pub(super) fn index_up(&self) -> Option<usize> {
        let runs = self.log.runs();
        let of = |run: &Run| runs.iter().position(|other| other.id() == run.id());
        match &self.given {
            Given::Nothing => runs.len().checked_sub(1),
            Given::From(id) => self.log.resolve(*id).and_then(|(run, _)| of(run)),
            Given::UpTo(last) => match self.log.resolve(last.id()) {
                Some((run, _)) => of(run),
                None => runs.iter().position(|run| last.place(&self.log, run).is_some()),
            },
        }
    }
}
