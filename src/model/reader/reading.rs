//! A jump that has landed where all that is loaded is hidden: what follows there is read, and nothing else, until
//! something is shown. The user waits for it as for the jump.

use super::{Journey, Notice, Reader, days::OlderDay};
use crate::model::{log::RunId, time_words::Moment, timeline::Item};

/// So many pages are read; more is left to the user.
const MOST_PAGES: u8 = 32;

/// What is read for a jump. See the module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    day: OlderDay,
    /// The pages that may yet be read.
    pages: u8,
}

impl Reading {
    pub(super) fn for_day(day: OlderDay) -> Self {
        Self { day, pages: MOST_PAGES }
    }

    /// The moment that was looked for.
    pub(super) fn moment(self) -> Moment {
        self.day.end
    }

    /// The jump that it is for.
    pub(super) fn journey(self) -> Journey {
        Journey::OlderDay(self.day)
    }
}

impl Reader {
    /// Reads on where a jump has landed. False where something is shown there.
    pub(super) fn read_on(&mut self, reading: Reading) -> bool {
        let is_missing = matches!(self.timeline.cursor(), Some(Item::Gap(_)));
        if is_missing {
            // A short page may have been taken for the end.
            self.log_mut().look_behind_once();
            self.journey = Some(Journey::Reading(reading));
        }
        is_missing
    }

    /// What is missing at the cursor has come, or more of what is hidden. Also where the cursor was taken elsewhere, the
    /// jump lands again.
    pub(super) fn go_on_reading(&mut self, is_reread: bool) {
        let Some(journey @ Journey::Reading(reading)) = self.journey else { return };
        self.count_requests(1);
        let is_missing = matches!(self.timeline.cursor(), Some(Item::Gap(_)));
        if is_reread || !is_missing {
            return self.set_out_again(journey);
        }
        self.log_mut().look_behind_once();
        let left = reading.pages.checked_sub(1);
        self.journey = left.map(|pages| Journey::Reading(Reading { pages, ..reading }));
    }

    /// Whether a jump has landed and is read on for.
    pub(super) fn is_reading(&self) -> bool {
        matches!(self.journey, Some(Journey::Reading(_)))
    }

    /// The run below which it is.
    pub(super) fn read_below(&self) -> Option<RunId> {
        match self.timeline.cursor()? {
            Item::Gap(run) if self.is_reading() => Some(run),
            _ => None,
        }
    }

    /// What has been read shows nothing, and nothing more can be asked for: the rest is left to the user, where there is any.
    pub(super) fn end_reading(&mut self) {
        let is_asking = self.asked_log().is_asking() || self.backoff.due().is_some();
        let Some(Journey::Reading(_)) = self.journey.filter(|_| !is_asking) else { return };
        let is_outside = self.read_below().is_some_and(|run| self.is_outside(run));
        if is_outside || self.timeline.is_at_start(self.log()) {
            self.notice = Some(Notice::NoDay);
        }
        self.journey = None;
    }
}
