//! Typed or pasted? A terminal that does not mark pastes sends their text as keys, in one piece.
//!
//! Keys on that text do no harm, because the program changes nothing; but a `q` in it must not end the program. So a
//! letter quits only when nothing else stands behind it in its burst: whoever types it types nothing more.

use crossterm::event::{Event, KeyCode, KeyModifiers};

/// Whether the `at`-th event of a burst is a letter in the middle of text that nobody typed: something else follows
/// it, or a marked paste came with it, whose end its text may have forged. The same letter once more, by an impatient
/// user of a slow line, is typed, and so is Ctrl-C.
pub(super) fn is_pasted(burst: &[Event], at: usize) -> bool {
    let Some(letter) = burst.get(at).and_then(letter) else { return false };
    let others = burst.iter().skip(at + 1).any(|event| self::letter(event) != Some(letter));
    others || burst.iter().any(|event| matches!(event, Event::Paste(_)))
}

fn letter(event: &Event) -> Option<char> {
    match event {
        Event::Key(key) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
            match key.code {
                KeyCode::Char(c) => Some(c),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::input::Decoder;

    /// Whether the first `q` or Ctrl-C among these bytes, read in one piece, was pasted.
    fn pasted(bytes: &[u8]) -> bool {
        let mut events = Vec::new();
        Decoder::default().feed(bytes, &mut events);
        let quits =
            |event: &Event| matches!(event, Event::Key(key) if matches!(key.code, KeyCode::Char('q' | 'c')));
        let at = events.iter().position(quits).unwrap();
        is_pasted(&events, at)
    }

    #[test]
    fn a_letter_with_something_behind_it_is_pasted() {
        for text in ["q\r", "quit\r", "a question", "q\x1b[A", "\x1b[200~x\x1b[201~q\x1b[201~"] {
            assert!(pasted(text.as_bytes()), "{text:?}");
        }
    }

    #[test]
    fn the_last_letter_of_a_burst_is_typed_and_a_control_always() {
        for text in ["q", "jjjq", "qqq", "\x03", "\x03\r", "\x03quit"] {
            assert!(!pasted(text.as_bytes()), "{text:?}");
        }
    }
}
