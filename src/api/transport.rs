//! One request, one answer, at most 8 MiB. The library's dangerous defaults are all set here.
//!
//! Refuses redirects, referers, cookies, compression, HTTP/2, proxies for this computer, and repeating anything.
//! Gives every wait an end: see [`Timeouts`]. Called by the client alone.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
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
    Authorities, BaseUrl, Options, Timeouts,
    fault::{self, Cause, Way},
    judge::{Answer, Judge, Quoting},
    proxy,
    retry_after::wait_of,
    trace::{Ended, Question, Trace},
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
    token: SecretString,
    timeouts: Timeouts,
    /// The proxy that requests go through, for messages.
    proxy: Option<String>,
    trace: Option<Trace>,
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
    pub(super) fn new(options: Options, trace: Option<Trace>) -> Result<Self, Failure> {
        let Options { base, token, timeouts, authorities } = options;
        if !token.expose_secret().bytes().all(|byte| byte.is_ascii_graphic())
            || token.expose_secret().is_empty()
        {
            return Err(Failure::new(
                FailureKind::NotAuthorised,
                "the access token is empty or holds a space, a line break or a letter that no token has; \
                 copy it again",
            ));
        }
        let http = pool(&base, timeouts, &authorities).map_err(|_| {
            Failure::new(
                FailureKind::Trouble,
                "this computer has no CA certificates, so no secure connection can be made; \
                 install ca-certificates, or name a file in SSL_CERT_FILE",
            )
        })?;
        let proxy = proxy::between(&base);
        Ok(Self { http, base, token, timeouts, proxy, trace })
    }

    /// The host, for messages.
    pub(super) fn host(&self) -> String {
        self.base.host()
    }

    /// Who judges the answers about `ticket`.
    pub(super) fn judge(&self, ticket: TicketNumber) -> Judge<'_> {
        Judge { base: &self.base, token: &self.token, ticket, quoting: Quoting::Server }
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
        let answer = self.ask_log(ticket, query, window).await;
        self.judged(answer, ticket)
    }

    /// What comes when a page of the log is asked for.
    pub(super) async fn ask_log(
        &self,
        ticket: TicketNumber,
        query: &Query,
        window: Window,
    ) -> Result<Answer, NoAnswer> {
        let Window { skip, take } = window;
        let url = self.base.join(&["tickets", &ticket.to_string(), "log"]);
        let request = self
            .http
            .post(url.clone())
            .query(&[("take", u64::from(take)), ("skip", skip)])
            .header(CONTENT_TYPE, "application/json")
            .body(types(query));
        let question =
            Question { method: "POST", path: url.path(), window: Some(window), query: Some(query) };
        self.exchange(request, &question).await
    }

    /// The body of a ticket.
    pub(super) async fn ticket(&self, ticket: TicketNumber) -> Result<Vec<u8>, Failure> {
        let url = self.base.join(&["tickets", &ticket.to_string()]);
        let question = Question { method: "GET", path: url.path(), window: None, query: None };
        let body = self.ask(self.http.get(url.clone()), &question, ticket).await?;
        body.ok_or_else(|| self.too_large(ticket))
    }

    /// The body of a list of tickets.
    pub(super) async fn tickets(&self, tickets: &[TicketNumber]) -> Result<Vec<u8>, Failure> {
        let url = self.base.join(&["tickets", "list"]);
        // Numbers always have a JSON form.
        let body = serde_json::to_vec(&List { ticket_ids: tickets, take: PAGE }).unwrap_or_default();
        let request = self.http.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        let question = Question { method: "POST", path: url.path(), window: None, query: None };
        let first = tickets.first().copied().unwrap_or_default();
        self.ask(request, &question, first).await?.ok_or_else(|| self.too_large(first))
    }

    /// The failure for an answer that is too large.
    pub(super) fn too_large(&self, ticket: TicketNumber) -> Failure {
        let host = self.base.host();
        self.judge(ticket).trouble(&format!(
            "the answer from {host} is larger than 8 MiB and was not read; check the base URL"
        ))
    }

    async fn ask(
        &self,
        request: RequestBuilder,
        question: &Question<'_>,
        ticket: TicketNumber,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let answer = self.exchange(request, question).await;
        self.judged(answer, ticket)
    }

    /// The body of an answer that may hold data; `None` when it is too large.
    fn judged(
        &self,
        answer: Result<Answer, NoAnswer>,
        ticket: TicketNumber,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let judge = self.judge(ticket);
        match answer {
            Ok(answer) => judge.body(answer).map(Some),
            Err(NoAnswer::TooLarge) => Ok(None),
            Err(NoAnswer::Broken(cause)) => Err(self.broken(judge, cause)),
        }
    }

    /// The failure for a connection that broke.
    pub(super) fn broken(&self, judge: Judge<'_>, cause: Cause) -> Failure {
        let retry = if cause.is_passing() { Retry::Soon } else { Retry::Never };
        let host = self.base.host();
        let way = Way { host: &host, proxy: self.proxy.as_deref(), timeouts: self.timeouts };
        judge.trouble(&cause.sentence(way)).with_retry(retry)
    }

    /// The proxy that requests go through.
    pub(super) fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// Sends a request with the token, waits for what comes, and writes both down where there is a trace.
    async fn exchange(&self, request: RequestBuilder, question: &Question<'_>) -> Result<Answer, NoAnswer> {
        let request = request.header(ACCEPT, "application/json").bearer_auth(self.token.expose_secret());
        let asked = self.trace.as_ref().map(|trace| trace.begin(question));
        let answer = tokio::time::timeout(self.timeouts.total, exchange(request))
            .await
            .unwrap_or(Err(NoAnswer::Broken(Cause::Unfinished)));
        if let Some(asked) = asked {
            asked.end(match &answer {
                Ok(answer) => Ended::Answered(answer.status.as_u16(), answer.body.len()),
                Err(NoAnswer::Broken(cause)) => Ended::Failed(cause.word()),
                Err(NoAnswer::TooLarge) => Ended::Failed("too-large"),
            });
        }
        answer
    }
}

/// Why there is nothing to judge.
pub(super) enum NoAnswer {
    /// The connection.
    Broken(Cause),
    /// More than [`BODY_LIMIT`].
    TooLarge,
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

async fn exchange(request: RequestBuilder) -> Result<Answer, NoAnswer> {
    let response =
        request.send().await.map_err(|error| NoAnswer::Broken(fault::of_request(&error.without_url())))?;
    let status = response.status();
    let header = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let location = header(LOCATION);
    let date = header(DATE).and_then(|date| DateTime::parse_from_rfc2822(date.trim()).ok());
    let date = date.map(|date| date.to_utc());
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
    Ok(Answer { status, location, retry_after, date, encoding, html, body })
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

/// The library's client with every setting that matters.
fn pool(base: &BaseUrl, timeouts: Timeouts, authorities: &Authorities) -> reqwest::Result<reqwest::Client> {
    // Fails when a provider is installed already, and then one is installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("ticketlog/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .https_only(!base.is_plain())
        .http1_only()
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.read)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(2);
    if base.is_loopback() {
        // A proxy variable sends even http://127.0.0.1 through the proxy; a hosts file can send localhost away.
        let here = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        let here = here.map(|address| SocketAddr::new(address, 0));
        builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
    }
    if base.is_plain() {
        // Without this a host that has no CA certificates could not even start the demo.
        builder = builder.tls_certs_only([]);
    } else {
        builder = builder.tls_certs_merge(authorities.certificates()?);
    }
    builder.build()
}
