//! A view of a log, and the view that a command opens, as the program opens it.

use std::ffi::OsString;

use chrono::TimeDelta;
use ratatui::layout::Size;
use ticketlog::{
    assets,
    cli::{self, CommandLine, Look},
    keys,
    message::{Effect, Message},
    model::{
        Model, Setup,
        entry::Entry,
        narrowing::Narrowing,
        pattern::{Pattern, Syntax},
        saved_view::Resume,
        search::Wish,
        share::Opening,
        subject::Subject,
        text::Charset,
        types::Catalogue,
        zone::Zone,
    },
    settings::{Asked, Files, Purpose, Settings},
    update::update,
};

use super::{
    entries::{entry, start},
    narrowing, reading,
};

pub fn zone() -> Zone {
    Zone::named("Europe/Oslo").unwrap()
}

fn settings() -> Settings {
    let asked = Asked { account: &cli::Account::default(), look: &Look::default(), purpose: Purpose::Look };
    Settings::read(asked, &Files::default(), &|name| (name == "TZ").then(|| "Europe/Oslo".to_owned()))
        .unwrap()
}

pub fn catalogue() -> Catalogue {
    assets::action_types().unwrap().unfolded()
}

/// A log whose entries have fractions of seconds, and now and then one instant in common.
pub fn log(length: usize) -> Vec<Entry> {
    (0..length).map(|number| timed(number / 3 * 3 + usize::from(number % 3 == 2), entry(number))).collect()
}

fn timed(number: usize, mut entry: Entry) -> Entry {
    let at = start() + TimeDelta::nanoseconds(i64::try_from(number).unwrap() * 100 * 3_333_333_333);
    let text = at.to_rfc3339_opts(chrono::SecondsFormat::Nanos, true);
    entry.time = ticketlog::model::entry::Time::At(ticketlog::model::stamp::Stamp::parse(&text).unwrap());
    entry
}

/// A model of a ticket with such a log, opened with a narrowing; all of it is loaded.
pub struct Reading {
    pub model: Model,
    server: Vec<Entry>,
}

impl Reading {
    pub fn open(narrowing: Narrowing, messages: Vec<Message>) -> Self {
        let setup = Setup {
            subject: Subject::Ticket(4_478_963),
            catalogue: catalogue(),
            zone: zone(),
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now: start() + TimeDelta::days(400),
            keys: keys::defaults().unwrap(),
            resume: Resume::Nothing,
        };
        let mut model = Model::new(setup);
        model.reader.begin(narrowing);
        model.taking.opening = Opening::Account(vec!["--profile".into(), "acme".into()]);
        let mut reading = Self { model, server: log(40) };
        for message in [Message::Start].into_iter().chain(messages) {
            reading.tell(message);
        }
        reading
    }

    pub fn tell(&mut self, message: Message) {
        let mut effects = update(&mut self.model, message);
        while let Some(effect) = effects.pop() {
            match effect {
                Effect::FetchLog { generation, query, window, .. } => {
                    let newest_first = self.server.iter().rev();
                    let wanted = newest_first.filter(|entry| query.includes(&entry.action_type));
                    let page = wanted.skip(usize::try_from(window.skip).unwrap()).take(window.take.into());
                    let answer = Ok(page.cloned().collect());
                    effects.extend(update(&mut self.model, Message::Log { generation, window, answer }));
                }
                Effect::LookOn => effects.extend(update(&mut self.model, Message::LookOn)),
                Effect::Wait(timer, _) => effects.extend(update(&mut self.model, Message::Waited(timer))),
                _ => {}
            }
        }
    }

    pub fn at(&self) -> Option<String> {
        self.model.reader.current().map(|entry| entry.action.raw_for_export().to_owned())
    }
}

/// A command line split as a POSIX shell does it.
fn split(command: &str) -> Vec<String> {
    let (mut words, mut word, mut is_word) = (Vec::new(), String::new(), false);
    let mut rest = command.chars();
    while let Some(c) = rest.next() {
        match c {
            '\'' => {
                is_word = true;
                word.extend(rest.by_ref().take_while(|c| *c != '\''));
            }
            '\\' => {
                is_word = true;
                word.extend(rest.next());
            }
            ' ' => {
                if std::mem::take(&mut is_word) {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => {
                // Whatever stands outside means nothing to a shell.
                assert!(c.is_ascii_alphanumeric() || "_-./:,=@%+".contains(c), "{c:?} in {command}");
                is_word = true;
                word.push(c);
            }
        }
    }
    words.extend(is_word.then_some(word));
    words
}

pub fn parsed(command: &str) -> CommandLine {
    let words = split(command);
    cli::parse(words.iter().map(OsString::from)).unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// The view that a command opens.
pub fn reopened(command: &str) -> (Narrowing, Reading) {
    let line = parsed(command);
    assert_eq!(line.open.ticket.as_ref().unwrap().number, 4_478_963);
    assert_eq!(line.open.account.profile.as_deref(), Some("acme"));
    let catalogue = catalogue();
    let look = &line.open.look;
    let (narrowing, _) = narrowing::narrowing(&look.narrow, &catalogue, &settings())
        .unwrap_or_else(|refusal| panic!("{command}: {}", refusal.0));
    let at = look.at.as_deref().map(|text| Message::GoTo(reading::moment("--at", text, zone()).unwrap()));
    let find = look.find.as_deref().map(|text| Message::Find(wish(text)));
    let reading = Reading::open(narrowing.clone(), at.into_iter().chain(find).collect());
    (narrowing, reading)
}

/// As the program reads `--find` beside `--at`.
fn wish(text: &str) -> Wish {
    let expression = text.strip_prefix('/').and_then(|text| text.strip_suffix('/'));
    let (source, syntax) = expression.map_or((text, Syntax::Plain), |source| (source, Syntax::Regex));
    Wish { pattern: Pattern::new(source, syntax).unwrap(), stays: true }
}
