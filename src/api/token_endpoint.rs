//! The address at which a refresh token becomes an access token (reference page "Authentication").
//!
//! Sends the refresh token there and nowhere else: redirects are not followed. What the answers mean is judged in
//! `refusal`. Asks once more when the connection broke: the answer may have been lost after the token was changed.
//! Called by the renewal.

mod refusal;

use std::{fmt, time::Duration};

use reqwest::{StatusCode, header::ACCEPT};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use self::refusal::Unusable;
use super::{
    Authorities, BaseUrl, Timeouts,
    authorisation::is_token,
    exchange::{NoAnswer, exchange},
    fault::{Cause, Way},
    judge::Answer,
    pool::pool,
    proxy::{self, Proxy},
    trace::{Question, Trace},
};
use crate::model::failure::{Failure, FailureKind, Retry};

/// How long a token lasts whose server does not say so in a way that can be believed.
const UNTOLD: Duration = Duration::from_mins(1);

/// The longest life that is believed.
const LONGEST: u64 = 366 * 24 * 60 * 60;

/// The token address and the way to it.
pub struct TokenEndpoint {
    http: reqwest::Client,
    address: BaseUrl,
    timeouts: Timeouts,
    /// The proxy that requests go through, for messages.
    proxy: Option<Proxy>,
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
        let proxy = proxy::between(&address).ok().flatten();
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
            Ok(answer) => Err(refusal::of(&answer, &self.address)),
            Err(NoAnswer::TooLarge) => Err(refusal::of_page(Unusable::TooLarge, &self.address)),
            Err(NoAnswer::NoToken(failure)) => Err(NotGranted::Failed(failure)),
            Err(NoAnswer::Broken(cause)) => {
                let retry = if cause.is_passing() { Retry::Soon } else { Retry::Never };
                let host = self.address.host();
                let way = Way {
                    host: &host,
                    called: "token URL",
                    proxy: self.proxy.as_ref(),
                    timeouts: self.timeouts,
                };
                let sentence = cause.sentence(way);
                let sentence = format!("no access token: {sentence}");
                Err(NotGranted::Failed(Failure::new(FailureKind::Trouble, sentence).with_retry(retry)))
            }
        }
    }

    fn granted(&self, answer: &Answer) -> Result<Granted, NotGranted> {
        let unusable = |why| refusal::of_page(why, &self.address);
        let fields = refusal::fields(answer).map_err(unusable)?;
        let token = |name| {
            let text = fields.get(name).and_then(Value::as_str).filter(|text| is_token(text));
            text.map(|text| SecretString::from(text.to_owned()))
        };
        let access = token("access_token").ok_or_else(|| unusable(Unusable::NoToken))?;
        let seconds = fields.get("expires_in").and_then(Value::as_u64);
        let lasts = seconds.filter(|seconds| (1..=LONGEST).contains(seconds)).map(Duration::from_secs);
        Ok(Granted { access, refresh: token("refresh_token"), lasts: lasts.unwrap_or(UNTOLD) })
    }
}

/// Says where it points and nothing else.
impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenEndpoint({})", self.address.host())
    }
}
