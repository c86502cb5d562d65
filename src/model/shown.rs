//! What of an entry may be seen: everything that is drawn, told or copied asks here first. With names replaced it
//! gives copies of which nobody reads a name; else the entry itself.

use std::borrow::Cow;

use super::{
    Model,
    entry::Entry,
    redaction::{Redaction, Scope},
    text::Untrusted,
};

impl Model {
    /// The entry as it may be seen.
    #[must_use]
    pub fn shown_entry<'a>(&self, entry: &'a Entry) -> Cow<'a, Entry> {
        match &self.redaction {
            Some(redaction) => Cow::Owned(redaction.entry(entry)),
            None => Cow::Borrowed(entry),
        }
    }

    /// Any other text of a stranger's as it may be seen.
    #[must_use]
    pub fn shown_text<'a>(&self, text: &'a Untrusted) -> Cow<'a, Untrusted> {
        match &self.redaction {
            Some(redaction) => Cow::Owned(redaction.text(text)),
            None => Cow::Borrowed(text),
        }
    }

    /// Whose names are replaced in what is seen.
    #[must_use]
    pub fn redacts(&self) -> Option<Scope> {
        self.redaction.as_ref().map(Redaction::scope)
    }
}
