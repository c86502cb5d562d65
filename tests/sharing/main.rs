//! The command that opens a view, read back by the command line: the same narrowing, the same search, the same entry.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/entries.rs"]
mod entries;
// The program's own reading of its flags.
#[path = "../../src/main/narrowing.rs"]
mod narrowing;

mod reading {
    use ticketlog::model::{
        time_words::{self, Moment},
        zone::Zone,
    };

    use super::Refusal;

    /// As the program reads a time.
    pub fn moment(flag: &str, text: &str, zone: Zone) -> Result<Moment, Refusal> {
        let now = time_words::Now { clock: super::start(), cursor: None, zone };
        time_words::parse(text, now).ok_or_else(|| Refusal::new(2, format!("{flag} {text}")))
    }
}

use std::{
    ffi::OsString,
    process::{Command, Stdio},
};

use chrono::TimeDelta;
use entries::{entry, start};
use proptest::prelude::*;
use ratatui::layout::Size;
use ticketlog::{
    assets,
    cli::{self, CommandLine, Look},
    keys,
    message::{Effect, Message},
    model::{
        Model, Setup,
        entry::{ActorKind, Entry},
        narrowing::{Bound, KINDS, Kinds, Narrowing, Person, Phrase, Span},
        pattern::{Pattern, Syntax},
        saved_view::Resume,
        search::Wish,
        share::Opening,
        subject::Subject,
        text::{Charset, Untrusted},
        time_words::{Moment, Unit},
        types::{Catalogue, TypeChoice},
        zone::Zone,
    },
    settings::{Asked, Files, Purpose, Settings},
    update::update,
};

/// What a refused flag gives.
#[derive(Debug)]
pub struct Refusal(pub String);

impl Refusal {
    fn new(_: u8, sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

fn say(_: &str) {}

fn zone() -> Zone {
    Zone::named("Europe/Oslo").unwrap()
}

fn settings() -> Settings {
    let asked = Asked { account: &cli::Account::default(), look: &Look::default(), purpose: Purpose::Look };
    Settings::read(asked, &Files::default(), &|name| (name == "TZ").then(|| "Europe/Oslo".to_owned()))
        .unwrap()
}

/// A log whose entries have fractions of seconds, and now and then one instant in common.
fn log(length: usize) -> Vec<Entry> {
    (0..length).map(|number| timed(number / 3 * 3 + usize::from(number % 3 == 2), entry(number))).collect()
}

fn timed(number: usize, mut entry: Entry) -> Entry {
    let at = start() + TimeDelta::nanoseconds(i64::try_from(number).unwrap() * 100 * 3_333_333_333);
    let text = at.to_rfc3339_opts(chrono::SecondsFormat::Nanos, true);
    entry.time = ticketlog::model::entry::Time::At(ticketlog::model::stamp::Stamp::parse(&text).unwrap());
    entry
}

/// A model of a ticket with such a log, opened with a narrowing; all of it is loaded.
struct Reading {
    model: Model,
    server: Vec<Entry>,
}

impl Reading {
    fn open(narrowing: Narrowing, messages: Vec<Message>) -> Self {
        let setup = Setup {
            subject: Subject::Ticket(4_478_963),
            catalogue: assets::action_types().unwrap().unfolded(),
            zone: zone(),
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now: start() + TimeDelta::days(400),
            keys: keys::defaults().unwrap(),
            resume: Resume::Nothing,
        };
        let mut model = Model::new(setup);
        model.reader.begin(narrowing);
        model.taking.opening = Opening::Account(vec!["--profile".to_owned(), "acme".to_owned()]);
        let mut reading = Self { model, server: log(40) };
        for message in [Message::Start].into_iter().chain(messages) {
            reading.tell(message);
        }
        reading
    }

    fn tell(&mut self, message: Message) {
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

    fn at(&self) -> Option<String> {
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

fn parsed(command: &str) -> CommandLine {
    let words = split(command);
    cli::parse(words.iter().map(OsString::from)).unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// The view that a command opens.
fn reopened(command: &str) -> (Narrowing, Reading) {
    let line = parsed(command);
    assert_eq!(line.open.ticket.as_ref().unwrap().number, 4_478_963);
    assert_eq!(line.open.account.profile.as_deref(), Some("acme"));
    let catalogue = assets::action_types().unwrap().unfolded();
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

/// Texts as people type them, and as they should not.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "'",
        "\"",
        "$(id)",
        "`id`",
        "\\",
        ";rm -rf ~",
        "--types",
        "-3d",
        "!",
        "/",
        "/a.b/",
        "*",
        "\u{1b}]0;x\u{7}",
        "\n",
        "\u{202e}",
        "æøå",
        "\u{65e5}",
        "#",
        "~",
        "entry",
        " ",
        "\u{200b}",
        "%",
        "=",
        "{a,b}",
        "\u{2028}",
    ]);
    prop::collection::vec(prop_oneof![odd.prop_map(str::to_owned), "[a-z0-9]{1,4}"], 1..5)
        .prop_map(|parts| parts.concat())
        .prop_filter("something", |text| !text.trim().is_empty())
}

fn types() -> impl Strategy<Value = TypeChoice> {
    let known = ["ticket_read", "reply_created", "ticket_status_changed", "something_new", "note_created"];
    (prop::sample::subsequence(known.to_vec(), 1..=4), any::<bool>()).prop_map(|(names, hides)| {
        let catalogue = catalogue();
        let mut choice = TypeChoice::everything(&catalogue);
        let names: Vec<Untrusted> = names.into_iter().map(Untrusted::new).collect();
        choice.learn(names.iter());
        let none: &[Untrusted] = &[];
        let (shown, hidden) = if hides { (none, names.as_slice()) } else { (names.as_slice(), none) };
        choice.set(shown, hidden, hides);
        choice
    })
}

fn catalogue() -> Catalogue {
    assets::action_types().unwrap().unfolded()
}

fn kinds() -> impl Strategy<Value = Kinds> {
    prop::sample::subsequence(KINDS.to_vec(), 1..=4).prop_map(|shown: Vec<ActorKind>| Kinds::only(&shown))
}

fn bound(from: i64, to: i64) -> impl Strategy<Value = Bound> {
    (from..to).prop_map(|nanos| {
        Bound::up_to(Moment { at: start() + TimeDelta::nanoseconds(nanos), unit: Unit::Instant })
    })
}

fn a_narrowing() -> impl Strategy<Value = Narrowing> {
    let hour = 3_600_000_000_000;
    let span = (prop::option::of(bound(-hour, hour)), prop::option::of(bound(hour + 1, 4 * hour)));
    let phrase = (text(), any::<bool>());
    (
        prop::option::of(types()),
        prop::option::of(kinds()),
        prop::option::of(text()),
        span,
        prop::option::of(phrase),
    )
        .prop_map(|(types, kinds, person, (since, until), phrase)| {
            let catalogue = catalogue();
            let mut narrowing = Narrowing::everything(&catalogue);
            narrowing.types = types.unwrap_or(narrowing.types);
            narrowing.kinds = kinds.unwrap_or_default();
            narrowing.person =
                person.filter(|name| name.trim() != "me").and_then(|name| Person::named(&name).ok());
            narrowing.span = Span { since, until };
            narrowing.phrase = phrase.and_then(|(text, negated)| {
                let sign = if negated { "!" } else { "" };
                Phrase::parse(&format!("{sign}{text}"), &catalogue).ok().flatten()
            });
            narrowing
        })
}

/// What a narrowing lets through of a log.
fn passing(narrowing: &Narrowing) -> Vec<String> {
    let log = log(40);
    let passing = log.iter().filter(|entry| narrowing.passes(entry));
    passing.map(|entry| entry.action.raw_for_export().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_command_opens_the_same_narrowing_search_and_entry(
        narrowing in a_narrowing(),
        sought in prop::option::of((text(), any::<bool>())),
        steps in 0_i16..40,
    ) {
        let pattern = sought.and_then(|(text, is_regex)| {
            Pattern::new(&text, if is_regex { Syntax::Regex } else { Syntax::Plain }).ok()
        });
        let find = pattern.clone().map(|pattern| Message::Find(Wish { pattern, stays: true }));
        let mut reading = Reading::open(narrowing.clone(), find.into_iter().collect());
        reading.tell(Message::Asked(ticketlog::message::Action::Step(steps)));
        let command = reading.model.command().unwrap();
        let command = command.as_str();
        prop_assert!(!command.contains(char::is_control), "{command:?}");
        let (again, other) = reopened(command);
        // A person with characters that no command holds is known by a part of the name.
        if narrowing.person.is_none() {
            prop_assert_eq!(passing(&again), passing(&narrowing), "{}", command);
        }
        prop_assert_eq!(again.types.query(), narrowing.types.query());
        prop_assert_eq!(&again.kinds, &narrowing.kinds);
        let ends = |span: Span| [span.since, span.until].map(|end| end.map(Bound::at));
        prop_assert_eq!(ends(again.span), ends(narrowing.span));
        prop_assert_eq!(again.phrase.is_some(), narrowing.phrase.is_some());
        if let (Some(pattern), Some(found)) = (&pattern, other.model.reader.timeline().pattern()) {
            for text in ["entry 1", "a.b", "/a.b/", "axb", "x'y", "æøå", "\u{1b}]0;x\u{7}"] {
                prop_assert_eq!(pattern.matches(text), found.matches(text), "{}: {}", command, text);
            }
        }
        prop_assert_eq!(pattern.is_some(), other.model.reader.timeline().pattern().is_some());
        if narrowing.person.is_none() && reading.at().is_some() {
            // Of several entries at one instant the newest is meant.
            let time = |reading: &Reading| reading.model.reader.current().map(|entry| entry.time.clone());
            prop_assert_eq!(time(&reading), time(&other), "{}: {:?} and {:?}", command, reading.at(), other.at());
        }
    }
}

#[test]
fn a_real_shell_reads_the_words_back() {
    let sign = "it's $(id) `id` \\ \"x\" * ~ ; | & < > # ! {a,b} æ";
    let quoted = ticketlog::model::share::quoted(sign);
    let script = format!("printf '%s' {quoted}");
    let output = Command::new("/bin/sh").args(["-c", &script]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), sign);
}

#[test]
fn a_file_and_a_sample_are_opened_as_they_were_and_a_pipe_has_no_command() {
    let mut reading = Reading::open(Narrowing::everything(&catalogue()), Vec::new());
    reading.model.taking.opening = Opening::Demo;
    let command = reading.model.command().unwrap();
    assert!(command.as_str().starts_with("ticketlog --demo 4478963 --at "), "{}", command.as_str());
    let line = parsed(command.as_str());
    assert!(line.open.demo && line.open.ticket.is_some());
    for (name, shown) in [("log.ndjson", "log.ndjson"), ("-x y.json", "'./-x y.json'")] {
        reading.model.subject = Subject::File(Untrusted::new(name));
        reading.model.taking.opening = Opening::File(Some(name.to_owned()));
        let command = reading.model.command().unwrap();
        assert!(
            command.as_str().starts_with(&format!("ticketlog open {shown} --at ")),
            "{}",
            command.as_str()
        );
        parsed(command.as_str());
    }
    reading.model.taking.opening = Opening::File(None);
    assert!(reading.model.command().unwrap_err().contains("pipe"));
}
