//! The views that dropped lines interrupted: one file for each ticket, kept for a day, so that several windows that
//! lose their line at once lose nothing of each other's.

use std::{io, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Place, Store, VERSION,
    folder::{Kind, remove},
    time, written,
};
use crate::model::{
    query::TicketNumber,
    saved_view::{SavedTypes, SavedView},
    text::Untrusted,
};

/// How long a view can be taken up.
const VALID: TimeDelta = TimeDelta::days(1);

/// The last fifty of a day.
const VIEW: Kind = Kind { name: "view", most: 50, longest: Duration::from_hours(24) };

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
    /// Keeps a view in the place of an older one of the same ticket.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; what was kept before is then still there.
    pub fn save(&self, view: &SavedView, now: DateTime<Utc>) -> io::Result<()> {
        self.make_folder()?;
        // Without the lock a view may be forgotten that another instance has not taken up: better than not to keep it.
        let _lock = self.lock().ok();
        self.replace(&self.view_name(view.ticket), &Document::new(view, now))?;
        self.sweep(&VIEW, view.ticket);
        Ok(())
    }

    /// The view that was kept last, of whatever ticket.
    #[must_use]
    pub fn newest_view(&self, now: DateTime<Utc>) -> Option<SavedView> {
        let files = self.files(&VIEW).into_iter().take(VIEW.most);
        let newest =
            files.filter_map(|file| self.valid_view(file.ticket, now)).max_by_key(|(saved, _)| *saved);
        newest.map(|(_, view)| view)
    }

    /// The view of a ticket, unless it is too old, not ours or not to be read.
    #[must_use]
    pub fn view(&self, ticket: TicketNumber, now: DateTime<Utc>) -> Option<SavedView> {
        self.valid_view(ticket, now).map(|(_, view)| view)
    }

    fn valid_view(&self, ticket: TicketNumber, now: DateTime<Utc>) -> Option<(DateTime<Utc>, SavedView)> {
        let document: Document = self.read(&self.view_name(ticket))?;
        let saved = time(&document.saved)?;
        let age = now - saved;
        if document.version != VERSION || age > VALID || age < -VALID || document.ticket != ticket {
            return None;
        }
        Some((saved, document.view()?))
    }

    /// Forgets a view, if it is still the one that is kept.
    pub fn forget(&self, view: &SavedView) {
        let Ok(_lock) = self.lock() else { return };
        let name = self.view_name(view.ticket);
        let kept = self.read(&name).and_then(Document::view);
        if kept.as_ref() == Some(view) {
            let _ = remove(&self.folder.join(name));
        }
    }

    pub(super) fn view_name(&self, ticket: TicketNumber) -> String {
        self.name(&VIEW, ticket)
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
