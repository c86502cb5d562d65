//! The calls that a terminal can refuse, so that the tests can see each of them refused.
//!
//! In a debug build `TICKETLOG_FAULT` names the one that fails: `fail-tcgetattr`, `fail-tcgetattr-again` (all but the
//! first), `fail-tcsetattr`, `fail-reopen`, `fail-enter`, `fail-size`, `fail-poll-keys`, `fail-poll-watch`,
//! `fail-poll-write`, `fail-poll-leave`; or `fail-call-N` for the N-th of all these calls, counted from 1. A release
//! build holds nothing of this.

#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::{
    fs::File,
    io,
    os::fd::{AsFd, AsRawFd},
    time::Duration,
};

use nix::sys::signal::{SigSet, Signal};
use ratatui::layout::Size;
use rustix::{
    event::{PollFd, Timespec, poll},
    fs::{Mode, OFlags},
    io::Errno,
    termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetwinsize, tcsetattr},
};

/// Who waits in poll(2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiter {
    /// The thread that reads the keys.
    Keys,
    /// The thread that watches for a hang-up.
    Watch,
    /// Whoever takes the terminal or writes a frame.
    Write,
    /// Whoever gives the terminal back.
    Leave,
}

/// The modes.
pub(super) fn attributes(terminal: &File) -> io::Result<Termios> {
    #[cfg(debug_assertions)]
    {
        refuse("fail-tcgetattr")?;
        refuse_again("fail-tcgetattr-again")?;
    }
    Ok(tcgetattr(terminal)?)
}

/// Takes the terminal into other modes. What was typed before is not for us.
pub(super) fn set_attributes(terminal: &File, modes: &Termios) -> io::Result<()> {
    #[cfg(debug_assertions)]
    refuse("fail-tcsetattr")?;
    // Not "flush", which waits until all that was written is taken: a terminal that does not read would keep us here.
    tcsetattr(terminal, OptionalActions::Now, modes)?;
    Ok(tcflush(terminal, QueueSelector::IFlush)?)
}

/// The same terminal once more, through a description of our own that never waits: the flags of the one we were given
/// belong to the shell as well.
pub(super) fn reopen(terminal: &File) -> io::Result<File> {
    #[cfg(debug_assertions)]
    refuse("fail-reopen")?;
    let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    // Not by its name: in a container it may have none.
    let handle = format!("/proc/self/fd/{}", terminal.as_fd().as_raw_fd());
    Ok(File::from(rustix::fs::open(handle, flags, Mode::empty())?))
}

/// From here on this thread may set the modes of a terminal that another job has: a program that was stopped in the
/// middle of its screen and is ended then would be stopped once more, and never give the terminal back.
pub(super) fn keep_going_in_the_background() {
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGTTOU);
    let _ = signals.thread_block();
}

/// The size in cells.
pub(super) fn size(terminal: &File) -> io::Result<Size> {
    #[cfg(debug_assertions)]
    refuse("fail-size")?;
    let size = tcgetwinsize(terminal)?;
    Ok(Size { width: size.ws_col, height: size.ws_row })
}

/// Asked before switching to our screen.
pub(super) fn may_enter() -> io::Result<()> {
    #[cfg(debug_assertions)]
    refuse("fail-enter")?;
    Ok(())
}

/// Waits for something to happen; `Ok(false)` when nothing did in time. A signal is no reason to come back.
pub(super) fn wait(waiter: Waiter, handles: &mut [PollFd<'_>], limit: Option<Duration>) -> io::Result<bool> {
    #[cfg(debug_assertions)]
    refuse(match waiter {
        Waiter::Keys => "fail-poll-keys",
        Waiter::Watch => "fail-poll-watch",
        Waiter::Write => "fail-poll-write",
        Waiter::Leave => "fail-poll-leave",
    })?;
    #[cfg(not(debug_assertions))]
    let _ = waiter;
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    loop {
        match poll(handles, limit.as_ref()) {
            Ok(ready) => return Ok(ready > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// How many calls there were.
#[cfg(debug_assertions)]
static CALLS: AtomicU32 = AtomicU32::new(0);

#[cfg(debug_assertions)]
fn refuse(call: &str) -> io::Result<()> {
    let fault = std::env::var("TICKETLOG_FAULT").unwrap_or_default();
    let number = fault.strip_prefix("fail-call-").and_then(|number| number.parse().ok());
    if fault == call || number == Some(1 + CALLS.fetch_add(1, Ordering::Relaxed)) {
        return Err(io::Error::other("asked for"));
    }
    Ok(())
}

#[cfg(debug_assertions)]
fn refuse_again(call: &str) -> io::Result<()> {
    static AGAIN: AtomicBool = AtomicBool::new(false);
    if AGAIN.swap(true, Ordering::Relaxed) { refuse(call) } else { Ok(()) }
}
