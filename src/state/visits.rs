//! When each ticket was last looked at, and the newest entry of it that was on the screen.
//!
//! One file a ticket, so that two instances lose nothing of each other's as long as they read different tickets. Where
//! they read the same one, each takes over what is written before it replaces it, while it holds the folder's lock:
//! what was seen never moves back. The lock is one on the folder itself, so nothing is left behind; an instance
//! that was stopped while it held it costs the others their own visit, never their end.

use std::{
    fs,
    io::{self, ErrorKind},
    path::PathBuf,
    thread,
    time::Duration,
};

use rustix::{
    fd::OwnedFd,
    fs::{FlockOperation, Mode, OFlags},
    io::Errno,
};
use serde::{Deserialize, Serialize};

use super::{Place, Store, VERSION, time, written};
use crate::model::{
    query::TicketNumber,
    visit::{Seen, Visit},
};

/// The most visits that are kept.
const MOST: usize = 200;

/// How long another instance that is writing is waited for: so often, so long each time.
const TRIES: u32 = 40;
const TRY_AGAIN: Duration = Duration::from_millis(5);

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
        self.prune();
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
        let files = self.files().into_iter().take(MOST);
        let mut visits: Vec<Visit> = files.filter_map(|(ticket, _)| self.visit(ticket)).collect();
        visits.sort_by_key(|visit| (std::cmp::Reverse(visit.looked), visit.ticket));
        visits
    }

    /// Held until it is dropped. Where the file system has no such locks, nothing is held: comparing before replacing
    /// is then all there is.
    fn lock(&self) -> io::Result<Option<OwnedFd>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = rustix::fs::open(&self.folder, flags, Mode::empty())?;
        for _ in 0..TRIES {
            match rustix::fs::flock(&folder, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Some(folder)),
                Err(Errno::WOULDBLOCK) => thread::sleep(TRY_AGAIN),
                Err(Errno::INTR) => {}
                Err(_) => return Ok(None),
            }
        }
        Err(ErrorKind::WouldBlock.into())
    }

    fn prune(&self) {
        for (_, path) in self.files().into_iter().skip(MOST) {
            let _ = fs::remove_file(path);
        }
    }

    /// The files of visits, the one written last first.
    fn files(&self) -> Vec<(TicketNumber, PathBuf)> {
        let prefix = format!("visit-{}-", self.key);
        let ticket = |name: &str| name.strip_prefix(&prefix)?.strip_suffix(".json")?.parse().ok();
        let listed = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut files: Vec<(TicketNumber, PathBuf)> =
            listed.filter_map(|file| Some((ticket(file.file_name().to_str()?)?, file.path()))).collect();
        files.sort_by_cached_key(|(ticket, path)| {
            let written = path.symlink_metadata().and_then(|about| about.modified()).ok();
            std::cmp::Reverse((written, *ticket))
        });
        files
    }

    pub(super) fn visit_name(&self, ticket: TicketNumber) -> String {
        format!("visit-{}-{ticket}.json", self.key)
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
