//! Signals as events: those that end the program in order, and the one that tells of another size.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a signal means for the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signalled {
    /// Leave with this exit code: 128 and the signal's number, as shells have it.
    Leave(u8),
    /// The terminal has another size.
    Resized,
}

/// Waits for signals. Created before the size is read for the first time, so that no change of it is missed.
pub(super) struct Signals {
    hangup: Signal,
    interrupt: Signal,
    quit: Signal,
    terminate: Signal,
    window_change: Signal,
}

impl Signals {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            terminate: signal(SignalKind::terminate())?,
            window_change: signal(SignalKind::window_change())?,
        })
    }

    pub(super) async fn next(&mut self) -> Signalled {
        tokio::select! {
            _ = self.hangup.recv() => Signalled::Leave(128 + 1),
            _ = self.interrupt.recv() => Signalled::Leave(128 + 2),
            _ = self.quit.recv() => Signalled::Leave(128 + 3),
            _ = self.terminate.recv() => Signalled::Leave(128 + 15),
            _ = self.window_change.recv() => Signalled::Resized,
        }
    }
}
