//! The terminal's state while the program owns it: taken once, given back exactly once on every way out.
//!
//! [`Session::enter`] switches to raw mode and the alternate screen; [`restore`] undoes all of it and may be called
//! from anywhere, also from a panic hook: the first call acts, later ones do nothing. Nothing here queries the
//! terminal, and no failure to write to a dead terminal is an error.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsFd,
    sync::{Mutex, PoisonError},
};

use ratatui::layout::Size;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

/// Alternate screen, hidden cursor.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l";

/// Margins, colours and cursor as they were, then the main screen.
const LEAVE: &[u8] = b"\x1b[r\x1b[0m\x1b[?25h\x1b[?1049l";

struct Taken {
    output: File,
    termios: Termios,
}

static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

/// The terminal in raw mode on the alternate screen; gives it back when dropped.
#[derive(Debug)]
pub struct Session {
    output: File,
}

impl Session {
    /// Takes the terminal that standard output leads to.
    ///
    /// # Errors
    /// When standard output is no terminal or does not take the mode.
    pub fn enter() -> io::Result<Self> {
        let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let session = Self { output };
        session.take()?;
        Ok(session)
    }

    /// A handle of its own to the terminal, for the writer.
    ///
    /// # Errors
    /// When the process has no handle left.
    pub fn output(&self) -> io::Result<File> {
        self.output.try_clone()
    }

    /// The size of the terminal in cells.
    #[must_use]
    pub fn size(&self) -> Size {
        tcgetwinsize(&self.output).map_or(Size::ZERO, |size| Size { width: size.ws_col, height: size.ws_row })
    }

    /// Takes the terminal again after [`restore`].
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take(&self) -> io::Result<()> {
        let termios = tcgetattr(&self.output)?;
        let mut raw = termios.clone();
        raw.make_raw();
        let taken = Taken { output: self.output.try_clone()?, termios };
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) = Some(taken);
        tcsetattr(&self.output, OptionalActions::Flush, &raw)?;
        (&self.output).write_all(ENTER)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was found. The first call acts; errors are ignored, because a terminal that is
/// gone needs nothing.
pub fn restore() {
    let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(Taken { output, termios }) = taken {
        let _ = (&output).write_all(LEAVE);
        // Flush: typed keys that nobody read must not run in the shell.
        let _ = tcsetattr(&output, OptionalActions::Flush, &termios);
    }
}
