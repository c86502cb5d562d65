//! One request, one answer, at most 8 MiB.
//!
//! Refuses redirects, referers, cookies, compression, HTTP/2, proxies for this computer, and repeating anything.
//! Gives every wait an end: see [`Timeouts`]. Called by the client alone.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::DateTime;
use reqwest::{
    RequestBuilder, Response, StatusCode,
    header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderName, LOCATION, RETRY_AFTER},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::{
    Authorisation, BaseUrl, Options, Timeouts,
    authorisation::is_token,
    fault::{self, Cause},
    judge::{Answer, Judge},
    pool::pool,
};
use crate::model::{
    failure::{Failure, FailureKind, Retry},
    query::{PAGE, Query, TicketNumber, Window},
    text::Untrusted,
};

/// The most bytes of an answer: 50 entries are 40 kB, hostile ones are not worth more.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// The most bytes that are read to learn the server's words about an error.
const ERROR_LIMIT: usize = 64 * 1024;

/// The connections to one API, and what every request to it carries.
pub(super) struct Transport {
    http: reqwest::Client,
    base: BaseUrl,
    authorisation: Authorisation,
    /// The token that was sent last: what no sentence may show.
    sent: Mutex<SecretString>,
    timeouts: Timeouts,
}

/// The body of a question for a log (reference page "Get Ticket Log"). Always sent: empty asks for all types.
#[derive(Serialize)]
struct Types<'a> {
    action_types: Vec<&'a str>,
}

/// The body of a list request. The reference spells this one field in camel case, and gives 25 tickets when `take` is
/// left out.
#[derive(Serialize)]
struct List<'a> {
    #[serde(rename = "ticketIds")]
    ticket_ids: &'a [TicketNumber],
    take: u16,
}

impl Transport {
    pub(super) fn new(options: Options) -> Result<Self, Failure> {
        let Options { base, token, timeouts, authorities } = options;
        let sent = match &token {
            Authorisation::Token(token) => token.clone(),
            Authorisation::Renewed(_) => SecretString::default(),
        };
        if matches!(&token, Authorisation::Token(token) if !is_token(token.expose_secret())) {
            return Err(Failure::new(
                FailureKind::NotAuthorised,
                "the access token is empty or holds a space, a line break or a letter that no token has; \
                 copy it again",
            ));
        }
        let http = pool(&base, timeouts, &authorities)?;
        Ok(Self { http, base, authorisation: token, sent: Mutex::new(sent), timeouts })
    }

    /// The host, for messages.
    pub(super) fn host(&self) -> String {
        self.base.host()
    }

    /// Who judges the answers about `ticket`.
    pub(super) fn judge(&self, ticket: TicketNumber) -> Judge<'_> {
        self.judge_of(ticket, self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Who judges the answer to a request with this token.
    fn judge_of(&self, ticket: TicketNumber, token: SecretString) -> Judge<'_> {
        Judge { base: &self.base, token, ticket }
    }

    /// How long to wait.
    pub(super) fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// The body of a page of the log; `None` when it is too large.
    pub(super) async fn log(
        &self,
        ticket: TicketNumber,
        query: &Query,
        window: Window,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let Window { skip, take } = window;
        let url = self.base.join(&["tickets", &ticket.to_string(), "log"]);
        let request = self
            .http
            .post(url)
            .query(&[("take", u64::from(take)), ("skip", skip)])
            .header(CONTENT_TYPE, "application/json")
            .body(types(query));
        self.ask(request, ticket).await
    }

    /// The body of a ticket.
    pub(super) async fn ticket(&self, ticket: TicketNumber) -> Result<Vec<u8>, Failure> {
        let url = self.base.join(&["tickets", &ticket.to_string()]);
        let body = self.ask(self.http.get(url), ticket).await?;
        body.ok_or_else(|| self.too_large(ticket))
    }

    /// The body of a list of tickets.
    pub(super) async fn tickets(&self, tickets: &[TicketNumber]) -> Result<Vec<u8>, Failure> {
        let url = self.base.join(&["tickets", "list"]);
        // Numbers always have a JSON form.
        let body = serde_json::to_vec(&List { ticket_ids: tickets, take: PAGE }).unwrap_or_default();
        let request = self.http.post(url).header(CONTENT_TYPE, "application/json").body(body);
        let first = tickets.first().copied().unwrap_or_default();
        self.ask(request, first).await?.ok_or_else(|| self.too_large(first))
    }

    /// The failure for an answer that is too large.
    pub(super) fn too_large(&self, ticket: TicketNumber) -> Failure {
        let host = self.base.host();
        self.judge(ticket).trouble(&format!(
            "the answer from {host} is larger than 8 MiB and was not read; check the base URL"
        ))
    }

    /// Asks, and once more with a new token when the server does not accept the one it got.
    async fn ask(&self, request: RequestBuilder, ticket: TicketNumber) -> Result<Option<Vec<u8>>, Failure> {
        let request = request.header(ACCEPT, "application/json");
        let again = request.try_clone();
        let mut token = self.authorisation.current().await?;
        let mut answer = self.send(request, &token).await;
        if let (Ok(Answer { status: StatusCode::UNAUTHORIZED, .. }), Some(again)) = (&answer, again)
            && let Some(another) = self.authorisation.after(&token).await?
        {
            token = another;
            answer = self.send(again, &token).await;
        }
        let judge = self.judge_of(ticket, token);
        match answer {
            Ok(answer) => judge.body(answer).map(Some),
            Err(NoAnswer::TooLarge) => Ok(None),
            Err(NoAnswer::Broken(cause)) => {
                let retry = if cause.is_passing() { Retry::Soon } else { Retry::Never };
                Err(judge.trouble(&cause.sentence(&self.base.host(), self.timeouts)).with_retry(retry))
            }
        }
    }

    async fn send(&self, request: RequestBuilder, token: &SecretString) -> Result<Answer, NoAnswer> {
        *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = token.clone();
        exchange(request.bearer_auth(token.expose_secret()), self.timeouts).await
    }
}

/// Why there is nothing to judge.
pub(super) enum NoAnswer {
    /// The connection.
    Broken(Cause),
    /// More than [`BODY_LIMIT`].
    TooLarge,
}

/// How long a `Retry-After` asks to wait: seconds, or a date that counts from the answer's own `Date`, so that the
/// clock of this computer does not matter. What cannot be read asks for nothing.
fn wait_of(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.parse().ok().map(Duration::from_secs);
    }
    let then = DateTime::parse_from_rfc2822(value).ok()?;
    let now = DateTime::parse_from_rfc2822(date?.trim()).ok()?;
    Some((then - now).to_std().unwrap_or_default())
}

fn types(query: &Query) -> Vec<u8> {
    let action_types = match query {
        Query::All => Vec::new(),
        // The server gets the names exactly as it gave them.
        Query::Only(types) => types.iter().map(Untrusted::raw_for_export).collect(),
    };
    // A list of texts always has a JSON form.
    serde_json::to_vec(&Types { action_types }).unwrap_or_default()
}

/// One request and its answer, within the time of a whole answer.
pub(super) async fn exchange(request: RequestBuilder, timeouts: Timeouts) -> Result<Answer, NoAnswer> {
    let answer = tokio::time::timeout(timeouts.total, answer(request)).await;
    answer.unwrap_or(Err(NoAnswer::Broken(Cause::Unfinished)))
}

async fn answer(request: RequestBuilder) -> Result<Answer, NoAnswer> {
    let response =
        request.send().await.map_err(|error| NoAnswer::Broken(fault::of_request(&error.without_url())))?;
    let status = response.status();
    let header = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let location = header(LOCATION);
    let retry_after = header(RETRY_AFTER).and_then(|value| wait_of(&value, header(DATE).as_deref()));
    let encoding = header(CONTENT_ENCODING).filter(|value| !value.eq_ignore_ascii_case("identity"));
    let html = header(CONTENT_TYPE).is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    let body = if status == StatusCode::OK {
        read(response, BODY_LIMIT).await?
    } else if status.is_client_error() || status.is_server_error() {
        // The status alone is worth telling; the server's words are a bonus.
        read(response, ERROR_LIMIT).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    Ok(Answer { status, location, retry_after, encoding, html, body })
}

/// Reads a body piece by piece and stops at the limit; the connection is then closed, not drained.
async fn read(mut response: Response, limit: usize) -> Result<Vec<u8>, NoAnswer> {
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |length| length > limit) {
        return Err(NoAnswer::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(piece) =
        response.chunk().await.map_err(|error| NoAnswer::Broken(fault::of_body(&error.without_url())))?
    {
        if body.len() + piece.len() > limit {
            return Err(NoAnswer::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_after_is_seconds_or_a_date_and_everything_else_asks_for_nothing() {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let seconds = |value: &str| wait_of(value, date).map(|wait| wait.as_secs());
        assert_eq!(seconds("2"), Some(2));
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:07 GMT"), Some(30));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0), "in the past");
        for garbage in ["-1", "1e9", "abc", "", "1.5", &"9".repeat(400), "Sun, 99 Nov 1994 08:50:07 GMT"] {
            assert_eq!(seconds(garbage), None, "{garbage}");
        }
        assert_eq!(wait_of("Sun, 06 Nov 1994 08:50:07 GMT", None), None, "a date without a clock to compare");
    }
}
