//! What this process knows of its tokens.

use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;

use super::vault::Kept;
use crate::model::{
    backoff::LONGEST_ASKED,
    failure::{Failure, Retry},
};

/// How long before its end a token is renewed, and how long one that was just made is not.
const AHEAD: Duration = Duration::from_mins(1);
const CALM: Duration = Duration::from_secs(30);

/// How long the token server is left alone after an exchange that failed while the old token is good, and at most.
const REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(20);

/// What this process knows.
#[derive(Default)]
pub(super) struct Held {
    pub(super) token: Option<Token>,
    /// What became of the refresh token, and whether the vault does not know it.
    pub(super) refresh: Option<SecretString>,
    /// The client id of what was taken over: another login may have another one.
    pub(super) client_id: Option<String>,
    pub(super) unkept: bool,
    /// Somebody logged out, and has not begun anew.
    pub(super) logged_out: bool,
    /// The refresh token that the server does not accept, and how it said so.
    pub(super) refused: Option<(SecretString, Failure)>,
    pub(super) failure: Option<Failure>,
    /// How many exchanges failed in a row, and until when none is tried for a token that is still good.
    misses: u32,
    rests_until: Option<Instant>,
}

impl Held {
    /// Nothing is left; a token that is given is not used up again either.
    pub(super) fn after_logout(is_given: bool) -> Self {
        Self { logged_out: is_given, ..Self::default() }
    }

    /// How an exchange ended that began then. The next one waits longer each time, as long as that one took at least.
    pub(super) fn ended(&mut self, began: Instant, failure: Option<Failure>) {
        self.failure = failure;
        let Some(failure) = &self.failure else {
            (self.misses, self.rests_until) = (0, None);
            return;
        };
        let asked = if let Retry::After(wait) = failure.retry { wait.min(LONGEST_ASKED) } else { REST };
        let rest = REST.saturating_mul(1 << self.misses.min(8)).min(LONGEST_REST);
        self.rests_until = Some(Instant::now() + rest.max(asked).max(began.elapsed()));
        self.misses += 1;
    }

    /// The token that can be used as it is.
    pub(super) fn good(&self) -> Option<&Token> {
        let token = self.token.as_ref()?;
        let now = Instant::now();
        let rests = now < token.until && self.rests_until.is_some_and(|until| now < until);
        (now < token.renew_at || token.was_just_made() || rests).then_some(token)
    }

    /// The next exchange goes on from what is kept.
    pub(super) fn descend_from(&mut self, kept: &Kept) {
        self.refresh = Some(kept.refresh.clone());
        self.client_id = Some(kept.client_id.clone());
    }

    /// Takes over what is kept, unless it was refused or has ended; whether it need not be renewed yet.
    pub(super) fn adopt(&mut self, kept: &Kept, refused: Option<&SecretString>) -> bool {
        if refused.is_some_and(|refused| same(refused, &kept.access)) {
            return false;
        }
        // What this process put there itself is no news: nobody sets the clock that it goes by here.
        if let Some(token) = self.token.as_ref().filter(|token| token.is(&kept.access)) {
            return Instant::now() < token.renew_at;
        }
        let left = Duration::from_secs(kept.ends.saturating_sub(now()).min(kept.lasts));
        if left.is_zero() {
            return false;
        }
        let token = Token::kept(kept.access.clone(), left, Duration::from_secs(kept.lasts));
        // One that is to be renewed is still there if that fails.
        let is_good = Instant::now() < token.renew_at;
        self.token = Some(token);
        self.descend_from(kept);
        is_good
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
    /// One that was made now, here.
    pub(super) fn made(access: SecretString, life: Duration) -> Self {
        Self { made: Some(Instant::now()), ..Self::kept(access, life, life) }
    }

    /// One of which this is left. What it is renewed ahead of its end is of its whole life, whoever reads it how late.
    pub(super) fn kept(access: SecretString, left: Duration, life: Duration) -> Self {
        let now = Instant::now();
        let until = now + left;
        // A quarter of a short life is left for a slow request.
        let renew_at = now + left.saturating_sub(AHEAD.min(life / 4));
        Self { access, renew_at, until, made: None }
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

/// Seconds since 1970, by the clock of this computer.
#[expect(clippy::disallowed_methods, reason = "sessions have no other clock in common")]
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}
