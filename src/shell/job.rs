//! Job control: stopping like any other program, where there is a shell that can continue us.

use std::{
    fs::{self, File},
    thread,
    time::Duration,
};

// Not rustix for these: its `Pid` cannot be 0, which is what the system says of a group or a session that began outside
// our PID namespace (getpgid(2), pid_namespaces(7)), as in any container that somebody attached to.
use nix::unistd::{Pid, getpgid, getppid, getsid};
use rustix::{
    process::{Signal, getpid, kill_current_process_group, kill_process},
    termios::tcgetpgrp,
};

/// Who is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopping {
    /// The whole job, as the terminal does on Ctrl-Z: a script that started us must not wait for ever.
    Job,
    /// This process alone.
    Process,
}

/// More ancestors than any session has.
const MOST_ANCESTORS: usize = 64;

/// How often it is looked whether the terminal is ours after somebody continued us, and for how long: longer than the
/// deadline of a signal that ends the process, since a shell ends a stopped job by such a one and by continuing it.
const GLANCE: Duration = Duration::from_millis(20);
const GLANCES: u32 = 100;

/// Whether the shell has given us the terminal; also where that cannot be told.
pub(super) fn is_in_foreground(keyboard: &File) -> bool {
    let (Ok(group), Ok(ours)) = (tcgetpgrp(keyboard), getpgid(None)) else {
        return true;
    };
    group.as_raw_nonzero().get() == ours.as_raw()
}

/// Stops as the system stops a job in the background that touches the terminal. It would do that by itself, but in
/// the middle of the call and again after every signal: none of them could end the process.
pub(super) fn stop_in_background() {
    let _ = kill_current_process_group(Signal::TTOU);
}

/// Stops until the terminal is ours.
pub(super) fn wait_for_foreground(keyboard: &File) {
    while !is_in_foreground(keyboard) && !is_orphaned() {
        stop_in_background();
        for _ in 0..GLANCES {
            if is_in_foreground(keyboard) {
                return;
            }
            thread::sleep(GLANCE);
        }
    }
}

/// Stops until somebody sends SIGCONT. The terminal must have been given back.
pub(super) fn stop(who: Stopping) {
    // Not SIGTSTP: that one comes back to us as an event.
    let _ = match who {
        Stopping::Job => kill_current_process_group(Signal::STOP),
        Stopping::Process => kill_process(getpid(), Signal::STOP),
    };
}

/// Whether nobody could continue us: no ancestor of ours is a shell of the same session in another process group.
/// The system discards SIGTSTP then (POSIX: "orphaned process group"), as for a program that is itself the first of
/// its terminal; SIGSTOP it would obey.
pub(super) fn is_orphaned() -> bool {
    let (Ok(group), Ok(session)) = (getpgid(None), getsid(None)) else {
        return false;
    };
    let mut parent = Some(getppid());
    for _ in 0..MOST_ANCESTORS {
        let Some(pid) = parent.filter(|pid| pid.as_raw() > 0) else { return true };
        if getsid(Some(pid)) != Ok(session) {
            return true;
        }
        if getpgid(Some(pid)) != Ok(group) {
            return false;
        }
        parent = parent_of(pid);
    }
    true
}

/// proc(5): the second field is a name in parentheses that may hold anything; state and parent follow it.
fn parent_of(pid: Pid) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_ascii_whitespace().nth(1)?.parse().ok().map(Pid::from_raw)
}
