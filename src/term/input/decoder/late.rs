//! What follows a lone ESC after a pause. The user pressed Esc and types on, or a slow line cut a sequence behind its
//! first byte: its rest must not be typed, where `A` loads everything.

use crossterm::event::Event;

use super::{LONGEST, Meaning, State, character, ground, key, sequence, single};

/// The first byte after it.
pub(super) fn after_escape(byte: u8, events: &mut Vec<Event>) -> State {
    match byte {
        b'[' | b'O' => State::Late(vec![byte]),
        _ => ground(byte, events),
    }
}

/// The next one; `so_far` begins with `[` or `O`.
pub(super) fn late(mut so_far: Vec<u8>, byte: u8, events: &mut Vec<Event>) -> State {
    let Some((b'[', parameters)) = so_far.split_first().map(|(first, rest)| (*first, rest)) else {
        if sequence::single(byte).is_some() {
            return single(byte, events);
        }
        typed(&so_far, events);
        return ground(byte, events);
    };
    if matches!(byte, b'0'..=b'?') || (byte == b'[' && parameters.is_empty()) {
        if so_far.len() <= LONGEST {
            so_far.push(byte);
        }
        return State::Late(so_far);
    }
    let meaning = if so_far.len() > LONGEST { Meaning::Noise } else { sequence::control(parameters, byte) };
    match meaning {
        Meaning::Key(code, modifiers) => key(events, code, modifiers),
        Meaning::Paste => return State::Paste(Vec::new(), 0),
        Meaning::Mouse => return State::Mouse(3),
        // A report; of a control that cuts it off the meaning stays.
        Meaning::Noise if !typed(&so_far, events) && byte >= b' ' => {}
        Meaning::Noise => return ground(byte, events),
    }
    State::Ground
}

/// Types what was taken for the beginning of a sequence, unless nobody types so; whether it was typed.
pub(super) fn typed(so_far: &[u8], events: &mut Vec<Event>) -> bool {
    let is_typed = so_far.iter().skip(1).all(|byte| *byte == b'[');
    if is_typed {
        for byte in so_far {
            character(char::from(*byte), events);
        }
    }
    is_typed
}
