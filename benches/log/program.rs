//! The program without its terminal, and what doing something computes.

use std::hint::black_box;

use chrono::DateTime;
use ratatui::layout::Size;
use ticketlog::{
    api::{self, Authorities, BaseUrl, Client, Timeouts},
    assets, demo,
    message::{Action, Effect, Message},
    model::{Model, Setup, keymap::Keymap, saved_view::Resume, subject::Subject, text::Charset, zone::Zone},
    update::update,
};

/// The program without its terminal, reading the embedded server over HTTP.
pub struct Program {
    pub model: Model,
    pub server: demo::Server,
    client: Client,
    ticket: u64,
}

impl Program {
    pub async fn open(ticket: u64) -> Self {
        let server = demo::Server::start(demo::Options::default()).await.unwrap();
        let base = BaseUrl::parse(&server.base_url()).unwrap();
        let token = server.token().into();
        let client = Client::new(api::Options {
            base,
            token,
            timeouts: Timeouts::default(),
            authorities: Authorities::default(),
        })
        .unwrap();
        let model = Model::new(Setup {
            subject: Subject::Ticket(ticket),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::UTC,
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now: DateTime::parse_from_rfc3339("2026-01-01T00:00:00Z").unwrap().to_utc(),
            keys: Keymap::default(),
            resume: Resume::Nothing,
        });
        let mut program = Self { model, server, client, ticket };
        program.tell(Message::Start).await;
        program
    }

    /// Page by page: a jump to the oldest entry would leave a hole.
    pub async fn read_to_the_start(&mut self) {
        while self.model.reader.log().total().is_none() {
            self.tell(Message::Asked(Action::Page(1))).await;
        }
        self.tell(Message::Asked(Action::Newest)).await;
    }

    pub async fn tell(&mut self, message: Message) {
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

    /// An action that asks for nothing, because all is loaded.
    pub fn act(&mut self, action: Action) {
        black_box(update(&mut self.model, Message::Asked(action)));
    }
}

/// How long this thread has computed, in nanoseconds: other programs on the machine do not count.
pub fn computed() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    told.split(' ').next().unwrap().parse().unwrap()
}

/// The least that doing it computes, of several times.
#[expect(clippy::cast_precision_loss, reason = "for people")]
pub fn least(name: &str, mut what: impl FnMut()) {
    let mut once = || {
        let start = computed();
        what();
        computed() - start
    };
    let least = (0..9).map(|_| once()).min().unwrap();
    println!("{name}: {:.2} ms of computing, the least of 9", least as f64 / 1e6);
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
pub fn timed<T>(name: &str, what: impl FnOnce() -> T) -> T {
    let start = computed();
    let result = what();
    println!("{name}: {:.2} ms of computing", (computed() - start) as f64 / 1e6);
    result
}
