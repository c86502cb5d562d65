//! Mends what is wrong inside the strings of a JSON text, so that one bad string does not cost a page.
//!
//! JSON forbids raw control bytes and unknown escapes in strings, and one of them makes the whole text unreadable.
//! Here they become what they were meant to be: a raw control byte its escape (`\u001b`), a backslash that
//! escapes nothing a backslash. What stands outside of strings is left alone: where a text is broken there, nobody
//! knows where an entry ends.
//!
//! Called by `page`, and only for a text that could not be read: a good page pays nothing for this.

use std::fmt::Write as _;

/// The longest escape, and how far one is looked for.
const ESCAPE: usize = 6;

/// The text with its strings mended; `None` when there was nothing to mend.
pub(super) fn strings(json: &str) -> Option<String> {
    mend(json, &mut 0)
}

/// Mends, and adds up the bytes that were looked at.
fn mend(json: &str, looked: &mut usize) -> Option<String> {
    let mut mended = String::with_capacity(json.len() + json.len() / 8);
    let mut rest = json;
    let mut changed = false;
    while let Some((before, string)) = rest.split_once('"') {
        *looked += before.len() + 1;
        mended.push_str(before);
        mended.push('"');
        let (after, was_changed) = string_to_its_end(string, &mut mended, looked);
        changed |= was_changed;
        rest = after;
    }
    *looked += rest.len();
    mended.push_str(rest);
    changed.then_some(mended)
}

/// Copies a string up to and with its closing quote. Gives what stands after it, and whether anything was mended.
fn string_to_its_end<'a>(string: &'a str, mended: &mut String, looked: &mut usize) -> (&'a str, bool) {
    let mut rest = string;
    let mut changed = false;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)) {
        *looked += at + 1;
        let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        mended.push_str(plain);
        let mut behind = special.chars();
        match behind.next() {
            Some('"') => {
                mended.push('"');
                return (behind.as_str(), changed);
            }
            Some('\\') => {
                let length = escape(special);
                *looked += special.len().min(ESCAPE);
                let (escape, after) = special.split_at_checked(length).unwrap_or((special, ""));
                changed |= length == 1;
                mended.push_str(if length == 1 { "\\\\" } else { escape });
                rest = after;
            }
            Some(control) => {
                changed = true;
                // Writing to a String cannot fail.
                let _ = write!(mended, "\\u{:04x}", u32::from(control));
                rest = behind.as_str();
            }
            None => rest = "",
        }
    }
    *looked += rest.len();
    mended.push_str(rest);
    ("", changed)
}

/// The length of the escape at the start of a text; 1 when the backslash escapes nothing.
fn escape(text: &str) -> usize {
    match text.as_bytes() {
        [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
        [b'\\', b'u', digits @ ..]
            if digits.iter().take(4).filter(|digit| digit.is_ascii_hexdigit()).count() == 4 =>
        {
            ESCAPE
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::page, ESCAPE, mend, strings};

    #[test]
    fn raw_controls_inside_strings_are_escaped_and_outside_left_alone() {
        assert_eq!(
            strings("{\"a\x1b\":\n\"b\x00\tc\",\t\"d\":\"\n\"}").unwrap(),
            "{\"a\\u001b\":\n\"b\\u0000\\u0009c\",\t\"d\":\"\\u000a\"}"
        );
        assert_eq!(strings("[\x1b\"\"]"), None);
    }

    #[test]
    fn a_backslash_that_escapes_nothing_is_a_backslash() {
        for (json, mended) in [
            (r#"["\q"]"#, r#"["\\q"]"#),
            (r#"["\u12"]"#, r#"["\\u12"]"#),
            (r#"["\u12G4","\x1b"]"#, r#"["\\u12G4","\\x1b"]"#),
            ("[\"\\\n\"]", "[\"\\\\\\u000a\"]"),
            ("\"\\é\"", "\"\\\\é\""),
        ] {
            assert_eq!(strings(json).as_deref(), Some(mended), "{json}");
        }
    }

    #[test]
    fn good_texts_and_open_ends_are_left_alone() {
        for json in ["", "{}", r#"{"a":"\"\\\/\b\f\n\r\t\ud800\u00e9"}"#, "\"open", "\"", r#"["a\\","b"]"#] {
            assert_eq!(strings(json), None, "{json}");
        }
    }

    /// What may be wrong or special inside a string, each in its own way, and good text.
    const PIECES: [&str; 8] =
        ["\x1b", "\\q", "\\u12", "\\u12G4", "\\ud800", "\\\"", "\",\"", "The customer writes "];

    #[test]
    fn bytes_are_looked_at_four_times_at_most_and_become_six_at_most() {
        for piece in PIECES {
            for times in [1, 10, 1_000, 10_000] {
                for json in [format!("[\"{}\"]", piece.repeat(times)), format!("[\"{}", piece.repeat(times))]
                {
                    let mut looked = 0;
                    let mended = mend(&json, &mut looked);
                    assert!(
                        (json.len()..=4 * json.len() + ESCAPE).contains(&looked),
                        "{piece:?}: {looked} of {}",
                        json.len()
                    );
                    assert!(mended.is_none_or(|mended| mended.len() <= 6 * json.len()), "{piece:?}");
                }
            }
        }
    }

    #[test]
    fn an_answer_is_read_twice_at_most_whatever_is_wrong_in_it() {
        for piece in PIECES {
            let body = format!("[\"{}\"", piece.repeat(1_000));
            let mut readings = Vec::new();
            let refused = page::read::<()>(body.as_bytes(), |text| {
                readings.push(text.len());
                Err(page::PageError::NotJson)
            });
            assert_eq!(refused, Err(page::PageError::NotJson));
            assert!(
                readings.len() <= 2 && readings.iter().sum::<usize>() <= 7 * body.len(),
                "{piece:?}: {readings:?}"
            );
        }
    }
}
