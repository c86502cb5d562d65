//! From the bytes of a terminal to keys and pastes. Total: any bytes, cut anywhere.
//!
//! ```text
//! text       UTF-8; what is broken types nothing
//! controls   Ctrl-A to Ctrl-Z, Enter, Tab, Backspace
//! ESC        Esc when nothing follows; else Alt and the character; with `[` or `O` after a pause still a sequence
//! ESC [ ESC O    keys with a name (see `sequence`); everything else is noise: mouse and focus reports, answers
//! ESC ] P X ^ _  answers in words, up to BEL or ESC \: noise
//! ESC [200~  a paste, up to ESC [201~
//! ```
//!
//! What never ends is given up after a silence: a paste without an end takes no key for ever. Ctrl-C needs none: it
//! cuts off everything but a paste, and a paste too when it comes alone.

mod late;

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::sequence::{self, Meaning};

/// Esc is the key when nothing follows it for so long.
const LONE_ESCAPE: Duration = Duration::from_millis(50);

/// An unfinished sequence is given up after so long a silence.
const UNFINISHED: Duration = Duration::from_millis(500);

/// A paste without its end is over after so long a silence.
const UNENDED_PASTE: Duration = Duration::from_secs(1);

/// Ctrl-C.
pub(super) const INTERRUPT: u8 = 0x03;

/// The longest sequence that can mean a key; longer ones are noise.
const LONGEST: usize = 32;

/// The most of a paste that is kept.
const LARGEST_PASTE: usize = 4096;

/// The end of a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// Takes bytes, gives events. See the module.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Inside a character: its bytes so far.
    Utf8(Vec<u8>),
    Escape,
    /// After an ESC that was taken for the key.
    AfterEscape,
    /// After that what may be the rest of its sequence: from `[` or `O` on, hardly more than [`LONGEST`].
    Late(Vec<u8>),
    /// After `ESC O`.
    Single,
    /// After `ESC [`: what came since, never more than [`LONGEST`].
    Control(Vec<u8>),
    /// A mouse report of the oldest kind: so many bytes are left.
    Mouse(u8),
    /// Words up to BEL or ST.
    Words,
    /// Words, and an ESC that may begin ST.
    WordsEscape,
    /// The text so far, and how much of the end has been seen.
    Paste(Vec<u8>, usize),
}

impl Decoder {
    /// Takes bytes.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        for &byte in bytes {
            self.state = match std::mem::take(&mut self.state) {
                State::Ground => ground(byte, events),
                State::Utf8(so_far) => utf8(so_far, byte, events),
                State::Escape => escape(byte, events),
                State::AfterEscape => late::after_escape(byte, events),
                State::Late(so_far) => late::late(so_far, byte, events),
                State::Single => single(byte, events),
                State::Control(so_far) => control(so_far, byte, events),
                State::Mouse(_) | State::Words | State::WordsEscape if byte == INTERRUPT => {
                    ground(byte, events)
                }
                State::Mouse(left) if left > 1 => State::Mouse(left - 1),
                State::Mouse(_) => State::Ground,
                State::WordsEscape if byte == b'\\' => State::Ground,
                State::Words | State::WordsEscape => words(byte),
                State::Paste(text, seen) => paste(text, seen, byte, events),
            };
        }
    }

    /// Takes a Ctrl-C that came alone. Nobody pastes so: it ends a paste as well.
    pub fn interrupt(&mut self, events: &mut Vec<Event>) {
        if matches!(self.state, State::Paste(..)) {
            self.give_up(events);
        }
        self.feed(&[INTERRUPT], events);
    }

    /// How long to wait for more before [`Decoder::give_up`]; `None` when nothing is unfinished.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape => Some(LONE_ESCAPE),
            State::Paste(..) => Some(UNENDED_PASTE),
            _ => Some(UNFINISHED),
        }
    }

    /// Nothing came for that long: what was begun is over, or has turned into something that needs another silence.
    pub fn give_up(&mut self, events: &mut Vec<Event>) {
        match std::mem::take(&mut self.state) {
            State::Escape => {
                key(events, KeyCode::Esc, KeyModifiers::NONE);
                self.state = State::AfterEscape;
            }
            State::Late(so_far) => drop(late::typed(&so_far, events)),
            State::Paste(text, _) => pasted(&text, events),
            _ => {}
        }
    }
}

fn key(events: &mut Vec<Event>, code: KeyCode, modifiers: KeyModifiers) {
    events.push(Event::Key(KeyEvent::new(code, modifiers)));
}

fn ground(byte: u8, events: &mut Vec<Event>) -> State {
    let ctrl = |letter: u8| (KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL);
    let (code, modifiers) = match byte {
        0x1b => return State::Escape,
        b'\r' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => ctrl(b' '),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        b' '..=b'~' => {
            character(char::from(byte), events);
            return State::Ground;
        }
        0x80.. => return utf8(Vec::new(), byte, events),
    };
    key(events, code, modifiers);
    State::Ground
}

fn character(c: char, events: &mut Vec<Event>) {
    let modifiers = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(events, KeyCode::Char(c), modifiers);
}

fn utf8(mut so_far: Vec<u8>, byte: u8, events: &mut Vec<Event>) -> State {
    if !so_far.is_empty() && byte & 0xc0 != 0x80 {
        // The character before was cut off; this byte begins anew.
        return ground(byte, events);
    }
    so_far.push(byte);
    match std::str::from_utf8(&so_far) {
        Ok(text) => text.chars().filter(|c| !c.is_control()).for_each(|c| character(c, events)),
        Err(error) if error.error_len().is_none() => return State::Utf8(so_far),
        Err(_) => {}
    }
    State::Ground
}

fn escape(byte: u8, events: &mut Vec<Event>) -> State {
    match byte {
        b'[' => return State::Control(Vec::new()),
        b'O' => return State::Single,
        b']' | b'P' | b'X' | b'^' | b'_' => return State::Words,
        0x1b => {
            key(events, KeyCode::Esc, KeyModifiers::NONE);
            return State::Escape;
        }
        b' '..=b'~' => key(events, KeyCode::Char(char::from(byte)), KeyModifiers::ALT),
        _ => return ground(byte, events),
    }
    State::Ground
}

fn single(byte: u8, events: &mut Vec<Event>) -> State {
    if byte < b' ' {
        return ground(byte, events);
    }
    if let Some(code) = sequence::single(byte) {
        key(events, code, KeyModifiers::NONE);
    }
    State::Ground
}

fn control(mut so_far: Vec<u8>, byte: u8, events: &mut Vec<Event>) -> State {
    // The Linux console's function keys begin with two brackets: `ESC [ [ A`.
    if matches!(byte, b' '..=b'?') || (byte == b'[' && so_far.is_empty()) {
        if so_far.len() < LONGEST {
            so_far.push(byte);
        }
        return State::Control(so_far);
    }
    // A control cuts a sequence off and keeps its meaning, so that Ctrl-C always works.
    if byte < b' ' {
        return ground(byte, events);
    }
    // What was cut off may have said that it is no key.
    if so_far.len() >= LONGEST {
        return State::Ground;
    }
    match sequence::control(&so_far, byte) {
        Meaning::Key(code, modifiers) => key(events, code, modifiers),
        Meaning::Paste => return State::Paste(Vec::new(), 0),
        Meaning::Mouse => return State::Mouse(3),
        Meaning::Noise => {}
    }
    State::Ground
}

fn words(byte: u8) -> State {
    match byte {
        0x07 => State::Ground,
        0x1b => State::WordsEscape,
        _ => State::Words,
    }
}

fn paste(mut text: Vec<u8>, mut seen: usize, byte: u8, events: &mut Vec<Event>) -> State {
    // The end begins with ESC and holds no other, so a broken end can only begin anew.
    seen = if PASTE_END.get(seen) == Some(&byte) { seen + 1 } else { usize::from(byte == 0x1b) };
    if seen == PASTE_END.len() {
        text.truncate(text.len() - begun_end(&text));
        pasted(&text, events);
        return State::Ground;
    }
    if text.len() < LARGEST_PASTE {
        text.push(byte);
    }
    State::Paste(text, seen)
}

/// How many bytes at the end of a text are the beginning of the end of the paste.
fn begun_end(text: &[u8]) -> usize {
    let begun = |count: &usize| PASTE_END.get(..*count).is_some_and(|end| text.ends_with(end));
    (0..PASTE_END.len()).rev().find(begun).unwrap_or(0)
}

fn pasted(text: &[u8], events: &mut Vec<Event>) {
    events.push(Event::Paste(String::from_utf8_lossy(text).into_owned()));
}

#[cfg(test)]
mod tests;
