//! Where access tokens come from: one that was given, a source that makes a new one when the old one ends, or nowhere.
//!
//! The client asks before every request, and once more when the server refuses what it got; it never learns what the
//! source makes tokens from. Called by the transport.

use std::{fmt, pin::Pin, sync::Arc};

use secrecy::SecretString;

use crate::model::failure::{Failure, FailureKind};

/// What a source promises.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// A source of access tokens.
pub trait Renew: Send + Sync {
    /// A token that is good as far as is known.
    fn current(&self) -> Pending<'_, SecretString>;

    /// Another one in the place of one that the server refused, `None` when there is no better one.
    fn after<'a>(&'a self, refused: &'a SecretString) -> Pending<'a, Option<SecretString>>;
}

/// Where the access token comes from.
#[derive(Clone)]
pub enum Authorisation {
    /// It was given.
    Token(SecretString),
    /// It is made when it is needed.
    Renewed(Arc<dyn Renew>),
    /// There is none: only the way to the API can be tried.
    Missing,
}

impl Authorisation {
    pub(super) async fn current(&self) -> Result<SecretString, Failure> {
        match self {
            Self::Token(token) => Ok(token.clone()),
            Self::Renewed(source) => source.current().await,
            Self::Missing => Err(Failure::new(FailureKind::NotAuthorised, "there is no access token")),
        }
    }

    /// What to do where the server does not accept the token.
    pub(super) fn cure(&self) -> &'static str {
        match self {
            Self::Token(_) | Self::Missing => "it may have expired, set a new one",
            // It was made a moment ago, so it is not its age.
            Self::Renewed(_) => {
                "run ticketlog auth login, or check that base URL and token URL belong together"
            }
        }
    }

    pub(super) async fn after(&self, refused: &SecretString) -> Result<Option<SecretString>, Failure> {
        match self {
            Self::Token(_) | Self::Missing => Ok(None),
            Self::Renewed(source) => source.after(refused).await,
        }
    }
}

impl<T: Into<SecretString>> From<T> for Authorisation {
    fn from(token: T) -> Self {
        Self::Token(token.into())
    }
}

/// Says of which kind it is and nothing else.
impl fmt::Debug for Authorisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token",
            Self::Renewed(_) => "Renewed",
            Self::Missing => "Missing",
        })
    }
}

/// Whether a text can be a token: one word of printable ASCII, so that it can stand in a header.
#[must_use]
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}
