//! What a JSON string says, and of which words the name of a member is made.

use std::borrow::Cow;

/// The text of a JSON string. What is no text, a lone surrogate, becomes U+FFFD.
pub(in crate::model) fn text(json: &str) -> Cow<'_, str> {
    if !json.contains('\\') {
        return Cow::Borrowed(json.trim_matches('"'));
    }
    Cow::Owned(characters(json).map(|(c, _)| c).collect())
}

/// A text or a number, as text.
pub(in crate::model) fn scalar(raw: &str) -> Option<String> {
    match raw.as_bytes().first()? {
        b'"' => Some(text(raw).into_owned()),
        b'-' | b'0'..=b'9' => Some(raw.to_owned()),
        _ => None,
    }
}

/// The words of the name of a member, in lower case: `customIdentifier` has two, and so has `reply_id`.
pub(in crate::model) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in name.chars().filter(|c| *c != '-') {
        if !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// The characters of a JSON string, each with how it is spelled.
pub(super) fn characters(json: &str) -> impl Iterator<Item = (char, &str)> {
    let inside = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or(json);
    let mut rest = inside;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (c, length) = match first {
            '\\' => escape(rest),
            c => (c, c.len_utf8()),
        };
        let (spelled, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = behind;
        Some((c, spelled))
    })
}

/// The character of the escape that a text begins with, and the bytes that it takes.
fn escape(text: &str) -> (char, usize) {
    let code = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    if let Some(high) = code(0) {
        let pair = code(6).filter(|low| (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(low));
        return match pair {
            Some(low) => {
                let code = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
            }
            None => (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
        };
    }
    let c = match text.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{C}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(other) => char::from(*other),
        None => char::REPLACEMENT_CHARACTER,
    };
    (c, 2)
}
