//! The questions that the API is asked, each with the token that counts now.
//!
//! Refuses redirects, referers, cookies, compression, HTTP/2, proxies for this computer, and repeating anything but
//! what was refused with a token that could be renewed. Gives every wait an end: see [`Timeouts`]. Called by the
//! client alone.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use reqwest::{
    RequestBuilder, StatusCode, Url,
    header::{ACCEPT, CONTENT_TYPE},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::{
    Authorisation, BaseUrl, Options, Timeouts,
    authorisation::is_token,
    exchange::{NoAnswer, exchange},
    fault::{Cause, Way},
    judge::{Answer, Judge, Quoting},
    pool::pool,
    proxy::{self, Proxy},
    trace::{Question, Trace},
};
use crate::model::{
    failure::{Failure, FailureKind, Retry},
    query::{PAGE, Query, TicketNumber, Window},
    text::Untrusted,
};

/// How many tokens are remembered: answers to older ones have long arrived.
const REMEMBERED: usize = 4;

/// The connections to one API, and what every request to it carries.
pub(super) struct Transport {
    http: reqwest::Client,
    base: BaseUrl,
    authorisation: Authorisation,
    /// The tokens that were sent, the newest last: what no sentence may show.
    sent: Mutex<VecDeque<SecretString>>,
    timeouts: Timeouts,
    /// The proxy that requests go through, for messages.
    proxy: Option<Proxy>,
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
        if matches!(&token, Authorisation::Token(token) if !is_token(token.expose_secret())) {
            return Err(Failure::new(
                FailureKind::NotAuthorised,
                "the access token is empty or holds a space, a line break or a letter that no token has; \
                 copy it again",
            ));
        }
        let http = pool(&base, timeouts, &authorities)?;
        let proxy = proxy::between(&base).ok().flatten();
        Ok(Self { http, base, authorisation: token, sent: Mutex::default(), timeouts, proxy, trace })
    }

    /// The host, for messages.
    pub(super) fn host(&self) -> String {
        self.base.host()
    }

    /// Who judges the answers about `ticket`.
    pub(super) fn judge(&self, ticket: impl Into<Option<TicketNumber>>) -> Judge<'_> {
        let tokens = self.sent.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
        let cure = self.authorisation.cure();
        Judge { base: &self.base, cure, tokens, ticket: ticket.into(), quoting: Quoting::Server }
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
        let url = self.log_url(ticket);
        let question =
            Question { method: "POST", path: url.path(), window: Some(window), query: Some(query) };
        self.exchange(self.log_request(&url, query, window), &question).await
    }

    /// The same without a token: how far anybody gets.
    pub(super) async fn knock(
        &self,
        ticket: TicketNumber,
        query: &Query,
        window: Window,
    ) -> Result<Answer, NoAnswer> {
        let url = self.log_url(ticket);
        let question =
            Question { method: "POST", path: url.path(), window: Some(window), query: Some(query) };
        let request = self.log_request(&url, query, window).header(ACCEPT, "application/json");
        exchange(request, self.timeouts.total, self.trace.as_ref(), &question).await
    }

    fn log_url(&self, ticket: TicketNumber) -> Url {
        self.base.join(&["tickets", &ticket.to_string(), "log"])
    }

    fn log_request(&self, url: &Url, query: &Query, window: Window) -> RequestBuilder {
        let Window { skip, take } = window;
        self.http
            .post(url.clone())
            .query(&[("take", u64::from(take)), ("skip", skip)])
            .header(CONTENT_TYPE, "application/json")
            .body(types(query))
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
        self.ask(request, &question, None).await?.ok_or_else(|| self.too_large(None))
    }

    /// The failure for an answer that is too large.
    pub(super) fn too_large(&self, ticket: impl Into<Option<TicketNumber>>) -> Failure {
        let host = self.base.host();
        self.judge(ticket).trouble(&format!(
            "the answer from {host} is larger than 8 MiB and was not read; check the base URL"
        ))
    }

    async fn ask(
        &self,
        request: RequestBuilder,
        question: &Question<'_>,
        ticket: impl Into<Option<TicketNumber>>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let answer = self.exchange(request, question).await;
        self.judged(answer, ticket)
    }

    /// The body of an answer that may hold data; `None` when it is too large.
    fn judged(
        &self,
        answer: Result<Answer, NoAnswer>,
        ticket: impl Into<Option<TicketNumber>>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let judge = self.judge(ticket);
        match answer {
            Ok(answer) => judge.body(answer).map(Some),
            Err(NoAnswer::TooLarge) => Ok(None),
            Err(NoAnswer::Broken(cause)) => Err(self.broken(&judge, cause)),
            Err(NoAnswer::NoToken(failure)) => Err(failure),
        }
    }

    /// The failure for a connection that broke.
    pub(super) fn broken(&self, judge: &Judge<'_>, cause: Cause) -> Failure {
        let retry = if cause.is_passing() { Retry::Soon } else { Retry::Never };
        let host = self.base.host();
        let way =
            Way { host: &host, called: "base URL", proxy: self.proxy.as_ref(), timeouts: self.timeouts };
        let failure = judge.trouble(&cause.sentence(way)).with_retry(retry);
        self.proxy.iter().fold(failure, |failure, proxy| failure.naming(&proxy.address))
    }

    /// Makes sure of an access token where one is made; `None` where one was given, or there is none.
    pub(super) async fn token(&self) -> Option<Result<(), Failure>> {
        match &self.authorisation {
            Authorisation::Token(_) | Authorisation::Missing => None,
            Authorisation::Renewed(_) => Some(self.authorisation.current().await.map(drop)),
        }
    }

    /// Asks, and once more with a new token when the server does not accept the one it got.
    async fn exchange(&self, request: RequestBuilder, question: &Question<'_>) -> Result<Answer, NoAnswer> {
        let request = request.header(ACCEPT, "application/json");
        let again = request.try_clone();
        let token = self.authorisation.current().await.map_err(NoAnswer::NoToken)?;
        let answer = self.send(request, question, &token).await;
        if let (Ok(answer), Some(again)) = (&answer, again)
            && answer.status == StatusCode::UNAUTHORIZED
            && answer.in_between().is_none()
            && let Some(token) = self.authorisation.after(&token).await.map_err(NoAnswer::NoToken)?
        {
            return self.send(again, question, &token).await;
        }
        answer
    }

    async fn send(
        &self,
        request: RequestBuilder,
        question: &Question<'_>,
        token: &SecretString,
    ) -> Result<Answer, NoAnswer> {
        self.remember(token);
        let request = request.bearer_auth(token.expose_secret());
        exchange(request, self.timeouts.total, self.trace.as_ref(), question).await
    }

    fn remember(&self, token: &SecretString) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.iter().any(|sent| sent.expose_secret() == token.expose_secret()) {
            return;
        }
        if sent.len() == REMEMBERED {
            sent.pop_front();
        }
        sent.push_back(token.clone());
    }
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
