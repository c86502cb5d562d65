//! An answer of the token address that brings no token becomes one sentence: what, where, what to do.
//!
//! Quotes nothing of an answer but the error codes of RFC 6749, so no sentence can hold a token. Whether the refresh
//! token is good is said by the server of tokens alone: a page for people, whatever its status, comes from somebody in
//! between and says nothing about it.

use serde_json::{Map, Value, error::Category};

use super::NotGranted;
use crate::{
    api::{
        BaseUrl,
        judge::{Answer, in_its_place, words_for},
    },
    model::{
        backoff::LONGEST_ASKED,
        failure::{Failure, FailureKind, Retry},
    },
};

/// The error codes of RFC 6749, section 5.2.
const CODES: [&str; 6] = [
    "invalid_grant",
    "invalid_client",
    "invalid_request",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// Why an answer that should hold a token cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Nothing at all, or white space.
    Empty,
    /// A web page.
    Html,
    /// Encoded, which was not asked for.
    Encoded,
    /// JSON that ends too early.
    CutOff,
    /// Not JSON.
    NotJson,
    /// JSON, but no object, or one without a usable token.
    NoToken,
    /// Larger than anything that is read.
    TooLarge,
}

/// The members of an answer, which is flat, without the envelope.
pub(super) fn fields(answer: &Answer) -> Result<Map<String, Value>, Unusable> {
    if answer.encoding.is_some() {
        return Err(Unusable::Encoded);
    }
    let body = answer.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&answer.body).trim_ascii();
    if answer.is_page() {
        return Err(Unusable::Html);
    }
    if body.is_empty() {
        return Err(Unusable::Empty);
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Unusable::NoToken),
        Err(error) if error.classify() == Category::Eof => Err(Unusable::CutOff),
        Err(_) => Err(Unusable::NotJson),
    }
}

/// What is said of an answer whose status promises a token.
pub(super) fn of_page(why: Unusable, address: &BaseUrl) -> NotGranted {
    let host = address.host();
    let retry = if why == Unusable::CutOff { Retry::Soon } else { Retry::Never };
    let sentence = match why {
        Unusable::Html => format!(
            "this is not the token URL: got an HTML page from {host}; check the token URL, or log in to the network"
        ),
        Unusable::Empty => format!("the answer from {host} is empty; try again"),
        Unusable::CutOff => format!("the answer from {host} is incomplete; try again"),
        Unusable::NotJson => format!("the answer from {host} is not JSON; check the token URL"),
        Unusable::NoToken => format!("the answer from {host} holds no access token; check the token URL"),
        Unusable::Encoded => format!(
            "the answer from {host} is encoded, which was not asked for; check the token URL and the proxy"
        ),
        Unusable::TooLarge => {
            format!("the answer from {host} is larger than 8 MiB and was not read; check the token URL")
        }
    };
    failed(FailureKind::Trouble, retry, &sentence)
}

/// What is said of an answer with any other status.
pub(super) fn of(answer: &Answer, address: &BaseUrl) -> NotGranted {
    let (host, status) = (address.host(), answer.status.as_u16());
    let fields = fields(answer);
    let is_page = matches!(fields, Err(Unusable::Html | Unusable::Encoded));
    let said = fields.unwrap_or_default();
    let said = said.get("error").and_then(Value::as_str);
    let code = said.and_then(|said| CODES.into_iter().find(|code| *code == said));
    let told = code.map_or_else(|| format!("(HTTP {status})"), |code| format!("(HTTP {status}, {code})"));
    let trouble = |retry, sentence: String| failed(FailureKind::Trouble, retry, &sentence);
    match (status, code) {
        (408 | 429 | 500 | 502 | 503 | 504, _) => passing(answer, &host, &told),
        (400..=499 | 511, None) if is_page => {
            trouble(Retry::Never, in_its_place("the token URL", "an HTML page", &host, &told, "token URL"))
        }
        (400 | 401, Some("invalid_client" | "unauthorized_client")) => failed(
            FailureKind::NotAuthorised,
            Retry::Never,
            &format!("{host} does not know the client id {told}; check client_id"),
        ),
        (400 | 401, Some("invalid_request" | "unsupported_grant_type" | "invalid_scope")) => {
            trouble(Retry::Never, format!("{host} does not accept the request {told}; check the token URL"))
        }
        (400 | 401 | 403, _) => {
            let sentence = format!(
                "{host} does not accept the refresh token {told}: it was withdrawn, it expired, or somebody else \
                 used it; make a new one in the inbox: Settings, Installation, Public API"
            );
            NotGranted::Refused(Failure::new(FailureKind::NotAuthorised, sentence))
        }
        (404, _) => {
            let address = address.as_str();
            trouble(Retry::Never, format!("no tokens are made at {address} {told}; check the token URL"))
        }
        (300..=399, _) => trouble(
            Retry::Never,
            format!(
                "{host} redirects {told}, which is not followed; check the token URL, or log in to the network"
            ),
        ),
        (200..=299, _) => {
            trouble(Retry::Never, format!("{host} answers without data {told}; check the token URL"))
        }
        (501.., _) => trouble(Retry::Never, format!("{host} is in trouble {told}; try again later")),
        _ => trouble(Retry::Never, format!("{host} does not accept the request {told}; check the token URL")),
    }
}

/// What is over by itself after a while.
fn passing(answer: &Answer, host: &str, told: &str) -> NotGranted {
    let mut sentence = if answer.status.as_u16() == 429 {
        format!("{host} has had too many requests {told}; wait a little, then try again")
    } else {
        format!("{host} is in trouble {told}; try again later")
    };
    let retry = answer.retry_after.map_or(Retry::Soon, Retry::After);
    if let Some(wait) = answer.retry_after.filter(|wait| *wait > LONGEST_ASKED) {
        sentence = format!("{sentence}; it asks to wait {}", words_for(wait));
    }
    failed(FailureKind::Trouble, retry, &sentence)
}

/// Something that says nothing about the refresh token.
fn failed(kind: FailureKind, retry: Retry, sentence: &str) -> NotGranted {
    NotGranted::Failed(Failure::new(kind, format!("no access token: {sentence}")).with_retry(retry))
}
