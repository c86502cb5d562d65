//! Faults on purpose, for the tests of the way out. Debug builds only: a release build holds nothing of this.
//!
//! `TICKETLOG_FAULT` names one of: `panic-start`, `panic-main`, `panic-task`, `panic-thread`, `panic-drop` (on
//! the way out), `error`, `block-main`, `block-input`, `fail-write` (one), `fail-writes` (all). The last three wait
//! for the first keys, the others for the first entries. `fail-write-N` is the N-th write of all, counted from 1.
//! `clock-back-N`, `clock-on-N`, `clock-zero-N`: from its N-th reading on the clock is a day behind, a thousand years
//! ahead, or at the beginning of its time.

use std::{
    io::{self, Write},
    os::fd::{AsFd, BorrowedFd},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};

/// Longer than any test.
const FOR_EVER: Duration = Duration::from_hours(1);

/// A fault that was asked for.
#[derive(Debug)]
pub(super) struct Faults {
    fault: Option<String>,
    /// How many writes are yet to fail.
    failing: Arc<AtomicU32>,
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
        panic!("asked for: \x1b]52;c;Q0FOQVJZ\x07\x1b[31m CANARY, secret words of a customer");
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
        Self { fault, failing: Arc::default(), mine }
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
            Some("block-main") => thread::sleep(FOR_EVER),
            other => self.fault = other.map(str::to_owned),
        }
        Ok(())
    }

    /// Keys have come.
    pub(super) fn after_keys(&mut self) {
        let failing = match self.fault.as_deref() {
            Some("fail-write") => 1,
            Some("fail-writes") => u32::MAX,
            _ => return,
        };
        self.fault = None;
        self.failing.store(failing, Ordering::Release);
    }

    /// The terminal, with writes that fail as it was asked for.
    pub(super) fn output<T>(&self, output: T) -> Output<T> {
        let nth = self.fault.as_deref().and_then(|fault| fault.strip_prefix("fail-write-")?.parse().ok());
        Output { inner: output, failing: Arc::clone(&self.failing), until: nth.unwrap_or(0) }
    }
}

/// Keys have come.
pub(super) fn before_input() {
    if std::env::var("TICKETLOG_FAULT").is_ok_and(|fault| fault == "block-input") {
        thread::sleep(FOR_EVER);
    }
}

/// What the clock says where it is set while the program runs.
pub(super) fn clock(now: DateTime<Utc>) -> DateTime<Utc> {
    /// How often it was read.
    static READINGS: AtomicU32 = AtomicU32::new(0);
    let fault = std::env::var("TICKETLOG_FAULT").unwrap_or_default();
    let Some((kind, number)) = fault.strip_prefix("clock-").and_then(|fault| fault.split_once('-')) else {
        return now;
    };
    if number.parse().is_ok_and(|number: u32| READINGS.fetch_add(1, Ordering::Relaxed) + 1 < number) {
        return now;
    }
    match kind {
        "back" => now - TimeDelta::days(1),
        "on" => now + TimeDelta::days(365_000),
        _ => DateTime::UNIX_EPOCH,
    }
}

/// A terminal that does not take everything.
#[derive(Debug)]
pub(super) struct Output<T> {
    inner: T,
    failing: Arc<AtomicU32>,
    /// How many writes there are until one fails; 0 for ever.
    until: u32,
}

impl<T: Write> Write for Output<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let fewer = |left: u32| left.checked_sub(1);
        if self.until == 1 {
            self.failing.store(1, Ordering::Release);
        }
        self.until = self.until.saturating_sub(1);
        match self.failing.fetch_update(Ordering::AcqRel, Ordering::Acquire, fewer) {
            Ok(_) => Err(io::Error::other("asked for")),
            Err(_) => self.inner.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: AsFd> AsFd for Output<T> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.inner.as_fd()
    }
}
