//! A model, its server and everything under way between them: what may happen to it, and what must hold after every
//! step.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Size;
use ticketlog::{
    assets,
    message::{Action, Edit, Effect, Message, Timer},
    model::{
        Model, Setup,
        failure::{Failure, FailureKind},
        query::{Generation, Query, Window},
        subject::Subject,
        text::Charset,
        timeline::Item,
        zone::Zone,
    },
    update::update,
};

use crate::machine::Dice;
use crate::news;
use crate::server::{Row, Server, number};

struct Asked {
    generation: Generation,
    query: Query,
    window: Window,
}

pub struct Life {
    model: Model,
    server: Server,
    asked: Vec<Asked>,
    timers: Vec<Timer>,
    newest: Generation,
    /// The generation of the log of all types: there is one for as long as the ticket stays.
    all: Option<Generation>,
    /// How often the log changed.
    version: u64,
    /// What the log was when the answer with its newest entries was given, by generation.
    heads: HashMap<Generation, u64>,
    /// The log has not changed since this jump began, nor between the last look at its head and then.
    still: Option<Jump>,
    /// What was removed or edited: then entries may be stale until the log is read again.
    changed: bool,
    has_quit: bool,
    /// The newest entry of an earlier look.
    newest_seen: u64,
    pub trace: Vec<String>,
}

/// A jump through a log that stands still.
#[derive(Clone, Copy)]
struct Jump {
    version: u64,
    most: u32,
}

/// The most requests of a jump with the opening, as the README promises it. Two more where the last page happens to be
/// as long as what some servers give at most: what follows it is asked for, too.
fn bound(entries: usize) -> u32 {
    2 * entries.div_ceil(50).max(1).next_power_of_two().ilog2() + 5 + 2
}

fn clock() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2024-06-01T12:00:00Z").unwrap().to_utc()
}

impl Life {
    pub fn new(entries: usize) -> Self {
        let setup = Setup {
            subject: Subject::Ticket(1),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::named("Europe/Oslo").unwrap(),
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now: clock(),
            keys: Vec::new(),
            resume: ticketlog::model::saved_view::Resume::Nothing,
        };
        let mut life = Self {
            model: Model::new(setup),
            server: Server::new(entries),
            asked: Vec::new(),
            timers: Vec::new(),
            newest: Generation::default(),
            all: None,
            version: 0,
            heads: HashMap::new(),
            still: None,
            changed: false,
            has_quit: false,
            newest_seen: entries as u64 / 2,
            trace: vec![format!("{entries} entries")],
        };
        life.tell(Message::Start);
        life.tell(Message::Visit(news::visit(life.newest_seen, clock())));
        life
    }

    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::FetchLog { generation, query, window, .. } => {
                    assert!(!self.has_quit, "a request after quit");
                    // The log of all types is kept; every narrower one is younger than those before it.
                    assert!(query == Query::All || generation >= self.newest, "an older generation");
                    if query == Query::All {
                        assert_eq!(
                            *self.all.get_or_insert(generation),
                            generation,
                            "the log of all types is kept"
                        );
                    } else {
                        self.newest = generation;
                    }
                    let twice = self.asked.iter().any(|a| a.generation == generation && a.window == window);
                    assert!(!twice, "{window:?} is asked twice at once");
                    assert!(window.take > 0 && window.take <= 50 && window.skip < 1 << 31);
                    self.trace.push(format!("  asks {window:?}"));
                    self.asked.push(Asked { generation, query, window });
                    let under_way = self.asked.iter().filter(|asked| asked.generation == generation).count();
                    assert!(under_way <= 2, "{under_way} requests at once");
                }
                Effect::Cancel(generation) => self.asked.retain(|asked| asked.generation != generation),
                Effect::Wait(timer, _) => self.timers.push(timer),
                Effect::Quit(_) => self.has_quit = true,
                _ => {}
            }
        }
    }

    fn act(&mut self, action: Action) {
        self.trace.push(format!("{action:?}"));
        if matches!(action, Action::Refresh | Action::Newest | Action::Back | Action::Oldest | Action::Enter)
        {
            // What is asked for now is not asked for by the jump under way.
            self.still = None;
        }
        self.tell(Message::Asked(action));
    }

    fn answer(&mut self, at: usize, is_failure: bool) {
        if self.asked.is_empty() {
            return;
        }
        let Asked { generation, query, window } = self.asked.remove(at % self.asked.len());
        if window.skip == 0 && window.take > 1 && !is_failure {
            self.heads.insert(generation, self.version);
        }
        self.trace.push(format!("answer {window:?} failure {is_failure}"));
        let page = self.server.page(&query, window);
        let answer = if is_failure { Err(Failure::new(FailureKind::Trouble, "No.")) } else { Ok(page) };
        self.tell(Message::Log { generation, window, answer });
    }

    /// A jump begins: its requests are counted as long as the log stands still.
    fn jump(&mut self, action: Action) {
        let is_quiet = self.asked.is_empty();
        self.act(action);
        let log = self.model.reader.log();
        let known = self.heads.get(&log.generation()) == Some(&self.version);
        if known && is_quiet && !self.changed && self.model.reader.progress().is_some() {
            let most = bound(self.server.numbers(log.query()).len());
            self.still = Some(Jump { version: self.version, most });
        }
    }

    fn check_jump(&mut self) {
        let Some(jump) = self.still else { return };
        let Some(progress) = self.model.reader.progress().filter(|_| jump.version == self.version) else {
            self.still = None;
            return;
        };
        assert!(progress.requests < jump.most, "{} requests, {} at most", progress.requests, jump.most);
    }

    pub fn step(&mut self, dice: &mut Dice) {
        match dice.below(40) {
            0..=15 => {
                let at = dice.below(2);
                self.answer(at, false);
            }
            16 => self.answer(0, dice.below(3) == 0),
            17..=18 => {
                let count = [1, 1, 2, 3, 30, 49, 50, 51, 120][dice.below(9)];
                self.trace.push(format!("{count} arrive"));
                self.server.arrive(count);
                self.version += 1;
            }
            19 => {
                let count = 1 + dice.below(20);
                self.trace.push(format!("{count} equal ones arrive"));
                self.server.arrive_equal(count);
                self.version += 1;
            }
            20 if dice.below(8) == 0 => {
                let from = dice.below(self.server.rows.len().max(1));
                self.trace.push(format!("some vanish from {from}"));
                self.server.lose(from, 1 + dice.below(30));
                self.changed = true;
                self.version += 1;
            }
            21 if dice.below(8) == 0 && !self.server.rows.is_empty() => {
                let at = dice.below(self.server.rows.len());
                self.trace.push(format!("{at} is edited"));
                self.server.rows[at] = Row(self.server.rows[at].0 + 1);
                self.changed = true;
                self.version += 1;
            }
            22 => self.type_time(dice),
            23 => self.jump(Action::Oldest),
            24 => self.act([Action::Newest, Action::Back, Action::Close][dice.below(3)]),
            25 => self.filter(dice),
            26..=27 => {
                for timer in std::mem::take(&mut self.timers) {
                    self.tell(Message::Waited(timer));
                }
            }
            28 => self.act(Action::Refresh),
            29 => self.act(
                [
                    Action::Day(1),
                    Action::Day(-1),
                    Action::Silence(1),
                    Action::ToggleDetail,
                    Action::ToggleRaw,
                    Action::OtherEntry(1),
                    Action::LastSeen,
                ][dice.below(7)],
            ),
            30..=34 => self.act(Action::Page(if dice.below(3) == 0 { -1 } else { 1 })),
            _ => self.act(Action::Step(if dice.below(3) == 0 { -7 } else { 7 })),
        }
    }

    fn type_time(&mut self, dice: &mut Dice) {
        let minutes = i64::try_from(dice.below(7 * self.server.rows.len().max(1))).unwrap();
        let at = DateTime::parse_from_rfc3339("2023-08-03T12:00:00Z").unwrap() + TimeDelta::minutes(minutes);
        self.act(Action::TypeTime);
        if self.model.input.is_none() {
            // A page or a panel covers the list.
            return;
        }
        for c in at.format("%Y-%m-%d %H:%M").to_string().chars() {
            self.act(Action::Edit(Edit::Insert(c)));
        }
        self.jump(Action::Enter);
        assert!(self.model.input.is_none(), "the time is understood");
    }

    fn filter(&mut self, dice: &mut Dice) {
        self.act(Action::OpenFilter);
        for _ in 0..dice.below(30) {
            self.tell(Message::Asked(Action::Step(1)));
        }
        self.act([Action::Tick, Action::TickOnly, Action::TickAll, Action::TickAll][dice.below(4)]);
        self.act(Action::Enter);
    }

    pub fn check(&mut self) {
        self.check_jump();
        let reader = &self.model.reader;
        let narrow = Some(reader.log()).filter(|log| log.generation() != reader.all().generation());
        for log in [reader.all()].into_iter().chain(narrow) {
            assert!(log.pending() <= 2, "more than two under way");
            let runs: Vec<Vec<u64>> = log.runs().iter().map(|run| run.iter().map(number).collect()).collect();
            let all: Vec<u64> = runs.concat();
            assert!(all.is_sorted_by(|a, b| a >= b) || self.changed, "order: {runs:?}");
            if !self.changed {
                let truth = self.server.numbers(log.query());
                for run in &runs {
                    assert!(is_stretch(run, &truth), "not a stretch of the log: {run:?}\nof {truth:?}");
                }
                assert!(is_part(&all, &truth), "an entry twice: {runs:?}\nof {truth:?}");
                news::check(reader, self.newest_seen, &self.server.numbers(&Query::All));
            }
        }
        match reader.timeline().cursor() {
            Some(Item::Entry(id)) => assert!(reader.log().entry(id).is_some(), "the cursor's entry is gone"),
            Some(Item::Gap(run)) => assert!(reader.log().runs().iter().any(|known| known.id() == run)),
            None => assert!(!reader.log().is_answered()),
        }
    }

    /// Everything comes to rest, and then the program is left.
    pub fn end(&mut self) {
        for _ in 0..3 {
            self.act(Action::Close);
        }
        self.rest();
        self.act(Action::Quit);
        assert!(self.has_quit);
    }

    /// At rest the whole log can be read to its start: all that the server holds, truly equal entries as often as it
    /// holds them.
    pub fn read_to_the_start(&mut self) {
        for _ in 0..3 {
            self.act(Action::Close);
        }
        self.rest();
        self.act(Action::OpenFilter);
        self.act(Action::TickAll);
        self.act(Action::Enter);
        self.rest();
        // Among equal neighbours the log may be read again, which leads the cursor back to where it was.
        for _ in 0..3 {
            self.act(Action::Newest);
            self.act(Action::Refresh);
            self.rest();
            for _ in 0..self.server.rows.len() / 10 + 20 {
                self.act(Action::Page(1));
                self.rest();
            }
            if self.model.reader.log().total().is_some() {
                break;
            }
        }
        // Among many equal neighbours the log may say that its pages do not fit together, and stop.
        let log = self.model.reader.log();
        if !self.changed && log.total().is_some() {
            let loaded: Vec<u64> = log.runs().iter().flat_map(|run| run.iter().map(number)).collect();
            assert_eq!(loaded, self.server.numbers(&Query::All), "all of the log");
        }
    }

    fn rest(&mut self) {
        for _ in 0..400 {
            for timer in std::mem::take(&mut self.timers) {
                self.tell(Message::Waited(timer));
            }
            if self.asked.is_empty() {
                break;
            }
            self.answer(0, false);
            self.check();
        }
        assert!(self.asked.is_empty(), "the model never stops asking");
    }
}

/// Whether a run is a stretch of the log without a hole.
fn is_stretch(run: &[u64], log: &[u64]) -> bool {
    run.is_empty() || log.windows(run.len()).any(|window| window == run)
}

/// Whether a list can be had from the log by leaving entries out.
fn is_part(part: &[u64], log: &[u64]) -> bool {
    let mut log = log.iter();
    part.iter().all(|wanted| log.any(|known| known == wanted))
}
