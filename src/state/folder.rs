//! The folder that instances share: its lock, the files of one kind, and what is swept away.
//!
//! Ages are told by the file system's own clock: a file that was just written says what it is.

use std::{
    cmp::Reverse,
    fs::{self, DirEntry},
    io::{self, ErrorKind},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use rustix::{
    fd::OwnedFd,
    fs::{FlockOperation, Mode, OFlags},
    io::Errno,
};

use super::{
    Store,
    calls::{self, Call},
};
use crate::model::query::TicketNumber;

/// How often the lock is tried, and how long the wait is between: a fifth of a second, of which a dropped line leaves
/// half a second in all.
const TRIES: u32 = 40;
const TRY_AGAIN: Duration = Duration::from_millis(5);

/// What the names of files begin with that are being written, and how old one is that nobody will finish.
pub(super) const UNFINISHED: &str = ".new-";
const ABANDONED: Duration = Duration::from_hours(1);

/// Files of one kind, one a ticket.
#[derive(Debug)]
pub(super) struct Kind {
    /// The first word of their names.
    pub(super) name: &'static str,
    /// The most that are kept, the last ones written.
    pub(super) most: usize,
    /// How long one is kept.
    pub(super) longest: Duration,
}

/// A file of a kind.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) ticket: TicketNumber,
    written: Option<SystemTime>,
    path: PathBuf,
}

impl Store {
    pub(super) fn name(&self, kind: &Kind, ticket: TicketNumber) -> String {
        format!("{}-{}-{ticket}.json", kind.name, self.key)
    }

    /// The files of a kind, the one written last first.
    pub(super) fn files(&self, kind: &Kind) -> Vec<Found> {
        let prefix = format!("{}-{}-", kind.name, self.key);
        let ticket = |name: &str| name.strip_prefix(&prefix)?.strip_suffix(".json")?.parse().ok();
        let listed = self.listed();
        let mut files: Vec<Found> = listed
            .filter_map(|file| {
                let ticket = ticket(file.file_name().to_str()?)?;
                let written = file.metadata().and_then(|about| about.modified()).ok();
                Some(Found { ticket, written, path: file.path() })
            })
            .collect();
        files.sort_by_key(|file| Reverse((file.written, file.ticket)));
        files
    }

    fn listed(&self) -> impl Iterator<Item = DirEntry> + use<> {
        calls::make(Call::Look, || fs::read_dir(&self.folder)).into_iter().flatten().flatten()
    }

    /// Sweeps what is too old or too much of a kind, and what instances that were ended while they wrote have left,
    /// after a file of that kind was written.
    pub(super) fn sweep(&self, kind: &Kind, written: TicketNumber) {
        let path = self.folder.join(self.name(kind, written));
        let about = calls::make(Call::Look, || fs::symlink_metadata(path));
        let Ok(now) = about.and_then(|about| about.modified()) else {
            return;
        };
        let is_older = |time: Option<SystemTime>, than: Duration| {
            time.and_then(|time| now.duration_since(time).ok()).is_some_and(|age| age > than)
        };
        for (at, file) in self.files(kind).into_iter().enumerate() {
            if at >= kind.most || is_older(file.written, kind.longest) {
                let _ = remove(&file.path);
            }
        }
        let me = rustix::process::geteuid().as_raw();
        for file in self.listed() {
            let is_ours = file.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED));
            let Some(about) = is_ours.then(|| file.metadata().ok()).flatten() else {
                continue;
            };
            if about.is_file() && about.uid() == me && is_older(about.modified().ok(), ABANDONED) {
                let _ = remove(&file.path());
            }
        }
    }

    /// Held until it is dropped. Where the file system has no such locks, nothing is held: comparing
    /// before replacing is then all there is.
    pub(super) fn lock(&self) -> io::Result<Option<OwnedFd>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = calls::make(Call::Look, || rustix::fs::open(&self.folder, flags, Mode::empty()))?;
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
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    calls::make(Call::Write, || fs::remove_file(path))
}
