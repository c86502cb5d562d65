//! The state folder: where a view is kept that a dropped line interrupted.
//!
//! One small file for each API that is read (and one for `--demo`), mode 0600 in a folder of mode 0700, replaced as
//! a whole, so that instances never see half of another's. It holds a ticket's number, names of action types, a time
//! and a hash: nothing that a customer wrote. Whatever cannot be read is as if it were not there. Called by `main`
//! and the shell.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::PathBuf,
};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use rustix::fs::{Mode, OFlags};
use serde::{Deserialize, Serialize};

use crate::model::{
    query::TicketNumber,
    saved_view::{SavedEntry, SavedTypes, SavedView, fingerprint},
    text::Untrusted,
};

/// How long a view can be taken up.
const VALID: TimeDelta = TimeDelta::days(1);

/// The largest file that is read.
const LARGEST: u64 = 256 * 1024;

/// The layout of the file.
const VERSION: u32 = 1;

/// Where views of one API are kept.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
    name: String,
}

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

#[derive(Debug, Serialize, Deserialize)]
struct Place {
    time: String,
    fingerprint: String,
}

impl Store {
    /// The store for an API, `TICKETLOG_STATE` or the user's state folder; `None` where there is no such folder.
    /// `api` is the address, or a word for one that is not the same from run to run.
    #[must_use]
    pub fn find(api: &str, var: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let set = |name: &str| var(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        // XDG Base Directory Specification 0.8: a path that is not absolute is to be ignored.
        let absolute = |name: &str| set(name).filter(|path| path.is_absolute());
        let folder = set("TICKETLOG_STATE")
            .or_else(|| absolute("XDG_STATE_HOME").map(|folder| folder.join("ticketlog")))
            .or_else(|| absolute("HOME").map(|home| home.join(".local/state/ticketlog")))?;
        let plain = !api.is_empty() && api.bytes().all(|byte| byte.is_ascii_lowercase());
        let key = if plain { api.to_owned() } else { format!("{:016x}", fingerprint([api.as_bytes()])) };
        Some(Self { folder, name: format!("view-{key}.json") })
    }

    /// Keeps a view.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; what was kept before is then still there.
    pub fn save(&self, view: &SavedView, now: DateTime<Utc>) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let private = fs::Permissions::from_mode(0o600);
        let mut file =
            tempfile::Builder::new().prefix(".view-").permissions(private).tempfile_in(&self.folder)?;
        file.write_all(&serde_json::to_vec(&Document::new(view, now))?)?;
        // Not synced: a disk can keep us longer than a dropped line leaves, and half a file counts as none.
        file.persist(self.folder.join(&self.name))?;
        Ok(())
    }

    /// The view kept here, unless it is too old, not ours or not to be read.
    #[must_use]
    pub fn load(&self, now: DateTime<Utc>) -> Option<SavedView> {
        let document = self.read()?;
        let saved = time(&document.saved)?;
        let age = now - saved;
        if document.version != VERSION || age > VALID || age < -VALID || document.ticket == 0 {
            return None;
        }
        document.view()
    }

    fn read(&self) -> Option<Document> {
        // No link and no pipe that somebody put there: neither followed nor waited for.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(self.folder.join(&self.name), flags, Mode::empty()).ok()?);
        let about = file.metadata().ok()?;
        if !about.is_file() || about.uid() != rustix::process::geteuid().as_raw() || about.len() > LARGEST {
            return None;
        }
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Forgets a view, if it is still the one that is kept.
    pub fn forget(&self, view: &SavedView) {
        let kept = self.read().and_then(Document::view);
        if kept.as_ref() == Some(view) {
            let _ = fs::remove_file(self.folder.join(&self.name));
        }
    }
}

impl Document {
    fn new(view: &SavedView, now: DateTime<Utc>) -> Self {
        let names = |types: &[Untrusted]| types.iter().map(|name| name.raw_for_export().to_owned()).collect();
        let text = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        Self {
            version: VERSION,
            saved: text(now),
            ticket: view.ticket,
            ticked: names(&view.types.ticked),
            unticked: names(&view.types.unticked),
            unlisted: view.types.unlisted,
            entry: view.entry.map(|entry| Place {
                time: text(entry.time),
                fingerprint: format!("{:016x}", entry.fingerprint),
            }),
        }
    }

    fn view(self) -> Option<SavedView> {
        let names = |types: Vec<String>| types.into_iter().map(Untrusted::new).collect();
        let entry = match self.entry {
            None => None,
            Some(place) => Some(SavedEntry {
                time: time(&place.time)?,
                fingerprint: u64::from_str_radix(&place.fingerprint, 16).ok()?,
            }),
        };
        let types = SavedTypes {
            ticked: names(self.ticked),
            unticked: names(self.unticked),
            unlisted: self.unlisted,
        };
        Some(SavedView { ticket: self.ticket, types, entry })
    }
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

#[cfg(test)]
mod tests;
