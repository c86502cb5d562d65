//! Files that hold a secret: nobody but the owner may have read or written one. Any other is refused, with the command
//! that cures it.

use std::{
    fs::{self, File},
    io::ErrorKind,
    os::unix::fs::MetadataExt as _,
    path::Path,
};

use rustix::{
    fs::{Mode, OFlags},
    io::Errno,
};

use super::calls;
use crate::model::failure::{Failure, FailureKind};

/// Opens a file for reading; `None` where there is none.
pub(super) fn open(path: &Path) -> Result<Option<File>, Failure> {
    // No link is followed, and no pipe waited for.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = match calls::make(|| rustix::fs::open(path, flags, Mode::empty())) {
        Ok(file) => File::from(file),
        Err(error) => match Errno::from_io_error(&error) {
            Some(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
            Some(Errno::LOOP) => return Err(refused(path, "is a link", "ls -l")),
            _ => return Err(refused(path, "cannot be opened", "ls -l")),
        },
    };
    let about = calls::make(|| file.metadata());
    let about = about.map_err(|_| refused(path, "cannot be read", "ls -l"))?;
    if !about.is_file() {
        return Err(refused(path, "is no plain file", "ls -ld"));
    }
    if about.uid() != rustix::process::geteuid().as_raw() {
        return Err(refused(path, "belongs to somebody else", "ls -l"));
    }
    if about.nlink() > 1 {
        return Err(refused(path, "has a second name", "ls -l"));
    }
    if about.mode() & 0o077 != 0 {
        return Err(refused(path, "is open to others", "chmod 600"));
    }
    Ok(Some(file))
}

/// Refuses a folder that others may look into or write to; one that is not there is none.
pub(super) fn check_folder(path: &Path) -> Result<(), Failure> {
    match calls::make(|| fs::metadata(path)) {
        Ok(folder) if folder.mode() & 0o077 != 0 => Err(refused(path, "is open to others", "chmod 700")),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(_) => Err(refused(path, "cannot be looked at", "ls -ld")),
    }
}

pub(super) fn refused(path: &Path, what: &str, cure: &str) -> Failure {
    let name = path.display().to_string();
    // The command is there to be copied, so it stands there as a shell wants it. What does not come through as it is would
    // name another file.
    let cure = if name.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'\\') {
        format!(": {cure} '{}'", name.replace('\'', r#"'"'"'"#))
    } else {
        format!(" with {cure}")
    };
    let sentence = format!("{name} holds a token and {what}, so it is not used; see to it{cure}");
    Failure::new(FailureKind::NotAuthorised, sentence)
}
