//! Signals as events: those that end the program in order, those of job control, and the one that tells of another
//! size.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a signal means for the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signalled {
    /// Leave with this exit code: 128 and the signal's number, as shells have it.
    Leave(u8),
    /// The terminal hung up, or somebody says so.
    HungUp,
    /// The terminal has another size.
    Resized,
    /// Somebody asks the process to stop.
    Stop,
    /// The process goes on after a stop; others had the terminal meanwhile.
    Continued,
}

/// Waits for signals. Created before the size is read for the first time, so that no change of it is missed.
pub(super) struct Signals {
    hangup: Signal,
    interrupt: Signal,
    quit: Signal,
    terminate: Signal,
    stop: Signal,
    resume: Signal,
    window_change: Signal,
}

impl Signals {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            terminate: signal(SignalKind::terminate())?,
            stop: signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?,
            resume: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
            window_change: signal(SignalKind::window_change())?,
        })
    }

    pub(super) async fn next(&mut self) -> Signalled {
        tokio::select! {
            _ = self.hangup.recv() => Signalled::HungUp,
            _ = self.interrupt.recv() => Signalled::Leave(128 + 2),
            _ = self.quit.recv() => Signalled::Leave(128 + 3),
            _ = self.terminate.recv() => Signalled::Leave(128 + 15),
            _ = self.stop.recv() => Signalled::Stop,
            _ = self.resume.recv() => Signalled::Continued,
            _ = self.window_change.recv() => Signalled::Resized,
        }
    }
}
