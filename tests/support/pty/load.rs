//! A terminal whose reader is slow or stops, and what a program uses meanwhile.

use std::{io::Read, time::Duration};

use rustix::{event::PollFlags, fs::OFlags, io::ioctl_fionread};

use super::{
    Terminal,
    device::{self, Used, open_slave, wait_for},
};

/// How often a condition is looked at that nothing tells of, and how many times.
const GLANCE: Duration = Duration::from_millis(1);
const GLANCES: usize = 30_000;

/// Longer than any pause within a frame.
const REST: Duration = Duration::from_millis(500);

impl Terminal {
    /// Fills the terminal until it takes nothing more: whoever writes to it waits.
    pub fn fill(&mut self) {
        device::fill(&self.path);
    }

    /// Lets the program paint until the terminal takes nothing more, because nobody reads.
    pub fn stall(&mut self) {
        let slave = open_slave(&self.path, OFlags::empty());
        for _ in 0..GLANCES {
            if wait_for(&slave, PollFlags::OUT, Duration::ZERO).is_empty() {
                // One frame more, that has no room in any case.
                self.press(b"\x0c");
                return self.until_keys_are_read();
            }
            // Not faster than the program: what is typed is read, but may not pile up.
            if ioctl_fionread(&slave).unwrap() == 0 {
                self.press(b"\x0c");
            }
            self.ends_within(GLANCE);
        }
        panic!("the terminal always takes more");
    }

    /// Waits until the program has read all that was typed.
    pub fn until_keys_are_read(&mut self) {
        let slave = open_slave(&self.path, OFlags::empty());
        for _ in 0..GLANCES {
            // First a glance: what was just typed may be under way.
            self.ends_within(GLANCE);
            if ioctl_fionread(&slave).unwrap() == 0 {
                return;
            }
        }
        panic!("nobody reads what is typed:\n{}", self.screen());
    }

    /// Waits until the program has taken the modes, without taking what it writes.
    pub fn until_raw(&mut self) {
        let taken = (0..GLANCES).any(|_| self.modes() != self.before || self.ends_within(GLANCE));
        assert!(taken && self.modes() != self.before, "the modes are still the shell's");
    }

    /// Waits until the process that a script started has stopped, without taking what it writes.
    pub fn until_stopped(&mut self) {
        let pid = self.grandchild();
        let has_stopped = (0..GLANCES).any(|_| device::is_stopped(pid) || self.ends_within(GLANCE));
        assert!(has_stopped && device::is_stopped(pid), "it goes on:\n{}", self.screen());
    }

    /// Whether the program writes nothing for a time and nothing is left to be read.
    pub fn is_quiet(&self, time: Duration) -> bool {
        self.poll(PollFlags::IN, time).is_empty()
    }

    /// The screen once the program has come to rest: a text that is seen may be the first half of its frame.
    pub fn picture(&mut self) -> String {
        self.until_keys_are_read();
        while !self.is_quiet(REST) {
            assert!(self.read(), "the program ended:\n{}", self.screen());
        }
        self.screen()
    }

    /// Takes at most so many of the bytes that the program wrote.
    pub fn read_only(&mut self, count: usize) {
        let mut chunk = vec![0; count];
        let count = self.master.as_mut().unwrap().read(&mut chunk).unwrap();
        self.take(&chunk[..count]);
    }

    /// Something else writes to the terminal.
    pub fn corrupt(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
    }

    /// What the process has used so far.
    pub fn used(&self) -> Used {
        device::used(self.pid())
    }

    /// What the process that a script waits for has used so far.
    pub fn grandchild_used(&self) -> Used {
        device::used(self.grandchild())
    }
}
