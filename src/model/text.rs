//! The only way from a stranger's text to anything that is shown, printed or written.
//!
//! [`Untrusted`] is what decoding produces. It has no `Display`, no `Deref`, no `AsRef<str>`: it can leave only
//! through [`Untrusted::one_line`], [`Untrusted::block`], [`Untrusted::escaped`] and
//! [`Untrusted::raw_for_export`]. Lines are made of [`Segment`]s that say where their text came from; the view
//! gives each origin its style. Markers have a style of their own, which data never gets, so typing the same
//! characters does not forge one.

mod line;

pub use line::{Line, Origin, Segment};

use std::{fmt, sync::Arc};

/// Which characters may reach the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// All printable characters.
    #[default]
    Unicode,
    /// Printable ASCII alone: our signs have ASCII forms and data is escaped as `\u{..}`.
    Ascii,
}

/// Text that a stranger wrote. See the module for the ways out.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Untrusted(Arc<str>);

impl Untrusted {
    /// Takes text from outside as it is.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text on one line of at most `cells` cells; a cut ends with an ellipsis. Empty text gives a marker.
    #[must_use]
    pub fn one_line(&self, cells: usize, charset: Charset) -> Line {
        let mut line = Line::default();
        line.push(Origin::Data, &printable(&self.0));
        line.fit(cells, charset);
        line
    }

    /// The text wrapped to `width` cells, with its own line breaks kept.
    #[must_use]
    pub fn block(&self, width: usize, charset: Charset) -> Vec<Line> {
        self.0
            .lines()
            .map(|part| Self::new(part).one_line(width, charset))
            .collect()
    }

    /// Printable ASCII alone, everything else as `\u{..}`: for errors, logs and standard error.
    #[must_use]
    pub fn escaped(&self) -> String {
        self.0.chars().flat_map(char::escape_default).collect()
    }

    /// The text as it came. Only for files that the user named, never for a terminal.
    #[must_use]
    pub fn raw_for_export(&self) -> &str {
        &self.0
    }

    /// The text as it came, for the model to compare and to take apart.
    pub(in crate::model) fn raw(&self) -> &str {
        &self.0
    }
}

fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect()
}

/// Says how long the text is and nothing else: debug output goes to places that nobody cleans.
impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Untrusted({} bytes)", self.0.len())
    }
}
