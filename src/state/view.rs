//! The view that a dropped line interrupted: one file for each API that is read, kept for a day.

use std::{fs, io};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Place, Store, VERSION, time, written};
use crate::model::{
    query::TicketNumber,
    saved_view::{SavedTypes, SavedView},
    text::Untrusted,
};

/// How long a view can be taken up.
const VALID: TimeDelta = TimeDelta::days(1);

#[derive(Debug, Serialize, Deserialize)]
struct Document {
    version: u32,
    saved: String,
    ticket: TicketNumber,
    ticked: Vec<String>,
    unticked: Vec<String>,
    unlisted: bool,
    entry: Option<Place>,
}

impl Store {
    /// Keeps a view.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; what was kept before is then still there.
    pub fn save(&self, view: &SavedView, now: DateTime<Utc>) -> io::Result<()> {
        self.make_folder()?;
        self.replace(&self.view_name(), &Document::new(view, now))
    }

    /// The view kept here, unless it is too old, not ours or not to be read.
    #[must_use]
    pub fn load(&self, now: DateTime<Utc>) -> Option<SavedView> {
        let document: Document = self.read(&self.view_name())?;
        let saved = time(&document.saved)?;
        let age = now - saved;
        if document.version != VERSION || age > VALID || age < -VALID || document.ticket == 0 {
            return None;
        }
        document.view()
    }

    /// Forgets a view, if it is still the one that is kept.
    pub fn forget(&self, view: &SavedView) {
        let kept = self.read(&self.view_name()).and_then(Document::view);
        if kept.as_ref() == Some(view) {
            let _ = fs::remove_file(self.folder.join(self.view_name()));
        }
    }

    pub(super) fn view_name(&self) -> String {
        format!("view-{}.json", self.key)
    }
}

impl Document {
    fn new(view: &SavedView, now: DateTime<Utc>) -> Self {
        let names = |types: &[Untrusted]| types.iter().map(|name| name.raw_for_export().to_owned()).collect();
        Self {
            version: VERSION,
            saved: written(now),
            ticket: view.ticket,
            ticked: names(&view.types.ticked),
            unticked: names(&view.types.unticked),
            unlisted: view.types.unlisted,
            entry: view.entry.map(Place::new),
        }
    }

    fn view(self) -> Option<SavedView> {
        let names = |types: Vec<String>| types.into_iter().map(Untrusted::new).collect();
        let entry = match self.entry {
            None => None,
            Some(place) => Some(place.entry()?),
        };
        let types = SavedTypes {
            ticked: names(self.ticked),
            unticked: names(self.unticked),
            unlisted: self.unlisted,
        };
        Some(SavedView { ticket: self.ticket, types, entry })
    }
}
