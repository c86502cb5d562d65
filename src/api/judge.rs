//! An answer that is not what was asked for becomes one sentence: what, where, what to do.
//!
//! The HTTP status is judged first, then what the body is, then the envelope ([`super::page`]). The server's
//! words are quoted as they are, cut after [`Judge::QUOTED`] characters: a failure's sentence is untrusted as a
//! whole and cleaned where it is shown. The access token never stands in one, even when the server echoes it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};

use super::{
    BaseUrl, base_url, clock,
    page::{self, Envelope, PageError, ServerText},
};
use crate::model::{
    backoff::LONGEST_ASKED,
    failure::{Failure, FailureKind, Retry},
    query::TicketNumber,
};

/// What came back, as far as judging needs it. The body of an error may be missing.
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: StatusCode,
    /// The header `Location`.
    pub(super) location: Option<String>,
    /// What the header `Retry-After` says, where that can be read.
    pub(super) retry_after: Option<Duration>,
    /// The header `Date`, where it can be read.
    pub(super) date: Option<DateTime<Utc>>,
    /// The header `Content-Encoding`, unless it says that there is none.
    pub(super) encoding: Option<String>,
    /// Whether the header `Content-Type` says HTML.
    pub(super) html: bool,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// Whether an error comes from the API: with its envelope.
    pub(super) fn is_from_api(&self) -> bool {
        words(self).is_ok_and(|(is_api, _)| is_api)
    }

    /// Whether it is a page for people: it has the type of one, or begins like one.
    pub(super) fn is_page(&self) -> bool {
        let body = self.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.body);
        self.html || body.trim_ascii_start().starts_with(b"<")
    }

    /// What somebody in between says in the server's place, if this is that: a page or another text, where an API says
    /// nothing or JSON. It tells nothing about a token.
    pub(super) fn in_between(&self) -> Option<&'static str> {
        match words(self) {
            _ if self.is_page() => Some("an HTML page"),
            _ if self.encoding.is_some() => Some("an encoded text"),
            Err(PageError::NotJson | PageError::CutOff | PageError::Trailing) => Some("a text for people"),
            _ => None,
        }
    }
}

/// Whose words may stand in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// The server's too.
    Server,
    /// Ours alone.
    Nobody,
}

/// Judges the answer to one question.
#[derive(Clone)]
pub(super) struct Judge<'a> {
    /// Who was asked.
    pub(super) base: &'a BaseUrl,
    /// What to do about a token that is refused.
    pub(super) cure: &'static str,
    /// What must never be shown.
    pub(super) tokens: Vec<SecretString>,
    /// Which ticket was asked about; `None` where none was named.
    pub(super) ticket: Option<TicketNumber>,
    /// Whose words may stand in the sentence.
    pub(super) quoting: Quoting,
}

impl Judge<'_> {
    /// The most characters of the server's own words in a sentence.
    const QUOTED: usize = 300;

    /// Shorter tokens are no secrets, and hiding them would spoil ordinary words.
    const SECRET: usize = 8;

    /// The body of an answer that may hold data.
    pub(super) fn body(&self, answer: Answer) -> Result<Vec<u8>, Failure> {
        if answer.status != StatusCode::OK {
            return Err(self.status(&answer));
        }
        if let Some(encoding) = &answer.encoding {
            let host = self.base.host();
            let encoding = self.escaped(encoding);
            return Err(self.trouble(&format!(
                "the answer from {host} is encoded as {encoding}, which was not asked for; \
                 check the base URL and the proxy"
            )));
        }
        if answer.html {
            return Err(self.page(&PageError::Html));
        }
        Ok(answer.body)
    }

    /// The failure for an answer whose body is not what was asked for.
    pub(super) fn page(&self, error: &PageError) -> Failure {
        let host = self.base.host();
        let retry = if *error == PageError::CutOff { Retry::Soon } else { Retry::Never };
        let failure = self.trouble(&match error {
            PageError::Html => format!(
                "this is not the API: got an HTML page from {host}; check the base URL, or log in to the network"
            ),
            PageError::Refused { code, text } => {
                let quoted = self.quoted(text);
                format!("{host} answers with error {code}{quoted}; try again, or check {}", self.asked())
            }
            PageError::NoCode(text) => {
                let quoted = self.quoted(text);
                format!("the answer from {host} {error}{quoted}; check the base URL")
            }
            PageError::CutOff | PageError::Empty => format!("the answer from {host} {error}; try again"),
            _ => format!("the answer from {host} {error}; check the base URL"),
        });
        failure.with_retry(retry)
    }

    fn status(&self, answer: &Answer) -> Failure {
        let (is_api, text) = words(answer).unwrap_or_default();
        if let (Some(what), 400..=403 | 405..=407 | 409..=428 | 430..=499 | 511) =
            (answer.in_between(), answer.status.as_u16())
        {
            return self.trouble(&not_the_api(what, &self.base.host(), answer.status));
        }
        let kind = match answer.status.as_u16() {
            401 | 403 => FailureKind::NotAuthorised,
            404 if is_api => FailureKind::NoSuchTicket,
            _ => FailureKind::Trouble,
        };
        let retry = match (answer.status.as_u16(), answer.retry_after) {
            (408 | 429 | 500 | 502 | 503 | 504, Some(wait)) => Retry::After(wait),
            (408 | 429 | 500 | 502 | 503 | 504, None) => Retry::Soon,
            _ => Retry::Never,
        };
        let mut sentence = self.status_sentence(answer, kind, &self.quoted(&text));
        if let Retry::After(wait) = retry
            && wait > LONGEST_ASKED
        {
            sentence = format!("{sentence}; it asks to wait {}", words_for(wait));
        }
        self.failure(kind, &sentence).with_retry(retry)
    }

    fn status_sentence(&self, answer: &Answer, kind: FailureKind, quoted: &str) -> String {
        let (host, base) = (self.base.host(), self.base.as_str());
        let status = answer.status.as_u16();
        match status {
            401 => {
                let clocks = self.clocks(answer);
                format!("{host} does not accept the access token (HTTP 401){quoted}; {clocks}{}", self.cure)
            }
            403 => {
                let what = self.ticket.map_or("be used".to_owned(), |ticket| format!("read ticket {ticket}"));
                format!("the access token may not {what} at {host} (HTTP 403){quoted}; use another one")
            }
            404 if kind == FailureKind::NoSuchTicket => {
                let ticket =
                    self.ticket.map_or("such ticket".to_owned(), |ticket| format!("ticket {ticket}"));
                format!("{host} knows no {ticket}{quoted}; check the number")
            }
            407 => format!("a proxy in front of {host} asks for a login (HTTP 407){quoted}; log in to it"),
            451 => format!("the way to {host} is blocked (HTTP 451){quoted}; ask who runs the network"),
            511 => format!(
                "the network asks for a login (HTTP 511) before it lets anybody to {host}; log in to it"
            ),
            404 => format!("there is no ticket API at {base}; check the base URL"),
            429 => {
                format!("{host} has had too many requests (HTTP 429){quoted}; wait a little, then try again")
            }
            304 => format!("{host} says that nothing has changed (HTTP 304) and sends nothing; try again"),
            // Never followed: the next host would get the token or the body.
            300..=399 => {
                let target = answer.location.as_deref();
                let target =
                    target.map(|location| format!(" to {}", self.escaped(location))).unwrap_or_default();
                format!("{host} redirects{target} (HTTP {status}), which is not followed; check the base URL")
            }
            200..=299 => format!("{host} answers with HTTP {status} and no data; check the base URL"),
            500..=599 => format!("{host} is in trouble (HTTP {status}){quoted}; try again later"),
            _ => {
                format!("{host} does not accept the request (HTTP {status}){quoted}; check {}", self.asked())
            }
        }
    }

    /// What may be wrong with a question.
    fn asked(&self) -> &'static str {
        if self.ticket.is_some() { "ticket and base URL" } else { "the base URL" }
    }

    /// A token has its times by the server's clock.
    fn clocks(&self, answer: &Answer) -> String {
        let far = answer.date.and_then(|theirs| clock::difference(clock::now(), theirs));
        far.map_or_else(String::new, |far| {
            let host = self.base.host();
            format!("the clocks differ, this computer is {far} {host}: set its clock, else ")
        })
    }

    fn quoted(&self, text: &ServerText) -> String {
        let text = self.hidden(&text.0);
        let text = text.trim();
        if text.is_empty() || self.quoting == Quoting::Nobody {
            String::new()
        } else {
            format!(": {}", cut(text))
        }
    }

    fn escaped(&self, text: &str) -> String {
        match self.quoting {
            Quoting::Server => base_url::shown(&self.hidden(text), Self::QUOTED),
            Quoting::Nobody => "[not shown]".to_owned(),
        }
    }

    fn hidden(&self, text: &str) -> String {
        let secrets = self.tokens.iter().map(ExposeSecret::expose_secret);
        let secrets = secrets.filter(|token| token.len() >= Self::SECRET);
        secrets.fold(text.to_owned(), |text, token| text.replace(token, "[token]"))
    }

    /// A failure that is worth another try.
    pub(super) fn trouble(&self, sentence: &str) -> Failure {
        self.failure(FailureKind::Trouble, sentence)
    }

    fn failure(&self, kind: FailureKind, sentence: &str) -> Failure {
        let failure = Failure::new(kind, self.hidden(sentence)).naming(&self.base.host());
        self.ticket.iter().fold(failure, |failure, ticket| failure.naming(&ticket.to_string()))
    }
}

/// Whether an error comes from the API, and its words.
fn words(answer: &Answer) -> Result<(bool, ServerText), PageError> {
    if answer.html || answer.encoding.is_some() {
        return Ok((false, ServerText::default()));
    }
    page::read(&answer.body, |text| {
        let envelope = Envelope::open(text)?;
        Ok((envelope.is_api, envelope.text))
    })
}

fn not_the_api(what: &str, host: &str, status: StatusCode) -> String {
    let told = format!("(HTTP {})", status.as_u16());
    in_its_place("the API", what, host, &told, "base URL")
}

/// Somebody between here and there has answered.
pub(super) fn in_its_place(called: &str, what: &str, host: &str, told: &str, setting: &str) -> String {
    format!(
        "this is not {called}: got {what} from {host} {told}; log in to the network, or ask whether a proxy blocks it; \
         else check the {setting}"
    )
}

/// `90 seconds`, `5 minutes`
pub(super) fn words_for(wait: Duration) -> String {
    match wait.as_secs() {
        seconds @ ..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

fn cut(text: &str) -> String {
    let mut cut: String = text.chars().take(Judge::QUOTED).collect();
    if cut.len() < text.len() {
        cut.push('\u{2026}');
    }
    cut
}
