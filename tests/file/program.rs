//! The whole machine without a terminal, on a file.

use std::{collections::VecDeque, fs, path::Path, sync::mpsc, time::Duration};

use chrono::{DateTime, Utc};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use ticketlog::{
    assets,
    file::{Archive, News},
    message::{Action, Effect, Message, Timer},
    model::{
        Model, Setup,
        entry::Entry,
        keymap::Keymap,
        query::{Query, Window},
        saved_view::Resume,
        subject::{Source, Subject},
        text::Charset,
        zone::Zone,
    },
    theme::Theme,
    update::update,
    view,
};

use crate::support::texts;

/// The longest wait for news; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program without a terminal, on a file.
pub struct Program {
    pub archive: Archive,
    pub model: Model,
    asked: VecDeque<Effect>,
    timers: Vec<Timer>,
    pub requests: usize,
    pub tickets: usize,
    news: mpsc::Receiver<News>,
}

impl Program {
    pub fn open(path: &Path) -> Self {
        Self::on(Archive::open(path).unwrap())
    }

    pub fn on(archive: Archive) -> Self {
        let (sender, news) = mpsc::channel();
        archive.on_news(Box::new(move |told| {
            let _ = sender.send(told);
        }));
        let setup = Setup {
            subject: Subject::File(archive.name()),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::named("Europe/Oslo").unwrap(),
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now: DateTime::parse_from_rfc3339("2024-02-01T12:00:00Z").unwrap().with_timezone(&Utc),
            keys: Keymap::default(),
            resume: Resume::Nothing,
        };
        let model = Model::new(setup);
        let (asked, timers) = (VecDeque::new(), Vec::new());
        let mut program = Self { archive, model, asked, timers, requests: 0, tickets: 0, news };
        program.tell(Message::Start).settle();
        program
    }

    pub fn tell(&mut self, message: Message) -> &mut Self {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Wait(timer, _) => self.timers.push(timer),
                other => self.asked.push_back(other),
            }
        }
        self
    }

    pub fn act(&mut self, action: Action) -> &mut Self {
        self.tell(Message::Asked(action)).settle()
    }

    /// Answers everything that was asked, and what that leads to.
    pub fn settle(&mut self) -> &mut Self {
        while let Some(effect) = self.asked.pop_front() {
            match effect {
                Effect::FetchLog { source: Source::File, generation, query, window } => {
                    self.requests += 1;
                    assert!(self.requests < 2_000, "asks for ever: {window:?}");
                    let answer = self.answer(query, window);
                    // What is told before an answer comes before it.
                    while let Ok(told) = self.news.try_recv() {
                        self.hear(told);
                    }
                    self.tell(Message::Log { generation, window, answer: Ok(answer) });
                }
                Effect::FetchTicket(_) => self.tickets += 1,
                _ => {}
            }
        }
        self
    }

    fn hear(&mut self, told: News) {
        self.tell(match told {
            News::Paused => Message::Paused,
            News::Grew => Message::Grew,
            News::WentOn => Message::WentOn,
            News::Ended => Message::Ended,
            News::Replaced => Message::Replaced,
        });
    }

    /// Takes what is told beside the answers until it is as it should be, with nothing left unanswered.
    pub fn until(&mut self, what: impl Fn(&Self) -> bool) -> &mut Self {
        while !what(self) {
            let told = self.news.recv_timeout(PATIENCE).expect("nothing more is told");
            self.hear(told);
            self.settle();
        }
        self
    }

    /// The row of the screen that tells where the log ends.
    pub fn end(&self) -> Option<String> {
        let size = self.model.size;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: size.width, height: size.height });
        view::draw(&self.model, &Theme::terminal(), &mut buffer);
        let cells: Vec<&str> = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        let mut rows = cells.chunks(size.width.into()).map(|row| row.concat().trim().to_owned());
        rows.find(|row| row.starts_with("── the pipe is") || row.starts_with("── end of the file"))
    }

    pub fn rest(&mut self) -> &mut Self {
        for timer in std::mem::take(&mut self.timers) {
            self.tell(Message::Waited(timer));
        }
        self.settle()
    }

    fn answer(&self, query: Query, window: Window) -> Vec<Entry> {
        crate::support::begin(&self.archive, query, window.skip, window.take).recv().unwrap().unwrap()
    }

    pub fn current(&self) -> String {
        let current = self.model.reader.current().unwrap().clone();
        texts(&[current]).remove(0)
    }

    pub fn loaded(&self) -> Vec<String> {
        self.model
            .reader
            .log()
            .runs()
            .iter()
            .flat_map(|run| texts(&run.iter().cloned().collect::<Vec<_>>()))
            .collect()
    }
}

pub fn file(lines: impl IntoIterator<Item = String>) -> (tempfile::TempDir, Program) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.ndjson");
    fs::write(&path, lines.into_iter().map(|line| line + "\n").collect::<String>()).unwrap();
    let program = Program::open(&path);
    (folder, program)
}
