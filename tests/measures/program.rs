//! The program without a terminal: model, screen and client together, answers awaited one after the other.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use ticketlog::{
    api::{self, Authorities, BaseUrl, Client, Timeouts},
    assets, demo, keys,
    message::{Effect, Message, Timer},
    model::{
        Model, Setup,
        entry::Entry,
        query::{PAGE, Query, TicketNumber, Window},
        saved_view::Resume,
        subject::{Source, Subject},
        text::Charset,
        types::Catalogue,
        zone::Zone,
    },
    term::{colours::Colours, oracle, screen::Screen},
    theme::Theme,
    update::update,
    view,
};

pub struct Program {
    pub server: demo::Server,
    pub model: Model,
    client: Client,
    screen: Screen,
    asked: VecDeque<Effect>,
    timers: Vec<(DateTime<Utc>, Timer)>,
    clock: Arc<Mutex<DateTime<Utc>>>,
}

impl Program {
    /// Opens a sample ticket. The first frame is drawn, nothing is answered yet.
    pub async fn open(ticket: TicketNumber, width: u16, height: u16) -> Self {
        Self::of(ticket, Size { width, height }, assets::action_types().unwrap()).await
    }

    /// The same with a line for every entry.
    pub async fn unfolded(ticket: TicketNumber, width: u16, height: u16) -> Self {
        Self::of(ticket, Size { width, height }, assets::action_types().unwrap().unfolded()).await
    }

    async fn of(ticket: TicketNumber, size: Size, catalogue: Catalogue) -> Self {
        let now = DateTime::parse_from_rfc3339("2024-02-01T12:00:00Z").unwrap().with_timezone(&Utc);
        let clock = Arc::new(Mutex::new(now));
        let told = Arc::clone(&clock);
        let options = demo::Options { clock: Arc::new(move || *told.lock().unwrap()), ..Default::default() };
        let server = demo::Server::start(options).await.unwrap();
        let client = Client::new(api::Options {
            base: BaseUrl::parse(&server.base_url()).unwrap(),
            token: server.token().into(),
            timeouts: Timeouts::default(),
            authorities: Authorities::default(),
        });
        let setup = Setup {
            subject: Subject::Ticket(ticket),
            catalogue,
            zone: Zone::named("Europe/Oslo").unwrap(),
            charset: Charset::Unicode,
            size,
            now,
            keys: keys::defaults().unwrap(),
            resume: Resume::Nothing,
        };
        let mut program = Self {
            server,
            model: Model::new(setup),
            client: client.unwrap(),
            screen: Screen::new(size, Colours::TwoFiftySix),
            asked: VecDeque::new(),
            timers: Vec::new(),
            clock,
        };
        program.tell(Message::Start);
        program
    }

    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Wait(timer, wait) => self.timers.push((self.model.now + wait, timer)),
                other => self.asked.push_back(other),
            }
        }
    }

    /// Presses single-letter keys; `\t` and `\r` are tab and enter.
    pub fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            let code = match key {
                '\t' => KeyCode::Tab,
                '\r' => KeyCode::Enter,
                key => KeyCode::Char(key),
            };
            let event = KeyEvent::new(code, KeyModifiers::NONE);
            if let Some(action) = keys::action(&self.model.keys, self.model.context(), &event) {
                self.tell(Message::Asked(action));
            }
        }
    }

    /// Answers everything that was asked, and what that leads to.
    pub async fn settle(&mut self) {
        while let Some(effect) = self.asked.pop_front() {
            match effect {
                Effect::FetchLog { source: Source::Ticket(ticket), generation, query, window } => {
                    let answer = self.client.log(ticket, &query, window).await;
                    self.tell(Message::Log { generation, window, answer });
                }
                Effect::FetchTicket(ticket) => {
                    let answer = self.client.ticket(ticket).await;
                    self.tell(Message::Ticket { ticket, answer });
                }
                _ => {}
            }
        }
    }

    /// Lets every wait end and answers what follows.
    pub async fn rest(&mut self) {
        for (_, timer) in std::mem::take(&mut self.timers) {
            self.tell(Message::Waited(timer));
        }
        self.settle().await;
    }

    /// Lets time pass, for the program and for the server; every wait ends when it is due.
    pub async fn pass(&mut self, time: Duration) {
        let end = self.model.now + time;
        loop {
            let due = self.timers.iter().map(|(due, _)| *due).min().filter(|due| *due <= end);
            let now = due.unwrap_or(end);
            *self.clock.lock().unwrap() = now;
            self.tell(Message::Clock(now));
            let Some(due) = due else { return };
            let at = self.timers.iter().position(|(at, _)| *at == due).unwrap();
            let (_, timer) = self.timers.swap_remove(at);
            self.tell(Message::Waited(timer));
            self.settle().await;
        }
    }

    /// What the server holds now, newest first, read page by page.
    pub async fn held(&self) -> Vec<Entry> {
        let ticket = self.model.subject.ticket().unwrap();
        let mut held = Vec::new();
        loop {
            let window = Window { skip: held.len() as u64, take: PAGE };
            let page = self.client.log(ticket, &Query::All, window).await.unwrap();
            let is_last = page.len() < usize::from(PAGE);
            held.extend(page);
            if is_last {
                return held;
            }
        }
    }

    /// The screen as text, a line a row, blanks at the end cut off.
    pub fn picture(&self) -> Vec<String> {
        let buffer = self.drawn(&Theme::terminal());
        let cells: Vec<&str> = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        let rows = cells.chunks(usize::from(self.model.size.width).max(1));
        rows.map(|row| row.concat().trim_end().to_owned()).collect()
    }

    /// The screen in a theme.
    pub fn drawn(&self, theme: &Theme) -> Buffer {
        let Size { width, height } = self.model.size;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
        view::draw(&self.model, theme, &mut buffer);
        buffer
    }

    /// Draws, and tells how many bytes the terminal gets. Every one of them passes the oracle.
    pub fn draw(&mut self) -> usize {
        let Size { width, height } = self.model.size;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
        let cursor = view::draw(&self.model, &Theme::terminal(), &mut buffer);
        let bytes = self.screen.frame(&buffer, cursor);
        oracle::check(&bytes).unwrap_or_else(|breach| panic!("{breach:?}"));
        bytes.len()
    }

    /// The middle of what so many single keys cost, each drawn and answered before the next.
    pub async fn median(&mut self, key: &str, times: usize) -> usize {
        let mut costs = Vec::new();
        for _ in 0..times {
            self.keys(key);
            let step = self.draw();
            self.settle().await;
            costs.push(step + self.draw());
        }
        costs.sort_unstable();
        costs.get(times / 2).copied().unwrap_or_default()
    }
}
