//! A question whose answer is not shown: the terminal's echo is off until it is given.
//!
//! The terminal is as before on every way out, ^C included, which comes as a key here. Called by `main` before any screen.

use std::{
    fs::File,
    io::{self, Read as _, Write as _},
};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::SecretString;

/// The most bytes of an answer.
const LONGEST: usize = 64 * 1024;

/// Puts the terminal back.
struct Silence<'a>(&'a File, Termios);

impl Drop for Silence<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.0, OptionalActions::Flush, &self.1);
    }
}

/// Asks, and gives what was typed; `None` when the user does not want to answer (^C, ^D).
///
/// # Errors
/// When the terminal cannot be read.
pub fn secret(mut tty: File, question: &str) -> io::Result<Option<SecretString>> {
    let before = tcgetattr(&tty)?;
    let mut silent = before.clone();
    silent.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
    tcsetattr(&tty, OptionalActions::Flush, &silent)?;
    let copy = tty.try_clone()?;
    let silence = Silence(&copy, before);
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
