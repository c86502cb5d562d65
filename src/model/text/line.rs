//! Lines of segments: text that is safe to show, with its origin and its width in cells.
//!
//! There is no way to put unsafe text into a line: whatever is pushed is cleaned, and where two pieces would grow
//! into one cluster something is put between them. So the clusters of a line are those of its segments, in every
//! segment alone and in all of them together. Made by the ways out of `Untrusted` and by our own words; drawn by
//! the view, which gives each origin its style.

use super::block;
use super::cluster::Cleaner;
use super::sink::Sink;
use super::width::{clusters, is_plain, joins, length, sprawls};
use super::{Charset, sign};
use unicode_segmentation::UnicodeSegmentation;

/// Where a segment's text came from; the view turns it into a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Our own words.
    Own,
    /// A stranger's text, cleaned.
    Data,
    /// Our own sign for something in a stranger's text that cannot be shown as it is.
    Marker,
}

/// A stretch of printable text of one origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Printable text without any control character.
    pub text: String,
    /// Where it came from.
    pub origin: Origin,
}

impl Segment {
    /// The clusters, each with its width in cells: never 0, never more than 8.
    pub fn clusters(&self) -> impl Iterator<Item = (&str, usize)> {
        clusters(&self.text)
    }
}

/// A line of segments. Knows its width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    segments: Vec<Segment>,
    cells: usize,
}

impl Line {
    /// A line of our own words.
    #[must_use]
    pub fn own(text: &str) -> Self {
        let mut line = Self::default();
        line.push(Origin::Own, text);
        line
    }

    /// The segments, left to right.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The width in cells: the sum of the clusters' widths.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// The text alone, without origins: for tests and for measuring.
    #[must_use]
    pub fn plain(&self) -> String {
        self.segments.iter().map(|segment| segment.text.as_str()).collect()
    }

    /// Adds text of one origin at the end. It is cleaned as a stranger's text is, whatever its origin; text that
    /// was cleaned before stays as it is.
    pub(crate) fn push(&mut self, origin: Origin, text: &str) {
        if self.takes_as_it_is(text) {
            return self.add(origin, text, text.len());
        }
        let start = self.segments.is_empty();
        let mut cleaner = Cleaner::new(text, Charset::Unicode, usize::MAX, start);
        let mut sink = Pushed { line: self, origin };
        while cleaner.step(&mut sink) {}
    }

    /// Whether text is printable ASCII after nothing else than ASCII: then there is nothing to clean, every
    /// character is a cluster of one cell, and none joins the one before it. Most of what is drawn is of this kind.
    fn takes_as_it_is(&self, text: &str) -> bool {
        let before = self.segments.last().and_then(|last| last.text.bytes().next_back());
        !text.is_empty() && is_plain(text) && before.is_none_or(|byte| byte.is_ascii())
    }

    /// Adds our own words at the end.
    pub fn push_own(&mut self, text: &str) {
        self.push(Origin::Own, text);
    }

    /// Adds another line at the end. Where the two would share a cluster, a sign of one cell keeps them apart.
    pub fn append(&mut self, other: Self) {
        for segment in other.segments {
            self.put(segment.origin, &segment.text, length(&segment.text));
        }
    }

    /// Fills with spaces up to `cells`; a longer line is left alone.
    pub fn pad(&mut self, cells: usize) {
        let missing = cells.saturating_sub(self.cells);
        if missing > 0 {
            self.put(Origin::Own, &" ".repeat(missing), missing);
        }
    }

    /// Cuts to at most `cells` at a cluster's border; the last cell of a cut line is an ellipsis (`~` in ASCII).
    /// Where a wide character does not fit, or not with the blank behind it, a cut line is shorter.
    pub fn fit(&mut self, cells: usize, charset: Charset) {
        if self.cells > cells {
            self.cut(cells, charset);
        }
    }

    /// The same on lines of at most `cells`, broken at blanks where that is possible: nothing is left out but a blank
    /// beyond a full line.
    #[must_use]
    pub fn wrapped(&self, cells: usize, charset: Charset) -> Vec<Self> {
        block::wrap(self, cells, charset)
    }

    /// The same on rows of at most `cells`, which is not 0, each as full as it can be; a line without anything is one row.
    pub(in crate::model) fn split(&self, cells: usize) -> Vec<Self> {
        let (mut rows, mut row) = (Vec::new(), Self::default());
        for segment in &self.segments {
            for (cluster, width) in segment.clusters() {
                if row.cells + width > cells && row.cells > 0 {
                    rows.push(std::mem::take(&mut row));
                }
                row.add(segment.origin, cluster, width);
            }
        }
        rows.push(row);
        rows
    }

    /// Makes room for an ellipsis within `cells` and adds it, whether the line is too long or not.
    pub(super) fn cut(&mut self, cells: usize, charset: Charset) {
        let budget = cells.saturating_sub(1);
        let mut kept = Self::default();
        'cut: for segment in &self.segments {
            for (cluster, width) in segment.clusters() {
                if kept.cells + width + usize::from(sprawls(cluster)) > budget {
                    break 'cut;
                }
                kept.add(segment.origin, cluster, width);
            }
        }
        if cells > 0 {
            kept.add(Origin::Marker, sign::ellipsis(charset), 1);
        }
        *self = kept;
    }

    /// Whether nothing stands on the line.
    pub(super) fn is_blank(&self) -> bool {
        self.segments.is_empty()
    }

    /// Adds a cluster that comes from the cleaner, which sees to its borders.
    pub(super) fn add(&mut self, origin: Origin, text: &str, cells: usize) {
        self.cells += cells;
        match self.segments.last_mut() {
            Some(last) if last.origin == origin => last.text.push_str(text),
            _ => self.segments.push(Segment { text: text.to_owned(), origin }),
        }
    }

    /// Adds a line that came from the cleaner together with this one.
    pub(super) fn extend(&mut self, other: Self) {
        let before = self.cells;
        for segment in other.segments {
            self.add(segment.origin, &segment.text, 0);
        }
        self.cells = before + other.cells;
    }

    /// Adds clean text and sees to the border before it.
    fn put(&mut self, origin: Origin, text: &str, cells: usize) {
        if self.ends_sprawling() && clusters(text).next() != Some((" ", 1)) {
            self.add(Origin::Own, " ", 1);
        }
        if !self.runs_into(text) {
            return self.add(origin, text, cells);
        }
        let starts_with_mark = text.chars().next().is_some_and(|c| joins("a", c));
        if starts_with_mark {
            // A skin tone that began a field: no sign keeps it off the text before it, cleaning gives it a carrier.
            return self.push(origin, text);
        }
        self.add(Origin::Marker, sign::DOT, 1);
        self.add(origin, text, cells);
    }

    /// Whether the glyph at the end reaches beyond its cells.
    fn ends_sprawling(&self) -> bool {
        let Some(last) = self.segments.last() else {
            return false;
        };
        let is_ascii = last.text.bytes().next_back().is_none_or(|byte| byte.is_ascii());
        !is_ascii && last.text.graphemes(true).next_back().is_some_and(sprawls)
    }

    /// Whether `text` would share a cluster with the end of this line.
    fn runs_into(&self, text: &str) -> bool {
        let (Some(last), Some(next)) = (self.segments.last(), text.chars().next()) else {
            return false;
        };
        let ends = last.text.graphemes(true).next_back();
        !next.is_ascii() && ends.is_some_and(|ends| joins(ends, next))
    }
}

/// Pushes what comes out of cleaning onto a line, as text of one origin.
struct Pushed<'a> {
    line: &'a mut Line,
    origin: Origin,
}

impl Sink for Pushed<'_> {
    fn cluster(&mut self, origin: Origin, text: &str, cells: usize) {
        let origin = match origin {
            Origin::Data => self.origin,
            other => other,
        };
        self.line.put(origin, text, cells);
    }

    fn tab(&mut self) {
        self.line.put(self.origin, " ", 1);
    }

    fn breaks(&mut self, count: usize) {
        self.marker(&sign::breaks(count, Charset::Unicode));
    }
}
