//! The terminal as something to write to, without ever waiting inside write(2).
//!
//! Whoever waits there for a terminal that does not read holds a lock of the system that only the reader can loosen:
//! emptying the queue does not, and nobody else could give the terminal back. So [`Descriptor`] writes what there is
//! room for and all waiting is done in poll(2). [`Output`] is what the writer gets of it: a frame passes only while
//! the terminal is ours. Called by the session.

use std::{
    fs::File,
    io::{self, ErrorKind, Write},
    os::fd::{AsFd, BorrowedFd},
    sync::{
        Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags},
    termios::{QueueSelector, tcflush},
};

use crate::term::tty::{self, Waiter};

/// How long giving the terminal back waits for a terminal that takes nothing, before it throws away what is queued.
const PATIENCE: Duration = Duration::from_millis(200);

/// How often it looks meanwhile.
const GLANCE: Duration = Duration::from_millis(5);

/// What a terminal takes at once that says it has room: the smallest piece of a queue in Linux.
const PIECE: usize = 256;

/// Whether frames may pass to the terminal.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Held while bytes are handed to the system, never while waiting for room.
static GATE: Mutex<()> = Mutex::new(());

/// The way to the screen.
#[derive(Debug)]
pub(super) struct Descriptor {
    terminal: File,
    /// Whether it is a description of our own, which never waits.
    is_own: bool,
}

impl Descriptor {
    /// To the terminal that a handle leads to. Where it must not be opened anew (it is another user's after `su`),
    /// its one description is shared with the shell.
    ///
    /// # Errors
    /// When the process has no handle left.
    pub(super) fn to(terminal: &File) -> io::Result<Self> {
        match tty::reopen(terminal) {
            Ok(terminal) => Ok(Self { terminal, is_own: true }),
            Err(_) => Ok(Self { terminal: terminal.try_clone()?, is_own: false }),
        }
    }

    pub(super) fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { terminal: self.terminal.try_clone()?, is_own: self.is_own })
    }

    /// Writes as much as there is room for.
    ///
    /// # Errors
    /// `WouldBlock` where there is none: then [`Descriptor::wait`].
    pub(super) fn write_some(&self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_own {
            return (&self.terminal).write(bytes);
        }
        // Where nobody can tell, trying is better than a terminal that is not given back.
        if matches!(self.wait(Waiter::Write, Some(Duration::ZERO)), Ok(false)) {
            return Err(ErrorKind::WouldBlock.into());
        }
        (&self.terminal).write(bytes.get(..PIECE).unwrap_or(bytes))
    }

    /// Waits for room; `Ok(false)` when there is none in time.
    pub(super) fn wait(&self, waiter: Waiter, limit: Option<Duration>) -> io::Result<bool> {
        tty::wait(waiter, &mut [PollFd::new(&self.terminal, PollFlags::OUT)], limit)
    }

    /// Writes all of it, unless the terminal takes nothing for a while.
    fn write_in_time(&self, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.write_some(rest) {
                Ok(0) => return false,
                Ok(taken) => rest = rest.get(taken..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if !matches!(self.wait(Waiter::Leave, Some(PATIENCE)), Ok(true)) {
                        return false;
                    }
                }
                Err(_) => return false,
            }
        }
        true
    }
}

/// Lets frames pass.
pub(super) fn open() {
    OPEN.store(true, Ordering::Release);
}

/// Lets no frame pass any more.
pub(super) fn shut() {
    OPEN.store(false, Ordering::Release);
}

/// Writes the last bytes, after [`shut`]. A terminal that does not take them loses what is queued before them.
pub(super) fn write_last(descriptor: &Descriptor, bytes: &[u8]) {
    let _gate = wait_for_gate();
    if !descriptor.write_in_time(bytes) {
        let _ = tcflush(&descriptor.terminal, QueueSelector::OFlush);
        descriptor.write_in_time(bytes);
    }
}

/// The terminal as the writer sees it. While it is not ours everything written to it is taken and thrown away, also
/// what is left of a frame that was under way.
#[derive(Debug)]
pub struct Output(pub(super) Descriptor);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _gate = lock(&GATE);
        if OPEN.load(Ordering::Acquire) { self.0.write_some(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsFd for Output {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.terminal.as_fd()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to write, once the bytes under way are taken; `None` when that takes too long, as on a shared
/// description that somebody else fills.
fn wait_for_gate() -> Option<MutexGuard<'static, ()>> {
    let mut waited = Duration::ZERO;
    loop {
        match GATE.try_lock() {
            Ok(gate) => return Some(gate),
            Err(TryLockError::Poisoned(gate)) => return Some(gate.into_inner()),
            Err(TryLockError::WouldBlock) if waited >= PATIENCE => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(GLANCE),
        }
        waited += GLANCE;
    }
}
