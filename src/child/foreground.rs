//! The terminal is lent to another program that may have to ask its user something.
//!
//! Whoever else reads a terminal is stopped by the system, so the program's group is made the one in front. Its modes
//! are as before when it is given back, also when the program was ended in the middle of a question.

use std::fs::File;

use nix::sys::signal::{SigSet, Signal as Blocked};
use rustix::{
    process::{Pid, Signal, getpgrp, kill_process_group},
    termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr, tcsetpgrp},
};

/// Gives the terminal back when it is dropped.
#[derive(Debug)]
pub struct Foreground {
    terminal: File,
    ours: Pid,
    modes: Termios,
}

impl Foreground {
    /// Lends the terminal to a group; `None` where there is none, or it is not ours to give.
    #[must_use]
    pub fn give(group: Pid) -> Option<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty").ok()?;
        let ours = tcgetpgrp(&terminal).ok().filter(|front| *front == getpgrp())?;
        let modes = tcgetattr(&terminal).ok()?;
        tcsetpgrp(&terminal, group).ok()?;
        // It may have asked before the terminal was its own, and was stopped then.
        let _ = kill_process_group(group, Signal::CONT);
        Some(Self { terminal, ours, modes })
    }
}

/// From here on this thread may use the terminal while it is lent: the system stops a process for that.
#[must_use]
pub fn write_from_behind() -> SigSet {
    let mut stopping = SigSet::empty();
    stopping.add(Blocked::SIGTTOU);
    let _ = stopping.thread_block();
    stopping
}

impl Drop for Foreground {
    fn drop(&mut self) {
        let stopping = write_from_behind();
        let _ = tcsetpgrp(&self.terminal, self.ours);
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.modes);
        let _ = stopping.thread_unblock();
    }
}
