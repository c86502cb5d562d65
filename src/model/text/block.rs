//! Wraps a text to a width: what a detail pane shows of a field.
//!
//! Breaks at spaces and beside wide characters, else inside a word that is longer than a line. A real break of
//! the text always ends a line. What is promised: no line is wider than the width, no cluster is split, and the
//! lines put together are the cleaned text, but that *a space of the text which would stand just beyond a full line is left
//! out* (one for each full line), and that a character wider than the whole pane is an ellipsis. Tabs reach to the
//! next multiple of four cells, counted from the last real break. Called by `Untrusted::block`.

use super::cluster::Cleaner;
use super::line::{Line, Origin};
use super::sink::Sink;
use super::width::{clusters, length};
use super::{Charset, row, sign};
use std::mem::take;

/// The bytes of a field that are shown.
const FIELD: usize = 64 * 1024;
/// The distance of tab stops.
const TAB: usize = 4;

/// Cleans `text` and wraps it to lines of at most `width` cells. No width, no lines.
pub(super) fn block(text: &str, width: usize, charset: Charset) -> Vec<Line> {
    if width == 0 {
        return Vec::new();
    }
    let (shown, left_out) = head(text);
    let mut wrapper = Wrapper::new(width, charset);
    let mut cleaner = Cleaner::new(shown, charset, usize::MAX, true);
    while cleaner.step(&mut wrapper) {}
    if left_out > 0 {
        wrapper.breaks(1);
        wrapper.marker(&sign::cut(left_out));
    }
    wrapper.finish()
}

/// Wraps a line that is clean already; every segment keeps its origin.
pub(super) fn wrap(line: &Line, width: usize, charset: Charset) -> Vec<Line> {
    if width == 0 {
        return Vec::new();
    }
    let mut wrapper = Wrapper::new(width, charset);
    for segment in line.segments() {
        for (cluster, cells) in segment.clusters() {
            if cluster == " " && segment.origin == Origin::Own {
                wrapper.space();
            } else {
                wrapper.cluster(segment.origin, cluster, cells);
            }
        }
    }
    wrapper.finish()
}

/// What is shown of a field, and how many characters are not.
fn head(text: &str) -> (&str, usize) {
    let mut place = text.floor_char_boundary(FIELD);
    if text.get(..place).is_some_and(|shown| shown.ends_with('\r')) && place < text.len() {
        place -= 1;
    }
    let (shown, rest) = text.split_at_checked(place).unwrap_or((text, ""));
    (shown, rest.chars().count())
}

/// Lines being filled.
struct Wrapper {
    width: usize,
    charset: Charset,
    lines: Vec<Line>,
    line: Line,
    /// What may not be parted yet; never wider than a line.
    word: Line,
    /// The word was longer than a line and is being laid down as it comes.
    is_long: bool,
    /// The line is full and a space after it was left out.
    is_closed: bool,
    is_visible: bool,
    /// Cells since the last real break.
    column: usize,
}

impl Wrapper {
    fn new(width: usize, charset: Charset) -> Self {
        Self {
            width,
            charset,
            lines: Vec::new(),
            line: Line::default(),
            word: Line::default(),
            is_long: false,
            is_closed: false,
            is_visible: false,
            column: 0,
        }
    }

    fn finish(mut self) -> Vec<Line> {
        if !self.is_visible {
            return vec![row::empty(self.width, self.charset)];
        }
        self.end_word();
        self.lines.push(self.line);
        self.lines
    }

    fn end_line(&mut self) {
        self.lines.push(take(&mut self.line));
        self.is_closed = false;
    }

    /// Makes sure that `cells` more fit on the line.
    fn make_room(&mut self, cells: usize) {
        if self.is_closed || self.line.cells() + cells > self.width {
            self.end_line();
        }
    }

    fn end_word(&mut self) {
        self.is_long = false;
        if !self.word.is_blank() {
            self.make_room(self.word.cells());
            self.line.extend(take(&mut self.word));
        }
    }

    fn lay(&mut self, origin: Origin, text: &str, cells: usize) {
        self.make_room(cells);
        self.line.add(origin, text, cells);
    }

    fn space(&mut self) {
        self.column += 1;
        self.end_word();
        if self.line.cells() == self.width && !self.is_closed {
            self.is_closed = true;
        } else {
            self.lay(Origin::Data, " ", 1);
        }
    }

    /// Adds a cluster of one cell to the word, and lays down a word that has become too long for any line.
    fn narrow(&mut self, origin: Origin, text: &str) {
        if self.is_long {
            return self.lay(origin, text, 1);
        }
        self.word.add(origin, text, 1);
        if self.word.cells() > self.width {
            self.is_long = true;
            let word = take(&mut self.word);
            for segment in word.segments() {
                for (cluster, cells) in segment.clusters() {
                    self.lay(segment.origin, cluster, cells);
                }
            }
        }
    }
}

impl Sink for Wrapper {
    fn cluster(&mut self, origin: Origin, text: &str, cells: usize) {
        if origin == Origin::Data && text == " " {
            return self.space();
        }
        self.is_visible = true;
        self.column += cells;
        if cells > self.width {
            self.narrow(Origin::Marker, sign::ellipsis(self.charset));
        } else if cells > 1 {
            self.end_word();
            self.lay(origin, text, cells);
        } else {
            self.narrow(origin, text);
        }
    }

    fn marker(&mut self, text: &str) {
        let length = length(text);
        if self.is_long || self.word.cells() + length > self.width {
            for (cluster, cells) in clusters(text) {
                self.cluster(Origin::Marker, cluster, cells);
            }
            return;
        }
        self.is_visible = true;
        self.column += length;
        self.word.add(Origin::Marker, text, length);
    }

    fn tab(&mut self) {
        for _ in 0..TAB - self.column % TAB {
            self.space();
        }
    }

    fn breaks(&mut self, count: usize) {
        self.end_word();
        self.column = 0;
        for _ in 0..count {
            self.end_line();
        }
    }
}
