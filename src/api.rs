//! The Ticket API's client: one question, one answer, or one sentence about why there is none.
//!
//! Owns the address, the token, the connection pool and everything the wire can do wrong. Refuses to follow
//! redirects, to send the token in clear to another machine, to hold an answer of more than 8 MiB, and to lose
//! a page for one bad entry. It asks once: repeating is for the caller to decide. Called by the shell.
//!
//! ```text
//! base_url   where, and whether it is safe         judge   status and envelope -> sentence
//! transport  one request, one capped body          page    bytes -> entries (decode_page)
//! fault      a broken connection -> sentence       row, person, included, ticket   one JSON value each
//! json       tolerant reading of values            mend     strings that JSON forbids
//! interner   equal parts are kept once
//! ```

mod base_url;
mod fault;
mod included;
mod interner;
mod json;
mod judge;
mod mend;
mod page;
mod person;
mod row;
mod ticket;
mod transport;

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use secrecy::SecretString;

use crate::model::{
    entry::Entry,
    failure::Failure,
    query::{Query, TicketNumber, Window},
    ticket::Ticket,
};

pub use base_url::{BaseUrl, BaseUrlError};
pub use interner::Interner;
pub use json::Shape;
pub use page::{PageError, ServerText, decode_page};
pub use ticket::{decode_ticket, decode_tickets};

/// What a client is made of.
#[derive(Debug)]
pub struct Options {
    /// Where the API's paths begin.
    pub base: BaseUrl,
    /// The access token, sent as `Authorization: Bearer` with every request.
    pub token: SecretString,
    /// How long to wait for what.
    pub timeouts: Timeouts,
}

/// How long to wait. The library underneath waits for ever by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection, the TLS handshake included.
    pub connect: Duration,
    /// For the next piece of the answer; each piece starts it again.
    pub read: Duration,
    /// For the whole answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(15),
            total: Duration::from_secs(30),
        }
    }
}

/// Asks the API. Cheap to clone; clones share their connections and their [`Interner`].
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    transport: transport::Transport,
    /// Held only while a page is decoded, never across an await.
    interner: Mutex<Interner>,
}

impl Client {
    /// A client for `options`. For `https` it reads the host's CA certificates, which takes milliseconds.
    ///
    /// # Errors
    /// When the token cannot stand in a header, or the host has no CA certificates.
    pub fn new(options: Options) -> Result<Self, Failure> {
        Ok(Self(Arc::new(Inner {
            transport: transport::Transport::new(options)?,
            interner: Mutex::new(Interner::default()),
        })))
    }

    /// `POST {base}/tickets/{id}/log`: a window of the log, newest first, as the server ordered it.
    ///
    /// Holds as many entries as the server gave, which may be more than were asked for: the caller judges.
    ///
    /// # Errors
    /// One sentence for whatever kept the page from arriving; an entry that cannot be read is not among them,
    /// it is in the page with its [`Entry::flaw`].
    pub async fn log(
        &self,
        ticket: TicketNumber,
        query: &Query,
        window: Window,
    ) -> Result<Vec<Entry>, Failure> {
        let transport = &self.0.transport;
        let body = transport.log(ticket, query, window).await?;
        let mut interner = self.0.interner.lock().unwrap_or_else(PoisonError::into_inner);
        decode_page(&body, &mut interner).map_err(|error| transport.judge(ticket).page(&error))
    }

    /// `GET {base}/tickets/{id}`: what the header shows of the ticket.
    ///
    /// # Errors
    /// One sentence for whatever kept the ticket from arriving. The path is not in the documentation at hand
    /// (the reference's page is titled "Get Ticket by Id"), so a failure here must not keep the log from the user.
    pub async fn ticket(&self, ticket: TicketNumber) -> Result<Ticket, Failure> {
        let transport = &self.0.transport;
        let body = transport.ticket(ticket).await?;
        decode_ticket(&body).map_err(|error| transport.judge(ticket).page(&error))
    }

    /// `POST {base}/tickets/list` with `ticketIds`: what the server tells of these tickets, at most fifty, in its
    /// own order (reference page "List Tickets").
    ///
    /// # Errors
    /// One sentence for whatever kept the list from arriving.
    pub async fn tickets(&self, tickets: &[TicketNumber]) -> Result<Vec<(TicketNumber, Ticket)>, Failure> {
        let transport = &self.0.transport;
        let first = tickets.first().copied().unwrap_or_default();
        let body = transport.tickets(tickets).await?;
        decode_tickets(&body).map_err(|error| transport.judge(first).page(&error))
    }
}

/// Says where the client points and nothing else.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.0.transport.host())
    }
}
