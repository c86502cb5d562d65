//! The grammar of everything we send to a terminal, as a strict checker of bytes.
//!
//! ```text
//! text    printable characters, no control, nothing invisible but the two joiners; whole UTF-8
//! CSI     ESC [ digits and ; then one of  H (<= 2 numbers)  m  J K G C d (<= 1)  r (none, or top ; bottom)
//! modes   ESC [ ? 25 h|l
//! moves   CR, LF, ESC M
//! ```
//!
//! Beyond the grammar it follows the margins: never a region of one row, `ESC M` only inside margins, colours
//! reset before anything that scrolls, margins reset at the end of a frame. Everything else is a breach: OSC, DCS,
//! BS, BEL, C1, other modes (2026 too), queries. A copy frame may hold one OSC 52 and a session the modes it
//! switches: see [`Scope`].
//!
//! Every test that draws runs its bytes through [`check`]; in debug builds [`super::screen::Screen::frame`] does so
//! with each frame (a `debug_assert!`: a breach is a bug of ours, and no release build pays for it).

mod printable;

pub(in crate::term) use printable::is_printable;

use std::fmt;

/// What a stretch of output may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Scope {
    /// Frames of the screen alone.
    #[default]
    Frames,
    /// Frames, and OSC 52 of our own (base64, ended by BEL or ST).
    Copy,
    /// All of a run: also the modes 1049 and 2004, and on the way out those that switch mouse and keyboard
    /// reports off.
    Session,
}

/// Where output left the grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Bytes before the byte that was refused, over all that was fed.
    pub offset: usize,
    /// What was wrong, without the text itself.
    pub what: &'static str,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} of the output: {}", self.offset, self.what)
    }
}

impl std::error::Error for Breach {}

/// Checks one whole frame.
///
/// # Errors
/// The first [`Breach`].
pub fn check(bytes: &[u8]) -> Result<(), Breach> {
    let mut oracle = Oracle::new(Scope::Frames);
    oracle.feed(bytes)?;
    oracle.finish()
}

/// The checker, for output that comes in pieces cut anywhere.
#[derive(Debug, Clone, Default)]
pub struct Oracle {
    scope: Scope,
    state: State,
    offset: usize,
    margins: Margins,
    pen: Pen,
}

#[derive(Debug, Clone, Default)]
enum State {
    #[default]
    Ground,
    /// Inside a character: its bytes so far.
    Utf8(Vec<u8>),
    Escape,
    /// Inside CSI: the bytes after the bracket so far.
    Csi(Vec<u8>),
    /// Inside OSC: the bytes so far.
    Osc(Vec<u8>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Margins {
    #[default]
    Whole,
    Set,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Pen {
    #[default]
    Reset,
    Changed,
}

type Verdict = Result<(), &'static str>;

impl Oracle {
    /// A checker at the start of the output.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self { scope, ..Self::default() }
    }

    /// Checks the next bytes.
    ///
    /// # Errors
    /// The first [`Breach`]; what follows it is not looked at.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Breach> {
        for &byte in bytes {
            self.step(byte).map_err(|what| Breach { offset: self.offset, what })?;
            self.offset += 1;
        }
        Ok(())
    }

    /// Checks that the output may end here: between sequences, margins reset.
    ///
    /// # Errors
    /// A [`Breach`] at the end.
    pub fn finish(&self) -> Result<(), Breach> {
        let what = match (&self.state, self.margins) {
            (State::Ground, Margins::Whole) => return Ok(()),
            (State::Ground, Margins::Set) => "the margins are still set at the end",
            _ => "the output ends inside a sequence",
        };
        Err(Breach { offset: self.offset, what })
    }

    fn step(&mut self, byte: u8) -> Verdict {
        match std::mem::take(&mut self.state) {
            State::Ground => self.ground(byte),
            State::Utf8(bytes) => self.utf8(bytes, byte),
            State::Escape => self.escape(byte),
            State::Csi(bytes) => self.csi(bytes, byte),
            State::Osc(bytes) => self.osc(bytes, byte),
        }
    }

    fn ground(&mut self, byte: u8) -> Verdict {
        match byte {
            b'\n' if self.margins == Margins::Set => self.scroll(),
            b' '..=b'~' | b'\r' | b'\n' => Ok(()),
            0x1b => {
                self.state = State::Escape;
                Ok(())
            }
            0x80.. => self.utf8(Vec::new(), byte),
            _ => Err("a control character"),
        }
    }

    fn utf8(&mut self, mut bytes: Vec<u8>, byte: u8) -> Verdict {
        bytes.push(byte);
        match std::str::from_utf8(&bytes) {
            Ok(text) if text.chars().all(is_printable) => Ok(()),
            Ok(_) => Err("a character that is not printable"),
            Err(error) if error.error_len().is_none() => {
                self.state = State::Utf8(bytes);
                Ok(())
            }
            Err(_) => Err("broken UTF-8"),
        }
    }

    fn escape(&mut self, byte: u8) -> Verdict {
        match byte {
            b'[' => self.state = State::Csi(Vec::new()),
            b']' if self.scope >= Scope::Copy => self.state = State::Osc(Vec::new()),
            b'M' if self.margins == Margins::Set => return self.scroll(),
            b'M' => return Err("ESC M outside margins"),
            _ => return Err("an escape sequence of another kind"),
        }
        Ok(())
    }

    fn scroll(&self) -> Verdict {
        match self.pen {
            Pen::Reset => Ok(()),
            Pen::Changed => Err("a scroll without the colours reset"),
        }
    }

    fn csi(&mut self, mut bytes: Vec<u8>, byte: u8) -> Verdict {
        match byte {
            b'0'..=b'9' | b';' => {}
            b'?' | b'<' if bytes.is_empty() => {}
            0x40..=0x7e => return self.dispatch(&bytes, byte),
            _ => return Err("a byte that no control sequence of ours holds"),
        }
        if bytes.len() >= 80 {
            return Err("an endless control sequence");
        }
        bytes.push(byte);
        self.state = State::Csi(bytes);
        Ok(())
    }

    fn dispatch(&mut self, bytes: &[u8], last: u8) -> Verdict {
        match bytes.first() {
            Some(b'?') => return self.mode(bytes, last),
            Some(b'<') if self.scope == Scope::Session && bytes == b"<" && last == b'u' => return Ok(()),
            Some(b'<') => return Err("a private control sequence"),
            _ => {}
        }
        let numbers: Vec<u32> = numbers(bytes)?;
        match (last, numbers.as_slice()) {
            (b'H', [] | [_] | [_, _]) | (b'G' | b'C' | b'd' | b'J' | b'K', [] | [_]) => Ok(()),
            (b'm', codes) => {
                let reset = codes.iter().all(|&code| code == 0);
                self.pen = if reset { Pen::Reset } else { Pen::Changed };
                Ok(())
            }
            (b'r', []) => {
                self.margins = Margins::Whole;
                Ok(())
            }
            (b'r', [top, bottom]) if *top >= 1 && top < bottom => {
                self.margins = Margins::Set;
                Ok(())
            }
            (b'r', _) => Err("margins of less than two rows"),
            _ => Err("a control sequence of another kind"),
        }
    }

    fn mode(&self, bytes: &[u8], last: u8) -> Verdict {
        let session = self.scope == Scope::Session;
        let ours = match bytes {
            b"?25" => matches!(last, b'h' | b'l'),
            b"?1049" | b"?2004" => session && matches!(last, b'h' | b'l'),
            b"?1000" | b"?1002" | b"?1003" | b"?1004" | b"?1006" => session && last == b'l',
            _ => false,
        };
        ours.then_some(()).ok_or("a mode that is not ours to switch")
    }

    fn osc(&mut self, mut bytes: Vec<u8>, byte: u8) -> Verdict {
        let body = bytes.strip_prefix(b"52;c;");
        let base64 = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        match (body, byte) {
            (None, _) if b"52;c;".get(bytes.len()) == Some(&byte) => {}
            (Some(_), 0x07) => return Ok(()),
            (Some(_), 0x1b) if bytes.last() != Some(&0x1b) => {}
            (Some(body), b'\\') if body.last() == Some(&0x1b) => return Ok(()),
            (Some(_), _) if base64 && bytes.last() != Some(&0x1b) => {}
            _ => return Err("an OSC that is not our copy"),
        }
        bytes.push(byte);
        self.state = State::Osc(bytes);
        Ok(())
    }
}

fn numbers(bytes: &[u8]) -> Result<Vec<u32>, &'static str> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "a control sequence that is not ASCII")?;
    text.split(';').map(|word| word.parse().map_err(|_| "a control sequence with an empty number")).collect()
}

#[cfg(test)]
mod tests;
