//! Lines of segments: text that is safe to show, with its origin and its width in cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Charset;

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

    /// The width in cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// The text alone, without origins: for tests and for measuring.
    #[must_use]
    pub fn plain(&self) -> String {
        self.segments
            .iter()
            .map(|segment| segment.text.as_str())
            .collect()
    }

    /// Adds text of one origin at the end. Only cleaned text may come here as [`Origin::Data`].
    pub(crate) fn push(&mut self, origin: Origin, text: &str) {
        if text.is_empty() {
            return;
        }
        self.cells += text.width();
        match self.segments.last_mut() {
            Some(last) if last.origin == origin => last.text.push_str(text),
            _ => self.segments.push(Segment {
                text: text.to_owned(),
                origin,
            }),
        }
    }

    /// Adds our own words at the end.
    pub fn push_own(&mut self, text: &str) {
        self.push(Origin::Own, text);
    }

    /// Adds another line at the end.
    pub fn append(&mut self, other: Self) {
        for segment in other.segments {
            self.push(segment.origin, &segment.text);
        }
    }

    /// Fills with spaces up to `cells`; a longer line is left alone.
    pub fn pad(&mut self, cells: usize) {
        let missing = cells.saturating_sub(self.cells);
        self.push(Origin::Own, &" ".repeat(missing));
    }

    /// Cuts to at most `cells` at a cluster's border; the last cell of a cut line is an ellipsis (`~` in ASCII).
    pub fn fit(&mut self, cells: usize, charset: Charset) {
        if self.cells <= cells {
            return;
        }
        let budget = cells.saturating_sub(1);
        let mut kept = Self::default();
        'cut: for segment in &self.segments {
            for cluster in segment.text.graphemes(true) {
                if kept.cells + cluster.width() > budget {
                    break 'cut;
                }
                kept.push(segment.origin, cluster);
            }
        }
        if cells > 0 {
            kept.push(
                Origin::Marker,
                if charset == Charset::Ascii {
                    "~"
                } else {
                    "\u{2026}"
                },
            );
        }
        *self = kept;
    }
}
