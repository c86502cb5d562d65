//! Makes access tokens from a refresh token: before the old one ends, when the server refuses it, and never twice for
//! one need.
//!
//! Requests of this process wait for one exchange, those of other sessions for the lock of the vault, and both look
//! at what they waited for before they ask. Each exchange is a task of its own: a request that is given up
//! must not lose a refresh token that the server has just changed.

mod keeping;

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use secrecy::SecretString;
use tokio::time::Instant;

use super::{
    failures::{busy, logged_out, lost, no_token, unwritable},
    held::{Held, same},
    underway,
    vault::{Kept, NoLock, Vault},
};
use crate::{
    api::{NotGranted, Pending, Renew, TokenEndpoint},
    model::failure::Failure,
};

/// The longest time that leaving waits for an exchange.
const LAST_EXCHANGE: Duration = Duration::from_secs(1);

/// A source of access tokens. Clones are the same source.
#[derive(Clone)]
pub struct Renewal(Arc<Inner>);

struct Inner {
    endpoint: TokenEndpoint,
    client_id: String,
    /// What was given in this run; the vault may hold what became of it.
    seed: Option<SecretString>,
    vault: Option<Vault>,
    held: tokio::sync::Mutex<Held>,
    /// How many exchanges were tried.
    tries: AtomicU64,
    warning: Mutex<Option<String>>,
}

/// How long the access token in use lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Until(pub Duration);

impl Renewal {
    pub(super) fn new(
        endpoint: TokenEndpoint,
        client_id: String,
        seed: Option<SecretString>,
        vault: Option<Vault>,
    ) -> Self {
        Self(Arc::new(Inner {
            endpoint,
            client_id,
            seed,
            vault,
            held: tokio::sync::Mutex::default(),
            tries: AtomicU64::new(0),
            warning: Mutex::default(),
        }))
    }

    /// What the user should know at the end: that the tokens could not be kept.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        self.0.warning.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for an exchange that is under way: what the server has changed must be kept before the program is gone.
    pub async fn settle(&self) {
        if !underway::is_anything() {
            return;
        }
        let _ = tokio::time::timeout(LAST_EXCHANGE, self.0.held.lock()).await;
    }

    /// Tries a refresh token that was just typed, and keeps what comes of it in the place of what was kept.
    ///
    /// # Errors
    /// One sentence for whatever kept the access token from arriving; what was kept before is still there.
    pub async fn login(&self, typed: SecretString) -> Result<(), Failure> {
        let mut held = self.0.held.lock().await;
        let lock = match &self.0.vault {
            Some(vault) => vault.lock().await.map_err(|reason| match reason {
                NoLock::Busy => busy(),
                NoLock::Impossible(error) => unwritable(&vault.path(), &error),
            })?,
            None => None,
        };
        self.can_keep()?;
        let underway = underway::begin().await;
        let outcome = match self.0.endpoint.redeem(&typed, &self.0.client_id).await {
            Ok(granted) => {
                self.0.hold(&mut held, typed, granted).await;
                Ok(())
            }
            Err(NotGranted::Failed(failure) | NotGranted::Refused(failure)) => Err(failure),
        };
        drop((underway, lock));
        outcome
    }

    /// Makes sure that a login can be kept, before anybody is asked for a token and before it is used up.
    ///
    /// # Errors
    /// One sentence for whatever keeps it from being kept.
    pub fn can_keep(&self) -> Result<(), Failure> {
        let Some(vault) = &self.0.vault else { return Ok(()) };
        vault.check_folder()?;
        vault.try_out().map_err(|error| unwritable(&vault.path(), &error))
    }

    /// How long the access token in use still lasts, as far as the server told.
    pub async fn until(&self) -> Option<Until> {
        let held = self.0.held.lock().await;
        let left = held.token.as_ref()?.until.checked_duration_since(Instant::now());
        Some(Until(left.unwrap_or_default()))
    }

    async fn obtain(&self, refused: Option<SecretString>) -> Result<Option<SecretString>, Failure> {
        let inner = Arc::clone(&self.0);
        tokio::spawn(async move { inner.obtain(refused.as_ref()).await }).await.map_err(|_| lost())?
    }
}

impl Renew for Renewal {
    fn current(&self) -> Pending<'_, SecretString> {
        Box::pin(async { self.obtain(None).await?.ok_or_else(no_token) })
    }

    fn after<'a>(&'a self, refused: &'a SecretString) -> Pending<'a, Option<SecretString>> {
        Box::pin(self.obtain(Some(refused.clone())))
    }
}

/// Tells nothing: everything in it is a secret or leads to one.
impl fmt::Debug for Renewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renewal")
    }
}

impl Inner {
    async fn obtain(&self, refused: Option<&SecretString>) -> Result<Option<SecretString>, Failure> {
        let tries = self.tries.load(Ordering::Relaxed);
        let mut held = self.held.lock().await;
        if let (None, Some(token)) = (refused, held.good()) {
            return Ok(Some(token.access.clone()));
        }
        if let Some(token) = &held.token {
            match refused {
                Some(refused) if !token.is(refused) => return Ok(Some(token.access.clone())),
                // Another one would be refused as well.
                Some(_) if token.was_just_made() => return Ok(None),
                _ => {}
            }
        }
        // What was waited for counts for all who waited.
        if self.tries.load(Ordering::Relaxed) != tries
            && let Some(failure) = &held.failure
        {
            return Err(failure.clone());
        }
        let began = Instant::now();
        let outcome = self.renew(&mut held, refused).await;
        self.tries.fetch_add(1, Ordering::Relaxed);
        held.ended(began, outcome.as_ref().err().cloned());
        let token = held.token.as_ref();
        match (outcome, token) {
            (Ok(()), token) => Ok(token.map(|token| token.access.clone())),
            // It was renewed ahead of time: the old one is still good.
            (Err(_), Some(token)) if refused.is_none() && Instant::now() < token.until => {
                Ok(Some(token.access.clone()))
            }
            (Err(failure), _) => Err(failure),
        }
    }

    async fn renew(&self, held: &mut Held, refused: Option<&SecretString>) -> Result<(), Failure> {
        let Some(vault) = &self.vault else {
            return self.redeem(held, None).await;
        };
        // Files are replaced as a whole: one that is good needs no lock.
        if self.adopt(held, vault.read().await?.as_ref(), refused) {
            return Ok(());
        }
        let lock = self.locked(vault).await?;
        let kept = vault.read().await?;
        if self.adopt(held, kept.as_ref(), refused) {
            return Ok(());
        }
        // Without the file nothing but what is held is left, and the user took that back: also the token that is
        // given, until another session uses it anew.
        let had = held.logged_out || (held.refresh.is_some() && !held.unkept);
        if had && !vault.is_there() {
            *held = Held::after_logout(self.seed.is_some());
            return Err(logged_out());
        }
        let outcome = self.redeem(held, kept).await;
        drop(lock);
        outcome
    }

    /// Exchanges the newest refresh token that is known, and keeps what comes back.
    async fn redeem(&self, held: &mut Held, kept: Option<Kept>) -> Result<(), Failure> {
        if let Some(kept) = kept.filter(|kept| kept.seed == self.seed_print() && !held.unkept) {
            held.descend_from(&kept);
        }
        let known = held.refresh.clone().or_else(|| self.seed.clone());
        let refresh = known.ok_or_else(no_token)?;
        if let Some((refused, failure)) = &held.refused
            && same(refused, &refresh)
        {
            return Err(failure.clone());
        }
        let underway = underway::begin().await;
        let outcome = self.exchange(held, refresh).await;
        drop(underway);
        outcome
    }

    async fn exchange(&self, held: &mut Held, refresh: SecretString) -> Result<(), Failure> {
        let client_id = held.client_id.as_ref().unwrap_or(&self.client_id);
        match self.endpoint.redeem(&refresh, client_id).await {
            Ok(granted) => {
                self.hold(held, refresh, granted).await;
                Ok(())
            }
            Err(NotGranted::Failed(failure)) => Err(failure),
            Err(NotGranted::Refused(failure)) => {
                // Without a lock another session may have been faster.
                let newer = match &self.vault {
                    Some(vault) => vault.read().await.ok().flatten(),
                    None => None,
                };
                let newer = newer.filter(|newer| !same(&newer.refresh, &refresh));
                if self.adopt(held, newer.as_ref(), None) {
                    return Ok(());
                }
                held.refused = Some((refresh, failure.clone()));
                Err(failure)
            }
        }
    }
}
