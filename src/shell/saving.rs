//! Writing what was gathered to a file: whole or not at all, for its owner alone, and over no other file unless that was
//! asked for. On a thread of its own: a disk may be slow.

use std::{
    env,
    io::{self, BufWriter},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{
    export::{Ending, Parcel},
    message::NotSaved,
    model::{taking::Told, text::Untrusted},
    reason::not_written,
};

/// Writes the file.
///
/// # Errors
/// Why it was not written. What was there is as it was.
pub(super) fn save(name: &str, is_forced: bool, parcel: &Parcel) -> Result<Told, NotSaved> {
    let path = at_home(name);
    match write(&path, is_forced, parcel) {
        Ok(()) => Ok(Told::Wrote {
            entries: parcel.entries.len(),
            is_whole: parcel.tally.ending == Ending::Complete,
            names: parcel.names(),
            aliases: parcel.aliases,
            personal: parcel.personal,
            file: Untrusted::new(name),
        }),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && !is_forced => {
            Err(NotSaved::Exists(name.to_owned()))
        }
        Err(error) => Err(NotSaved::Failed(Untrusted::new(format!("{name}: {}", not_written(&error))))),
    }
}

fn write(path: &Path, is_forced: bool, parcel: &Parcel) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !is_forced && path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    // Of mode 0600, and gone if anything fails before it has its name.
    let mut file = NamedTempFile::new_in(folder)?;
    let mut out = parcel.write(BufWriter::new(file.as_file_mut()))?;
    io::Write::flush(&mut out)?;
    drop(out);
    file.as_file().sync_all()?;
    if is_forced { file.persist(path).map(drop) } else { file.persist_noclobber(path).map(drop) }
        .map_err(|failed| failed.error)
}

/// A `~/` at the beginning is the user's folder, as they are used to from shells.
fn at_home(name: &str) -> PathBuf {
    let home = env::var_os("HOME").filter(|home| !home.is_empty());
    match (name.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(name),
    }
}
