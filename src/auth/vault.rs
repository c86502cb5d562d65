//! The file that keeps tokens from run to run, and the lock that lets one session at a time change them.
//!
//! A file of mode 0600 in a folder of mode 0700, replaced as a whole and synced before the next step: a refresh token
//! that is lost is an account that is lost. It says for which account it is and is not read for another. What others
//! may read or write is refused with the command that cures it; what cannot be understood is as if it were not there.

use std::{
    fs::{self, DirBuilder, File, Permissions, TryLockError},
    io::{self, ErrorKind, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::fs::{Mode, OFlags};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{
    calls::{self, Steps},
    failures::{busy, lost},
    names::{Names, files},
    private,
};
use crate::{
    api::is_token,
    model::failure::{Failure, FailureKind},
    reason::not_written,
};

/// The largest file that is read.
const LARGEST: u64 = 256 * 1024;

/// More bytes than any tokens take.
const SPACE: usize = 16 * 1024;

/// How long a session waits for another one's lock, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(25);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Where the tokens of one account are kept.
#[derive(Debug, Clone)]
pub struct Vault {
    names: Names,
    about: String,
}

/// What is kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// The fingerprint of the secret that the tokens descend from; 0 for one that was typed.
    pub(super) seed: u64,
    /// What the refresh token belongs to: a later run need not be told.
    pub(super) client_id: String,
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
    client_id: String,
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
    /// The vault for what became of the secret with this fingerprint.
    pub(super) fn new(folder: PathBuf, about: String, seed: u64) -> Self {
        Self { names: Names::new(folder, &about, seed), about }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.names.path()
    }

    /// What is kept, `None` where there is nothing that can be understood. A slow disk keeps nobody waiting but the caller.
    pub(super) async fn read(&self) -> Result<Option<Kept>, Failure> {
        let vault = self.clone();
        let read = tokio::task::spawn_blocking(move || vault.read_now()).await;
        // What could not be looked at must not be taken for none.
        read.unwrap_or_else(|_| Err(lost()))
    }

    /// The client id of what is kept. Waits for the disk: for use before the screen opens.
    pub(super) fn client_id(&self) -> Result<Option<String>, Failure> {
        Ok(self.read_now()?.map(|kept| kept.client_id))
    }

    /// Puts `kept` in the place of what was there, whole or not at all. The lock is held.
    pub(super) async fn write(&self, kept: Kept) -> io::Result<()> {
        let vault = self.clone();
        let written = tokio::task::spawn_blocking(move || vault.write_now(&kept)).await;
        written.unwrap_or_else(|_| Err(io::Error::other("it was not written")))
    }

    fn read_now(&self) -> Result<Option<Kept>, Failure> {
        match self.read_from(&self.path())? {
            None if self.names.seed != 0 => {
                let former = self.read_from(&self.names.former())?;
                Ok(former.filter(|kept| kept.seed == self.names.seed))
            }
            kept => Ok(kept),
        }
    }

    fn read_from(&self, path: &Path) -> Result<Option<Kept>, Failure> {
        let Some(file) = private::open(path)? else { return Ok(None) };
        private::check_folder(&self.names.folder)?;
        let mut bytes = Vec::new();
        // A token that is there but cannot be read must not be taken for none: an older one would be used again.
        calls::make(|| file.take(LARGEST).read_to_end(&mut bytes))
            .map_err(|_| private::refused(path, "cannot be read", "ls -l"))?;
        let document: Option<Document> = serde_json::from_slice(&bytes).ok();
        let document = document.filter(|document| {
            document.about == self.about
                && is_token(&document.refresh_token)
                && is_token(&document.access_token)
        });
        Ok(document.map(|document| Kept {
            seed: document.seed,
            client_id: document.client_id,
            refresh: document.refresh_token.into(),
            access: document.access_token.into(),
            ends: document.ends,
            lasts: document.lasts,
        }))
    }

    /// Refuses a folder out of which nothing would be read.
    ///
    /// # Errors
    /// With the command that cures it.
    pub(super) fn check_folder(&self) -> Result<(), Failure> {
        // Whatever else is wrong with it shows when it is tried out.
        match fs::metadata(&self.names.folder) {
            Ok(folder) if folder.is_dir() => private::check_folder(&self.names.folder),
            _ => Ok(()),
        }
    }

    /// Whether anything could be kept here, tried out: a token that is good for one time must not be used up for nothing.
    ///
    /// # Errors
    /// What the system says.
    pub fn try_out(&self) -> io::Result<()> {
        drop(self.lock_file()?);
        let mut file = self.unfinished_file()?;
        calls::make(|| file.write_all(&[b' '; SPACE]))?;
        calls::make(|| file.as_file().sync_all())
    }

    fn unfinished_file(&self) -> io::Result<NamedTempFile> {
        calls::make(|| {
            tempfile::Builder::new()
                .prefix(&self.names.unfinished())
                .permissions(Permissions::from_mode(0o600))
                .tempfile_in(&self.names.folder)
        })
    }

    fn write_now(&self, kept: &Kept) -> io::Result<()> {
        let document = Document {
            about: self.about.clone(),
            seed: kept.seed,
            client_id: kept.client_id.clone(),
            refresh_token: kept.refresh.expose_secret().to_owned(),
            access_token: kept.access.expose_secret().to_owned(),
            ends: kept.ends,
            lasts: kept.lasts,
        };
        let steps = Steps::default();
        steps.next()?;
        let mut file = self.unfinished_file()?;
        // A mask of the user's can only take rights away, and even from the owner.
        steps.make(|| file.as_file().set_permissions(Permissions::from_mode(0o600)))?;
        let bytes = serde_json::to_vec(&document)?;
        let (half, rest) = bytes.split_at(bytes.len() / 2);
        file.write_all(half)?;
        steps.make(|| file.write_all(rest))?;
        steps.make(|| file.as_file().sync_all())?;
        steps.make(|| file.persist(self.path()))?;
        steps.make(|| File::open(&self.names.folder)?.sync_all())?;
        self.clear();
        Ok(())
    }

    /// What was just written has taken the place of what an earlier version kept.
    fn clear(&self) {
        if self.names.seed == 0 {
            return;
        }
        let former = self.names.former();
        if let Ok(Some(Kept { seed, .. })) = self.read_from(&former)
            && seed == self.names.seed
        {
            let _ = fs::remove_file(former);
        }
        self.names.sweep();
    }

    /// Whether anything is kept, be it understood or not.
    pub(super) fn is_there(&self) -> bool {
        self.path().symlink_metadata().is_ok() || !matches!(self.read_now(), Ok(None))
    }

    /// Forgets what is kept of all tokens of this account and source; whether there was anything. Under the lock: a
    /// session that is renewing would put it back.
    pub(super) async fn forget(&self) -> Result<bool, Failure> {
        if self.names.all().is_empty() {
            return Ok(false);
        }
        let lock = self.lock().await;
        if let Err(NoLock::Busy) = lock {
            return Err(busy());
        }
        let mut forgotten = false;
        for path in self.names.all() {
            match calls::make(|| fs::remove_file(&path)) {
                Ok(()) => forgotten = true,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    let why = not_written(&error);
                    let sentence = format!("{} cannot be removed: {why}; remove it by hand", path.display());
                    return Err(Failure::new(FailureKind::Input, sentence));
                }
            }
        }
        Ok(forgotten)
    }

    /// The lock, held until it is dropped, also by a process that is killed. `None` where the file system has no
    /// such locks: reading again before giving up is then all there is.
    pub(super) async fn lock(&self) -> Result<Option<File>, NoLock> {
        let file = self.lock_file().map_err(NoLock::Impossible)?;
        let trying = async {
            loop {
                match try_lock(&file) {
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
        calls::make(|| DirBuilder::new().recursive(true).mode(0o700).create(&self.names.folder))?;
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let path = self.names.lock();
        calls::make(|| rustix::fs::open(&path, flags, Mode::RUSR | Mode::WUSR)).map(File::from)
    }

    /// Removes what sessions that were ended while they wrote have left: under the lock nobody is writing.
    fn sweep(&self) {
        let prefix = self.names.unfinished();
        for file in files(&self.names.folder) {
            let name = file.file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| name.starts_with(&prefix)) {
                let _ = fs::remove_file(file);
            }
        }
    }
}

fn try_lock(file: &File) -> Result<(), TryLockError> {
    calls::may_lock().map_err(TryLockError::Error)?;
    file.try_lock()
}
