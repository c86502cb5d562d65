//! What a loaded log weighs: bytes of the heap as the allocator counts them, never seconds.
//!
//! One test alone in its program: another one's memory would be counted too.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::alloc::System;

use cap::Cap;
use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Size;
use ticketlog::{
    api::{Interner, decode_page},
    assets,
    message::{Action, Effect, Message},
    model::{
        Model, Setup, keymap::Keymap, query::Window, saved_view::Resume, subject::Subject, text::Charset,
        zone::Zone,
    },
    update::update,
};

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

const ENTRIES: u64 = 100_000;

fn start() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2024-01-01T00:00:00Z").unwrap().to_utc()
}

/// A row as long as the usual one of the API: 9 people, 3 types, a sentence in ten that nobody else has.
fn row(place: u64) -> String {
    let kind = ["ticket_read", "reply_created", "note_created"][usize::try_from(place % 3).unwrap()];
    let sentence =
        if place.is_multiple_of(10) { format!("set field to {place}") } else { "read the ticket".to_owned() };
    let time = (start() - TimeDelta::minutes(i64::try_from(place).unwrap())).to_rfc3339();
    let person = place % 9;
    format!(
        r#"{{"actionString":"{sentence}","actionType":"{kind}","includedItems":{{"categories":[],"tags":[],"users":[]}},"time":"{time}","user":{{"customIdentifier":null,"email":"agent.{person}@example.com","id":"841c30d5-6ae4-4df1-939e-04c55aed5e9{person}","image":null,"isBot":false,"name":"Agent Number {person}","status":"team"}}}}"#
    )
}

fn page(window: Window) -> Vec<u8> {
    let end = ENTRIES.min(window.skip + u64::from(window.take));
    let rows: Vec<String> = (window.skip..end).map(row).collect();
    format!(r#"{{"data":[{}],"errorCode":-1,"errorText":null}}"#, rows.join(",")).into_bytes()
}

/// P19: what an entry weighs, so that none has to be dropped.
#[test]
fn a_loaded_entry_takes_few_bytes_and_no_page_makes_the_log_grow_at_a_stroke() {
    let mut model = Model::new(Setup {
        subject: Subject::Ticket(1),
        catalogue: assets::action_types().unwrap(),
        zone: Zone::named("Europe/Oslo").unwrap(),
        charset: Charset::Unicode,
        size: Size::new(80, 24),
        now: start(),
        keys: Keymap::default(),
        resume: Resume::Nothing,
    });
    let mut interner = Interner::default();
    let before = HEAP.allocated();
    let (mut held, mut steepest) = (before, 0);
    let mut messages = vec![Message::Start];
    while model.reader.log().total().is_none() {
        let message = messages.pop().unwrap_or(Message::Asked(Action::Page(1)));
        for effect in update(&mut model, message) {
            let Effect::FetchLog { generation, window, .. } = effect else { continue };
            let answer = Ok(decode_page(&page(window), &mut interner).unwrap());
            messages.push(Message::Log { generation, window, answer });
        }
        steepest = steepest.max(HEAP.allocated().saturating_sub(held));
        held = HEAP.allocated();
    }
    assert_eq!(model.reader.log().total(), Some(100_000));
    let each = (held - before) / 100_000;
    assert!(each <= 110, "{each} bytes an entry");
    // The list of what is shown, eight bytes an entry, doubles; the entries themselves never do.
    assert!(steepest <= 700_000, "{steepest} bytes at once");
}
