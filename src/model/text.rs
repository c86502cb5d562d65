//! The only way from a stranger's text to anything that is shown, printed or written.
//!
//! [`Untrusted`] is what decoding produces. It has no `Display`, no `Deref`, no `AsRef<str>`: it can leave only
//! through [`Untrusted::one_line`], [`Untrusted::block`], [`Untrusted::escaped`] and
//! [`Untrusted::raw_for_export`]. Lines are made of [`Segment`]s that say where their text came from; the view
//! gives each origin its style. Markers have a style of their own, which data never gets, so typing the same
//! characters does not forge one.
//!
//! What may be relied on, for any text whatever:
//! - no control, format, private, unassigned or blank-looking character comes out, but for joiners where they mean
//!   something; what is not shown as it is stands there as a marker or is counted by one (U+FE0E and U+FE0F, which
//!   say nothing, are dropped);
//! - a cluster takes 1 to 8 cells and at most 64 bytes, and segmenting the output again gives the same clusters;
//! - the cells are those that ratatui counts for each cluster, and a wide character is shown whole or not at all;
//! - behind a character that terminals draw far wider than its cell stands a blank, our own where the text has none;
//! - cleaning what came out changes nothing;
//! - one line costs what its budget of cells costs, and the longest field of a block is 64 KiB.
//!
//! `classify` knows the code points, `source` reads them, `cluster` has the rules and the caps and feeds a
//! `sink`, `sign` has the words of the markers, `row` and `block` the two shapes, `width` the cells, `script` the
//! look-alikes.

mod block;
mod classify;
mod cluster;
mod line;
#[cfg(test)]
mod linear;
mod row;
mod script;
mod sign;
mod sink;
mod source;
mod width;

pub use line::{Line, Origin, Segment};

use std::fmt;

use arcstr::ArcStr;

/// Whether a reader sees nothing of a character, or a marker at most. White space is seen.
pub(in crate::model) fn is_unseen(c: char) -> bool {
    classify::is_unseen(c)
}

/// Which characters may reach the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// All printable characters.
    #[default]
    Unicode,
    /// Printable ASCII alone: our signs have ASCII forms and data is escaped as `\u{..}`, in the style of markers.
    Ascii,
}

/// Text that a stranger wrote. See the module for the ways out. Shared, and eight bytes: a log holds millions.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Untrusted(ArcStr);

impl Untrusted {
    /// Takes text from outside as it is.
    #[must_use]
    pub fn new(text: impl Into<ArcStr>) -> Self {
        Self(text.into())
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text on one line of at most `cells` cells; a cut ends with an ellipsis. Line breaks are markers, a tab
    /// is a space. Empty text and text of spaces alone give the marker `(empty)`.
    #[must_use]
    pub fn one_line(&self, cells: usize, charset: Charset) -> Line {
        row::one_line(&self.0, cells, charset)
    }

    /// The text wrapped to `width` cells, with its own line breaks kept. After 64 KiB a marker says how much is
    /// left. Never empty, but for a width of 0.
    ///
    /// The lines put together are the text again, but that one space is left out where it would stand just beyond
    /// a full line, and a character wider than `width` is an ellipsis.
    #[must_use]
    pub fn block(&self, width: usize, charset: Charset) -> Vec<Line> {
        block::block(&self.0, width, charset)
    }

    /// A person's name on one line of at most `cells` cells, and behind it the marker `<mixed script>` where a word
    /// of it mixes letters that look alike.
    #[must_use]
    pub fn name(&self, cells: usize, charset: Charset) -> Line {
        let mut line = self.one_line(cells, charset);
        if script::is_mixed(&self.0) {
            line.push_own(" ");
            line.push(Origin::Marker, sign::MIXED);
        }
        line
    }

    /// Printable ASCII alone, a backslash doubled, everything else as `\u{..}`: for errors, logs and standard
    /// error.
    #[must_use]
    pub fn escaped(&self) -> String {
        sign::escaped(&self.0)
    }

    /// The text as it came. Only for files that the user named, never for a terminal.
    #[must_use]
    pub fn raw_for_export(&self) -> &str {
        &self.0
    }

    /// Where the text lies: the same for clones, and for no other text as long as one of them is alive.
    pub(in crate::model) fn address(&self) -> usize {
        self.0.as_ptr().addr()
    }

    /// The text as it came, for the model to compare and to take apart.
    pub(in crate::model) fn raw(&self) -> &str {
        &self.0
    }
}

/// Says how long the text is and nothing else: debug output goes to places that nobody cleans.
impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Untrusted({} bytes)", self.0.len())
    }
}
