//! Signals as events: those that end the program in order, those of job control, and the one that tells of another
//! size.

use std::{io, pin::Pin, time::Duration};

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::{Sleep, sleep},
};

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

/// How long a continued process waits for a signal that ends it before it takes up its work: a shell ends a stopped
/// job by both.
const GRACE: Duration = Duration::from_millis(50);

/// Waits for signals. Created before the size is read for the first time, so that no change of it is missed.
pub(super) struct Signals {
    hangup: Signal,
    interrupt: Signal,
    quit: Signal,
    terminate: Signal,
    stop: Signal,
    resume: Signal,
    window_change: Signal,
    /// The process goes on, and nobody has been told yet: the rest of [`GRACE`].
    grace: Option<Pin<Box<Sleep>>>,
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
            grace: None,
        })
    }

    /// The next one; those that end the program come first. Nothing is lost when this is dropped.
    pub(super) async fn next(&mut self) -> Signalled {
        loop {
            tokio::select! {
                biased;
                _ = self.hangup.recv() => return Signalled::HungUp,
                _ = self.interrupt.recv() => return Signalled::Leave(128 + 2),
                _ = self.quit.recv() => return Signalled::Leave(128 + 3),
                _ = self.terminate.recv() => return Signalled::Leave(128 + 15),
                _ = self.resume.recv() => self.grace = Some(Box::pin(sleep(GRACE))),
                () = over(&mut self.grace) => {
                    self.grace = None;
                    return Signalled::Continued;
                }
                _ = self.stop.recv() => return Signalled::Stop,
                _ = self.window_change.recv() => return Signalled::Resized,
            }
        }
    }
}

async fn over(grace: &mut Option<Pin<Box<Sleep>>>) {
    match grace {
        Some(grace) => grace.await,
        None => std::future::pending().await,
    }
}
