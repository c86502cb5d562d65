//! One line with a budget of cells: what a list shows of a field.
//!
//! Reads until the budget is spent and no further, but for counting a run of equal characters (a million at most)
//! and for finding out whether a text that begins with spaces is all spaces. Called by `Untrusted::one_line`.

use super::cluster::Cleaner;
use super::line::{Line, Origin};
use super::sink::Sink;
use super::width::length;
use super::{Charset, sign};

/// Code points that are read beyond what a budget of cells calls for, at most: the length of a row's longest
/// hidden part.
const FUEL: usize = 1 << 16;
/// Code points that a cell may take.
const FUEL_PER_CELL: usize = 16;

/// Cleans `text` onto one line of at most `cells` cells.
pub(super) fn one_line(text: &str, cells: usize, charset: Charset) -> Line {
    let fuel = cells.saturating_mul(FUEL_PER_CELL).saturating_add(FUEL);
    let mut cleaner = Cleaner::new(text, charset, fuel, true);
    let mut row = Row { line: Line::default(), charset, is_visible: false };
    while (row.line.cells() <= cells || !row.is_visible) && cleaner.step(&mut row) {}
    let mut line = row.line;
    if cleaner.is_exhausted() && line.cells() <= cells {
        line.cut(cells, charset);
    } else if row.is_visible || cleaner.is_exhausted() {
        line.fit(cells, charset);
    } else {
        line = empty(cells, charset);
    }
    line
}

/// What stands for a field without visible text.
pub(super) fn empty(cells: usize, charset: Charset) -> Line {
    let mut line = Line::default();
    line.add(Origin::Marker, sign::EMPTY, length(sign::EMPTY));
    line.fit(cells, charset);
    line
}

/// A line being filled.
struct Row {
    line: Line,
    charset: Charset,
    is_visible: bool,
}

impl Sink for Row {
    fn cluster(&mut self, origin: Origin, text: &str, cells: usize) {
        self.is_visible |= origin == Origin::Marker || text != " ";
        self.line.add(origin, text, cells);
    }

    fn marker(&mut self, text: &str) {
        self.is_visible = true;
        self.line.add(Origin::Marker, text, length(text));
    }

    fn tab(&mut self) {
        self.cluster(Origin::Data, " ", 1);
    }

    fn breaks(&mut self, count: usize) {
        self.marker(&sign::breaks(count, self.charset));
    }
}
