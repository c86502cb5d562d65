//! A key: what is pressed, as it is compared, and its name, as it is written in files and shown on the screen.
//!
//! One key has one form: what a terminal sends alike (`tab` and `ctrl-i`) is the same key here, and what it cannot send
//! is none.

use std::fmt;

/// What is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character as it is typed: a capital is another one.
    Char(char),
    /// A function key.
    F(u8),
    /// A key with a name.
    Named(&'static str),
}

/// A key and what is held with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// What is held with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Ctrl.
    pub ctrl: bool,
    /// Alt.
    pub alt: bool,
    /// Shift; of a character it is in the character.
    pub shift: bool,
}

/// The keys with names, but the space bar.
pub const NAMED: [&str; 14] = [
    "enter",
    "tab",
    "esc",
    "backspace",
    "delete",
    "insert",
    "left",
    "right",
    "up",
    "down",
    "home",
    "end",
    "pgup",
    "pgdn",
];

/// The last function key.
const LAST_F: u8 = 24;

/// What a user cancels and leaves with, whatever else is bound.
pub const INTERRUPT: Key = Key { code: Code::Char('c'), ctrl: true, alt: false, shift: false };

impl Key {
    /// The key in its one form; `None` for what no terminal sends.
    #[must_use]
    pub fn new(code: Code, held: Held) -> Option<Self> {
        let Held { ctrl, alt, shift } = held;
        match code {
            Code::Char(c) if c.is_control() => None,
            Code::Char(c) if ctrl => {
                let (code, ctrl) = with_ctrl(c)?;
                Some(Self { code, ctrl, alt, shift: false })
            }
            Code::Char(_) => Some(Self { code, ctrl, alt, shift: false }),
            Code::F(number) => (1..=LAST_F).contains(&number).then_some(Self { code, ctrl, alt, shift }),
            Code::Named(name) => {
                let name = NAMED.into_iter().find(|known| *known == name)?;
                Some(Self { code: Code::Named(name), ctrl, alt, shift })
            }
        }
    }

    /// Reads a name: `j`, `G`, `ctrl-d`, `shift-tab`, `f1`, `space`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (mut rest, mut held) = (name, Held::default());
        while let Some((which, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
            let which = match which {
                "ctrl" => &mut held.ctrl,
                "alt" => &mut held.alt,
                "shift" => &mut held.shift,
                _ => return None,
            };
            if std::mem::replace(which, true) {
                return None;
            }
            rest = after;
        }
        let mut characters = rest.chars();
        let code = match (characters.next()?, characters.as_str()) {
            (c, "") if !c.is_whitespace() && !held.shift => Code::Char(c),
            _ if rest == "space" && !held.shift => Code::Char(' '),
            ('f', number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                Code::F(number.parse().ok()?)
            }
            _ => Code::Named(NAMED.into_iter().find(|known| *known == rest)?),
        };
        Self::new(code, held)
    }

    /// The character that it types on a line, if it is one.
    #[must_use]
    pub fn character(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The same without Shift, where that is a key of its own.
    #[must_use]
    pub fn unshifted(self) -> Option<Self> {
        (self.shift && self.code != Code::Named("tab")).then_some(Self { shift: false, ..self })
    }

    /// Whether Ctrl is held.
    #[must_use]
    pub fn holds_ctrl(self) -> bool {
        self.ctrl
    }
}

/// What a terminal sends for a character with Ctrl, and whether it is still known that Ctrl was held. Bytes 0 to 31 are
/// all there is (ECMA-48, 5.2), so many share one.
fn with_ctrl(c: char) -> Option<(Code, bool)> {
    Some(match c.to_ascii_lowercase() {
        'i' => (Code::Named("tab"), false),
        'm' => (Code::Named("enter"), false),
        '[' | '3' => (Code::Named("esc"), false),
        c @ ('a'..='z' | '4'..='7' | ' ') => (Code::Char(c), true),
        '@' | '2' => (Code::Char(' '), true),
        '\\' => (Code::Char('4'), true),
        ']' => (Code::Char('5'), true),
        '^' => (Code::Char('6'), true),
        '_' | '/' => (Code::Char('7'), true),
        _ => return None,
    })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::Char(' ') => f.write_str("space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(number) => write!(f, "f{number}"),
            Code::Named(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            any::<char>().prop_map(Code::Char),
            (0u8..=127).prop_map(|byte| Code::Char(char::from(byte))),
            any::<u8>().prop_map(Code::F),
            proptest::sample::select(&NAMED[..]).prop_map(Code::Named),
        ];
        (code, any::<[bool; 3]>())
            .prop_filter_map("no terminal sends it", |(code, [ctrl, alt, shift])| {
                Key::new(code, Held { ctrl, alt, shift })
            })
            // A file is text, and its other blanks cannot be told from one another.
            .prop_filter("a blank", |key| !matches!(key.code, Code::Char(c) if c != ' ' && c.is_whitespace()))
    }

    proptest! {
        #[test]
        fn a_name_that_is_printed_is_read_as_the_same_key(key in any_key()) {
            prop_assert_eq!(Key::named(&key.to_string()), Some(key));
        }

        #[test]
        fn a_name_that_is_read_is_printed_as_a_name_of_the_same_key(name in "(ctrl-|alt-|shift-){0,2}(.|[a-z]{2,5}|f[0-9]{1,2})") {
            if let Some(key) = Key::named(&name) {
                prop_assert_eq!(Key::named(&key.to_string()), Some(key));
            }
        }
    }

    #[test]
    fn names_are_those_of_the_keyboard_and_case_counts() {
        for name in [
            "j",
            "G",
            "ctrl-d",
            "shift-tab",
            "f1",
            "space",
            "<",
            "-",
            "ctrl-space",
            "alt--",
            "å",
            "ctrl-left",
        ] {
            assert_eq!(Key::named(name).map(|key| key.to_string()).as_deref(), Some(name));
        }
        assert_ne!(Key::named("g"), Key::named("G"));
        for (name, same) in [("ctrl-i", "tab"), ("ctrl-m", "enter"), ("ctrl-[", "esc"), ("ctrl-D", "ctrl-d")]
        {
            assert_eq!(Key::named(name), Key::named(same), "{name}");
        }
    }

    #[test]
    fn what_no_terminal_sends_is_no_key() {
        for name in [
            "",
            " ",
            "jj",
            "ctrl-",
            "ctrl-=",
            "shift-a",
            "f0",
            "f25",
            "Enter",
            "return",
            "ctrl-ctrl-a",
            "\u{1b}",
        ] {
            assert_eq!(Key::named(name), None, "{name:?}");
        }
    }
}
