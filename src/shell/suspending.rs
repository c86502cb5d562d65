//! Stopping and going on: the terminal is given back and taken again.

use std::io;

use super::{
    job::{self, Stopping},
    program::Program,
};
use crate::{
    message::Message,
    term::{input, session},
};

impl Program {
    /// Stops like any other program on Ctrl-Z: the terminal is given back first. SIGCONT tells of the end.
    pub(super) fn suspend(&mut self, who: Stopping) -> Option<u8> {
        if self.paging.is_some() {
            return None;
        }
        if job::is_orphaned() {
            return self.take([Message::NotSuspended]);
        }
        session::restore();
        job::stop(who);
        None
    }

    /// Others had the terminal while the process was stopped: it is taken again, in the size it has now.
    /// In the background it stays theirs.
    pub(super) fn go_on(&mut self) -> io::Result<Option<u8>> {
        if self.goes_on_paging() {
            return Ok(None);
        }
        if !job::is_in_foreground(self.session.keyboard()) && !job::is_orphaned() {
            job::stop_in_background();
            return Ok(None);
        }
        self.take_again()
    }

    /// Takes the terminal again and paints everything anew.
    pub(super) fn take_again(&mut self) -> io::Result<Option<u8>> {
        match self.session.take() {
            // A size also where it is still the same, or cannot be read: everything is painted anew.
            Ok(()) => Ok(self.take([Message::Resized(self.session.size().unwrap_or(self.model.size))])),
            Err(error) if input::is_hang_up(&error) => Ok(Some(self.hung_up())),
            Err(error) => Err(error),
        }
    }
}
