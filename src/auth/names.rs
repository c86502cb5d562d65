//! The names of the files for the tokens of one account and source.
//!
//! What became of a token that was given stands in a file of that token: another one that is given for the same address
//! must not take its place. Earlier versions had one file for all of them, which is found as long as it is there.

use std::{
    cmp::Reverse,
    fs,
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret as _, SecretString};

use crate::model::saved_view::fingerprint;

/// The most tokens that were given one after the other whose files are kept.
const MOST: usize = 20;

/// Of the secret that tokens descend from and its client id: with another one, what is kept is not what became of it.
/// 0 for a secret that was typed.
pub(super) fn print(seed: Option<&SecretString>, client_id: &str) -> u64 {
    seed.map_or(0, |seed| fingerprint([seed.expose_secret().as_bytes(), client_id.as_bytes()]))
}

/// Where the files are.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) folder: PathBuf,
    /// The same for all tokens of one account and source.
    pub(super) stem: String,
    pub(super) seed: u64,
}

impl Names {
    pub(super) fn new(folder: PathBuf, about: &str, seed: u64) -> Self {
        Self { folder, stem: format!("token-{:016x}", fingerprint([about.as_bytes()])), seed }
    }

    /// The file. Half of the fingerprint tells tokens apart, and nothing else.
    pub(super) fn path(&self) -> PathBuf {
        match self.seed {
            0 => self.former(),
            seed => self.folder.join(format!("{}-{:08x}.json", self.stem, seed >> 32)),
        }
    }

    /// The file of a login, and of earlier versions.
    pub(super) fn former(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.stem))
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.folder.join(format!("{}.lock", self.stem))
    }

    /// What the names of files begin with that are being written.
    pub(super) fn unfinished(&self) -> String {
        format!(".new-{}-", self.stem)
    }

    /// The files that are there, whatever token they are of.
    pub(super) fn all(&self) -> Vec<PathBuf> {
        let of_tokens = format!("{}-", self.stem);
        let is_one = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            path.extension().is_some_and(|kind| kind == "json") && name.starts_with(&of_tokens)
        };
        let mut all: Vec<_> = files(&self.folder).filter(is_one).collect();
        all.extend([self.former()].into_iter().filter(|path| path.symlink_metadata().is_ok()));
        all
    }

    /// Removes the files of tokens that were given long ago. The lock is held.
    pub(super) fn sweep(&self) {
        let mut all = self.all();
        if all.len() <= MOST {
            return;
        }
        all.retain(|path| *path != self.former());
        all.sort_by_key(|path| Reverse(path.metadata().and_then(|about| about.modified()).ok()));
        for old in all.iter().skip(MOST) {
            let _ = fs::remove_file(old);
        }
    }
}

pub(super) fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path())
}
