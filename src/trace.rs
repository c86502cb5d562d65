//! The file that a trace goes to: the user's own, readable by nobody else, and never in the way.
//!
//! Refuses links, pipes, devices and files that others own, have under another name or may read. Lines are written by
//! a thread of its own: a disk that is slow keeps nobody waiting, and one that is full costs lines and nothing else.
//! Called by `main`.

use std::{
    error::Error,
    fmt,
    fs::File,
    io::{self, Write},
    os::unix::fs::MetadataExt as _,
    path::Path,
    sync::{
        Mutex,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags},
    io::Errno,
};

use crate::{
    model::text::{Charset, Untrusted},
    reason::not_written,
};

/// The most lines that wait for a slow disk; what comes then is lost.
const WAITING: usize = 1024;

/// The longest time that leaving waits for the disk.
const LAST_LINES: Duration = Duration::from_millis(200);

/// The longest path in a sentence, in cells.
const LONGEST_PATH: usize = 120;

/// The open file. When it is dropped, the last lines are on their way to the disk.
#[derive(Debug)]
pub struct TraceFile {
    lines: Option<SyncSender<String>>,
    done: Mutex<Receiver<()>>,
}

/// Why a file is not taken, as a sentence.
#[derive(Debug)]
pub struct TraceError {
    path: String,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    /// A link, a folder, a pipe, a device, another user's, or known by another name too.
    NotPlain,
    /// Others may read or write it.
    Open,
    /// The system refuses.
    System(io::Error),
}

impl TraceFile {
    /// Opens a file to append to, or makes it.
    ///
    /// # Errors
    /// When it is not a plain file of the user's own that nobody else may read, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, TraceError> {
        let refuse = |reason| {
            let path = Untrusted::new(path.to_string_lossy().into_owned());
            TraceError { path: path.one_line(LONGEST_PATH, Charset::Ascii).plain(), reason }
        };
        let file = open(path).map_err(refuse)?;
        let (lines, incoming) = sync_channel(WAITING);
        let (finished, done) = sync_channel(1);
        let writer = move || {
            append(file, incoming);
            let _ = finished.send(());
        };
        let started = thread::Builder::new().name("trace".to_owned()).spawn(writer);
        started.map_err(|error| refuse(Reason::System(error)))?;
        Ok(Self { lines: Some(lines), done: Mutex::new(done) })
    }

    /// Appends a line. Never waits and never fails.
    pub fn write(&self, line: String) {
        if let Some(lines) = &self.lines {
            let _ = lines.try_send(line);
        }
    }
}

impl Drop for TraceFile {
    fn drop(&mut self) {
        self.lines = None;
        if let Ok(done) = self.done.get_mut() {
            let _ = done.recv_timeout(LAST_LINES);
        }
    }
}

fn open(path: &Path) -> Result<File, Reason> {
    let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::CREATE | OFlags::CLOEXEC;
    // No link is followed, and no pipe waited for.
    let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR).map_err(|error| match error {
        Errno::LOOP | Errno::NXIO | Errno::ISDIR => Reason::NotPlain,
        error => Reason::System(error.into()),
    })?;
    let file = File::from(file);
    let about = file.metadata().map_err(Reason::System)?;
    let is_mine = about.uid() == rustix::process::geteuid().as_raw();
    if !about.is_file() || !is_mine || about.nlink() > 1 {
        return Err(Reason::NotPlain);
    }
    if about.mode() & 0o077 != 0 {
        return Err(Reason::Open);
    }
    Ok(file)
}

/// Writes each line as a whole; after one that did not fit, the next begins on a line of its own.
fn append(mut file: impl Write, lines: impl IntoIterator<Item = String>) {
    let mut torn = false;
    for line in lines {
        let line = format!("{}{line}\n", if torn { "\n" } else { "" });
        torn = match file.write(line.as_bytes()) {
            Ok(count) => count < line.len() && (torn || count > 0),
            Err(_) => torn,
        };
    }
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, reason } = self;
        match reason {
            Reason::NotPlain => write!(
                f,
                "The trace file {path} is a link, no file, or not yours alone. Name one that does not exist yet."
            ),
            Reason::Open => write!(
                f,
                "The trace file {path} can be read or written by others. Run chmod 600 on it, or name another one."
            ),
            Reason::System(error) => {
                write!(
                    f,
                    "The trace file {path} cannot be written: {}. Name another one.",
                    not_written(error)
                )
            }
        }
    }
}

impl Error for TraceError {}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, fs, os::unix::fs::PermissionsExt as _};

    use super::*;

    fn refused(path: &Path) -> String {
        TraceFile::open(path).unwrap_err().to_string()
    }

    #[test]
    fn a_new_file_is_for_its_owner_alone_and_an_old_one_is_appended_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace");
        for line in ["one", "two"] {
            let file = TraceFile::open(&path).unwrap();
            file.write(line.to_owned());
            drop(file);
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_not_a_plain_file_of_our_own_is_refused_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("target"), "kept").unwrap();
        fs::set_permissions(at("target"), fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::symlink(at("target"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("nothing"), at("dangling")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, at("pipe"), Mode::RUSR | Mode::WUSR).unwrap();
        for name in ["link", "dangling", "pipe", "."] {
            assert!(refused(&at(name)).contains("is a link, no file, or not yours alone"), "{name}");
        }
        assert!(refused(Path::new("/dev/null")).contains("is a link, no file, or not yours alone"));
        assert!(!at("nothing").exists());
        assert!(refused(&at("no/such/folder")).contains("cannot be written: there is no such folder"));
        fs::hard_link(at("target"), at("other")).unwrap();
        assert!(refused(&at("other")).contains("not yours alone"));
        fs::remove_file(at("other")).unwrap();
        fs::set_permissions(at("target"), fs::Permissions::from_mode(0o640)).unwrap();
        assert!(refused(&at("target")).contains("chmod 600"));
        assert_eq!(fs::read_to_string(at("target")).unwrap(), "kept");
    }

    #[test]
    fn a_hostile_path_is_told_as_text() {
        let folder = tempfile::tempdir().unwrap();
        let said = refused(&folder.path().join("no\x1b]0;owned\x07\u{202e}\n/such"));
        assert!(said.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{said}");
    }

    /// A disk with room for so many bytes.
    struct Disk<'a> {
        room: &'a Cell<usize>,
        taken: Vec<u8>,
    }

    impl Write for &mut Disk<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let count = bytes.len().min(self.room.get() - self.taken.len());
            self.taken.extend_from_slice(&bytes[..count]);
            if count == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(count) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_costs_lines_and_the_next_that_fits_stands_on_a_line_of_its_own() {
        let room = Cell::new(6);
        let mut disk = Disk { room: &room, taken: Vec::new() };
        let lines = ["one", "two", "three", "four"].into_iter().map(|line| {
            if line == "four" {
                room.set(100);
            }
            line.to_owned()
        });
        append(&mut disk, lines);
        assert_eq!(disk.taken, b"one\ntw\nfour\n");
    }
}
