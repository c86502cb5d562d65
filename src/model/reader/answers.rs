//! What an answer changes: in the log it was asked for, in the list, and in what there is to say.

use chrono::{DateTime, Utc};

use super::{Fetch, Reader};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    log::Accepted,
    query::{Generation, Window},
};

impl Reader {
    /// Takes an answer. What is of an older generation is not for us and changes nothing that is shown.
    pub fn accept(
        &mut self,
        generation: Generation,
        window: Window,
        answer: Result<Vec<Entry>, Failure>,
        now: DateTime<Utc>,
    ) -> Vec<Fetch> {
        let shown_log = self.log().generation() == generation;
        let shown = self.timeline.shown();
        let log = match &mut self.narrow {
            Some(log) if log.generation() == generation => log,
            _ if self.all.generation() == generation => &mut self.all,
            _ => return Vec::new(),
        };
        match answer {
            Ok(page) => {
                let accepted = log.accept(window, page);
                self.choice.learn(log.seen_types());
                if shown_log {
                    self.took(accepted, window, shown, now);
                }
            }
            Err(failure) => {
                // A server that refuses has answered: that is not being offline.
                let offline = failure.kind == FailureKind::Trouble;
                log.fail(window, failure.clone());
                if shown_log {
                    self.head_failed |= window.skip == 0;
                    if !self.backoff.failed(failure.retry, now) {
                        self.stop_journey(failure);
                    }
                }
                if shown_log && offline {
                    self.offline_since.get_or_insert(now);
                }
            }
        }
        self.wants()
    }

    fn took(&mut self, accepted: Accepted, window: Window, shown: usize, now: DateTime<Utc>) {
        self.has_loaded = true;
        self.offline_since = None;
        self.backoff.reset();
        if window.skip == 0 {
            self.head_read = Some(now);
        }
        self.changed |= accepted.reread;
        if accepted.reread {
            self.renew_timeline();
        } else {
            self.refresh_timeline();
        }
        let grew = self.timeline.shown() > shown;
        self.barren = if grew { 0 } else { self.barren.saturating_add(accepted.paged.into()) };
        self.arrived += accepted.arrived;
        self.arrivals += accepted.arrived as u64;
        if accepted.reread {
            self.go_home();
        }
        if let Some(landing) = accepted.landed {
            self.land(landing);
        }
        if let Some(failure) = self.log().failure().cloned() {
            self.stop_journey(failure);
        }
        if self.looked.is_none() {
            self.looked = self.newest();
        }
        self.note_seen();
    }
}
