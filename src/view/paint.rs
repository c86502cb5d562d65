//! Putting cleaned lines into cells, and our own signs in both sets of characters.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    model::text::{Charset, Line},
    theme::Theme,
};

/// What the panels draw on.
pub(super) struct Canvas<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) theme: &'a Theme,
    pub(super) charset: Charset,
}

impl Canvas<'_> {
    /// Draws a line from a cell on, cut at the area's right edge. Gives the column after it.
    pub(super) fn line(&mut self, (x, y): (u16, u16), line: &Line, base: Style, area: Rect) -> u16 {
        let mut x = x;
        for segment in line.segments() {
            let room = usize::from(area.right().saturating_sub(x));
            let style = base.patch(self.theme.origin(segment.origin));
            (x, _) = self.buffer.set_stringn(x, y, &segment.text, room, style);
        }
        x
    }

    /// Draws our own words. Gives the column after them.
    pub(super) fn own(&mut self, at: (u16, u16), text: &str, style: Style, area: Rect) -> u16 {
        self.line(at, &Line::own(text), style, area)
    }

    /// A short rule with a line in it: two dashes, text, two dashes.
    pub(super) fn rule(&mut self, y: u16, line: &Line, style: Style, area: Rect) {
        let dashes = self.dashes();
        let x = self.own((area.x, y), dashes, style, area);
        let x = self.own((x, y), " ", style, area);
        let mut text = line.clone();
        text.fit(usize::from(area.right().saturating_sub(x)).saturating_sub(3), self.charset);
        let x = self.line((x, y), &text, style, area);
        let x = self.own((x, y), " ", style, area);
        self.own((x, y), dashes, style, area);
    }

    fn dashes(&self) -> &'static str {
        if self.charset == Charset::Ascii { "--" } else { "──" }
    }

    /// The first column of a row: our mark on the row at the cursor, else blank. No data ever stands there.
    pub(super) fn mark(&mut self, at: (u16, u16), cursor: bool, area: Rect) -> u16 {
        match (cursor, self.charset) {
            (false, _) => self.own(at, " ", Style::new(), area),
            (true, Charset::Ascii) => self.own(at, ">", self.theme.gutter(), area),
            (true, Charset::Unicode) => self.own(at, "▌", self.theme.gutter(), area),
        }
    }
}

/// A number with its thousands set apart: `1,240`.
pub(super) fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn thousands_are_set_apart() {
        for (count, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(count), text);
        }
    }
}
