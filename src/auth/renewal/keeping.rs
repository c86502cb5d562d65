//! What is kept of an exchange for other sessions, and what is taken over of theirs.

use std::{fs::File, sync::PoisonError};

use secrecy::SecretString;

use super::Inner;
use crate::{
    api::Granted,
    auth::{
        failures::{busy, unkept},
        held::{Held, Token, now},
        names,
        vault::{Kept, NoLock, Vault},
    },
    model::failure::Failure,
};

impl Inner {
    /// The vault's lock; `None` where there can be none, which the user is told at the end.
    pub(super) async fn locked(&self, vault: &Vault) -> Result<Option<File>, Failure> {
        match vault.lock().await {
            Ok(lock) => Ok(lock),
            Err(NoLock::Busy) => Err(busy()),
            Err(NoLock::Impossible(error)) => {
                self.warn(&error);
                Ok(None)
            }
        }
    }

    /// Takes over another session's access token, if it is good and not the one that was refused.
    pub(super) fn adopt(&self, held: &mut Held, kept: Option<&Kept>, refused: Option<&SecretString>) -> bool {
        let Some(kept) = kept.filter(|kept| kept.seed == self.seed_print() && !held.unkept) else {
            return false;
        };
        held.adopt(kept, refused)
    }

    pub(super) async fn hold(&self, held: &mut Held, refresh: SecretString, granted: Granted) {
        let Granted { access, refresh: changed, lasts } = granted;
        let refresh = changed.unwrap_or(refresh);
        held.refresh = Some(refresh.clone());
        held.token = Some(Token::made(access.clone(), lasts));
        let Some(vault) = &self.vault else { return };
        let lasts = lasts.as_secs();
        let ends = now().saturating_add(lasts);
        let client_id = held.client_id.as_ref().unwrap_or(&self.client_id).clone();
        let kept = Kept { seed: self.seed_print(), client_id, refresh, access, ends, lasts };
        let written = vault.write(kept).await;
        held.unkept = written.is_err();
        if let Err(error) = written {
            self.warn(&error);
        }
    }

    pub(super) fn seed_print(&self) -> u64 {
        names::print(self.seed.as_ref(), &self.client_id)
    }

    fn warn(&self, error: &std::io::Error) {
        let sentence = unkept(&self.vault.as_ref().map(Vault::path).unwrap_or_default(), error);
        *self.warning.lock().unwrap_or_else(PoisonError::into_inner) = Some(sentence);
    }
}
