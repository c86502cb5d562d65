//! What an answer changes: in the log it was asked for, in the list, and in what there is to say.

use chrono::{DateTime, Utc};

use super::{Fetch, Notice, Reader, unasked::is_unasked};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    follow::Heard,
    log::{Accepted, Target},
    query::{Generation, Window},
};

/// Why a jump ends that finds no place twice where it was.
const OUTGROWN: &str = "The log grows too fast. Try again later.";

impl Reader {
    /// Takes an answer. What is of an older generation is not for us and changes nothing that is shown.
    pub fn accept(
        &mut self,
        generation: Generation,
        window: Window,
        answer: Result<Vec<Entry>, Failure>,
        now: DateTime<Utc>,
    ) -> Vec<Fetch> {
        let shown_log = self.asked_log().asks_as() == generation;
        let lines = self.timeline.lines();
        let log = match &mut self.narrow {
            Some(log) if log.asks_as() == generation => log,
            _ if self.all.asks_as() == generation => &mut self.all,
            _ => return Vec::new(),
        };
        if !log.is_pending(window) {
            // It was given up when it had come already.
            return Vec::new();
        }
        if let Ok(page) = &answer
            && is_unasked(log.query(), page)
        {
            return self.narrow_here(window, now);
        }
        let is_head = shown_log && log.is_asking_head(window);
        let arrivals = self.arrivals;
        match answer {
            Ok(page) => {
                let announced = self.tops.loaded_above(log);
                let sought = log.seek_requests();
                let accepted = log.accept(window, page);
                self.narrowing.learn(log.seen_types());
                if shown_log {
                    self.count_requests(if accepted.landed.is_some() { sought } else { 0 });
                    self.took(accepted, window, lines, now);
                    self.find_top_again(announced, accepted);
                    self.note_seen();
                    self.note_head(
                        is_head,
                        if self.arrivals > arrivals { Heard::News } else { Heard::Nothing },
                    );
                }
            }
            Err(failure) => {
                // A server that refuses has answered: that is not being offline.
                let offline = failure.kind == FailureKind::Trouble;
                log.fail(window, failure.clone());
                if shown_log {
                    self.head_failed |= is_head;
                    self.asked_to_wait = self.asked_to_wait.max(failure.retry.until(now));
                    if !self.backoff.failed(failure.retry, now) {
                        self.stop_journey(failure);
                        self.note_head(is_head, Heard::Failure);
                    }
                }
                if shown_log && offline {
                    self.offline_since.get_or_insert(now);
                }
            }
        }
        self.wants()
    }

    /// Keeps what became of a poll until somebody asks; other answers to the head are none.
    fn note_head(&mut self, is_head: bool, heard: Heard) {
        if is_head && std::mem::take(&mut self.polls) {
            self.heard = Some(heard);
        }
    }

    fn took(&mut self, accepted: Accepted, window: Window, lines: usize, now: DateTime<Utc>) {
        self.has_loaded = true;
        self.offline_since = None;
        if self.asked_log().failure().is_none() {
            self.backoff.reset();
        }
        if window.skip == 0 {
            self.head_read = Some(now);
        }
        self.changed |= accepted.reread || accepted.is_mended;
        if accepted.is_recounted {
            self.notice.get_or_insert(Notice::CountedAnew);
        }
        if accepted.reread {
            self.renew_timeline();
        } else {
            self.refresh_timeline();
        }
        self.arrive_at_hit();
        self.go_on_reading(accepted.reread);
        let grew = self.timeline.lines() > lines;
        // What was on its way when the user stopped reading does not make it go on.
        if !self.is_waiting_for_user() {
            self.barren = if grew { 0 } else { self.barren.saturating_add(accepted.paged.into()) };
        }
        self.arrivals += accepted.arrived as u64;
        self.shown_arrivals += self.newest_shown(accepted.arrived) as u64;
        // A jump that has landed with it leads elsewhere, and where nothing is left there is no way home either: the one
        // under way is told of that below.
        if accepted.reread && !self.is_empty() && (accepted.landed.is_none() || self.journey.is_none()) {
            self.go_home();
        }
        if let Some(journey) = self.to_oldest.filter(|_| accepted.is_mended && self.journey.is_none()) {
            // What was jumped to is not the oldest entry after all.
            let target = journey.target().filter(|target| *target != Target::Oldest);
            self.set_out(target.unwrap_or_else(|| self.oldest()), journey);
        }
        if let Some(landing) = accepted.landed {
            self.land(landing);
        }
        self.end_in_nothing();
        // One that is to be tried again leaves the jump its time.
        if let Some(failure) = self.asked_log().failure().cloned()
            && self.backoff.due().is_none()
        {
            self.stop_journey(failure);
        }
        if self.asked_log().is_outgrown() {
            self.stop_journey(Failure::new(FailureKind::Trouble, OUTGROWN));
        }
        self.begin_to_look(accepted.arrived);
    }
}
