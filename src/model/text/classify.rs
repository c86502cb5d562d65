//! What one code point is, for the rules of cleaning: the only place that knows code points by number.
//!
//! The order of the arms is the order of the rules (A to N). What is printable is asked of the standard library,
//! what belongs to the character before or after it of the segmenter, so there is no table to grow old. Called
//! by `source`; decides nothing about neighbours, caps or looks.

use super::width::is_border;

/// What a code point is to the cleaner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Printable, and never part of the cluster before it. May stand before marks.
    Plain,
    /// Printable; whether it joins the cluster before it depends on that cluster (Hangul, conjuncts, emoji, flags).
    Linking,
    /// Belongs to the character before it: combining marks, vowel signs, skin tones.
    Mark,
    /// Belongs to the character after it.
    Prepend,
    /// Zero-width joiner or non-joiner: kept where it means something.
    Joiner,
    /// A space of one or two cells that is shown as plain spaces.
    Space(u8),
    /// A tab.
    Tab,
    /// A line break: LF, NEL, LS, PS.
    Break,
    /// A carriage return: half of a line break, or a sign.
    Return,
    /// C0, DEL or C1.
    Control,
    /// Shown as a marker with its number.
    Sign,
    /// A tag character: a marker for a whole run of them.
    Tag,
    /// Left out: U+FE0E and U+FE0F have no content and an unstable width.
    Dropped,
}

/// Classifies one code point.
pub(super) fn classify(c: char) -> Class {
    match c {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        '\r' => Class::Return,
        '\t' => Class::Tab,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Class::Control,
        ' ' => Class::Space(1),
        '!'..='~' => Class::Plain,
        _ if is_quick(c) => Class::Plain,
        _ if is_bidi(c) || is_blank(c) => Class::Sign,
        '\u{200C}' | '\u{200D}' => Class::Joiner,
        '\u{FE0E}' | '\u{FE0F}' => Class::Dropped,
        '\u{E0000}'..='\u{E0FFF}' => Class::Tag,
        '\u{3000}' => Class::Space(2),
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Class::Space(1),
        _ if !is_printable(c) => Class::Sign,
        _ => neighbourly(c),
    }
}

/// Whether a code point is an emoji modifier (a skin tone), which may also stand alone.
pub(super) fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether a reader sees nothing of it, or a marker at most: controls, format and private characters, blank letters.
/// White space is seen.
pub(super) fn is_unseen(c: char) -> bool {
    match c {
        ' '..='~' => false,
        _ if is_quick(c) || c.is_whitespace() => false,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => is_bidi(c) || is_blank(c) || !is_printable(c),
    }
}

/// Whether terminals draw the character far wider than the one cell it is given: long dashes, Arabic ligatures of
/// whole sentences, cuneiform.
pub(super) fn is_sprawling(c: char) -> bool {
    matches!(c, '\u{2E3A}' | '\u{2E3B}' | '\u{FDFA}'..='\u{FDFD}' | '\u{12000}'..='\u{1254F}')
}

/// Whether a joiner after this character can mean something: a letter, a mark or an emoji, not ASCII.
pub(super) fn takes_joiner(c: char) -> bool {
    if c.is_ascii() || matches!(c, '\u{200C}' | '\u{200D}') {
        return false;
    }
    c.is_alphabetic() || is_pictograph(c) || neighbourly(c) == Class::Mark
}

/// Ranges of common writing that need no further question. `the_quick_ranges_are_plain` proves each of them.
fn is_quick(c: char) -> bool {
    matches!(c,
        '\u{C0}'..='\u{2FF}' | '\u{3A3}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{64A}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Rule E: characters that turn the reading order, whether they open, close or only hint.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}')
}

/// Rule F without the tags: default-ignorable characters and letters that look like nothing.
fn is_blank(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}')
}

/// Whether the standard library would print the character: not a control, format, private, unassigned or
/// separator character. Asked behind a letter, because `escape_debug` escapes a mark that stands alone.
fn is_printable(c: char) -> bool {
    let mut bytes = [0; 5];
    within(&mut bytes, &['a', c]).escape_debug().nth(1) != Some('\\')
}

/// Asks the segmenter how a printable character goes with its neighbours.
fn neighbourly(c: char) -> Class {
    let mut bytes = [0; 6];
    let text = within(&mut bytes, &['a', c, 'a']);
    if !is_border(text, 1) {
        Class::Mark
    } else if !is_border(text, 1 + c.len_utf8()) {
        Class::Prepend
    } else {
        Class::Linking
    }
}

/// Whether an emoji may be joined to another one behind this character.
fn is_pictograph(c: char) -> bool {
    let mut bytes = [0; 11];
    let text = within(&mut bytes, &[c, '\u{200D}', '\u{1F469}']);
    !is_border(text, c.len_utf8() + '\u{200D}'.len_utf8())
}

/// Writes a few characters into a buffer on the stack.
fn within<'a>(bytes: &'a mut [u8], characters: &[char]) -> &'a str {
    let mut length = 0;
    for c in characters {
        if let Some(free) = bytes.get_mut(length..length + c.len_utf8()) {
            length += c.encode_utf8(free).len();
        }
    }
    bytes.get(..length).and_then(|written| str::from_utf8(written).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The classes without the quick way.
    fn slowly(c: char) -> Class {
        if is_bidi(c) || is_blank(c) || !is_printable(c) {
            return Class::Sign;
        }
        neighbourly(c)
    }

    #[test]
    fn the_quick_ranges_are_plain() {
        let partners = [
            "\u{1100}",
            "\u{1161}",
            "\u{AC00}",
            "\u{1F469}\u{200D}",
            "\u{915}\u{94D}",
            "\u{1F1E9}",
            "a",
            "\u{E01}",
            "\u{995}\u{9CD}",
        ];
        for c in ('\u{80}'..=char::MAX).filter(|c| is_quick(*c)) {
            assert_eq!(slowly(c), Class::Linking, "U+{:04X}", u32::from(c));
            for left in partners {
                assert!(!super::super::width::joins(left, c), "U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn every_rule_has_its_class() {
        let expected = [
            ('\0', Class::Control),
            ('\u{1B}', Class::Control),
            ('\u{7F}', Class::Control),
            ('\u{9B}', Class::Control),
            ('\u{85}', Class::Break),
            ('\n', Class::Break),
            ('\u{2028}', Class::Break),
            ('\r', Class::Return),
            ('\t', Class::Tab),
            ('\u{202E}', Class::Sign),
            ('\u{61C}', Class::Sign),
            ('\u{200B}', Class::Sign),
            ('\u{FEFF}', Class::Sign),
            ('\u{E0064}', Class::Tag),
            ('\u{E0100}', Class::Tag),
            ('\u{200D}', Class::Joiner),
            ('\u{200C}', Class::Joiner),
            ('\u{FE0E}', Class::Dropped),
            ('\u{FE0F}', Class::Dropped),
            ('\u{E000}', Class::Sign),
            ('\u{378}', Class::Sign),
            ('\u{FDD0}', Class::Sign),
            ('\u{600}', Class::Sign),
            ('\u{A0}', Class::Space(1)),
            ('\u{3000}', Class::Space(2)),
            ('\u{301}', Class::Mark),
            ('\u{93F}', Class::Mark),
            ('\u{20E3}', Class::Mark),
            ('\u{1F3FD}', Class::Mark),
            ('\u{FF9E}', Class::Mark),
            ('\u{D4E}', Class::Prepend),
            ('\u{1100}', Class::Linking),
            ('\u{1F1E9}', Class::Linking),
            ('\u{FFFD}', Class::Linking),
            ('\\', Class::Plain),
            ('\u{E9}', Class::Plain),
        ];
        for (c, class) in expected {
            assert_eq!(classify(c), class, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn joiners_follow_letters_marks_and_emoji_that_are_not_ascii() {
        for c in ['\u{6CC}', '\u{94D}', '\u{1F469}', '\u{2764}', '\u{1F3FD}', '\u{915}'] {
            assert!(takes_joiner(c), "U+{:04X}", u32::from(c));
        }
        for c in ['a', ' ', '1', '\u{200D}', '\u{FFFD}', '\u{1F1E9}', '\u{2026}'] {
            assert!(!takes_joiner(c), "U+{:04X}", u32::from(c));
        }
    }
}
