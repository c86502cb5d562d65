//! A question whose answer is not shown: the terminal's echo is off until it is given.
//!
//! The terminal is as before on every way out, ^C included, which comes as a key here; on a signal whoever ends the
//! program gives it back with [`restore`]. It cannot be stopped meanwhile: the shell would have a terminal without echo.
//! Called by `main` before any screen.

use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    sync::{Arc, Mutex, PoisonError},
};

use rustix::{
    process::getpgrp,
    termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr},
};
use secrecy::SecretString;
use signal_hook::{consts::SIGTSTP, flag};

/// The most bytes of an answer.
const LONGEST: usize = 64 * 1024;

/// The terminal that is being asked, and its modes before.
static ASKED: Mutex<Option<(File, Termios)>> = Mutex::new(None);

/// Puts the terminal back.
struct Silence;

impl Drop for Silence {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was, if it is being asked.
pub fn restore() {
    let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some((tty, before)) = asked else { return };
    // Another job has it and its own modes, and the system stops whoever changes them from behind.
    if tcgetpgrp(&tty).is_ok_and(|front| front != getpgrp()) {
        return;
    }
    let _ = tcsetattr(&tty, OptionalActions::Flush, &before);
}

/// Asks, and gives what was typed; `None` when the user does not want to answer (^C, ^D).
///
/// # Errors
/// When the terminal cannot be read.
pub fn secret(mut tty: File, question: &str) -> io::Result<Option<SecretString>> {
    // A handler that does nothing: not stopped.
    flag::register(SIGTSTP, Arc::default())?;
    let before = tcgetattr(&tty)?;
    let mut silent = before.clone();
    silent.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
    let copy = tty.try_clone()?;
    *ASKED.lock().unwrap_or_else(PoisonError::into_inner) = Some((copy, before));
    let silence = Silence;
    tcsetattr(&tty, OptionalActions::Flush, &silent)?;
    tty.write_all(question.as_bytes())?;
    let answer = line(&mut tty);
    drop(silence);
    tty.write_all(b"\n")?;
    answer.map(|answer| answer.map(SecretString::from))
}

fn line(tty: &mut File) -> io::Result<Option<String>> {
    let mut typed = Vec::new();
    let mut byte = [0];
    while typed.len() < LONGEST {
        if tty.read(&mut byte)? == 0 {
            return Ok(None);
        }
        match byte[0] {
            b'\r' | b'\n' => break,
            3 | 4 => return Ok(None),
            8 | 127 => drop(typed.pop()),
            // ^U
            21 => typed.clear(),
            byte => typed.push(byte),
        }
    }
    Ok(Some(String::from_utf8_lossy(&typed).into_owned()))
}
