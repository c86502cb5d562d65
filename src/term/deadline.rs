//! Ends the process when a signal asked for that and the rest of it does not obey.
//!
//! The main loop leaves in order on SIGHUP, SIGINT, SIGQUIT and SIGTERM. Where it is blocked nobody would: a thread
//! of its own hears of the same signals, gives the loop a while, then gives the terminal back and ends the process
//! with the code that the loop would have left with. Costs nothing while it waits. Called by the shell.

use std::{ffi::c_int, io, thread, time::Duration};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
    iterator::Signals,
};

use super::{hangup, session};

/// How long the main loop has to leave in order.
const PATIENCE: Duration = Duration::from_secs(1);

/// What SIGINT is to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupt {
    /// It ends it: there Ctrl-C is a key.
    Ends,
    /// It is Ctrl-C, which stops what is under way.
    IsHeard,
}

/// Starts the thread. On SIGHUP `last_deed` is done before the end: the line may have dropped.
///
/// # Errors
/// The system has no handler or no thread to give.
pub fn watch(interrupt: Interrupt, last_deed: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let others = [SIGHUP, SIGQUIT, SIGTERM];
    let mut signals =
        Signals::new(others.into_iter().chain((interrupt == Interrupt::Ends).then_some(SIGINT)))?;
    thread::Builder::new().name("deadline".to_owned()).spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        thread::sleep(PATIENCE);
        // Still here: this waits for a way out that is under way already, and does nothing after it.
        session::restore();
        if signal == SIGHUP {
            hangup::do_in_time(last_deed);
        }
        signal_hook::low_level::exit(code(signal));
    })?;
    Ok(())
}

/// 128 and the signal's number, as shells have it.
const fn code(signal: c_int) -> c_int {
    128 + signal
}
