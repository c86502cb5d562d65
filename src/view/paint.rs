//! Putting cleaned lines into cells, and our own signs in both sets of characters.
//!
//! The only place of the program that sets cells (a lint keeps it so). It places the clusters that the lines were
//! measured by, each in the cells that were counted for it: what is drawn is as wide as what was planned.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

use crate::{
    model::text::{Charset, Line},
    theme::Theme,
};

/// What the panels draw on.
pub(super) struct Canvas<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) theme: &'a Theme,
    pub(super) charset: Charset,
    /// Where the terminal's own cursor is to stand: screen readers and magnifiers follow it.
    pub(super) cursor: Option<Position>,
}

impl Canvas<'_> {
    /// Draws a line from a cell on, cut at the area's right edge. Gives the column after it.
    pub(super) fn line(&mut self, at: (u16, u16), line: &Line, base: Style, area: Rect) -> u16 {
        self.line_with(at, line, base, area, |_| false)
    }

    /// The same with some bytes of the line marked as found.
    pub(super) fn line_with(
        &mut self,
        (x, y): (u16, u16),
        line: &Line,
        base: Style,
        area: Rect,
        is_found: impl Fn(usize) -> bool,
    ) -> u16 {
        let (mut x, mut byte) = (x, 0);
        for segment in line.segments() {
            let style = base.patch(self.theme.origin(segment.origin));
            for (cluster, cells) in segment.clusters() {
                let style = if is_found(byte) { style.patch(self.theme.found()) } else { style };
                byte += cluster.len();
                let cells = u16::try_from(cells).unwrap_or(u16::MAX);
                if cells > area.right().saturating_sub(x) {
                    // Shown whole or not at all; what stands behind it does not move up into its place.
                    return x;
                }
                self.place((x, y), cluster, cells, style);
                x += cells;
            }
        }
        x
    }

    /// Sets the cells of one cluster. Cells outside the buffer are left out.
    #[expect(clippy::disallowed_methods, reason = "the one place: clusters of cleaned lines alone come here")]
    fn place(&mut self, (x, y): (u16, u16), cluster: &str, cells: u16, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(cluster).set_style(style);
        }
        for covered in 1..cells {
            if let Some(cell) = self.buffer.cell_mut((x + covered, y)) {
                cell.reset();
            }
        }
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
        let x = match (cursor, self.charset) {
            (false, _) => return self.own(at, " ", Style::new(), area),
            (true, Charset::Ascii) => self.own(at, ">", self.theme.gutter(), area),
            (true, Charset::Unicode) => self.own(at, "▌", self.theme.gutter(), area),
        };
        self.put_cursor((x, at.1), area);
        x
    }

    /// Puts the terminal's own cursor on a cell; on the last one of the area where that is outside.
    pub(super) fn put_cursor(&mut self, (x, y): (u16, u16), area: Rect) {
        self.cursor = (area.width > 0).then(|| Position { x: x.min(area.right() - 1), y });
    }
}

/// The part of a pane where data may stand: all but the first column, which is for our marks alone.
pub(super) fn beside_marks(area: Rect) -> Rect {
    let gap = area.width.min(1);
    Rect { x: area.x + gap, width: area.width - gap, ..area }
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
