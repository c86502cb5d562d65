//! Logs to read, in process: the embedded server with a clock of its own, and files.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use ticketlog::{
    api::{self, Authorities, BaseUrl, Client, Timeouts},
    assets, demo,
    export::{Format, Style},
    file::Archive,
    model::{
        entry::Entry,
        json::Personal,
        narrowing::Narrowing,
        query::TicketNumber,
        text::{Charset, Untrusted},
        zone::Zone,
    },
    shell::{
        export::{Plan, Stop},
        passage::{Order, Passage, Source, Wanted},
    },
};

/// The ticket that grows by an entry every four seconds, from 120 on.
pub const GROWING: TicketNumber = 4_484_700;

/// A server whose time stands still until somebody moves it.
pub struct Ground {
    pub server: demo::Server,
    clock: Arc<Mutex<DateTime<Utc>>>,
}

impl Ground {
    /// Ticket 1 with so many entries.
    pub async fn with(entries: u64) -> Self {
        let now = DateTime::parse_from_rfc3339("2024-02-01T12:00:00Z").unwrap().to_utc();
        let clock = Arc::new(Mutex::new(now));
        let told = Arc::clone(&clock);
        let clock_of = Arc::new(move || *told.lock().unwrap());
        let options = demo::Options { clock: clock_of, entries: Some(entries), ..Default::default() };
        Self { server: demo::Server::start(options).await.unwrap(), clock }
    }

    pub fn source(&self, ticket: TicketNumber) -> Source {
        Source::Ticket(client(&self.server.base_url(), self.server.token()), ticket)
    }

    /// So many entries arrive at the growing ticket.
    pub fn arrive(&self, count: i32) {
        *self.clock.lock().unwrap() += TimeDelta::seconds(4) * count;
    }

    /// All that the server holds of a ticket now, newest first, read while nothing moves.
    pub async fn held(&self, ticket: TicketNumber) -> Vec<String> {
        texts(&all(&self.source(ticket), wanted(Order::NewestFirst)).await)
    }
}

pub fn client(base: &str, token: &str) -> Client {
    let base = BaseUrl::parse(base).unwrap();
    let (timeouts, authorities) = (Timeouts::default(), Authorities::default());
    Client::new(api::Options { base, token: token.into(), timeouts, authorities }).unwrap()
}

pub fn file(path: &std::path::Path) -> Source {
    Source::File(Archive::open(path).unwrap())
}

pub fn wanted(order: Order) -> Wanted {
    let narrowing = Narrowing::everything(&assets::action_types().unwrap());
    Wanted::new(narrowing, order)
}

pub async fn all(source: &Source, wanted: Wanted) -> Vec<Entry> {
    let mut passage = Passage::new(wanted);
    let mut entries = Vec::new();
    while let Some(page) = passage.page(source, |_, _| ()).await.unwrap() {
        entries.extend(page.entries);
    }
    entries
}

/// What tells entries apart.
pub fn texts(entries: &[Entry]) -> Vec<String> {
    let text = |entry: &Entry| {
        let time = entry.stamp().map(|stamp| stamp.exact_with_date()).unwrap_or_default();
        let plain = |text: &Untrusted| text.one_line(200, Charset::Unicode).plain();
        format!("{time} {} {}", plain(&entry.action_type), plain(&entry.action))
    };
    entries.iter().map(text).collect()
}

pub fn style(format: Format) -> Style {
    Style {
        format,
        zone: Zone::UTC,
        charset: Charset::Unicode,
        width: None,
        catalogue: assets::action_types().unwrap(),
        personal: Personal::Masked,
        head: false,
    }
}

pub fn plan(order: Order, format: Format) -> Plan {
    Plan { wanted: wanted(order), style: style(format), is_bare: false, redacting: None, going_on: None }
}

/// Nobody stops it.
pub struct Never;

impl Stop for Never {
    async fn stopped(&mut self) -> u8 {
        std::future::pending().await
    }

    fn is_closed(&self) -> bool {
        false
    }
}
