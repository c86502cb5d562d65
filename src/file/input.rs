//! What comes next of a file or a pipe, and whether a file has changed since it was read.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{
    bytes::Bytes,
    format::{self, HEAD, NoLog, Verdict},
    order,
};
use crate::model::stamp::Stamp;

/// How much is read at once: small enough that a question hardly waits for it.
const PIECE: usize = 256 * 1024;

/// How many bytes before the end tell whether a longer file is the same one.
const MARK: u64 = 256;

/// A piece of what comes through a pipe; an empty one is its end.
pub(super) type Piece = io::Result<Vec<u8>>;

/// A file or a pipe.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) bytes: Bytes,
    file: Option<Place>,
    unwanted: Unwanted,
}

/// Where a file is, and what it was when it was read.
#[derive(Debug)]
struct Place {
    path: PathBuf,
    version: Version,
    /// The last bytes that were read.
    mark: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Version {
    file: (u64, u64),
    length: u64,
    changed: (i64, i64),
}

impl Version {
    fn of(about: &Metadata) -> Self {
        Self {
            file: (about.dev(), about.ino()),
            length: about.len(),
            changed: (about.mtime(), about.mtime_nsec()),
        }
    }
}

/// What has become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing, or there is no file.
    None,
    /// More stands at its end.
    Grew,
    /// It is another one.
    Replaced,
}

impl Input {
    /// A file that stays where it is.
    pub(super) fn file(file: File, path: &Path) -> io::Result<Self> {
        let version = Version::of(&file.metadata()?);
        let place = Place { path: path.to_owned(), version, mark: Vec::new() };
        Ok(Self { bytes: Bytes::File(file), file: Some(place), unwanted: Unwanted::default() })
    }

    /// What comes through a pipe.
    pub(super) fn pipe(unwanted: Unwanted) -> Self {
        Self { bytes: Bytes::Memory(Vec::new()), file: None, unwanted }
    }

    /// Nobody wants more of a pipe.
    pub(super) fn give_up(&self) {
        self.unwanted.store(true, Ordering::Release);
    }

    /// Whether it is a file.
    pub(super) fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Whether the beginning of the file is that of a log.
    pub(super) fn check(&self) -> io::Result<Result<(), NoLog>> {
        let head = self.bytes.range(0, HEAD as u64)?;
        Ok(match format::detect(&head, head.len() < HEAD) {
            Verdict::Refused(why) => Err(why),
            Verdict::Log(..) | Verdict::TooShort => Ok(()),
        })
    }

    /// The next piece of a file; an empty one at its end.
    pub(super) fn next(&self, offset: u64) -> Piece {
        self.bytes.range(offset, offset + PIECE as u64)
    }

    /// The last stretch of a file, and where it begins.
    pub(super) fn last_piece(&self) -> Option<(Vec<u8>, u64)> {
        let end = self.file.as_ref()?.version.length;
        let start = end.saturating_sub(PIECE as u64);
        Some((self.bytes.range(start, end).ok()?, start))
    }

    /// The last time that stands in a file.
    pub(super) fn last_time(&self) -> Option<Stamp> {
        let length = self.file.as_ref()?.version.length;
        let tail = self.bytes.range(length.saturating_sub(HEAD as u64), length).ok()?;
        order::last_time(&tail)
    }

    /// Remembers the file as it is, read up to here.
    pub(super) fn note_read(&mut self, end: u64) -> io::Result<()> {
        let mark = self.bytes.range(end.saturating_sub(MARK), end)?;
        if let (Some(place), Bytes::File(file)) = (&mut self.file, &self.bytes) {
            place.version = Version { length: end, ..Version::of(&file.metadata()?) };
            place.mark = mark;
        }
        Ok(())
    }

    /// What has become of the file since then. One that was replaced is open from now on.
    pub(super) fn look(&mut self) -> io::Result<Change> {
        let Some(place) = &mut self.file else { return Ok(Change::None) };
        let about = fs::metadata(&place.path)?;
        if !about.is_file() {
            // Opening a pipe could wait for ever.
            return Err(io::Error::other("it is no file any more"));
        }
        let file = File::open(&place.path)?;
        let version = Version::of(&file.metadata()?);
        if version == place.version {
            return Ok(Change::None);
        }
        let end = place.version.length;
        let grew = version.file == place.version.file && version.length > end && {
            self.bytes.range(end.saturating_sub(MARK), end)? == place.mark
        };
        place.version = version;
        if grew {
            return Ok(Change::Grew);
        }
        self.bytes = Bytes::File(file);
        Ok(Change::Replaced)
    }
}

/// A pipe that has a name. It is opened when it is read for the first time: that waits until somebody writes to it.
#[derive(Debug)]
pub(super) struct NamedPipe {
    path: PathBuf,
    file: Option<File>,
}

impl NamedPipe {
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), file: None }
    }
}

impl Read for NamedPipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.read(buffer),
            file => file.insert(File::open(&self.path)?).read(buffer),
        }
    }
}

/// Tells the reader of a pipe that nobody wants more of it: one that never ends must not be read for ever.
pub(super) type Unwanted = Arc<AtomicBool>;

/// Reads a pipe to its end, piece by piece, as long as somebody wants them.
pub(super) fn pump(mut source: impl Read, unwanted: &Unwanted, take: &dyn Fn(Piece) -> bool) {
    let mut buffer = vec![0; PIECE];
    while !unwanted.load(Ordering::Acquire) {
        let piece = match source.read(&mut buffer) {
            Ok(count) => Ok(buffer.get(..count).unwrap_or_default().to_vec()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let is_last = piece.as_ref().map_or(true, Vec::is_empty);
        if !take(piece) || is_last {
            return;
        }
    }
}
