//! The calls that a file system can refuse, so that the tests can see each of them refused.
//!
//! In a debug build `TICKETLOG_FAULT` asks for it: `fail-store-N` for the N-th of these calls, counted from 1, which
//! removes the file that `TICKETLOG_FAULT_SEEN` names, so that a test knows when it has counted to the end; `full-store`
//! for all calls that write. A release build holds nothing of this.

use std::io;
#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicU32, Ordering};

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// Leaves everything as it is.
    Look,
    /// Changes the folder or a file.
    Write,
}

/// Makes a call, unless it is to be refused.
pub(super) fn make<T, E: Into<io::Error>>(call: Call, made: impl FnOnce() -> Result<T, E>) -> io::Result<T> {
    #[cfg(debug_assertions)]
    refuse(call)?;
    #[cfg(not(debug_assertions))]
    let _ = call;
    made().map_err(Into::into)
}

#[cfg(debug_assertions)]
fn refuse(call: Call) -> io::Result<()> {
    /// How many calls there were.
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let fault = std::env::var("TICKETLOG_FAULT").unwrap_or_default();
    let number = fault.strip_prefix("fail-store-").and_then(|number| number.parse().ok());
    if number == Some(1 + CALLS.fetch_add(1, Ordering::Relaxed)) {
        if let Some(seen) = std::env::var_os("TICKETLOG_FAULT_SEEN") {
            std::fs::remove_file(seen)?;
        }
        return Err(io::Error::other("asked for"));
    }
    if fault == "full-store" && call == Call::Write {
        return Err(io::ErrorKind::StorageFull.into());
    }
    Ok(())
}
