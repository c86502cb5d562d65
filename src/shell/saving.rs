//! Writing what was gathered to a file ([`super::placing`]). On a thread of its own: a disk may be slow.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::placing::{Making, NoPlace, Place};
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
        Err(NoPlace::Exists) => Err(NotSaved::Exists(name.to_owned())),
        Err(NoPlace::Folder) => Err(NotSaved::Failed(Untrusted::new(format!("{name}: it is a folder")))),
        Err(NoPlace::System(error)) => {
            Err(NotSaved::Failed(Untrusted::new(format!("{name}: {}", not_written(&error)))))
        }
    }
}

fn write(path: &Path, is_forced: bool, parcel: &Parcel) -> Result<(), NoPlace> {
    let place = Place::open(path, Making { replaces: is_forced, grows: false })?;
    parcel.write(place)?.finish()
}

/// A `~/` at the beginning is the user's folder, as they are used to from shells.
fn at_home(name: &str) -> PathBuf {
    let home = env::var_os("HOME").filter(|home| !home.is_empty());
    match (name.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(name),
    }
}
