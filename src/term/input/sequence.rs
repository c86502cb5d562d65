//! The escape sequences that are keys. Only those that terminals send unasked are known; reports that nobody asked
//! for mean nothing.

use crossterm::event::{KeyCode, KeyModifiers};

/// What a sequence after `ESC [` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A key.
    Key(KeyCode, KeyModifiers),
    /// The beginning of a paste.
    Paste,
    /// The beginning of a mouse report of the oldest kind: three bytes follow.
    Mouse,
    /// Nothing.
    Noise,
}

/// `ESC O` and a byte: cursor and function keys in application mode.
pub(super) fn single(byte: u8) -> Option<KeyCode> {
    match byte {
        b'P'..=b'S' => Some(KeyCode::F(byte - b'P' + 1)),
        _ => arrow(byte),
    }
}

/// `ESC [`, parameters, and a last byte.
pub(super) fn control(parameters: &[u8], last: u8) -> Meaning {
    match (parameters, last) {
        (b"", b'M') => return Meaning::Mouse,
        (b"200", b'~') => return Meaning::Paste,
        (b"[", b'A'..=b'E') => return Meaning::Key(KeyCode::F(last - b'A' + 1), KeyModifiers::NONE),
        (b"", b'Z') => return Meaning::Key(KeyCode::BackTab, KeyModifiers::SHIFT),
        _ => {}
    }
    named(parameters, last).map_or(Meaning::Noise, |(code, modifiers)| Meaning::Key(code, modifiers))
}

/// A key with its modifiers: `A`, `1;5A`, `5~`, `5;2~`.
fn named(parameters: &[u8], last: u8) -> Option<(KeyCode, KeyModifiers)> {
    let text = std::str::from_utf8(parameters).ok()?;
    let mut numbers = text.split(';');
    let first = numbers.next()?;
    let held = modifiers(numbers.next())?;
    if numbers.next().is_some() {
        return None;
    }
    let code = match (first, last) {
        (number, b'~') => numbered(number.parse().ok()?)?,
        ("" | "1", _) => arrow(last)?,
        _ => return None,
    };
    Some((code, held))
}

/// The second parameter: one more than a sum of 1 for Shift, 2 for Alt, 4 for Ctrl.
fn modifiers(parameter: Option<&str>) -> Option<KeyModifiers> {
    let Some(parameter) = parameter else {
        return Some(KeyModifiers::NONE);
    };
    let held = parameter.parse::<u8>().ok()?.checked_sub(1)?;
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::META),
    ] {
        if held & bit != 0 {
            modifiers |= modifier;
        }
    }
    Some(modifiers)
}

fn arrow(byte: u8) -> Option<KeyCode> {
    Some(match byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

/// The keys that vt220 and its heirs number.
fn numbered(number: u8) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23..=24 => KeyCode::F(number - 12),
        _ => return None,
    })
}
