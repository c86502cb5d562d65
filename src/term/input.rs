//! Reads the terminal on a thread of its own: keys, pastes and sizes, a burst at a time.
//!
//! The library's asynchronous stream forgets who waits for it once anybody else asks whether an event is there, so
//! bursts cannot be taken together with it. Here a thread waits for one event, takes all that are there already,
//! and hands them over together: the shell then draws once for all of them.

use std::{io, thread, time::Duration};

use crossterm::event::{self, Event};

/// The most events handed over at once; more come in the next burst.
const MOST: usize = 10_000;

/// What the thread hands over: events in their order, or why there will be no more.
pub type Burst = io::Result<Vec<Event>>;

/// Starts the thread. It ends when `take` answers false, or after a failure, which it hands over. It may wait for
/// a key for ever: never wait for it.
///
/// # Errors
/// The system has no thread to give.
pub fn start(take: impl Fn(Burst) -> bool + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        loop {
            let burst = burst();
            let failed = burst.is_err();
            if !take(burst) || failed {
                break;
            }
        }
    })?;
    Ok(())
}

fn burst() -> Burst {
    let mut events = vec![event::read()?];
    while events.len() < MOST && event::poll(Duration::ZERO)? {
        events.push(event::read()?);
    }
    Ok(events)
}
