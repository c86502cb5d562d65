//! Requests, counted on the embedded server: what the user waits for.

use chrono::DateTime;
use ratatui::layout::Size;
use ticketlog::{
    api::{self, Authorities, BaseUrl, Client, Timeouts},
    assets, demo,
    message::{Action, Edit, Effect, Message},
    model::{Model, Setup, keymap::Keymap, subject::Subject, text::Charset, zone::Zone},
    update::update,
};

/// A model that asks the embedded server over HTTP.
struct Reading {
    model: Model,
    server: demo::Server,
    client: Client,
    ticket: u64,
}

impl Reading {
    async fn open(ticket: u64) -> Self {
        let server = demo::Server::start(demo::Options::default()).await.unwrap();
        let setup = Setup {
            subject: Subject::Ticket(ticket),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::UTC,
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now: DateTime::parse_from_rfc3339("2026-01-01T00:00:00Z").unwrap().to_utc(),
            keys: Keymap::default(),
            resume: ticketlog::model::saved_view::Resume::Nothing,
        };
        let base = BaseUrl::parse(&server.base_url()).unwrap();
        let token = server.token().into();
        let client = Client::new(api::Options {
            base,
            token,
            timeouts: Timeouts::default(),
            authorities: Authorities::default(),
        })
        .unwrap();
        let model = Model::new(setup);
        let mut reading = Self { model, server, client, ticket };
        reading.tell(Message::Start).await;
        reading
    }

    async fn tell(&mut self, message: Message) {
        let mut messages = vec![message];
        while let Some(message) = messages.pop() {
            for effect in update(&mut self.model, message) {
                if let Effect::FetchLog { generation, query, window, .. } = effect {
                    let answer = self.client.log(self.ticket, &query, window).await;
                    messages.push(Message::Log { generation, window, answer });
                }
            }
        }
    }

    async fn act(&mut self, action: Action) {
        self.tell(Message::Asked(action)).await;
    }

    async fn type_time(&mut self, text: &str) {
        self.act(Action::TypeTime).await;
        for c in text.chars() {
            self.act(Action::Edit(Edit::Insert(c))).await;
        }
        self.act(Action::Enter).await;
    }
}

#[tokio::test]
async fn the_oldest_entry_costs_at_most_the_bound() {
    for (ticket, most) in [(4_484_636, 21), (1_000_000, 35)] {
        let mut reading = Reading::open(ticket).await;
        reading.act(Action::Oldest).await;
        let asked = reading.server.requests().log;
        assert!(asked <= most, "ticket {ticket}: {asked}");
        assert!(reading.model.reader.log().reaches_start());
        let kind = reading.model.reader.current().unwrap().action_type.raw_for_export();
        assert_eq!(kind, "ticket_created");
        println!("ticket {ticket}: {asked} requests to the oldest entry");
    }
}

#[tokio::test]
async fn any_time_costs_at_most_the_bound() {
    for year in 2012..2026 {
        let mut reading = Reading::open(1_000_000).await;
        reading.type_time(&format!("{year}-05-17 11:30")).await;
        let asked = reading.server.requests().log;
        assert!(asked <= 35, "{year}: {asked}");
    }
}

#[tokio::test]
async fn reading_190_entries_to_the_end_costs_four_requests() {
    let mut reading = Reading::open(4_478_963).await;
    for _ in 0..40 {
        reading.act(Action::Step(7)).await;
    }
    assert!(reading.model.reader.log().reaches_start());
    assert_eq!(reading.server.requests().log, 4);
}
