//! The address at which a refresh token becomes an access token (reference page "Authentication").
//!
//! Sends the refresh token there and nowhere else: redirects are not followed. Quotes nothing of an answer but the
//! error codes of RFC 6749, so no sentence can hold a token. Asks once more when the connection broke: the answer may
//! have been lost after the token was changed. Called by the renewal.

use std::{fmt, time::Duration};

use reqwest::{StatusCode, header::ACCEPT};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};

use super::{
    Authorities, BaseUrl, Timeouts,
    authorisation::is_token,
    exchange::{NoAnswer, exchange},
    fault::{Cause, Way},
    judge::Answer,
    pool::pool,
    proxy,
    trace::{Question, Trace},
};
use crate::model::failure::{Failure, FailureKind, Retry};

/// How long a token lasts whose server does not say so in a way that can be believed.
const UNTOLD: Duration = Duration::from_mins(1);

/// The longest life that is believed.
const LONGEST: u64 = 366 * 24 * 60 * 60;

/// The error codes of RFC 6749, section 5.2.
const CODES: [&str; 6] = [
    "invalid_grant",
    "invalid_client",
    "invalid_request",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// The token address and the way to it.
pub struct TokenEndpoint {
    http: reqwest::Client,
    address: BaseUrl,
    timeouts: Timeouts,
    /// The proxy that requests go through, for messages.
    proxy: Option<String>,
    trace: Option<Trace>,
}

/// What the server gave.
#[derive(Debug)]
pub struct Granted {
    /// The access token.
    pub access: SecretString,
    /// The refresh token to use from now on; `None` means the same one as before.
    pub refresh: Option<SecretString>,
    /// How long the access token lasts.
    pub lasts: Duration,
}

/// Why there is no access token.
#[derive(Debug)]
pub enum NotGranted {
    /// The server does not accept the refresh token. The failure says so.
    Refused(Failure),
    /// Something else, which says nothing about the refresh token.
    Failed(Failure),
}

impl TokenEndpoint {
    /// Gets ready to ask at `address`, with every request written down where there is a trace.
    ///
    /// # Errors
    /// When the host has no CA certificates.
    pub fn new(
        address: BaseUrl,
        timeouts: Timeouts,
        authorities: &Authorities,
        trace: Option<Trace>,
    ) -> Result<Self, Failure> {
        let http = pool(&address, timeouts, authorities)?;
        let proxy = proxy::between(&address);
        Ok(Self { http, address, timeouts, proxy, trace })
    }

    /// `POST` of the form `grant_type=refresh_token`, `refresh_token`, `client_id`.
    ///
    /// # Errors
    /// One sentence for whatever kept the token from arriving.
    pub async fn redeem(&self, refresh: &SecretString, client_id: &str) -> Result<Granted, NotGranted> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose_secret()),
            ("client_id", client_id),
        ];
        let url = self.address.join(&[]);
        let question = Question { method: "POST", path: url.path(), window: None, query: None };
        let ask = || {
            let request = self.http.post(url.clone()).header(ACCEPT, "application/json").form(&form);
            exchange(request, self.timeouts.total, self.trace.as_ref(), &question)
        };
        let mut answer = ask().await;
        if let Err(NoAnswer::Broken(Cause::Closed | Cause::BrokenOff)) = answer {
            answer = ask().await;
        }
        match answer {
            Ok(answer) if answer.status == StatusCode::OK => self.granted(&answer),
            Ok(answer) => Err(self.refusal(&answer)),
            Err(NoAnswer::TooLarge) => Err(self.unexpected()),
            Err(NoAnswer::NoToken(failure)) => Err(NotGranted::Failed(failure)),
            Err(NoAnswer::Broken(cause)) => {
                let retry = if cause.is_passing() { Retry::Soon } else { Retry::Never };
                let host = self.address.host();
                let way = Way {
                    host: &host,
                    called: "token URL",
                    proxy: self.proxy.as_deref(),
                    timeouts: self.timeouts,
                };
                let sentence = cause.sentence(way);
                let sentence = format!("no access token: {sentence}");
                Err(NotGranted::Failed(Failure::new(FailureKind::Trouble, sentence).with_retry(retry)))
            }
        }
    }

    fn granted(&self, answer: &Answer) -> Result<Granted, NotGranted> {
        let fields = fields(&answer.body);
        let token = |name| {
            let text = fields.get(name).and_then(Value::as_str).filter(|text| is_token(text));
            text.map(|text| SecretString::from(text.to_owned()))
        };
        let access = token("access_token").ok_or_else(|| self.unexpected())?;
        let seconds = fields.get("expires_in").and_then(Value::as_u64);
        let lasts = seconds.filter(|seconds| (1..=LONGEST).contains(seconds)).map(Duration::from_secs);
        Ok(Granted { access, refresh: token("refresh_token"), lasts: lasts.unwrap_or(UNTOLD) })
    }

    fn refusal(&self, answer: &Answer) -> NotGranted {
        let (host, status) = (self.address.host(), answer.status.as_u16());
        let fields = fields(&answer.body);
        let said = fields.get("error").and_then(Value::as_str);
        let code = said.and_then(|said| CODES.into_iter().find(|code| *code == said));
        let quoted = code.map(|code| format!(", {code}")).unwrap_or_default();
        let (kind, retry, what) = match (status, code) {
            (400 | 401, Some("invalid_client" | "unauthorized_client")) => {
                (FailureKind::NotAuthorised, Retry::Never, "does not know the client id; check client_id")
            }
            (400 | 401 | 403, Some("invalid_grant") | None) => {
                let sentence = format!(
                    "{host} does not accept the refresh token (HTTP {status}{quoted}): it was withdrawn, it expired, \
                     or somebody else used it; make a new one in the inbox: Settings, Installation, Public API"
                );
                return NotGranted::Refused(Failure::new(FailureKind::NotAuthorised, sentence));
            }
            (408 | 429 | 500 | 502 | 503 | 504, _) => {
                let retry = answer.retry_after.map_or(Retry::Soon, Retry::After);
                (FailureKind::Trouble, retry, "gives no access token now; try again later")
            }
            (300..=399, _) => {
                (FailureKind::Trouble, Retry::Never, "redirects, which is not followed; check the token URL")
            }
            _ => (FailureKind::Trouble, Retry::Never, "gives no access token; check the token URL"),
        };
        let sentence = format!("{host} {what} (HTTP {status}{quoted})");
        NotGranted::Failed(Failure::new(kind, sentence).with_retry(retry))
    }

    fn unexpected(&self) -> NotGranted {
        let host = self.address.host();
        let sentence = format!("unexpected answer from the token endpoint at {host}; check the token URL");
        NotGranted::Failed(Failure::new(FailureKind::Trouble, sentence))
    }
}

/// Says where it points and nothing else.
impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenEndpoint({})", self.address.host())
    }
}

/// An answer is flat, without the envelope; what is no object has no fields.
fn fields(body: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(body).unwrap_or_default()
}
