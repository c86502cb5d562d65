//! The Ticket API's client: one question, one answer, or one sentence about why there is none.
//!
//! Owns the address, the token, the connection pool and everything the wire can do wrong. Refuses to follow
//! redirects, to send the token in clear to another machine, to hold an answer of more than 8 MiB, and to lose
//! a page for one bad entry. It asks once, a page too large in parts: repeating is for the caller to decide.
//! Called by the shell.
//!
//! ```text
//! base_url   where, and whether it is safe         judge   status and envelope -> sentence
//! transport  the questions and their token         page    bytes -> entries (decode_page)
//! fault      a broken connection -> sentence       row, person, included, ticket   one JSON value each
//! json       tolerant reading of values            mend     strings that JSON forbids
//! interner   equal parts are kept once                       rows     the usual page, in one pass
//! trace      a line for each request               probe    how far a question gets
//! parts      a page too large for one answer       proxy    who stands in between, for messages
//! authorisation   where access tokens come from    token_endpoint   a refresh token -> an access token
//! pool       connections, and what they refuse     authorities      whom to trust beside the computer's own
//! exchange   one request, one capped body          retry_after      how long a server asks to wait
//! clock      how far ours is from the server's
//! ```

mod authorisation;
mod authorities;
mod base_url;
pub mod clock;
mod exchange;
mod fault;
mod included;
mod interner;
mod json;
mod judge;
mod mend;
mod page;
mod parts;
mod person;
mod pool;
mod probe;
pub mod proxy;
mod retry_after;
mod row;
mod rows;
mod ticket;
mod token_endpoint;
mod trace;
mod transport;

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use parts::Parts;

use crate::model::{
    entry::Entry,
    failure::Failure,
    query::{Query, TicketNumber, Window},
    ticket::Ticket,
};

pub use authorisation::{Authorisation, Pending, Renew, is_token};
pub use authorities::Authorities;
pub use base_url::{BaseUrl, BaseUrlError};
pub use interner::Interner;
pub use json::Shape;
pub use page::{PageError, ServerText, decode_entry, decode_page};
pub use probe::{Probe, Stage};
pub use ticket::{decode_ticket, decode_tickets};
pub use token_endpoint::{Granted, NotGranted, TokenEndpoint};
pub use trace::Trace;

/// What a client is made of.
#[derive(Debug)]
pub struct Options {
    /// Where the API's paths begin.
    pub base: BaseUrl,
    /// Gives the access token, sent as `Authorization: Bearer` with every request to [`Options::base`] and nowhere
    /// else.
    pub token: Authorisation,
    /// How long to wait for what.
    pub timeouts: Timeouts,
    /// Whom to trust beside the authorities of this computer.
    pub authorities: Authorities,
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

/// A page in parts is one only if nothing arrived meanwhile.
const MOVED: &str = "the log changed while a page with a very large entry was read in parts; try again";

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
        Self::traced(options, None)
    }

    /// The same, with every request written down where there is a trace.
    ///
    /// # Errors
    /// As for [`Client::new`].
    pub fn traced(options: Options, trace: Option<Trace>) -> Result<Self, Failure> {
        Ok(Self(Arc::new(Inner {
            transport: transport::Transport::new(options, trace)?,
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
        match self.page(ticket, query, window).await? {
            Some(page) => Ok(page),
            None => self.in_parts(ticket, query, window).await,
        }
    }

    /// A window's entries, `None` when they are too large for one answer.
    async fn page(
        &self,
        ticket: TicketNumber,
        query: &Query,
        window: Window,
    ) -> Result<Option<Vec<Entry>>, Failure> {
        let transport = &self.0.transport;
        let Some(body) = transport.log(ticket, query, window).await? else { return Ok(None) };
        let mut interner = self.0.interner.lock().unwrap_or_else(PoisonError::into_inner);
        decode_page(&body, &mut interner).map(Some).map_err(|error| transport.judge(ticket).page(&error))
    }

    /// A window's entries in as many answers as it takes, within the time of one.
    async fn in_parts(
        &self,
        ticket: TicketNumber,
        query: &Query,
        window: Window,
    ) -> Result<Vec<Entry>, Failure> {
        let too_large = |_| self.0.transport.too_large(ticket);
        let asking = async {
            let mut parts = Parts::of(window);
            while let Some(part) = parts.next() {
                match self.page(ticket, query, part).await? {
                    Some(page) => parts.take(part, page).map_err(too_large)?,
                    None => parts.refuse(part).map_err(too_large)?,
                }
            }
            if let Some((place, before)) = parts.witness() {
                let now = self.page(ticket, query, place).await?.unwrap_or_default();
                if !now.first().is_some_and(|now| now.is_same(before)) {
                    return Err(self.0.transport.judge(ticket).trouble(MOVED));
                }
            }
            Ok(parts.into_entries())
        };
        let limit = self.0.transport.timeouts().total;
        tokio::time::timeout(limit, asking).await.unwrap_or_else(|_| Err(self.0.transport.too_large(ticket)))
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
        let body = transport.tickets(tickets).await?;
        decode_tickets(&body).map_err(|error| transport.judge(None).page(&error))
    }

    /// Asks for the newest entry of a ticket, or of one that cannot be, and tells how far that got. Asks once, and
    /// quotes neither the server nor a customer.
    pub async fn probe(&self, ticket: Option<TicketNumber>) -> Probe {
        self.0.transport.probe(ticket).await
    }

    /// How far a question without a token gets: proxy, name, connection, TLS and server need none.
    pub async fn reach(&self) -> Probe {
        self.0.transport.reach().await
    }

    /// Makes sure of an access token where one is made; `None` where one was given, or there is none.
    pub async fn token(&self) -> Option<Result<(), Failure>> {
        self.0.transport.token().await
    }
}

/// Says where the client points and nothing else.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.0.transport.host())
    }
}
