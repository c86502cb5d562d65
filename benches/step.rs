//! One step down the list: key, model, picture, bytes; with 200 and with 100,000 entries loaded.
//!
//! `cargo bench --bench step` measures seconds, beside ratatui's own comparison of two pictures. With the argument
//! `--instructions STEPS ENTRIES` it takes so many steps and nothing else, for a counter of instructions around it
//! (`.ci/instructions`).
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::{hint::black_box, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use divan::Bencher;
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use ticketlog::{
    assets, keys,
    message::{Action, Effect, Message},
    model::{
        Model, Setup,
        entry::{Entry, Time, User},
        query::Window,
        saved_view::Resume,
        stamp::Stamp,
        subject::Subject,
        text::{Charset, Untrusted},
        zone::Zone,
    },
    term::{colours::Colours, screen::Screen},
    theme::Theme,
    update::update,
    view::{self, RowCache},
};

const SIZE: Size = Size { width: 80, height: 24 };

struct Program {
    model: Model,
    screen: Screen,
    rows: RowCache,
    buffer: Buffer,
    entries: u64,
    down: bool,
}

impl Program {
    /// A list with so many entries loaded, scrolled by a screen, the detail pane closed.
    fn new(entries: u64) -> Self {
        let mut model = Model::new(Setup {
            subject: Subject::Ticket(1),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::named("Europe/Oslo").unwrap(),
            charset: Charset::Unicode,
            size: SIZE,
            now: start(),
            keys: keys::defaults().unwrap(),
            resume: Resume::Nothing,
        });
        model.detail = false;
        model.fit_list();
        let mut program = Self {
            model,
            screen: Screen::new(SIZE, Colours::TwoFiftySix),
            rows: RowCache::default(),
            buffer: empty(),
            entries,
            down: true,
        };
        program.tell(Message::Start);
        while program.model.reader.log().total().is_none() {
            // Page by page: a jump to the oldest entry would leave a hole.
            program.tell(Message::Asked(Action::Page(1)));
        }
        program.tell(Message::Asked(Action::Newest));
        for _ in 0..30 {
            program.step();
        }
        program
    }

    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            if let Effect::FetchLog { generation, window, .. } = effect {
                let answer = Ok(page(window, self.entries));
                self.tell(Message::Log { generation, window, answer });
            }
        }
    }

    /// One line further and the bytes for it; turns round at both ends.
    fn step(&mut self) -> Vec<u8> {
        let at = self.model.reader.timeline().number().unwrap_or(1);
        if at as u64 + 30 >= self.entries || at < 30 {
            self.down = at < 30;
        }
        self.tell(Message::Asked(Action::Step(if self.down { 1 } else { -1 })));
        view::draw_again(&self.model, &Theme::terminal(), &mut self.rows, &mut self.buffer);
        let bytes = self.screen.frame(&self.buffer, None);
        assert!(!bytes.is_empty());
        bytes
    }
}

fn empty() -> Buffer {
    Buffer::empty(Rect { x: 0, y: 0, width: SIZE.width, height: SIZE.height })
}

fn picture(model: &Model) -> Buffer {
    let mut buffer = empty();
    view::draw(model, &Theme::terminal(), &mut buffer);
    buffer
}

fn start() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2024-01-01T00:00:00Z").unwrap().to_utc()
}

fn page(window: Window, entries: u64) -> Vec<Entry> {
    (window.skip..entries.min(window.skip + u64::from(window.take))).map(entry).collect()
}

fn entry(place: u64) -> Entry {
    let kinds = ["ticket_read", "reply_created", "ticket_read", "note_created", "something_new"];
    let kind = kinds.get(usize::try_from(place).unwrap() % kinds.len()).unwrap();
    let at = start() - TimeDelta::minutes(7 * i64::try_from(place).unwrap());
    let user = User {
        id: Untrusted::new(format!("{}", place % 7)),
        name: Untrusted::new(format!("Agent Number {}", place % 7)),
        email: None,
        status: Untrusted::new("team"),
        is_bot: false,
        custom_identifier: None,
    };
    Entry {
        action_type: Untrusted::new(*kind),
        action: Untrusted::new(format!("did thing number {place} to the ticket")),
        actor: Some(Arc::new(user)),
        time: Time::At(Stamp::parse(&at.to_rfc3339()).unwrap()),
        included: None,
        raw: None,
        flaw: None,
        place: None,
    }
}

#[divan::bench(args = [200, 100_000])]
fn step(bencher: Bencher, entries: u64) {
    let mut program = Program::new(entries);
    bencher.bench_local(|| black_box(program.step()));
}

/// The reference: what ratatui does to find the cells that differ between the same two pictures.
#[divan::bench]
fn ratatui_diff_alone(bencher: Bencher) {
    let mut program = Program::new(200);
    let before = picture(&program.model);
    program.step();
    let after = picture(&program.model);
    bencher.bench_local(|| black_box(before.diff(&after).len()));
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |at: usize| args.get(at).and_then(|text| text.parse::<u64>().ok());
    match args.get(1).map(String::as_str) {
        Some("--instructions") => {
            let (steps, entries) = (number(2).unwrap(), number(3).unwrap());
            let mut program = Program::new(entries);
            for _ in 0..steps {
                black_box(program.step());
            }
        }
        _ => divan::main(),
    }
}
