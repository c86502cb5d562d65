//! Where an export goes: standard output, a device or a pipe as it is, or a file. A file is written beside its place
//! and put there as a whole, for its owner alone, and never over another one that nobody said to replace.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    os::unix::fs::FileTypeExt,
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};
use ticketlog::model::text::{Charset, Untrusted};
pub(super) use ticketlog::reason::not_written as reason;

use crate::{Refusal, ending};

/// The longest name that is quoted.
const LONGEST: usize = 200;

/// Where an export goes.
pub(super) enum Output {
    Standard(BufWriter<io::Stdout>),
    /// Something that is no file, or a file that grows in its place.
    Straight(BufWriter<File>, PathBuf),
    /// A file that is put in its place when it is whole.
    Whole {
        file: BufWriter<NamedTempFile>,
        path: PathBuf,
        replaces: bool,
    },
}

/// How the file is to be made.
#[derive(Clone, Copy)]
pub(super) struct Making {
    /// Over another one.
    pub(super) replaces: bool,
    /// Somebody wants to read it while it grows.
    pub(super) grows: bool,
}

impl Output {
    /// Opens it: what cannot be written is known before anything is read.
    pub(super) fn open(path: Option<&PathBuf>, making: Making) -> Result<Self, Refusal> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Standard(BufWriter::new(io::stdout())));
        };
        let path = match fs::metadata(path) {
            Ok(about) if about.is_dir() => return Err(refused(path, 2, "is a folder. Name a file in it.")),
            Ok(about) if is_straight(path, about.file_type()) => {
                let file = OpenOptions::new().append(true).open(path);
                let file = file.map_err(|error| unwritten(path, &error))?;
                return Ok(Self::Straight(BufWriter::new(file), path.clone()));
            }
            Ok(_) if !making.replaces => {
                return Err(refused(path, 2, "exists. Name another file, or add --force to replace it."));
            }
            // Through a link the file is replaced, not the link.
            Ok(_) => fs::canonicalize(path).map_err(|error| unwritten(path, &error))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.clone(),
            Err(error) => return Err(unwritten(path, &error)),
        };
        let file = beside(&path).map_err(|error| unwritten(&path, &error))?;
        if making.grows {
            let file = put(file, &path, making.replaces).map_err(|error| unwritten(&path, &error))?;
            return Ok(Self::Straight(BufWriter::new(file), path));
        }
        Ok(Self::Whole { file: BufWriter::new(file), path, replaces: making.replaces })
    }

    /// Whether it is standard output.
    pub(super) fn is_standard(&self) -> bool {
        matches!(self, Self::Standard(_))
    }

    /// What to call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Standard(_) => "The output".to_owned(),
            Self::Straight(_, path) | Self::Whole { path, .. } => shown(path),
        }
    }

    /// Puts a whole file in its place.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        match self {
            Self::Standard(_) | Self::Straight(..) => Ok(()),
            Self::Whole { file, path, replaces } => {
                let file = file.into_inner().map_err(|error| unwritten(&path, error.error()))?;
                put(file, &path, replaces).map(drop).map_err(|error| unwritten(&path, &error))
            }
        }
    }

    /// Nothing was written: a file that was made for it goes.
    pub(super) fn leave(self) {
        if let Self::Straight(file, path) = self
            && file.get_ref().metadata().is_ok_and(|about| about.is_file() && about.len() == 0)
            && !is_made(&path)
        {
            let _ = fs::remove_file(path);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::Straight(file, _) => file.write(bytes),
            Self::Whole { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::Straight(file, _) => file.flush(),
            // Nobody sees it before it is whole.
            Self::Whole { .. } => Ok(()),
        }
    }
}

/// Writes a small file as a whole, for its owner alone, in the place of what stands there.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut file = beside(&path)?;
    file.write_all(text.as_bytes())?;
    put(file, &path, true).map(drop)
}

/// Whether [`replace`] can write there, as far as that is known before it does.
pub(super) fn can_replace(path: &Path) -> io::Result<()> {
    beside(&fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())).map(drop)
}

/// What is no file is written as it is, and so is whatever stands behind a name that the system makes.
fn is_straight(path: &Path, kind: fs::FileType) -> bool {
    let is_device = kind.is_char_device() || kind.is_block_device();
    is_device || kind.is_fifo() || kind.is_socket() || is_made(path)
}

/// Whether the system makes what has this name.
fn is_made(path: &Path) -> bool {
    path.starts_with("/dev") || path.starts_with("/proc")
}

/// A new file in the same folder, which only the user may read.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut unfinished = ending::unfinished();
    let file = Builder::new().prefix(".ticketlog-").tempfile_in(folder(path))?;
    unfinished.push(file.path().to_owned());
    Ok(file)
}

fn put(file: NamedTempFile, path: &Path, replaces: bool) -> io::Result<File> {
    let mut unfinished = ending::unfinished();
    unfinished.retain(|made| made != file.path());
    file.as_file().sync_all()?;
    let file = if replaces { file.persist(path) } else { file.persist_noclobber(path) };
    let file = file.map_err(|refused| refused.error)?;
    // Where the system cannot do that for a folder, the file is there all the same.
    let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
    Ok(file)
}

/// Where a file is.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn refused(path: &Path, code: u8, words: &str) -> Refusal {
    Refusal::new(code, format!("{} {words}", shown(path)))
}

fn unwritten(path: &Path, error: &io::Error) -> Refusal {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return refused(path, 2, "exists. Name another file, or add --force to replace it.");
    }
    refused(path, 1, &format!("cannot be written: {}.", reason(error)))
}

pub(super) fn shown(path: &Path) -> String {
    Untrusted::new(path.to_string_lossy().into_owned()).one_line(LONGEST, Charset::Ascii).plain()
}
