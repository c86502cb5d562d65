//! A jump under way: how far it is, carried into the query that is chosen meanwhile, or given up.

use super::{Journey, MOST_BARREN, Notice, Progress, Reader};
use crate::model::{
    failure::Failure,
    log::Target,
    time_words::{Moment, Unit},
};

impl Reader {
    /// The jump that the user waits for, or the way to what is missing on the screen.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        let journey = self.journey.filter(|journey| journey.target().is_some() && self.is_under_way());
        let Some(journey) = journey else {
            let moment = self.home_instant().map(|at| Moment { at, unit: Unit::Instant });
            let is_left = self.is_leaving() && self.settling.is_some();
            let is_kept = is_left || (self.is_locating() && moment.is_some());
            return is_kept.then(|| Progress { moment, requests: self.asked_log().seek_requests(), is_kept });
        };
        let is_kept = matches!(journey, Journey::Kept(_));
        let before = if is_kept { 0 } else { self.requests };
        let requests = before + self.asked_log().seek_requests();
        Some(Progress { moment: journey.moment(), requests, is_kept })
    }

    /// Whether something is asked for a jump.
    pub(super) fn is_under_way(&self) -> bool {
        self.asked_log().is_seeking() || self.is_reading()
    }

    /// So many requests have led to where a jump has been, or are made there.
    pub(super) fn count_requests(&mut self, count: u32) {
        self.requests = self.requests.saturating_add(count);
    }

    /// The same jump, in the log that is asked for now.
    pub(super) fn set_out_again(&mut self, journey: Journey) {
        let Some(target) = journey.target() else { return };
        let journey = match journey {
            Journey::Reading(reading) => reading.journey(),
            journey => journey,
        };
        if target != Target::Oldest {
            return self.set_out(target, journey);
        }
        self.set_out(self.oldest(), journey);
        self.to_oldest = Some(journey);
    }

    /// Whether the user asked for a jump that is under way, and for where it leads.
    pub(super) fn is_waited_for(&self, journey: Journey) -> bool {
        let is_kept = matches!(journey, Journey::Kept(_));
        !is_kept && journey.target().is_some() && self.is_under_way()
    }

    /// Gives up the jump under way. False when there is none.
    pub fn cancel_journey(&mut self) -> bool {
        let is_asked = self.journey.is_some_and(|journey| journey.target().is_some()) && self.is_under_way();
        if self.is_reading() {
            self.barren = MOST_BARREN;
        }
        if self.journey.take().is_some() {
            self.log_mut().cancel_seek();
        }
        is_asked
    }

    /// Whether the place of what is on the screen is looked for, and nothing else that reads there.
    fn is_locating(&self) -> bool {
        self.journey.is_none() && !self.loads_all && !self.searches_on && self.asked_log().is_locating()
    }

    /// Gives that up, until the user goes on. False when it is not under way.
    pub fn stop_locating(&mut self) -> bool {
        let is_locating = self.is_locating();
        if is_locating {
            self.log_mut().cancel_seek();
            self.barren = MOST_BARREN;
        }
        is_locating
    }

    pub(super) fn stop_journey(&mut self, why: Failure) {
        if self.cancel_journey() {
            self.notice = Some(Notice::Stopped(Box::new(why)));
        }
    }
}
