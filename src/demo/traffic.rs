//! What the server was asked, for tests that count requests.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The memory of log requests is bounded: older ones are forgotten.
const REMEMBERED: usize = 10_000;

/// How many requests reached each endpoint so far, refused ones included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Requests {
    /// `POST /tickets/{id}/log`.
    pub log: u64,
    /// `GET /tickets/{id}`.
    pub ticket: u64,
    /// `POST /tickets/list`.
    pub list: u64,
    /// `POST /token`.
    pub token: u64,
}

/// What one well-formed request to the log endpoint asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRequest {
    /// The ticket's number.
    pub ticket: u64,
    /// How many entries to leave out from the newest.
    pub skip: u64,
    /// How many entries at most.
    pub take: u64,
    /// The types asked for; empty means all.
    pub action_types: Vec<String>,
}

/// The counters of a server.
#[derive(Debug, Default)]
pub(super) struct Traffic(Mutex<(Requests, VecDeque<LogRequest>)>);

impl Traffic {
    /// Counts a request.
    pub(super) fn count(&self, count: impl FnOnce(&mut Requests)) {
        count(&mut self.lock().0);
    }

    /// Remembers a log request that could be read.
    pub(super) fn remember(&self, request: LogRequest) {
        let windows = &mut self.lock().1;
        if windows.len() == REMEMBERED {
            windows.pop_front();
        }
        windows.push_back(request);
    }

    /// The counts so far.
    pub(super) fn requests(&self) -> Requests {
        self.lock().0
    }

    /// The remembered requests, oldest first.
    pub(super) fn log_windows(&self) -> Vec<LogRequest> {
        self.lock().1.iter().cloned().collect()
    }

    /// A panic elsewhere leaves counters that are still good.
    fn lock(&self) -> MutexGuard<'_, (Requests, VecDeque<LogRequest>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_ten_thousand_log_requests_are_remembered() {
        let traffic = Traffic::default();
        for skip in 0..10_007 {
            traffic.remember(LogRequest { ticket: 1, skip, take: 50, action_types: Vec::new() });
        }
        let windows = traffic.log_windows();
        assert_eq!((windows.len(), windows[0].skip), (10_000, 7));
    }
}
