//! How wide a symbol is shown, and on which of them terminals disagree.
//!
//! The second line of defence too: a symbol that holds anything unprintable is never sent, U+FFFD is.

use std::hash::RandomState;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::glyph::Text;
use crate::term::oracle::is_printable;

/// How a symbol is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) text: Text,
    /// Cells it takes.
    pub(super) span: u8,
    /// Cells it may take on a terminal that measures otherwise; 0 when all agree.
    pub(super) reach: u8,
}

impl Shape {
    pub(super) const BLANK: Self = Self { text: Text::BLANK, span: 1, reach: 0 };

    /// Shown in place of what must not be sent. Some emulators draw nothing for it, so its width is not certain.
    const REPLACEMENT: Self = Self { text: Text::packed("\u{fffd}".as_bytes()), span: 1, reach: 1 };

    /// The shape of a printable ASCII character.
    pub(super) const fn ascii(byte: u8) -> Self {
        Self { text: Text::ascii(byte), ..Self::BLANK }
    }

    /// The shape of a symbol with `room` cells left in its row.
    pub(super) fn of(symbol: &str, room: usize, seed: &RandomState) -> Self {
        if symbol.is_empty() {
            return Self::BLANK;
        }
        let shape = Self::measure(symbol, seed);
        if shape.fits(room) {
            return shape;
        }
        // A terminal that splits the cluster would wrap into the next row: show what it begins with, if that fits.
        let first = symbol.chars().next().map(|first| Self::measure(first.encode_utf8(&mut [0; 4]), seed));
        first.filter(|shape| shape.fits(room)).unwrap_or(Self::BLANK)
    }

    fn fits(self, room: usize) -> bool {
        usize::from(self.span.max(self.reach)) <= room
    }

    fn measure(symbol: &str, seed: &RandomState) -> Self {
        // Before anything looks at the text: one cluster may be a megabyte.
        if symbol.len() > 64 {
            return Self::REPLACEMENT;
        }
        if symbol.chars().any(is_selector) {
            let without: String = symbol.chars().filter(|c| !is_selector(*c)).collect();
            return Self::measure(&without, seed);
        }
        let width = symbol.width();
        let starts_with_width = symbol.chars().next().and_then(UnicodeWidthChar::width) > Some(0);
        if width == 0 || width > 8 || !starts_with_width || !symbol.chars().all(is_printable) {
            return Self::REPLACEMENT;
        }
        Self {
            text: Text::of(symbol, seed),
            span: u8::try_from(width).unwrap_or(1),
            reach: if is_certain(symbol, width) { 0 } else { reach(symbol) },
        }
    }
}

/// U+FE0E and U+FE0F carry no content, and no two terminals agree on the width they give.
pub(super) fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

/// The most cells a terminal may give a cluster: every character for itself, each at least one cell.
fn reach(symbol: &str) -> u8 {
    let cells: usize = symbol.chars().map(|c| c.width().unwrap_or(1).max(1)).sum();
    u8::try_from(cells.max(symbol.width())).unwrap_or(u8::MAX)
}

/// Whether all terminals give a cluster the same width: one character whose width never changed, and marks that
/// every terminal stacks.
fn is_certain(symbol: &str, width: usize) -> bool {
    let mut chars = symbol.chars();
    let Some(first) = chars.next() else {
        return true;
    };
    is_certain_char(first) && first.width() == Some(width) && chars.all(is_stacked)
}

/// Wide characters below U+2E80 were narrow before Unicode 9, and what lies above the letters' planes is emoji,
/// whose widths follow the age of the terminal.
fn is_certain_char(c: char) -> bool {
    match c {
        '\u{fffd}' => false,
        '\u{0}'..='\u{10ff}' | '\u{2e80}'..='\u{ffff}' | '\u{20000}'..='\u{3ffff}' => true,
        _ => c < '\u{1f000}' && c.width() == Some(1),
    }
}

fn is_stacked(c: char) -> bool {
    let script = matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{487}'
            | '\u{591}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{e31}'
            | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}'
            | '\u{20d0}'..='\u{20dc}'
    );
    script && c.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(symbol: &str) -> Shape {
        Shape::of(symbol, 80, &RandomState::new())
    }

    #[test]
    fn letters_and_lines_are_measured_alike_everywhere() {
        for (symbol, span) in
            [("a", 1), ("é", 1), ("e\u{301}", 1), ("─", 1), ("→", 1), ("中", 2), ("한", 2), ("กำ", 2)]
        {
            let shape = shape(symbol);
            assert_eq!(shape.span, span, "{symbol}");
            if symbol != "กำ" {
                assert_eq!(shape.reach, 0, "{symbol}");
            }
        }
    }

    #[test]
    fn emoji_may_reach_as_far_as_their_parts_are_wide() {
        for (symbol, span, reach) in [
            ("👍", 2, 2),
            ("👍🏽", 2, 4),
            ("🇩🇪", 2, 2),
            ("👩\u{200d}👩\u{200d}👧", 2, 8),
            ("⌚", 2, 2),
            ("❤\u{fe0f}", 1, 0),
        ] {
            let shape = shape(symbol);
            assert_eq!((shape.span, shape.reach), (span, reach), "{symbol}");
        }
    }

    #[test]
    fn what_must_not_be_sent_is_replaced() {
        let long = "\u{1100}".repeat(40_000);
        for symbol in
            ["\x1b", "a\x07", "\u{9b}2J", "a\u{202e}", "\u{301}", "\u{200d}", "\u{fe0f}", "\u{e000}", &long]
        {
            assert_eq!(shape(symbol), Shape::REPLACEMENT, "{}", symbol.escape_debug());
        }
        assert_eq!(shape(""), Shape::BLANK);
    }

    #[test]
    fn what_does_not_fit_in_its_row_is_cut_and_never_wraps() {
        let seed = RandomState::new();
        let at = |symbol, room| Shape::of(symbol, room, &seed);
        assert_eq!(at("中", 1), Shape::BLANK);
        assert_eq!(at("👩\u{200d}👧", 4), at("👩", 4));
        assert_eq!(at("👩\u{200d}👧", 1), Shape::BLANK);
        assert_eq!(at("👩\u{200d}👧", 5).span, 2);
    }
}
