//! Lines that are typed on a terminal in its own mode, which shows and edits them. A thread waits for them; it is
//! never stopped, only left behind. Called by the shell.

use std::{
    fs::File,
    io::{self, ErrorKind, Read},
    thread,
};

/// The longest line that is kept, in bytes; a terminal gives none longer.
const LONGEST: usize = 4_096;

/// What came from the terminal.
#[derive(Debug)]
pub enum Typed {
    /// A line, without its end.
    Line(String),
    /// The end: Ctrl-D on an empty line, or a terminal that is gone.
    End,
    /// It cannot be read.
    Failed(io::Error),
}

/// Reads lines until `take` wants no more, or until the end.
///
/// # Errors
/// The system has no thread to give.
pub fn start(mut keyboard: File, take: impl Fn(Typed) -> bool + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("lines".to_owned()).spawn(move || {
        let mut line = Vec::new();
        let mut chunk = [0; LONGEST];
        loop {
            match keyboard.read(&mut chunk) {
                Ok(0) => {
                    take(Typed::End);
                    return;
                }
                Ok(count) => {
                    for byte in chunk.iter().take(count) {
                        match byte {
                            b'\n' | b'\r' => {
                                let text = String::from_utf8_lossy(&line).into_owned();
                                line.clear();
                                if !take(Typed::Line(text)) {
                                    return;
                                }
                            }
                            byte if line.len() < LONGEST => line.push(*byte),
                            _ => {}
                        }
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    take(Typed::Failed(error));
                    return;
                }
            }
        }
    })?;
    Ok(())
}
