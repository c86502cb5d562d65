//! The account: what access tokens are made from, when, and where that is kept between runs.
//!
//! A refresh token comes from the environment, a file, another program, or from what `ticketlog auth login` keeps,
//! never from a flag. It is exchanged ahead of the access token's end and once when the server refuses one, by one session
//! at a time: a server may take each refresh token once. Tokens are kept for one profile and one address and go to no
//! other. No secret stands in an error or in `Debug`. Called by `main`; asks through `api`.
//!
//! ```text
//! renewal   the source of access tokens that the client asks     vault   the file, its lock, what may stand in it
//! held      what this process knows                        private   files of the owner's alone
//! given     what a file holds or a program prints          foreground   the terminal is lent to that program
//! names     one file for each token that is given
//! failures  what is said where the server says nothing      calls   what the system can refuse
//! underway  what a signal must not cut short
//! ```

mod calls;
mod failures;
pub mod given;
mod held;
mod names;
mod private;
mod renewal;
mod underway;
mod vault;

use std::path::PathBuf;

use secrecy::SecretString;

pub use self::{
    renewal::{Renewal, Until},
    underway::end,
    vault::Vault,
};
use crate::{
    api::{self, BaseUrl, TokenEndpoint},
    model::failure::Failure,
};

/// Which account is wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The profile in use, empty where none is.
    pub profile: String,
    /// The address of the API: the only one that gets the access token.
    pub base: BaseUrl,
    /// The address at which tokens are made: the only one that gets the refresh token.
    pub token_url: BaseUrl,
    /// The client id that belongs to the refresh token; empty where only the kept login knows it.
    pub client_id: String,
    /// The folder in which tokens are kept; `None` where there is none.
    pub folder: Option<PathBuf>,
}

/// How the token address is asked.
#[derive(Debug, Clone, Copy)]
pub struct Network<'a> {
    /// How long to wait for what.
    pub timeouts: api::Timeouts,
    /// Whom to trust beside the authorities of this computer.
    pub authorities: &'a api::Authorities,
    /// Where every request is written down.
    pub trace: Option<&'a api::Trace>,
}

/// Where a refresh token was found.
#[derive(Debug)]
pub enum Source {
    /// Given in the environment.
    Environment(SecretString),
    /// Found in a file.
    File(SecretString),
    /// Printed by a program.
    Command(SecretString),
    /// Typed in an earlier run, and kept.
    Login,
}

/// The names of all sources in the folder.
const SOURCES: [&str; 4] = ["environment", "file", "command", "login"];

impl Source {
    /// What tells the sources of one account apart in the folder.
    fn name(&self) -> &'static str {
        match self {
            Self::Environment(_) => "environment",
            Self::File(_) => "file",
            Self::Command(_) => "command",
            Self::Login => "login",
        }
    }

    fn into_secret(self) -> Option<SecretString> {
        match self {
            Self::Environment(secret) | Self::File(secret) | Self::Command(secret) => Some(secret),
            Self::Login => None,
        }
    }

    fn secret(&self) -> Option<&SecretString> {
        match self {
            Self::Environment(secret) | Self::File(secret) | Self::Command(secret) => Some(secret),
            Self::Login => None,
        }
    }
}

impl Wanted {
    /// The file for tokens from `source`.
    #[must_use]
    pub fn vault(&self, source: &Source) -> Option<Vault> {
        self.vault_of(source.name(), names::print(source.secret(), &self.client_id))
    }

    fn vault_of(&self, source: &str, seed: u64) -> Option<Vault> {
        let Self { profile, base, token_url, client_id: _, folder } = self;
        let about = [profile, base.state_key(), token_url.state_key(), source].join("\n");
        folder.clone().map(|folder| Vault::new(folder, about, seed))
    }

    /// The client id of the login that is kept; `None` where none is, or it cannot be understood.
    ///
    /// # Errors
    /// When others may have read or written the file.
    pub fn kept_client_id(&self) -> Result<Option<String>, Failure> {
        self.vault(&Source::Login).map_or(Ok(None), |vault| vault.client_id())
    }

    /// Forgets what is kept for this account, wherever it came from; whether there was anything.
    ///
    /// # Errors
    /// When another session does not let go of it, or it cannot be removed.
    pub async fn forget(&self) -> Result<bool, Failure> {
        let mut forgotten = false;
        for vault in SOURCES.into_iter().filter_map(|source| self.vault_of(source, 0)) {
            forgotten |= vault.forget().await?;
        }
        Ok(forgotten)
    }

    /// The source of access tokens.
    ///
    /// # Errors
    /// When the host has no CA certificates.
    pub fn renewal(self, source: Source, network: Network) -> Result<Renewal, Failure> {
        let Network { timeouts, authorities, trace } = network;
        let vault = self.vault(&source);
        let endpoint = TokenEndpoint::new(self.token_url, timeouts, authorities, trace.cloned())?;
        Ok(Renewal::new(endpoint, self.client_id, source.into_secret(), vault))
    }
}
