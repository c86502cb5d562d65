//! The calls about tokens that a system can refuse, so that the tests can see each of them refused.
//!
//! In a debug build `TICKETLOG_FAULT` asks for it: `fail-account-N` for the N-th of these calls, counted from 1, which
//! removes the file that `TICKETLOG_FAULT_SEEN` names, so that a test knows when it has counted to the end;
//! `fail-keep-1` to `fail-keep-6` for a step of writing, `end-keep-1` to `end-keep-6` where the program is gone there;
//! `fail-lock` for a file system without locks. A release build holds nothing of this.

use std::io;
#[cfg(debug_assertions)]
use std::{
    cell::Cell,
    sync::atomic::{AtomicU32, Ordering},
};

/// Makes a call, unless it is to be refused.
pub(super) fn make<T, E: Into<io::Error>>(call: impl FnOnce() -> Result<T, E>) -> io::Result<T> {
    may()?;
    call().map_err(Into::into)
}

/// Whether the next call may be made.
#[cfg(debug_assertions)]
pub(super) fn may() -> io::Result<()> {
    /// How many calls there were.
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let number = fault().strip_prefix("fail-account-").and_then(|number| number.parse().ok());
    if number == Some(1 + CALLS.fetch_add(1, Ordering::Relaxed)) {
        if let Some(seen) = std::env::var_os("TICKETLOG_FAULT_SEEN") {
            std::fs::remove_file(seen)?;
        }
        return Err(io::Error::other("asked for"));
    }
    Ok(())
}

#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "only a debug build can fail here")]
pub(super) fn may() -> io::Result<()> {
    Ok(())
}

/// Whether a file can be locked.
#[cfg(debug_assertions)]
pub(super) fn may_lock() -> io::Result<()> {
    if fault() == "fail-lock" { Err(io::Error::other("asked for")) } else { may() }
}

#[cfg(not(debug_assertions))]
pub(super) fn may_lock() -> io::Result<()> {
    may()
}

#[cfg(debug_assertions)]
fn fault() -> String {
    std::env::var("TICKETLOG_FAULT").unwrap_or_default()
}

/// Where writing can end too early.
#[derive(Default)]
pub(super) struct Steps(#[cfg(debug_assertions)] Cell<u32>);

impl Steps {
    /// Makes the next step, unless it ends here.
    pub(super) fn make<T, E: Into<io::Error>>(&self, step: impl FnOnce() -> Result<T, E>) -> io::Result<T> {
        self.next()?;
        make(step)
    }

    /// Whether the next step may be made.
    #[cfg(debug_assertions)]
    pub(super) fn next(&self) -> io::Result<()> {
        self.0.set(self.0.get() + 1);
        let (fault, number) = (fault(), self.0.get());
        if fault == format!("end-keep-{number}") {
            std::process::abort();
        }
        if fault == format!("fail-keep-{number}") { Err(io::Error::other("asked for")) } else { Ok(()) }
    }

    #[cfg(not(debug_assertions))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "only a debug build can fail here")]
    pub(super) fn next(&self) -> io::Result<()> {
        Ok(())
    }
}
