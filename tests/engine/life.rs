//! A model, its server and everything under way between them. What may happen to it is in `moves`, what must hold
//! after every step in `promises`.

mod arrivals;
mod landings;
mod moves;
mod places;
mod promises;
mod rereading;

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, Utc};
use ratatui::layout::Size;
use ticketlog::{
    assets,
    message::{Action, Effect, Message, Timer},
    model::{
        Model, Setup,
        entry::Entry,
        failure::{Failure, FailureKind, Retry},
        keymap::Keymap,
        log::Log,
        query::{Generation, Query, Window},
        subject::Subject,
        text::Charset,
        zone::Zone,
    },
    update::update,
};

use crate::{
    news,
    server::{Manners, Server},
};
use arrivals::Seen;
use promises::Jump;

struct Asked {
    generation: Generation,
    query: Query,
    window: Window,
    /// What the server gave, when it did so before the answer came; and what the log was then.
    given: Option<Given>,
}

struct Given {
    page: Vec<Entry>,
    version: u64,
    arrivals: usize,
}

#[expect(clippy::struct_excessive_bools, reason = "facts about a life that do not exclude each other")]
pub struct Life {
    model: Model,
    server: Server,
    asked: Vec<Asked>,
    now: DateTime<Utc>,
    /// What is waited for, and until when.
    timers: Vec<(DateTime<Utc>, Timer)>,
    newest: Generation,
    /// The generation of the log of all types: there is one for as long as the ticket stays.
    all: Option<Generation>,
    /// How often the log changed.
    version: u64,
    /// What the log was when the answer with its newest entries was given, and how many had arrived, by generation.
    heads: HashMap<Generation, (u64, usize)>,
    /// What was known when nothing was announced.
    seen: Option<Seen>,
    /// The log has not changed since this jump began, nor between the last look at its head and then.
    still: Option<Jump>,
    /// What was removed or edited: then entries may be stale until the log is read again.
    changed: bool,
    edited: bool,
    /// For so many steps.
    stale: usize,
    /// What changed is read after a while in any case; lives that failed before that was so go on without.
    pub catches_up: bool,
    /// It was said of such a change that the log was read again, and nothing takes that back.
    was_told: bool,
    /// What edits ever made of an entry.
    edits: Vec<u64>,
    /// The number of the ticket that is open.
    tickets: u64,
    has_quit: bool,
    /// The newest entry of an earlier look.
    newest_seen: u64,
    pub trace: Vec<String>,
}

impl Life {
    pub fn new(entries: usize, manners: Manners) -> Self {
        let now = DateTime::parse_from_rfc3339("2024-06-01T12:00:00Z").unwrap().to_utc();
        let setup = Setup {
            subject: Subject::Ticket(1),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::named("Europe/Oslo").unwrap(),
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now,
            keys: Keymap::default(),
            resume: ticketlog::model::saved_view::Resume::Nothing,
        };
        let mut life = Self {
            model: Model::new(setup),
            server: Server::new(entries, manners),
            asked: Vec::new(),
            now,
            timers: Vec::new(),
            newest: Generation::default(),
            all: None,
            version: 0,
            heads: HashMap::new(),
            seen: None,
            still: None,
            changed: false,
            edited: false,
            stale: 0,
            catches_up: true,
            was_told: false,
            edits: Vec::new(),
            tickets: 1,
            has_quit: false,
            newest_seen: entries as u64 / 2,
            trace: vec![format!("{entries} entries, {manners:?}")],
        };
        life.tell(Message::Start);
        life.tell(Message::Visit(news::visit(life.newest_seen, now)));
        life
    }

    fn tell(&mut self, message: Message) {
        let had_quit = self.has_quit;
        let before = self.before();
        let is_answer = matches!(message, Message::Log { .. });
        let effects = update(&mut self.model, message);
        self.check_cursor(&before, is_answer);
        assert!(!had_quit || effects.is_empty(), "after quit: {effects:?}");
        for effect in effects {
            match effect {
                Effect::FetchLog { generation, query, window, .. } => self.asks(generation, query, window),
                Effect::Cancel(generation) => self.asked.retain(|asked| asked.generation != generation),
                Effect::Wait(timer, wait) => self.timers.push((self.now + wait, timer)),
                Effect::Quit(_) => self.has_quit = true,
                _ => {}
            }
        }
        self.look();
    }

    fn asks(&mut self, generation: Generation, query: Query, window: Window) {
        // The log of all types is kept; every narrower one is younger than those before it.
        assert!(query == Query::All || generation >= self.newest, "an older generation");
        if query == Query::All {
            let all = self.model.reader.all().generation();
            assert_eq!(*self.all.get_or_insert(all), all, "the log of all types is kept");
        } else {
            self.newest = generation;
        }
        let twice = self.asked.iter().any(|a| a.generation == generation && a.window == window);
        assert!(!twice, "{window:?} is asked twice at once");
        assert!(window.take > 0 && window.take <= 50 && window.skip < 1 << 31);
        self.trace.push(format!("  asks {window:?}"));
        self.asked.push(Asked { generation, query, window, given: None });
        let under_way = self.asked.len();
        assert!(under_way <= 2, "{under_way} requests at once");
    }

    fn act(&mut self, action: Action) {
        self.trace.push(format!("{action:?}"));
        if matches!(
            action,
            Action::Refresh
                | Action::Newest
                | Action::Back
                | Action::Oldest
                | Action::Enter
                | Action::Follow
                | Action::LoadAll
        ) {
            // What is asked for now is not asked for by the jump under way.
            self.still = None;
        }
        self.tell(Message::Asked(action));
    }

    /// The server gives the answer to one of the requests under way; it comes later, and the log may move meanwhile.
    fn give(&mut self, at: usize) {
        let count = self.asked.len().max(1);
        if let Some(asked) = self.asked.get_mut(at % count).filter(|asked| asked.given.is_none()) {
            self.trace.push(format!("the server reads {:?}", asked.window));
            let page = self.server.page(&asked.query, asked.window);
            asked.given = Some(Given { page, version: self.version, arrivals: self.server.arrivals });
        }
    }

    /// Answers one of the requests under way, with its entries or with a failure.
    fn answer(&mut self, at: usize, failure: Option<Retry>) {
        if self.asked.is_empty() {
            return;
        }
        let Asked { generation, query, window, given } = self.asked.remove(at % self.asked.len());
        let given = given.unwrap_or_else(|| Given {
            page: self.server.page(&query, window),
            version: self.version,
            arrivals: self.server.arrivals,
        });
        let reader = &self.model.reader;
        let of = |log: &&Log| log.asks_as() == generation && log.is_asking_head(window);
        let asked = [reader.all(), reader.asked_log()].into_iter().find(of);
        if let Some(log) = asked.filter(|_| failure.is_none()) {
            self.heads.insert(log.generation(), (given.version, given.arrivals));
        }
        self.trace.push(format!("answer {window:?} failure {failure:?}"));
        let answer = match failure {
            Some(retry) => Err(Failure::new(FailureKind::Trouble, "No.").with_retry(retry)),
            None => Ok(given.page),
        };
        self.tell(Message::Log { generation, window, answer });
    }

    /// Time passes; what was waited for until then comes, each at its moment.
    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        self.trace.push(format!("{time:?} pass"));
        while let Some(at) = self.next_timer(|_| true).filter(|at| self.timers[*at].0 <= until) {
            self.fire(at);
        }
        self.now = until;
        self.tell(Message::Clock(until));
    }

    fn next_timer(&self, counts: impl Fn(&Timer) -> bool) -> Option<usize> {
        let counting = self.timers.iter().enumerate().filter(|(_, (_, timer))| counts(timer));
        counting.min_by_key(|(_, (due, _))| *due).map(|(at, _)| at)
    }

    fn fire(&mut self, at: usize) {
        let (due, timer) = self.timers.remove(at);
        if matches!(timer, Timer::Poll(_)) {
            self.still = None;
        }
        self.now = self.now.max(due);
        self.tell(Message::Clock(self.now));
        self.tell(Message::Waited(timer));
    }

    /// Everything under way is answered, and what is waited for comes, but for the polls of who follows.
    fn rest(&mut self) {
        for _ in 0..1_000 {
            if !self.asked.is_empty() {
                self.answer(0, None);
            } else if let Some(at) = self.next_timer(|timer| !matches!(timer, Timer::Poll(_))) {
                self.fire(at);
            } else {
                return;
            }
            self.check();
        }
        panic!("the model never stops asking");
    }
}
