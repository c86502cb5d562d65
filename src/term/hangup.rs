//! Notices that the line has dropped, and ends the process, whatever the rest of it is doing.
//!
//! A thread of its own waits in poll(2) for nothing but a hang-up of the terminal. It needs no signal (the process
//! may have been started with SIGHUP ignored), no main loop (which may be blocked) and no standard error (which is
//! dead too), and costs nothing while it waits. Called by the shell.

use std::{fs::File, io, sync::mpsc, thread, time::Duration};

use rustix::event::{PollFd, PollFlags};

use super::tty::{self, Waiter};

/// The exit code of a terminal that hung up: 128 and the number of SIGHUP.
pub const HUNG_UP: u8 = 128 + 1;

/// The longest wait for the last deed: a file system that hangs must not keep the process.
const LAST_DEED: Duration = Duration::from_millis(500);

/// The wait before asking again when the system could not answer.
const AGAIN: Duration = Duration::from_secs(1);

/// What poll(2) says of a terminal that hung up.
const GONE: PollFlags = PollFlags::HUP.union(PollFlags::ERR).union(PollFlags::NVAL);

/// Watches a terminal. When it hangs up, `last_deed` is done and the process ends with [`HUNG_UP`]: without running
/// anything else, because locks may be held by threads that never go on, and without touching the terminal.
///
/// # Errors
/// The system has no thread to give.
pub fn watch(terminal: [File; 2], last_deed: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || {
        wait(&terminal);
        do_in_time(last_deed);
        signal_hook::low_level::exit(HUNG_UP.into());
    })?;
    Ok(())
}

/// Whether a terminal has hung up: then reading it ends like a file.
#[must_use]
pub fn is_gone(terminal: &File) -> bool {
    let mut handles = [PollFd::new(terminal, PollFlags::empty())];
    let asked = tty::wait(Waiter::Watch, &mut handles, Some(Duration::ZERO));
    asked.is_ok() && handles.iter().any(|end| end.revents().intersects(GONE))
}

/// Does the last deed, for a while: locks that it needs may be held for ever.
pub(super) fn do_in_time(last_deed: impl FnOnce() + Send + 'static) {
    let (doing, done) = mpsc::channel::<()>();
    let deed = thread::Builder::new().spawn(move || {
        last_deed();
        drop(doing);
    });
    if deed.is_ok() {
        // Nothing is ever sent: this returns when the deed is done or when the time is up.
        let _ = done.recv_timeout(LAST_DEED);
    }
}

fn wait(terminal: &[File; 2]) {
    loop {
        // No events asked for: a hang-up is told always, keys and room for output never.
        let mut handles = terminal.each_ref().map(|end| PollFd::new(end, PollFlags::empty()));
        match tty::wait(Waiter::Watch, &mut handles, None) {
            Ok(_) if handles.iter().any(|end| end.revents().intersects(GONE)) => return,
            Ok(_) => {}
            Err(_) => thread::sleep(AGAIN),
        }
    }
}
