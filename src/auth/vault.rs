//! The file that keeps tokens from run to run, and the lock that lets one session at a time change them.
//!
//! A file of mode 0600 in a folder of mode 0700, replaced as a whole and synced before the next step: a refresh token
//! that is lost is an account that is lost. It says for which account it is and is not read for another. What others
//! may read or write is refused with the command that cures it; what cannot be understood is as if it were not there.

use std::{
    fs::{self, DirBuilder, File, Permissions, TryLockError},
    io::{self, ErrorKind, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags},
    io::Errno,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::{
    api::is_token,
    model::{
        failure::{Failure, FailureKind},
        saved_view::fingerprint,
    },
};

/// The largest file that is read.
const LARGEST: u64 = 256 * 1024;

/// How long a session waits for another one's lock, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(25);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Where the tokens of one account are kept.
#[derive(Debug)]
pub struct Vault {
    folder: PathBuf,
    name: String,
    about: String,
}

/// What is kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// The fingerprint of the secret that the tokens descend from; 0 for one that was typed.
    pub(super) seed: u64,
    pub(super) refresh: SecretString,
    pub(super) access: SecretString,
    /// The end of the access token in seconds since 1970, by the clock of this computer.
    pub(super) ends: u64,
    /// How long it lasts in all, in seconds: a clock that was turned back makes it no longer.
    pub(super) lasts: u64,
}

#[derive(Serialize, Deserialize)]
struct Document {
    about: String,
    seed: u64,
    refresh_token: String,
    access_token: String,
    ends: u64,
    lasts: u64,
}

/// Why there is no lock.
pub(super) enum NoLock {
    /// Another session holds it.
    Busy,
    /// The folder does not allow it.
    Impossible(io::Error),
}

impl Vault {
    pub(super) fn new(folder: PathBuf, about: String) -> Self {
        let name = format!("token-{:016x}", fingerprint([about.as_bytes()]));
        Self { folder, name, about }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.name))
    }

    /// What is kept, `None` where there is nothing that can be understood.
    pub(super) fn read(&self) -> Result<Option<Kept>, Failure> {
        let path = self.path();
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match rustix::fs::open(&path, flags, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
            Err(Errno::LOOP) => return Err(unsafe_file(&path, "is a link", "rm")),
            Err(_) => return Err(unsafe_file(&path, "cannot be opened", "ls -l")),
        };
        is_private(&file, &path)?;
        if let Ok(folder) = fs::metadata(&self.folder)
            && folder.mode() & 0o077 != 0
        {
            return Err(unsafe_file(&self.folder, "is open to others", "chmod 700"));
        }
        let mut bytes = Vec::new();
        if file.take(LARGEST).read_to_end(&mut bytes).is_err() {
            return Ok(None);
        }
        let document: Option<Document> = serde_json::from_slice(&bytes).ok();
        let document = document.filter(|document| {
            document.about == self.about
                && is_token(&document.refresh_token)
                && is_token(&document.access_token)
        });
        Ok(document.map(|document| Kept {
            seed: document.seed,
            refresh: document.refresh_token.into(),
            access: document.access_token.into(),
            ends: document.ends,
            lasts: document.lasts,
        }))
    }

    /// Puts `kept` in the place of what was there, whole or not at all. The lock is held.
    pub(super) fn write(&self, kept: &Kept) -> io::Result<()> {
        let document = Document {
            about: self.about.clone(),
            seed: kept.seed,
            refresh_token: kept.refresh.expose_secret().to_owned(),
            access_token: kept.access.expose_secret().to_owned(),
            ends: kept.ends,
            lasts: kept.lasts,
        };
        let mut file = tempfile::Builder::new()
            .prefix(&self.unfinished())
            .permissions(Permissions::from_mode(0o600))
            .tempfile_in(&self.folder)?;
        // A mask of the user's can only take rights away, and even from the owner.
        file.as_file().set_permissions(Permissions::from_mode(0o600))?;
        file.write_all(&serde_json::to_vec(&document)?)?;
        file.as_file().sync_all()?;
        file.persist(self.path())?;
        File::open(&self.folder)?.sync_all()
    }

    /// Forgets what is kept; whether there was anything.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn forget(&self) -> io::Result<bool> {
        match fs::remove_file(self.path()) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The lock, held until it is dropped, also by a process that is killed. `None` where the file system has no
    /// such locks: reading again before giving up is then all there is.
    pub(super) async fn lock(&self) -> Result<Option<File>, NoLock> {
        let file = self.lock_file().map_err(NoLock::Impossible)?;
        let trying = async {
            loop {
                match file.try_lock() {
                    Ok(()) => return true,
                    Err(TryLockError::WouldBlock) => tokio::time::sleep(LOOK_AGAIN).await,
                    Err(TryLockError::Error(_)) => return false,
                }
            }
        };
        match tokio::time::timeout(PATIENCE, trying).await {
            Ok(true) => {
                self.sweep();
                Ok(Some(file))
            }
            Ok(false) => Ok(None),
            Err(_) => Err(NoLock::Busy),
        }
    }

    fn lock_file(&self) -> io::Result<File> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let path = self.folder.join(format!("{}.lock", self.name));
        Ok(File::from(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?))
    }

    fn unfinished(&self) -> String {
        format!(".new-{}-", self.name)
    }

    /// Removes what sessions that were ended while they wrote have left: under the lock nobody is writing.
    fn sweep(&self) {
        let prefix = self.unfinished();
        for file in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if file.file_name().to_str().is_some_and(|name| name.starts_with(&prefix)) {
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

/// Nobody but the owner may have read or written a file with a secret, and no other name may lead to it.
fn is_private(file: &File, path: &Path) -> Result<(), Failure> {
    let about = file.metadata().map_err(|_| unsafe_file(path, "cannot be read", "ls -l"))?;
    if !about.is_file() {
        return Err(unsafe_file(path, "is no plain file", "ls -ld"));
    }
    if about.uid() != rustix::process::geteuid().as_raw() {
        return Err(unsafe_file(path, "belongs to somebody else", "ls -l"));
    }
    if about.nlink() > 1 {
        return Err(unsafe_file(path, "has a second name", "rm"));
    }
    if about.mode() & 0o077 != 0 {
        return Err(unsafe_file(path, "is open to others", "chmod 600"));
    }
    Ok(())
}

fn unsafe_file(path: &Path, what: &str, cure: &str) -> Failure {
    let path = path.display();
    let sentence = format!("{path} holds a token and {what}, so it is not used; see to it: {cure} '{path}'");
    Failure::new(FailureKind::NotAuthorised, sentence)
}
