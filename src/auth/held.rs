//! What this process knows of its tokens.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;

use super::vault::Kept;
use crate::model::failure::Failure;

/// How long before its end a token is renewed, and how long one that was just made is not.
const AHEAD: Duration = Duration::from_mins(1);
const CALM: Duration = Duration::from_secs(30);

/// What this process knows.
#[derive(Default)]
pub(super) struct Held {
    pub(super) token: Option<Token>,
    /// What became of the refresh token, and whether the vault does not know it.
    pub(super) refresh: Option<SecretString>,
    /// The client id of what was taken over: another login may have another one.
    pub(super) client_id: Option<String>,
    pub(super) unkept: bool,
    /// The refresh token that the server does not accept, and how it said so.
    pub(super) refused: Option<(SecretString, Failure)>,
    pub(super) failure: Option<Failure>,
}

impl Held {
    /// The next exchange goes on from what is kept.
    pub(super) fn descend_from(&mut self, kept: &Kept) {
        self.refresh = Some(kept.refresh.clone());
        self.client_id = Some(kept.client_id.clone());
    }
}

/// An access token. Its life is told by a clock that nobody sets.
pub(super) struct Token {
    pub(super) access: SecretString,
    pub(super) renew_at: Instant,
    pub(super) until: Instant,
    /// When it was made, if that was here.
    pub(super) made: Option<Instant>,
}

impl Token {
    pub(super) fn new(access: SecretString, left: Duration, made: Option<Instant>) -> Self {
        let now = Instant::now();
        // A quarter of a short life is left for a slow request.
        let until = now + left;
        Self { access, renew_at: until - AHEAD.min(left / 4), until, made }
    }

    pub(super) fn is(&self, token: &SecretString) -> bool {
        same(&self.access, token)
    }

    pub(super) fn was_just_made(&self) -> bool {
        self.made.is_some_and(|made| made.elapsed() < CALM)
    }
}

pub(super) fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}
