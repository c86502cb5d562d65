//! Entries on their way out, with all that is said about them: gathered at one moment, written whenever there is time.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use super::{Exporter, Format, Head, Style, Tally};
use crate::model::{entry::Entry, gathered::Aliases, json::Personal};

/// What an export is made of.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// What stands above the entries.
    pub head: Head,
    /// What stands below them.
    pub tally: Tally,
    /// How they are written.
    pub style: Style,
    /// What people are called in them, where names are replaced.
    pub aliases: Option<Aliases>,
    /// Whether personal data is in them that nothing replaces.
    pub personal: Personal,
    /// The entries; their parts are shared with the log.
    pub entries: Vec<Entry>,
}

impl Parcel {
    /// Writes all of it.
    ///
    /// # Errors
    /// When the output fails.
    pub fn write<W: Write>(&self, out: W) -> io::Result<W> {
        let mut exporter = Exporter::new(out, self.style.clone());
        exporter.begin(&self.head)?;
        self.entries.iter().try_for_each(|entry| exporter.entry(entry))?;
        exporter.end(&self.tally)
    }

    /// All of it as a text.
    #[must_use]
    pub fn text(&self) -> String {
        // Memory does not fail.
        let bytes = self.write(Vec::new()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The same in another format.
    #[must_use]
    pub fn with(mut self, format: Format) -> Self {
        self.style.format = format;
        self
    }

    /// How many different names are in it.
    #[must_use]
    pub fn names(&self) -> usize {
        let mut names = HashSet::new();
        for entry in &self.entries {
            let included = entry.included.iter().flat_map(|included| &included.users);
            names.extend(entry.actor.iter().chain(included).map(|user| &user.name));
        }
        names.iter().filter(|name| !name.is_empty()).count()
    }
}

/// The same format of the same entries, with the same said about them.
impl PartialEq for Parcel {
    fn eq(&self, other: &Self) -> bool {
        let is_same = || self.entries.iter().zip(&other.entries).all(|(one, other)| one.is_same(other));
        (self.style.format, &self.head, &self.tally) == (other.style.format, &other.head, &other.tally)
            && self.entries.len() == other.entries.len()
            && is_same()
    }
}

impl Eq for Parcel {}
