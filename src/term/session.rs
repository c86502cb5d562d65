//! The terminal's state while the program owns it: taken, and given back exactly once on every way out.
//!
//! [`Session::enter`] switches to raw mode and the alternate screen; [`restore`] undoes all of it and may be called
//! from anywhere, also from a panic hook: the first call acts, a second one waits for it and does nothing. What the
//! writer sends goes through [`Output`], which is shut before the terminal is given back: no frame lands behind it.
//! Nothing here queries the terminal, and no failure to write to a dead terminal is an error.

mod output;

use std::{
    fs::File,
    io::{self, ErrorKind, IsTerminal},
    os::fd::AsFd,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};

use ratatui::layout::Size;
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcsetattr};

use self::output::Descriptor;
pub use self::output::Output;
use super::tty::{self, Waiter};

/// Alternate screen, hidden cursor; pastes are marked as such (mode 2004), so that none of them types keys.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h";

/// The same for a terminal that is on the alternate screen already: entering it twice would lose the place of the
/// cursor on the main screen.
const STAY: &[u8] = b"\x1b[?25l\x1b[?2004h";

/// Margins and colours as they were, an empty screen for terminals that have no other, pastes and cursor as they
/// were, then the main screen.
const LEAVE: &[u8] = b"\x1b[r\x1b[0m\x1b[H\x1b[J\x1b[?2004l\x1b[?25h\x1b[?1049l";

struct Taken {
    output: Descriptor,
    keyboard: File,
    termios: Termios,
    /// Whether our screen was asked for: on the main one the way out would move the cursor.
    entered: bool,
}

static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

/// The terminal in raw mode on the alternate screen; gives it back when dropped.
#[derive(Debug)]
pub struct Session {
    output: Descriptor,
    screen: File,
    keyboard: File,
}

/// The terminal that keys come from: standard input, or the controlling terminal where standard input is none.
///
/// # Errors
/// When there is neither.
pub fn keyboard() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        Ok(File::from(stdin.as_fd().try_clone_to_owned()?))
    } else {
        File::open("/dev/tty")
    }
}

/// The width of a terminal in cells, where it tells one.
#[must_use]
pub fn width(terminal: &File) -> Option<u16> {
    tty::size(terminal).ok().map(|size| size.width)
}

impl Session {
    /// Takes the terminal that standard output leads to, and the one that keys come from.
    ///
    /// # Errors
    /// When standard output is no terminal or does not take the mode.
    pub fn enter(keyboard: File) -> io::Result<Self> {
        let screen = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let session = Self { output: Descriptor::to(&screen)?, screen, keyboard };
        session.take()?;
        Ok(session)
    }

    /// A handle of its own to the terminal, for the writer.
    ///
    /// # Errors
    /// When the process has no handle left.
    pub fn output(&self) -> io::Result<Output> {
        self.output.try_clone().map(Output)
    }

    /// Handles of their own to everything that can hang up: the screen and the keys.
    ///
    /// # Errors
    /// When the process has no handle left.
    pub fn ends(&self) -> io::Result<[File; 2]> {
        Ok([self.screen.try_clone()?, self.keyboard.try_clone()?])
    }

    /// The terminal that keys come from.
    #[must_use]
    pub fn keyboard(&self) -> &File {
        &self.keyboard
    }

    /// The size of the terminal in cells.
    ///
    /// # Errors
    /// When the terminal does not tell.
    pub fn size(&self) -> io::Result<Size> {
        tty::size(&self.screen)
    }

    /// Takes the terminal, also again: after [`restore`], or when a shell had it while the process was stopped.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take(&self) -> io::Result<()> {
        let switch = self.take_mode()?;
        let mut rest = switch;
        while !rest.is_empty() {
            rest = rest.get(self.take_screen(rest)?..).unwrap_or_default();
        }
        output::open();
        Ok(())
    }

    /// Takes the mode; gives what is to be written then. All under the lock: whoever gives the terminal back finds
    /// what is to be undone, and nothing is done behind it.
    fn take_mode(&self) -> io::Result<&'static [u8]> {
        let mut taken = lock(&TAKEN);
        let now = tty::attributes(&self.keyboard)?;
        let mut raw = now.clone();
        raw.make_raw();
        let switch = if taken.as_ref().is_some_and(|taken| taken.entered) { STAY } else { ENTER };
        if taken.is_none() {
            let (output, keyboard) = (self.output.try_clone()?, self.keyboard.try_clone()?);
            *taken = Some(Taken { output, keyboard, termios: now, entered: false });
        }
        tty::set_attributes(&self.keyboard, &raw)?;
        Ok(switch)
    }

    /// Writes a part of what switches to our screen, waiting for room as long as it takes; gives its length.
    fn take_screen(&self, bytes: &[u8]) -> io::Result<usize> {
        tty::may_enter()?;
        loop {
            self.output.wait(Waiter::Write, None)?;
            let mut taken = lock(&TAKEN);
            let Some(taken) = taken.as_mut() else { wait_for_the_end() };
            match self.output.write_some(bytes) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => {
                    taken.entered = true;
                    return Ok(count);
                }
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The terminal was given back while it was being taken, by a panic or by a signal: the thread that did so ends the
/// process, with its own words and code.
fn wait_for_the_end() -> ! {
    loop {
        thread::park();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was found. The first call acts, others wait for it; errors are ignored, because a
/// terminal that is gone needs nothing. A terminal that takes no bytes loses those that are queued.
pub fn restore() {
    let mut taken = lock(&TAKEN);
    let Some(Taken { output, keyboard, termios, entered }) = taken.take() else {
        return;
    };
    output::shut();
    tty::keep_going_in_the_background();
    if entered {
        output::write_last(&output, LEAVE);
    }
    // Not "drain": that waits for a terminal that does not read.
    let _ = tcsetattr(&keyboard, OptionalActions::Now, &termios);
    // Typed keys that nobody read must not run in the shell.
    let _ = tcflush(&keyboard, QueueSelector::IFlush);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
