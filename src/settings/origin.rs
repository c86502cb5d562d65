//! Where a value comes from, and what is wrong with one: told in every message about a setting.

use std::{fmt, path::Path, sync::Arc};

use crate::model::text::{Charset, Untrusted};

/// The most characters that are shown of a file's name, a key or a value.
const SHOWN: usize = 200;

/// A text from outside as it may be shown: one line of printable ASCII.
pub(super) fn shown(text: &str) -> String {
    Untrusted::new(text).one_line(SHOWN, Charset::Ascii).plain()
}

/// A place in a file. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<Path>,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The place of a byte of a file's text.
    pub(super) fn of(file: &Arc<Path>, text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { file: Arc::clone(file), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", shown(&self.file.to_string_lossy()), self.line, self.column)
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag(&'static str),
    /// The environment.
    Variable(&'static str),
    /// A configuration file.
    File(Place),
    /// The community in the inbox link.
    Link,
    /// There is no other.
    OnlyProfile,
    /// The computer.
    Host,
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::File(Place { file, line, .. }) => {
                write!(f, "{}:{line}", shown(&file.to_string_lossy()))
            }
            Self::Link => f.write_str("the link"),
            Self::OnlyProfile => f.write_str("the only profile"),
            Self::Host => f.write_str("this computer"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// What counts when nobody said anything.
    pub(super) fn default(value: T) -> Self {
        Self { value, origin: Origin::Default }
    }
}

/// What is wrong with the settings, in one clean sentence that names the place. Always exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    origin: Option<Origin>,
    sentence: String,
}

impl Problem {
    pub(super) fn at(origin: Origin, sentence: impl Into<String>) -> Self {
        Self { origin: Some(origin), sentence: sentence.into() }
    }

    pub(super) fn of_all(sentence: impl Into<String>) -> Self {
        Self { origin: None, sentence: sentence.into() }
    }

    /// The order of a file's lines.
    pub(super) fn place(&self) -> Option<(usize, usize)> {
        match &self.origin {
            Some(Origin::File(place)) => Some((place.line, place.column)),
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(Origin::File(place)) => write!(f, "{place}: ")?,
            Some(origin) => write!(f, "{origin}: ")?,
            None => {}
        }
        f.write_str(&self.sentence)?;
        if self.sentence.ends_with(['.', '?']) { Ok(()) } else { f.write_str(".") }
    }
}
