//! Reads the terminal on a thread of its own: keys and pastes, a burst at a time.
//!
//! The bytes are ours to read, because the library's reader spins for ever on a dead terminal, swallows every key
//! after a paste without an end, and types the text of late answers. Its event types stay. A burst is handed over
//! whole: the shell then draws once for all of it.

mod decoder;
mod sequence;

pub use decoder::Decoder;

use std::{
    fs::File,
    io::{self, ErrorKind, Read},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use crossterm::event::Event;
use rustix::{
    event::{PollFd, PollFlags},
    io::Errno,
};

use super::tty::{self, Waiter};

/// The most events handed over at once; more come in the next burst.
const MOST: usize = 10_000;

/// What the thread hands over: events in their order, or why there will be no more.
pub type Burst = io::Result<Vec<Event>>;

/// Held while bytes are read; true while they are somebody else's.
static IS_PAUSED: Mutex<bool> = Mutex::new(false);

/// Keys are ours again.
static RESUMED: Condvar = Condvar::new();

/// From now on nothing is read: another program has the terminal.
pub fn pause() {
    *lock() = true;
}

/// Keys are read again.
pub fn resume() {
    *lock() = false;
    RESUMED.notify_all();
}

fn lock() -> MutexGuard<'static, bool> {
    IS_PAUSED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a failure says that the terminal is gone: the end of the input, or what Linux says of one that hung up.
#[must_use]
pub fn is_hang_up(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::NXIO].map(Errno::raw_os_error);
    error.kind() == ErrorKind::UnexpectedEof || error.raw_os_error().is_some_and(|code| gone.contains(&code))
}

/// Starts the thread on a terminal. It ends when `take` answers false, or after a failure (the end of the input is
/// one), which it hands over. It may wait for a key for ever: never wait for it.
///
/// # Errors
/// The system has no thread to give.
pub fn start(keyboard: File, take: impl Fn(Burst) -> bool + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        let mut keyboard = keyboard;
        let mut decoder = Decoder::default();
        loop {
            let burst = burst(&mut keyboard, &mut decoder);
            let failed = burst.is_err();
            if burst.as_ref().is_ok_and(Vec::is_empty) {
                continue;
            }
            if !take(burst) || failed {
                break;
            }
        }
    })?;
    Ok(())
}

/// Waits for bytes and takes all that are there.
fn burst(keyboard: &mut File, decoder: &mut Decoder) -> Burst {
    let mut events = Vec::new();
    if !is_ready(keyboard, decoder.patience())? {
        decoder.give_up(&mut events);
        return Ok(events);
    }
    let ours = lock();
    if *ours {
        // What woke us was typed for somebody else.
        drop(RESUMED.wait_while(ours, |is_paused| *is_paused).unwrap_or_else(PoisonError::into_inner));
        return Ok(events);
    }
    let mut bytes = [0; 4096];
    let mut is_first = true;
    while events.len() < MOST {
        let read = match keyboard.read(&mut bytes) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => bytes.get(..count).unwrap_or_default(),
            Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock) => &[],
            Err(error) => return Err(error),
        };
        let is_last = !is_ready(keyboard, Some(Duration::ZERO))?;
        if is_first && is_last && read == [decoder::INTERRUPT] {
            decoder.interrupt(&mut events);
        } else {
            decoder.feed(read, &mut events);
        }
        if is_last {
            break;
        }
        is_first = false;
    }
    Ok(events)
}

/// Whether a read would not wait; the end of the input counts.
fn is_ready(keyboard: &File, limit: Option<Duration>) -> io::Result<bool> {
    tty::wait(Waiter::Keys, &mut [PollFd::new(keyboard, PollFlags::IN)], limit)
}
