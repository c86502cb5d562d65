//! A jump that has landed where all that is loaded is hidden: what follows there is read, and nothing else, until
//! something is shown. The user waits for it as for the jump.

use super::{Journey, Landed, Notice, Reader, days::OlderDay};
use crate::model::{
    failure::{Failure, FailureKind},
    log::{EntryId, RunId},
    time_words::Moment,
    timeline::Item,
};

/// So many pages are read; more is left to the user.
const MOST_PAGES: u8 = 32;

/// What is read for a jump. See the module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    jump: Jump,
    /// What it has landed in.
    run: RunId,
    /// The pages that may yet be read.
    pages: u8,
}

/// A jump that is read on for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Jump {
    Moment(Moment),
    Day(OlderDay),
}

impl Reading {
    /// The moment that was looked for.
    pub(super) fn moment(self) -> Moment {
        match self.jump {
            Jump::Moment(moment) => moment,
            Jump::Day(day) => day.end,
        }
    }

    /// The jump that it is for.
    pub(super) fn journey(self) -> Journey {
        match self.jump {
            Jump::Moment(moment) => Journey::To(Some(moment)),
            Jump::Day(day) => Journey::OlderDay(day),
        }
    }
}

impl Reader {
    /// Reads on below the entry that a jump has landed on. False where something is shown there, or nothing follows.
    pub(super) fn read_on(&mut self, jump: Jump, id: EntryId) -> bool {
        let reading = Reading { jump, run: id.run, pages: MOST_PAGES };
        let is_missing = self.missing(reading).is_some();
        if is_missing {
            // A short page may have been taken for the end.
            self.log_mut().look_behind_once();
            self.journey = Some(Journey::Reading(reading));
        }
        is_missing
    }

    /// The run below which the cursor stands on what is missing: for a moment, the one that was landed in.
    fn missing(&self, reading: Reading) -> Option<RunId> {
        let (log, Some(Item::Gap(run))) = (self.log(), self.timeline.cursor()) else { return None };
        let is_landed = log.resolve_run(run) == log.resolve_run(reading.run);
        (is_landed || matches!(reading.jump, Jump::Day(_))).then_some(run)
    }

    /// What is missing at the cursor has come, or more of what is hidden. Also where the cursor was taken elsewhere, the
    /// jump lands again.
    pub(super) fn go_on_reading(&mut self, is_reread: bool) {
        let Some(journey @ Journey::Reading(reading)) = self.journey else { return };
        self.count_requests(1);
        if self.current().is_some() {
            self.barren = 0;
        }
        if is_reread || self.missing(reading).is_none() {
            return self.set_out_again(journey);
        }
        self.log_mut().look_behind_once();
        let nothing = || Failure::new(FailureKind::Trouble, format!("{MOST_PAGES} pages there show nothing"));
        match reading.pages.checked_sub(1) {
            Some(pages) => self.journey = Some(Journey::Reading(Reading { pages, ..reading })),
            None => self.stop_journey(nothing()),
        }
    }

    /// Whether a jump has landed and is read on for.
    pub(super) fn is_reading(&self) -> bool {
        matches!(self.journey, Some(Journey::Reading(_)))
    }

    /// The run below which it is.
    pub(super) fn read_below(&self) -> Option<RunId> {
        let Some(Journey::Reading(reading)) = self.journey else { return None };
        self.missing(reading)
    }

    /// What has been read shows nothing, and nothing more can be asked for: the rest is left to the user, where there is any.
    pub(super) fn end_reading(&mut self) {
        let is_asking = self.asked_log().is_asking() || self.backoff.due().is_some();
        let Some(Journey::Reading(reading)) = self.journey.filter(|_| !is_asking) else { return };
        let is_outside = self.read_below().is_some_and(|run| self.is_outside(run));
        if is_outside || self.timeline.is_at_start(self.log()) {
            self.notice = Some(match reading.jump {
                Jump::Day(_) => Notice::NoDay,
                Jump::Moment(moment) => Notice::Landed(Landed {
                    moment: Some(moment),
                    before_all: true,
                    is_hidden: true,
                    ..Landed::default()
                }),
            });
        }
        self.journey = None;
    }
}
