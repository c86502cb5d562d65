//! The words of our markers: what stands for something in a stranger's text that cannot be shown as it is.
//!
//! | for | Unicode | ASCII |
//! |---|---|---|
//! | a C0 control, DEL | its control picture, `␛` | `<1B>` |
//! | a C1 control | `<9B>` | `<9B>` |
//! | more than four equal controls | `<U+0007 x1000>` | the same |
//! | line breaks in one line | `⏎`, `<⏎ x3>` | `<NL>`, `<NL x3>` |
//! | anything else invisible or unknown | `<U+200B>`, `<U+200B x57>` | the same |
//! | several tag characters | `<U+E0064.. x6>`: the first one, and how many | the same |
//! | left out | `<+12>`, `<cut: 1,234 more characters>`, `…` | the same, and `~` |
//! | between parts of a cluster that is too wide | `·` | nothing: the parts are escaped one by one |
//! | behind a name with look-alikes | `<mixed script>` | the same |
//! | printable, not ASCII | itself, no marker | `\u{e9}` |
//!
//! Every marker is plain text of clusters that join nothing. Decides about looks alone: `cluster` says when.

use std::fmt::Write as _;

use super::Charset;

/// How many equal controls are shown one by one before a count stands for them.
const SINGLY: usize = 4;

/// What a field without visible text shows.
pub(super) const EMPTY: &str = "(empty)";

/// Stands behind a name with letters of several scripts in one word.
pub(super) const MIXED: &str = "<mixed script>";

/// Stands between the parts of a cluster that was taken apart.
pub(super) const DOT: &str = "\u{B7}";

/// The sign of a cut line; also stands for a cluster wider than the whole pane.
pub(super) fn ellipsis(charset: Charset) -> &'static str {
    match charset {
        Charset::Unicode => "\u{2026}",
        Charset::Ascii => "~",
    }
}

/// `count` equal control characters.
pub(super) fn control(c: char, count: usize, charset: Charset) -> String {
    if count > SINGLY {
        return point(c, count);
    }
    let code = u32::from(c);
    let picture = match code {
        _ if charset == Charset::Ascii => None,
        0..=0x1F => char::from_u32(0x2400 + code),
        0x7F => Some('\u{2421}'),
        _ => None,
    };
    picture.map_or_else(|| format!("<{code:02X}>"), String::from).repeat(count)
}

/// `count` times the same code point, by its number.
pub(super) fn point(c: char, count: usize) -> String {
    let code = u32::from(c);
    if count > 1 { format!("<U+{code:04X} x{count}>") } else { format!("<U+{code:04X}>") }
}

/// `count` tag characters that are not all equal, the first of which is `c`.
pub(super) fn tags(c: char, count: usize) -> String {
    format!("<U+{:04X}.. x{count}>", u32::from(c))
}

/// `count` line breaks in a text that is shown on one line.
pub(super) fn breaks(count: usize, charset: Charset) -> String {
    match (charset, count) {
        (Charset::Unicode, 1) => "\u{23CE}".to_owned(),
        (Charset::Unicode, _) => format!("<\u{23CE} x{count}>"),
        (Charset::Ascii, 1) => "<NL>".to_owned(),
        (Charset::Ascii, _) => format!("<NL x{count}>"),
    }
}

/// `count` characters left out of a cluster.
pub(super) fn more(count: usize) -> String {
    format!("<+{count}>")
}

/// `count` characters left out at the end of a field.
pub(super) fn cut(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("<cut: {} more character{plural}>", grouped(count))
}

/// Printable ASCII as it is but for the backslash, which is doubled; everything else as `\u{..}`. So the text can
/// be read back without loss.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ' '..='~' => out.push(c),
            _ => out.push_str(&escape(c)),
        }
    }
    out
}

/// One code point as `\u{..}`.
pub(super) fn escape(c: char) -> String {
    c.escape_unicode().to_string()
}

/// A number with commas between thousands.
fn grouped(number: usize) -> String {
    let mut parts = Vec::new();
    let mut rest = number;
    while rest >= 1000 {
        parts.push(rest % 1000);
        rest /= 1000;
    }
    let mut out = rest.to_string();
    for part in parts.iter().rev() {
        // Writing into a String cannot fail.
        let _ = write!(out, ",{part:03}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_commas() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (123_456, "123,456"), (1_002_003, "1,002,003")]
        {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn four_equal_controls_stand_alone_and_five_are_counted() {
        assert_eq!(control('\u{8}', 4, Charset::Unicode), "\u{2408}\u{2408}\u{2408}\u{2408}");
        assert_eq!(control('\u{8}', 5, Charset::Unicode), "<U+0008 x5>");
        assert_eq!(control('\u{9B}', 2, Charset::Unicode), "<9B><9B>");
        assert_eq!(control('\u{7F}', 1, Charset::Unicode), "\u{2421}");
        assert_eq!(control('\u{1B}', 1, Charset::Ascii), "<1B>");
        assert_eq!(control('\u{7F}', 1, Charset::Ascii), "<7F>");
    }

    #[test]
    fn one_character_more_is_not_several() {
        assert_eq!(cut(1), "<cut: 1 more character>");
        assert_eq!(cut(123_456), "<cut: 123,456 more characters>");
    }
}
