//! What ends a command that prints before its last entry: signals, a deadline, and a reader that has gone.

use std::{
    io,
    os::fd::{AsFd, OwnedFd},
    time::Duration,
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use ticketlog::shell::export::Stop;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::{Sleep, sleep},
};

use crate::ending::is_ignored;

/// The exit code of a wait that nothing ended.
pub(super) const TIMED_OUT: u8 = 6;

/// What ends it.
pub(super) struct Stopping {
    signals: Vec<(u8, Signal)>,
    deadline: Option<std::pin::Pin<Box<Sleep>>>,
    /// Where entries go, if somebody may stop reading there.
    reader: Option<OwnedFd>,
}

impl Stopping {
    /// Ends at a signal that nobody wants ignored, and after so long.
    pub(super) fn new(timeout: Option<Duration>) -> Self {
        let taken = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
        let listened = taken.filter_map(|number| {
            Some((u8::try_from(128 + number).ok()?, signal(SignalKind::from_raw(number)).ok()?))
        });
        Self {
            signals: listened.collect(),
            deadline: timeout.map(|timeout| Box::pin(sleep(timeout))),
            reader: None,
        }
    }

    /// Ends, too, when nobody reads standard output any more.
    pub(super) fn with_standard_output(self) -> Self {
        Self { reader: io::stdout().as_fd().try_clone_to_owned().ok(), ..self }
    }
}

impl Stop for Stopping {
    async fn stopped(&mut self) -> u8 {
        let Self { signals, deadline, .. } = self;
        std::future::poll_fn(|context| {
            for (code, signal) in signals.iter_mut() {
                if signal.poll_recv(context).is_ready() {
                    return std::task::Poll::Ready(*code);
                }
            }
            match deadline {
                Some(deadline) => deadline.as_mut().poll(context).map(|()| TIMED_OUT),
                None => std::task::Poll::Pending,
            }
        })
        .await
    }

    fn is_closed(&self) -> bool {
        let Some(reader) = &self.reader else { return false };
        let mut asked = [PollFd::new(reader, PollFlags::empty())];
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        let told = poll(&mut asked, Some(&now)).is_ok();
        told && asked.iter().any(|fd| fd.revents().contains(PollFlags::ERR))
    }
}
