//! Faults on purpose, for the tests of the way out. Debug builds only: a release build holds nothing of this.
//!
//! `TICKETLOG_FAULT` names one of: `panic-start`, `panic-main`, `panic-task`, `panic-thread`, `panic-drop` (on
//! the way out), `error`, `block-main`. The others wait for the first entries.

use std::{io, thread, time::Duration};

/// A fault that was asked for.
#[derive(Debug)]
pub(super) struct Faults {
    fault: Option<String>,
    /// Goes off when the program is dropped.
    #[expect(dead_code, reason = "only dropped")]
    mine: Option<Mine>,
}

/// Panics when it is dropped.
#[derive(Debug)]
struct Mine;

impl Drop for Mine {
    #[expect(clippy::panic, reason = "a fault on purpose, in debug builds only")]
    fn drop(&mut self) {
        panic!("asked for: secret words of a customer");
    }
}

impl Faults {
    /// What the environment asks for; may be done at once.
    pub(super) fn at_start() -> Self {
        let fault = std::env::var("TICKETLOG_FAULT").ok();
        if fault.as_deref() == Some("panic-start") {
            drop(Mine);
        }
        let mine = (fault.as_deref() == Some("panic-drop")).then(|| Mine);
        Self { fault, mine }
    }

    /// Entries are on the screen.
    ///
    /// # Errors
    /// When that was asked for.
    pub(super) fn after_entries(&mut self) -> io::Result<()> {
        let panics = || drop(Mine);
        match self.fault.take().as_deref() {
            Some("panic-main") => panics(),
            Some("panic-task") => drop(tokio::spawn(async move { panics() })),
            Some("panic-thread") => drop(thread::spawn(panics)),
            Some("error") => return Err(io::Error::other("asked for")),
            Some("block-main") => thread::sleep(Duration::from_hours(1)),
            _ => {}
        }
        Ok(())
    }
}
