//! One reading of the log for the roll: newest first, all of it or as far as it was read before. Called by the roll.

use chrono::{DateTime, Utc};

use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    passage::{Passage, Wanted},
    query::Window,
    types::Catalogue,
};

const CHANGED: &str = "The log changed while it was read.";

/// Reads the log once, or as far as it was read before.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) passage: Passage,
    /// The time of the newest entry when it began.
    pub(super) head: Option<DateTime<Utc>>,
}

/// What became of a step.
pub(super) enum Step {
    Read,
    Ask(Window),
    Done,
    Failed(Failure),
}

impl Reading {
    /// Nothing has been asked yet. The JSON of entries is of no use once whoever it names is learned.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let wanted = Wanted { raw: false, ..Wanted::everything(catalogue) };
        Self { passage: Passage::new(wanted), head: None }
    }

    /// Takes a page. All of the log is read with the last one, or with the one that reaches what was read before.
    pub(super) fn take(&mut self, window: Window, page: Vec<Entry>, read: Option<DateTime<Utc>>) -> Step {
        let instant = |entry: Option<&Entry>| entry.and_then(Entry::stamp).map(|stamp| stamp.instant());
        if window.skip == 0 && self.head.is_none() {
            self.head = instant(page.first());
        }
        match self.passage.accept(window, page) {
            Err(_) if self.passage.is_lost() => Step::Failed(Failure::new(FailureKind::Trouble, CHANGED)),
            Err(failure) => Step::Failed(failure),
            Ok(_) if self.passage.log().is_out_of_order() => Step::Read,
            // What was asked for may be a probe: only what was reached in order counts.
            Ok(page) => match page.reached.zip(read) {
                Some((reached, read)) if reached.instant() < read => Step::Done,
                _ => Step::Read,
            },
        }
    }
}
