//! The state folder: what is kept from one run of the program to the next.
//!
//! Small files of mode 0600 in a folder of mode 0700, each replaced as a whole, so that instances never see half of
//! another's. They hold ticket numbers, names of action types and presets, times and hashes: nothing that a customer wrote.
//! Whatever cannot be read, is not ours or is no plain file is as if it were not there. Called by `main` and the
//! shell.
//!
//! ```text
//! view-<api>-<ticket>.json   the view that a dropped line interrupted     view
//! visit-<api>-<ticket>.json  when a ticket was last looked at             visits
//! remembered-<api>.json      the preset, and how times are told           remembered
//! ```

mod calls;
mod folder;
mod remembered;
mod view;
mod visits;

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use chrono::{DateTime, SecondsFormat, Utc};
use rustix::fs::{Mode, OFlags};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use self::calls::Call;
use crate::model::saved_view::{SavedEntry, fingerprint};

/// The largest file that is read.
const LARGEST: u64 = 256 * 1024;

/// The layout of the files.
const VERSION: u32 = 1;

/// Where the state of one API is kept.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
    key: String,
}

/// An entry as it is written down.
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
        let folder = folder(var)?;
        let plain = !api.is_empty() && api.bytes().all(|byte| byte.is_ascii_lowercase());
        let key = if plain { api.to_owned() } else { format!("{:016x}", fingerprint([api.as_bytes()])) };
        Some(Self { folder, key })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn make_folder(&self) -> io::Result<()> {
        let make = || DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        calls::make(Call::Write, make)
    }

    /// Puts a file in the place of another, whole or not at all.
    fn replace(&self, name: &str, document: &impl Serialize) -> io::Result<()> {
        let private = fs::Permissions::from_mode(0o600);
        let mut unfinished = tempfile::Builder::new();
        unfinished.prefix(folder::UNFINISHED).permissions(private);
        let mut file = calls::make(Call::Write, || unfinished.tempfile_in(&self.folder))?;
        let document = serde_json::to_vec(document)?;
        calls::make(Call::Write, || file.write_all(&document))?;
        // Not synced: a disk can keep us longer than a dropped line leaves, and half a file counts as none.
        calls::make(Call::Write, || file.persist(self.folder.join(name)))?;
        Ok(())
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        // No link and no pipe that somebody put there: neither followed nor waited for.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let open = || rustix::fs::open(self.folder.join(name), flags, Mode::empty());
        let file = File::from(calls::make(Call::Look, open).ok()?);
        let about = calls::make(Call::Look, || file.metadata()).ok()?;
        if !about.is_file() || about.uid() != rustix::process::geteuid().as_raw() || about.len() > LARGEST {
            return None;
        }
        let mut bytes = Vec::new();
        calls::make(Call::Look, || file.take(LARGEST).read_to_end(&mut bytes)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

/// The state folder: `TICKETLOG_STATE`, else the user's; `None` where there is none.
#[must_use]
pub fn folder(var: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let set = |name: &str| var(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // XDG Base Directory Specification 0.8: a path that is not absolute is to be ignored.
    let absolute = |name: &str| set(name).filter(|path| path.is_absolute());
    set("TICKETLOG_STATE")
        .or_else(|| absolute("XDG_STATE_HOME").map(|folder| folder.join("ticketlog")))
        .or_else(|| absolute("HOME").map(|home| home.join(".local/state/ticketlog")))
}

impl Place {
    fn new(entry: SavedEntry) -> Self {
        Self { time: written(entry.time), fingerprint: format!("{:016x}", entry.fingerprint) }
    }

    fn entry(&self) -> Option<SavedEntry> {
        Some(SavedEntry {
            time: time(&self.time)?,
            fingerprint: u64::from_str_radix(&self.fingerprint, 16).ok()?,
        })
    }
}

fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

#[cfg(test)]
mod tests;
