//! The terminal's state while the program owns it: taken, and given back exactly once on every way out.
//!
//! [`Session::enter`] switches to raw mode and the alternate screen; [`restore`] undoes all of it and may be called
//! from anywhere, also from a panic hook: the first call acts, a second one waits for it and does nothing. What the
//! writer sends goes through [`Output`], which is shut before the terminal is given back: no frame lands behind it.
//! Nothing here queries the terminal, and no failure to write to a dead terminal is an error.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    os::fd::{AsFd, BorrowedFd},
    sync::{
        Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use ratatui::layout::Size;
use rustix::{
    event::{PollFd, PollFlags},
    termios::{OptionalActions, QueueSelector, Termios, tcflush, tcsetattr},
};

use super::tty::{self, Waiter};

/// Alternate screen, hidden cursor; pastes are marked as such (mode 2004), so that none of them types keys.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h";

/// The same for a terminal that is on the alternate screen already: entering it twice would lose the place of the
/// cursor on the main screen.
const STAY: &[u8] = b"\x1b[?25l\x1b[?2004h";

/// Margins, colours, pastes and cursor as they were, then the main screen.
const LEAVE: &[u8] = b"\x1b[r\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// How long giving the terminal back waits for a terminal that takes nothing, before it throws away what is queued.
const PATIENCE: Duration = Duration::from_millis(200);

/// How often it looks meanwhile.
const GLANCE: Duration = Duration::from_millis(5);

struct Taken {
    output: File,
    keyboard: File,
    termios: Termios,
    /// Whether our screen was asked for: on the main one the way out would move the cursor.
    entered: bool,
}

static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

/// Whether frames may pass to the terminal.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Held while a frame is being written.
static GATE: Mutex<()> = Mutex::new(());

/// The terminal in raw mode on the alternate screen; gives it back when dropped.
#[derive(Debug)]
pub struct Session {
    output: File,
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

impl Session {
    /// Takes the terminal that standard output leads to, and the one that keys come from.
    ///
    /// # Errors
    /// When standard output is no terminal or does not take the mode.
    pub fn enter(keyboard: File) -> io::Result<Self> {
        let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let session = Self { output, keyboard };
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
        Ok([self.output.try_clone()?, self.keyboard.try_clone()?])
    }

    /// The size of the terminal in cells.
    ///
    /// # Errors
    /// When the terminal does not tell.
    pub fn size(&self) -> io::Result<Size> {
        tty::size(&self.output)
    }

    /// Takes the terminal, also again: after [`restore`], or when a shell had it while the process was stopped.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take(&self) -> io::Result<()> {
        let mut taken = lock(&TAKEN);
        let now = tty::attributes(&self.keyboard)?;
        let mut raw = now.clone();
        raw.make_raw();
        let again = taken.is_some();
        if !again {
            let (output, keyboard) = (self.output.try_clone()?, self.keyboard.try_clone()?);
            *taken = Some(Taken { output, keyboard, termios: now, entered: false });
        }
        drop(taken);
        OPEN.store(true, Ordering::Release);
        tty::set_attributes(&self.keyboard, &raw)?;
        match lock(&TAKEN).as_mut() {
            Some(taken) => taken.entered = true,
            // Given back meanwhile: the process is about to end.
            None => return Err(io::ErrorKind::Interrupted.into()),
        }
        tty::enter(&self.output, if again { STAY } else { ENTER })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// The terminal as the writer sees it. After [`restore`] everything written to it is taken and thrown away.
#[derive(Debug)]
pub struct Output(File);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _gate = lock(&GATE);
        if OPEN.load(Ordering::Acquire) { self.0.write(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsFd for Output {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Gives the terminal back as it was found. The first call acts, others wait for it; errors are ignored, because a
/// terminal that is gone needs nothing. A terminal that takes no bytes loses those that are queued.
pub fn restore() {
    let mut taken = lock(&TAKEN);
    let Some(Taken { output, keyboard, termios, entered }) = taken.take() else {
        return;
    };
    OPEN.store(false, Ordering::Release);
    if entered {
        leave(&output);
    }
    // Not "drain": that waits for a terminal that does not read.
    let _ = tcsetattr(&keyboard, OptionalActions::Now, &termios);
    // Typed keys that nobody read must not run in the shell.
    let _ = tcflush(&keyboard, QueueSelector::IFlush);
}

fn leave(mut output: &File) {
    let mut gate = wait_for_gate();
    if gate.is_none() || !has_room(output) {
        let _ = tcflush(output, QueueSelector::OFlush);
        gate = gate.or_else(wait_for_gate);
    }
    if has_room(output) {
        let _ = output.write_all(LEAVE);
    }
    drop(gate);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to write, once the frame under way is written; `None` when that takes too long.
fn wait_for_gate() -> Option<MutexGuard<'static, ()>> {
    let mut waited = Duration::ZERO;
    loop {
        match GATE.try_lock() {
            Ok(gate) => return Some(gate),
            Err(TryLockError::Poisoned(gate)) => return Some(gate.into_inner()),
            Err(TryLockError::WouldBlock) if waited >= PATIENCE => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(GLANCE),
        }
        waited += GLANCE;
    }
}

fn has_room(output: &File) -> bool {
    let mut handles = [PollFd::new(output, PollFlags::OUT)];
    // Nobody can tell: trying is better than a terminal that is not given back.
    tty::wait(Waiter::Leave, &mut handles, Some(PATIENCE)).unwrap_or(true)
}
