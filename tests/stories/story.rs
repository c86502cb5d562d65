//! Stories: messages in, effects out. A model, a log that stands for the server, and keys.

#[path = "../support/entries.rs"]
mod entries;
#[path = "story/server.rs"]
mod server;

use std::{cell::RefCell, collections::VecDeque, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
pub use entries::{entry, start};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use ticketlog::{
    assets, keys,
    message::{Effect, Message, Timer},
    model::{
        Model, Setup,
        entry::Entry,
        query::{Generation, Query, Window},
        saved_view::Resume,
        subject::Subject,
        text::Charset,
        visit::Visit,
        zone::Zone,
    },
    theme::Theme,
    update::update,
    view::{self, RowCache},
};

pub struct Story {
    pub model: Model,
    /// What the server holds, oldest first.
    pub server: Vec<Entry>,
    /// Requests without an answer, in the order they were made.
    pub asked: VecDeque<Effect>,
    /// Every log request ever made.
    pub requests: Vec<(Query, Window)>,
    /// The most of them that were ever under way at once.
    pub most: usize,
    cancelled: Vec<Generation>,
    timers: Vec<(DateTime<Utc>, Timer)>,
    rows: RefCell<RowCache>,
    /// What the state folder holds, the last visit first.
    pub visits: Vec<Visit>,
    /// The titles that the server gives to tickets, in a list of them.
    pub titles: Vec<(u64, &'static str)>,
    /// Everything else that was asked of the shell.
    pub others: Vec<Effect>,
}

impl Story {
    /// A story at 80x24 of a ticket with so many entries; nothing has been answered yet.
    pub fn new(entries: usize) -> Self {
        Self::sized(entries, 80, 24)
    }

    pub fn sized(entries: usize, width: u16, height: u16) -> Self {
        Self::resumed(entries, Size { width, height }, Resume::Nothing)
    }

    /// A story of a ticket that was looked at before, or of others.
    pub fn visited(entries: usize, size: Size, visits: Vec<Visit>) -> Self {
        Self::told(entries, Self::setup(size, Resume::Nothing), visits)
    }

    /// A story that begins with the question which ticket to open.
    pub fn asking(size: Size, visits: Vec<Visit>) -> Self {
        let setup = Setup { subject: Subject::Nothing, ..Self::setup(size, Resume::Nothing) };
        Self::told(190, setup, visits)
    }

    /// A story that begins after a dropped line.
    pub fn resumed(entries: usize, size: Size, resume: Resume) -> Self {
        Self::told(entries, Self::setup(size, resume), Vec::new())
    }

    pub fn setup(size: Size, resume: Resume) -> Setup {
        Setup {
            subject: Subject::Ticket(4_478_963),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::named("Europe/Oslo").unwrap(),
            charset: Charset::Unicode,
            size,
            now: start() + TimeDelta::days(400),
            keys: keys::defaults().unwrap(),
            resume,
        }
    }

    pub fn told(entries: usize, setup: Setup, visits: Vec<Visit>) -> Self {
        let mut story = Self::before(entries, setup, visits);
        story.open();
        story
    }

    /// A story at 80x24 that has yet to begin.
    pub fn unopened(entries: usize) -> Self {
        Self::unopened_at(entries, Size { width: 80, height: 24 })
    }

    pub fn unopened_at(entries: usize, size: Size) -> Self {
        Self::before(entries, Self::setup(size, Resume::Nothing), Vec::new())
    }

    /// Begins.
    pub fn open(&mut self) {
        self.tell(Message::Start);
    }

    fn before(entries: usize, setup: Setup, visits: Vec<Visit>) -> Self {
        Self {
            model: Model::new(setup),
            server: (0..entries).map(entry).collect(),
            asked: VecDeque::new(),
            requests: Vec::new(),
            most: 0,
            cancelled: Vec::new(),
            timers: Vec::new(),
            rows: RefCell::default(),
            visits,
            titles: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Tells the model something and keeps what it asks for.
    pub fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::FetchLog { ref query, window, .. } => {
                    self.requests.push((query.clone(), window));
                    self.asked.push_back(effect);
                    self.most = self.most.max(self.under_way());
                }
                Effect::Cancel(generation) => {
                    self.cancelled.push(generation);
                    self.others.push(effect);
                }
                Effect::FetchTicket(_) | Effect::FetchTickets(_) => self.asked.push_back(effect),
                Effect::FindVisit(ticket) => {
                    let visit = self.visits.iter().find(|visit| visit.ticket == ticket).copied();
                    if let Some(visit) = visit {
                        self.tell(Message::Visit(visit));
                    }
                }
                Effect::FindVisits => self.tell(Message::Visits(self.visits.clone())),
                Effect::LookOn => self.tell(Message::LookOn),
                Effect::Wait(timer, wait) => self.timers.push((self.model.now + wait, timer)),
                other => self.others.push(other),
            }
        }
    }

    /// How many log requests are under way and waited for.
    pub fn under_way(&self) -> usize {
        let waited_for = |asked: &&Effect| matches!(asked, Effect::FetchLog { generation, .. } if !self.cancelled.contains(generation));
        self.asked.iter().filter(waited_for).count()
    }

    /// Presses keys: single characters, or names in angle brackets such as `<enter>`, `<c-d>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let (key, after) = match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
                Some((name, after)) => (named_key(name), after),
                None => (KeyEvent::new(KeyCode::Char(first), KeyModifiers::NONE), &rest[first.len_utf8()..]),
            };
            let action = keys::action(&self.model.keys, self.model.context(), &key);
            self.tell(action.map_or(Message::UnboundKey, Message::Asked));
            rest = after;
        }
        self
    }

    /// Lets every wait end.
    pub fn wake(&mut self) {
        for (_, timer) in std::mem::take(&mut self.timers) {
            self.tell(Message::Waited(timer));
        }
    }

    /// Lets time pass; every wait ends when it is due. Nothing is answered.
    pub fn pass(&mut self, time: Duration) {
        let end = self.model.now + time;
        loop {
            let due = self.timers.iter().map(|(due, _)| *due).min().filter(|due| *due <= end);
            self.tell(Message::Clock(due.unwrap_or(end)));
            let Some(due) = due else { return };
            let at = self.timers.iter().position(|(at, _)| *at == due).unwrap();
            let (_, timer) = self.timers.swap_remove(at);
            self.tell(Message::Waited(timer));
        }
    }

    /// How many waits are under way.
    pub fn waits(&self) -> usize {
        self.timers.len()
    }

    /// Lets every wait end, then answers everything.
    pub fn rest(&mut self) -> &mut Self {
        self.wake();
        self.settle()
    }

    /// An entry arrives at the head of the log.
    pub fn arrive(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            let next = self.server.len();
            self.server.push(entry(next));
        }
        self
    }

    /// The numbers of all loaded entries of the log that is shown, run by run, newest first.
    pub fn loaded(&self) -> Vec<Vec<usize>> {
        let number = |entry: &Entry| -> usize { entry.action.raw_for_export()[6..].parse().unwrap() };
        self.model.reader.log().runs().iter().map(|run| run.iter().map(number).collect()).collect()
    }

    /// The number of the entry at the cursor.
    pub fn at(&self) -> Option<usize> {
        self.model.reader.current().map(|entry| entry.action.raw_for_export()[6..].parse().unwrap())
    }

    /// The screen as text, a line a row, blanks at the end cut off.
    pub fn screen(&self) -> Vec<String> {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width);
        let cells: Vec<&str> = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        if width == 0 {
            return Vec::new();
        }
        cells.chunks(width).map(|row| row.concat().trim_end().to_owned()).collect()
    }

    pub fn buffer(&self) -> Buffer {
        let Size { width, height } = self.model.size;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
        let cursor = view::draw(&self.model, &Theme::terminal(), &mut buffer);
        let mut again = Buffer::empty(buffer.area);
        let rows = &mut self.rows.borrow_mut();
        let drawn_again = view::draw_again(&self.model, &Theme::terminal(), rows, &mut again);
        assert_eq!(
            (&buffer, cursor),
            (&again, drawn_again),
            "rows that were drawn before look like new ones"
        );
        buffer
    }

    /// Where the terminal's own cursor stands: column and row.
    pub fn hardware_cursor(&self) -> Option<(u16, u16)> {
        let mut buffer = self.buffer();
        view::draw(&self.model, &Theme::terminal(), &mut buffer).map(|cursor| (cursor.x, cursor.y))
    }

    /// The line of the screen with the cursor's mark.
    pub fn cursor_line(&self) -> Option<usize> {
        self.screen().iter().position(|line| line.starts_with('▌'))
    }

    /// Whether any line of the screen holds this text.
    pub fn shows(&self, text: &str) -> bool {
        self.screen().iter().any(|line| line.contains(text))
    }
}

fn named_key(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    match name {
        "enter" => plain(KeyCode::Enter),
        "esc" => plain(KeyCode::Esc),
        "tab" => plain(KeyCode::Tab),
        "down" => plain(KeyCode::Down),
        "left" => plain(KeyCode::Left),
        "up" => plain(KeyCode::Up),
        "back" => plain(KeyCode::Backspace),
        "space" => plain(KeyCode::Char(' ')),
        _ => match name.strip_prefix("c-").and_then(|rest| rest.chars().next()) {
            Some(c) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL),
            None => panic!("no key is named {name}"),
        },
    }
}
