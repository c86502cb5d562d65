//! How a program ends, and what it leaves behind.

use std::{os::unix::process::ExitStatusExt, process::ExitStatus, time::Duration};

use rustix::event::PollFlags;

use super::{PATIENCE, Terminal, ends, parser};

/// How a program ended.
#[derive(Debug)]
pub struct Ended(ExitStatus);

impl Ended {
    /// The exit code; 0 is also told for none, so check [`Ended::signal`] where that matters.
    pub fn exit_code(&self) -> u32 {
        assert_eq!((self.0.signal(), self.0.core_dumped()), (None, false), "ended by a signal");
        u32::try_from(self.0.code().unwrap_or(-1)).unwrap()
    }

    /// The signal that ended it, if one did.
    pub fn signal(&self) -> Option<i32> {
        self.0.signal()
    }
}

impl Terminal {
    /// The line drops: the other end of the terminal is closed.
    pub fn hang_up(&mut self) {
        self.master = None;
    }

    /// Waits for the end; gives the exit status and takes all that was written until then.
    pub fn end(&mut self) -> Ended {
        while self.master.is_some() && !self.poll(PollFlags::IN, PATIENCE).is_empty() && self.read() {}
        self.end_unread()
    }

    /// Waits for the end without reading what the program writes.
    pub fn end_unread(&mut self) -> Ended {
        assert!(ends(self.pid(), PATIENCE), "the program never ends:\n{}", self.screen());
        Ended(self.child.wait().unwrap())
    }

    /// From here on a frame may have been cut off.
    pub fn forget_the_grammar(&mut self) {
        self.oracle = None;
    }

    /// Takes what an ended program left behind. A frame may have been cut off, so the grammar is not asked.
    pub fn read_rest(&mut self) -> &mut Self {
        self.forget_the_grammar();
        while !self.poll(PollFlags::IN, PATIENCE).is_empty() && self.read() {}
        self
    }

    /// Whether the program ends within a time. Nothing that it writes is read.
    pub fn ends_within(&mut self, limit: Duration) -> bool {
        ends(self.pid(), limit)
    }

    /// Whether the program ends within about a time. What it writes meanwhile is read: a program whose terminal is
    /// full cannot say goodbye.
    pub fn ends_while_read(&mut self, limit: Duration) -> bool {
        let slice = Duration::from_millis(20);
        for _ in 0..limit.as_millis() / slice.as_millis() {
            if ends(self.pid(), Duration::ZERO) {
                return true;
            }
            if !self.poll(PollFlags::IN, slice).is_empty() && !self.read() {
                return ends(self.pid(), limit);
            }
        }
        false
    }

    /// Fails unless everything is as it was before the program came.
    pub fn assert_restored(&self) {
        assert_eq!(self.is_taken(), (false, false), "{}", self.screen());
        assert!(!self.parser.screen().hide_cursor(), "the cursor is hidden still");
        assert!(!self.marks_pastes());
        assert_eq!(self.modes(), self.before);
    }

    /// What a terminal shows that has no other screen: GNU screen as it comes, the Linux console.
    pub fn left_on_the_only_screen(&self) -> (String, (u16, u16)) {
        let mut parser = parser(80, 24);
        let text = String::from_utf8_lossy(&self.bytes);
        parser.process(text.replace("\x1b[?1049h", "").replace("\x1b[?1049l", "").as_bytes());
        (parser.screen().contents(), parser.screen().cursor_position())
    }
}
