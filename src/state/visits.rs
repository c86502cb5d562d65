//! When each ticket was last looked at, and the newest entry of it that was on the screen.
//!
//! One file a ticket, so that two instances lose nothing of each other's as long as they read different tickets. Where
//! they read the same one, each takes over what is written before it replaces it, while it holds the folder's lock:
//! what was seen never moves back. The lock is one on the folder itself, so nothing is left behind; an instance
//! that was stopped while it held it costs the others their own visit, never their end.

use std::{io, time::Duration};

use serde::{Deserialize, Serialize};

use super::{Place, Store, VERSION, folder::Kind, time, written};
use crate::model::{
    query::TicketNumber,
    visit::{Seen, Visit},
};

/// The last two hundred, whenever they were.
const VISIT: Kind = Kind { name: "visit", most: 200, longest: Duration::MAX };

#[derive(Debug, Serialize, Deserialize)]
struct Document {
    version: u32,
    ticket: TicketNumber,
    looked: String,
    entry: Option<Place>,
    seen: Option<String>,
}

impl Store {
    /// Keeps a visit, and forgets the oldest beyond two hundred.
    ///
    /// # Errors
    /// When the folder or the file cannot be written, or another instance does not stop writing; what was kept
    /// before is then still there.
    pub fn keep(&self, visit: Visit) -> io::Result<()> {
        self.make_folder()?;
        let _lock = self.lock()?;
        let known = self.visit(visit.ticket);
        let merged = known.map_or(visit, |known| visit.after(known));
        self.replace(&self.visit_name(visit.ticket), &Document::new(merged))?;
        self.sweep(&VISIT, visit.ticket);
        Ok(())
    }

    /// The last visit of a ticket.
    #[must_use]
    pub fn visit(&self, ticket: TicketNumber) -> Option<Visit> {
        self.read::<Document>(&self.visit_name(ticket))?.visit().filter(|visit| visit.ticket == ticket)
    }

    /// All visits, the last one first.
    #[must_use]
    pub fn visits(&self) -> Vec<Visit> {
        let files = self.files(&VISIT).into_iter().take(VISIT.most);
        let mut visits: Vec<Visit> = files.filter_map(|file| self.visit(file.ticket)).collect();
        visits.sort_by_key(|visit| (std::cmp::Reverse(visit.looked), visit.ticket));
        visits
    }

    pub(super) fn visit_name(&self, ticket: TicketNumber) -> String {
        self.name(&VISIT, ticket)
    }
}

impl Document {
    fn new(visit: Visit) -> Self {
        Self {
            version: VERSION,
            ticket: visit.ticket,
            looked: written(visit.looked),
            entry: visit.seen.map(|seen| Place::new(seen.entry)),
            seen: visit.seen.map(|seen| written(seen.at)),
        }
    }

    fn visit(self) -> Option<Visit> {
        if self.version != VERSION || self.ticket == 0 {
            return None;
        }
        let seen = match (self.entry, self.seen) {
            (Some(place), Some(at)) => Some(Seen { entry: place.entry()?, at: time(&at)? }),
            _ => None,
        };
        Some(Visit { ticket: self.ticket, looked: time(&self.looked)?, seen })
    }
}

#[cfg(test)]
mod tests;
