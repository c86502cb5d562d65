//! Where a file goes: a device or a pipe is written as it is, a file beside its place and put there as a whole, for its owner
//! alone, and never over another one that nobody said to replace. Behind a link the file is meant, not the link.
//!
//! Called by the screen and by the commands that print.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    os::unix::fs::FileTypeExt,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tempfile::{Builder, NamedTempFile};

/// Files that are being made: where the program ends before they are whole, they go.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// How the file is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Making {
    /// Over another one.
    pub replaces: bool,
    /// Somebody wants to read it while it grows.
    pub grows: bool,
}

/// Why a file cannot be made.
#[derive(Debug)]
pub enum NoPlace {
    /// The name is that of a folder.
    Folder,
    /// There is one of this name.
    Exists,
    /// The system would not.
    System(io::Error),
}

impl From<io::Error> for NoPlace {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::AlreadyExists { Self::Exists } else { Self::System(error) }
    }
}

/// Something that is being written.
#[derive(Debug)]
pub enum Place {
    /// Something that is no file, or a file that grows in its place.
    Straight(BufWriter<File>, PathBuf),
    /// A file that is put in its place when it is whole.
    Whole {
        /// It, beside its place.
        file: BufWriter<NamedTempFile>,
        /// Its place.
        path: PathBuf,
        /// Whether another one may be there.
        replaces: bool,
    },
}

impl Place {
    /// Opens it: what cannot be written is known before anything is read.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn open(path: &Path, making: Making) -> Result<Self, NoPlace> {
        let path = match fs::metadata(path) {
            Ok(about) if about.is_dir() => return Err(NoPlace::Folder),
            Ok(about) if is_straight(path, about.file_type()) => {
                let file = OpenOptions::new().append(true).open(path)?;
                return Ok(Self::Straight(BufWriter::new(file), path.to_owned()));
            }
            Ok(_) if !making.replaces => return Err(NoPlace::Exists),
            // Through a link the file is replaced, not the link.
            Ok(_) => fs::canonicalize(path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
            Err(error) => return Err(error.into()),
        };
        let file = beside(&path)?;
        if making.grows {
            let file = put(file, &path, making.replaces)?;
            return Ok(Self::Straight(BufWriter::new(file), path));
        }
        Ok(Self::Whole { file: BufWriter::new(file), path, replaces: making.replaces })
    }

    /// What it is called.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Straight(_, path) | Self::Whole { path, .. } => path,
        }
    }

    /// Puts a whole file in its place.
    ///
    /// # Errors
    /// Why it could not be written to its end, or put there.
    pub fn finish(self) -> Result<(), NoPlace> {
        match self {
            Self::Straight(mut file, _) => Ok(file.flush()?),
            Self::Whole { file, path, replaces } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                Ok(put(file, &path, replaces).map(drop)?)
            }
        }
    }

    /// Nothing was written: a file that was made for it goes.
    pub fn leave(self) {
        if let Self::Straight(file, path) = self
            && file.get_ref().metadata().is_ok_and(|about| about.is_file() && about.len() == 0)
            && !is_made(&path)
        {
            let _ = fs::remove_file(path);
        }
    }
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Straight(file, _) => file.write(bytes),
            Self::Whole { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Straight(file, _) => file.flush(),
            // Nobody sees it before it is whole.
            Self::Whole { .. } => Ok(()),
        }
    }
}

/// Writes a small file as a whole, for its owner alone, in the place of what stands there.
///
/// # Errors
/// Why it cannot be written.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut file = beside(&path)?;
    file.write_all(text.as_bytes())?;
    put(file, &path, true).map(drop)
}

/// Whether [`replace`] can write there, as far as that is known before it does.
///
/// # Errors
/// Why it cannot be written.
pub fn can_replace(path: &Path) -> io::Result<()> {
    beside(&fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())).map(drop)
}

/// Where a file is.
#[must_use]
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes the files that are being made: the program ends. One that is being put in its place right now is waited for;
/// while what this gives is held there is none to come.
pub fn remove_unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    let mut unfinished = unfinished();
    for file in unfinished.drain(..) {
        let _ = fs::remove_file(file);
    }
    unfinished
}

/// The files that are being made. Whoever puts one in its place holds this meanwhile.
fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is no file is written as it is, and so is whatever stands behind a name that the system makes.
fn is_straight(path: &Path, kind: fs::FileType) -> bool {
    let is_device = kind.is_char_device() || kind.is_block_device();
    is_device || kind.is_fifo() || kind.is_socket() || is_made(path)
}

/// Whether the system makes what has this name: it stands for something that is open already. Other files in `/dev`, such as
/// those in `/dev/shm`, are files.
fn is_made(path: &Path) -> bool {
    let open = ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    open.iter().any(|name| path.starts_with(name))
}

/// A new file in the same folder, which only the user may read.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut unfinished = unfinished();
    let file = Builder::new().prefix(".ticketlog-").tempfile_in(folder(path))?;
    unfinished.push(file.path().to_owned());
    Ok(file)
}

fn put(file: NamedTempFile, path: &Path, replaces: bool) -> io::Result<File> {
    let mut unfinished = unfinished();
    unfinished.retain(|made| made != file.path());
    file.as_file().sync_all()?;
    let file = if replaces { file.persist(path) } else { file.persist_noclobber(path) };
    let file = file.map_err(|refused| refused.error)?;
    // Where the system cannot do that for a folder, the file is there all the same.
    let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
    Ok(file)
}
