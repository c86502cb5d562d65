//! The clipboard of whoever sits before the terminal, written by the terminal itself: OSC 52, `ESC ] 52 ; c ; base64 BEL`.
//!
//! Only writes: a question for its content would come back as typed keys. Nobody answers, so nobody knows whether a
//! terminal obeyed. A sequence that is too long for any of the programs it passes is not sent at all: some of them drop
//! it, some cut it, and a part of a text passes for the whole.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The most bytes of base64 that are sent, which is a text of 6 KiB.
pub const LARGEST: usize = 8 * 1024;

/// The bytes that put a text on the clipboard; `None` where it is too large.
#[must_use]
pub fn osc52(text: &str) -> Option<Vec<u8>> {
    if text.len().div_ceil(3) * 4 > LARGEST {
        return None;
    }
    Some(format!("\x1b]52;c;{}\x07", STANDARD.encode(text)).into_bytes())
}

/// Whether a terminal is known not to have a clipboard, or to show such bytes as text: the Linux console, and GNU screen
/// outside tmux. `var` looks up the environment.
#[must_use]
pub fn is_without(var: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| var(name).filter(|value| !value.is_empty());
    let term = set("TERM").unwrap_or_default();
    let is_screen = set("STY").is_some() || term == "screen" || term.starts_with("screen.");
    term.is_empty() || matches!(term.as_str(), "dumb" | "linux") || (is_screen && set("TMUX").is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::oracle::{Oracle, Scope, check};

    #[test]
    fn the_bytes_are_one_sequence_of_the_grammar_and_hold_the_text() {
        for text in ["", "a", "ab", "abc", "æøå \u{1f600}", "two\nlines"] {
            let bytes = osc52(text).unwrap();
            let mut oracle = Oracle::new(Scope::Copy);
            oracle.feed(&bytes).unwrap();
            oracle.finish().unwrap();
            assert!(check(&bytes).is_err(), "no part of any other frame");
            let inside = bytes.strip_prefix(b"\x1b]52;c;").unwrap().strip_suffix(b"\x07").unwrap();
            assert_eq!(STANDARD.decode(inside).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn what_is_too_large_is_refused_and_never_cut() {
        let most = LARGEST / 4 * 3;
        assert_eq!(osc52(&"x".repeat(most)).unwrap().len(), LARGEST + "\x1b]52;c;\x07".len());
        assert_eq!(osc52(&"x".repeat(most + 1)), None);
        assert_eq!(osc52(&"x".repeat(10_000_000)), None);
    }

    #[test]
    fn terminals_without_a_clipboard_are_known_by_their_names() {
        let is_without = |pairs: &'static [(&str, &str)]| {
            is_without(|name| {
                pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        for without in [
            &[][..],
            &[("TERM", "linux")],
            &[("TERM", "dumb")],
            &[("TERM", "screen")],
            &[("TERM", "screen.xterm-256color")],
            &[("TERM", "xterm-256color"), ("STY", "1234.pts-0.host")],
        ] {
            assert!(is_without(without), "{without:?}");
        }
        for with in [
            &[("TERM", "xterm-256color")][..],
            &[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-1000/default,1,0")],
            &[("TERM", "screen"), ("TMUX", "/tmp/tmux-1000/default,1,0")],
            &[("TERM", "alacritty"), ("STY", "")],
        ] {
            assert!(!is_without(with), "{with:?}");
        }
    }
}
