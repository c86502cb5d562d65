//! Searching and narrowing by text among entries that are loaded, beside the engine of regular expressions alone over
//! the same words. `cargo bench --bench search` loads a hundred thousand and a million entries through the client;
//! `-- ENTRIES` takes another number.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench fails by panicking and tells what it measured"
)]

use std::hint::black_box;

use ratatui::layout::Size;
use ticketlog::{
    message::{Action, Edit, Effect, Message},
    model::text::Charset,
    update::update,
};

#[path = "log/program.rs"]
mod program;

use program::{Program, computed, least, timed};

/// What is looked for: a name that some entries have.
const WORD: &str = "hedwig";

/// The words that a search looks at, an entry a line.
fn words(program: &Program) -> String {
    let mut words = String::new();
    for entry in program.model.reader.log().runs().iter().flat_map(ticketlog::model::log::Run::iter) {
        let line = |text: &ticketlog::model::text::Untrusted| text.one_line(1_000, Charset::Unicode).plain();
        words.push_str(&line(&program.model.catalogue.word(&entry.action_type)));
        words.push(' ');
        words.extend(entry.actor.as_ref().map(|actor| line(&actor.name)));
        words.push(' ');
        words.push_str(&line(&entry.sentence()));
        words.push('\n');
    }
    words
}

/// One key in the search, and the turns that look at what the first one had no time for.
fn key(program: &mut Program, key: Action) -> (u64, u64, usize) {
    let (mut longest, mut total, mut turns) = (0, 0, 0);
    let mut message = Message::Asked(key);
    loop {
        let start = computed();
        let effects = black_box(update(&mut program.model, message));
        let turn = computed() - start;
        (longest, total, turns) = (longest.max(turn), total + turn, turns + 1);
        if !effects.contains(&Effect::LookOn) {
            return (longest, total, turns);
        }
        message = Message::LookOn;
    }
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn ms(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e6
}

async fn measure(entries: u64) {
    let mut program = Program::open(entries).await;
    program.read_to_the_start().await;
    println!("{entries} entries, {} requests", program.server.requests().log);
    update(&mut program.model, Message::Resized(Size { width: 80, height: 24 }));
    let text = words(&program);
    let expression = regex::RegexBuilder::new(WORD).case_insensitive(true).build().unwrap();
    println!("their words: {} bytes", text.len());
    let mut lines = 0;
    least("the engine alone, line by line", || {
        lines = text.lines().filter(|line| expression.is_match(line)).count();
    });
    println!("lines with a match: {lines}");
    program.act(Action::Search);
    for c in WORD.chars() {
        let (longest, total, turns) = key(&mut program, Action::Edit(Edit::Insert(c)));
        println!("key {c}: {:.2} ms the longest turn, {:.2} ms in {turns} turns", ms(longest), ms(total));
    }
    println!("found: {:?}", program.model.reader.timeline().found());
    program.act(Action::Enter);
    least("next hit", || program.act(Action::Hit(1)));
    program.act(Action::Close);
    program.act(Action::TypePhrase);
    WORD.chars().for_each(|c| program.act(Action::Edit(Edit::Insert(c))));
    timed("narrowing to a text", || program.act(Action::Enter));
    println!("shown: {}", program.model.reader.timeline().shown());
    program.act(Action::UndoNarrowing);
    timed("narrowing to a person", || program.act(Action::OnlyPerson));
    println!("shown: {}", program.model.reader.timeline().shown());
    timed("and back", || program.act(Action::UndoNarrowing));
}

fn main() {
    let asked: Vec<u64> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![100_000, 1_000_000] } else { asked };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for entries in sizes {
        runtime.block_on(measure(entries));
    }
}
