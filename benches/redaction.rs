//! What replacing names costs: learning a log of 20,000 entries by 200 people, and copying its entries; the same of a
//! log twice as long and of one by twice as many people. Cost is linear in the entries when both throughputs are the
//! same, and does not depend on the people beyond building the automaton once.

#![expect(clippy::unwrap_used, reason = "a bench panics when it cannot")]

use std::sync::Arc;

use divan::{Bencher, black_box, counter::ItemsCount};
use ticketlog::{
    assets,
    model::{
        entry::{Entry, RawJson, Time, User},
        redaction::{Redaction, Scope},
        stamp::Stamp,
        text::Untrusted,
    },
};

/// Entries and people.
const LOGS: [(usize, usize); 3] = [(20_000, 200), (40_000, 200), (20_000, 400)];

fn main() {
    divan::main();
}

/// A name that no other has, of two words.
fn name(at: usize) -> String {
    const PARTS: [&str; 10] = ["ola", "kri", "sten", "vold", "mar", "bjør", "ing", "hil", "dag", "rud"];
    let word = |at: usize| format!("{}{}{}", PARTS[at % 10], PARTS[at / 10 % 10], PARTS[at / 100 % 10]);
    format!("{} {}", word(at), word(at * 7 + 13))
}

fn log(entries: usize, people: usize) -> Vec<Entry> {
    let users: Vec<Arc<User>> = (0..people)
        .map(|at| {
            Arc::new(User {
                id: Untrusted::new(format!("841c30d5-6ae4-4df1-939e-{at:012}")),
                name: Untrusted::new(name(at)),
                email: Some(Untrusted::new(format!("p{at}@example.org"))),
                status: Untrusted::new(if at % 2 == 0 { "team" } else { "client" }),
                is_bot: false,
                custom_identifier: None,
            })
        })
        .collect();
    let entry = |at: usize| {
        let user = &users[at % people];
        let (id, name) = (user.id.raw_for_export(), user.name.raw_for_export());
        let text = format!("changed ticket assignee to {{User:{id}}}, as {name} asked");
        let json = format!(
            r#"{{"actionType":"ticket_assigned_to_user","actionString":"{text}","user":{{"id":"{id}","name":"{name}"}}}}"#
        );
        Entry {
            action_type: Untrusted::new("ticket_assigned_to_user"),
            action: Untrusted::new(text),
            actor: Some(Arc::clone(user)),
            time: Time::At(
                Stamp::parse(&format!("2023-12-13T22:{:02}:{:02}Z", at / 60 % 60, at % 60)).unwrap(),
            ),
            included: None,
            raw: Some(RawJson::new(json)),
            flaw: None,
            place: None,
        }
    };
    (0..entries).map(entry).collect()
}

fn learned(log: &[Entry]) -> Redaction {
    let mut redaction = Redaction::new(Scope::Everyone, &assets::action_types().unwrap());
    for entry in log {
        redaction.learn(entry);
    }
    redaction
}

#[divan::bench(args = LOGS, sample_count = 3)]
fn learning(bencher: Bencher<'_, '_>, (entries, people): (usize, usize)) {
    let log = log(entries, people);
    bencher.counter(ItemsCount::new(entries)).bench_local(|| learned(black_box(&log)));
}

#[divan::bench(args = LOGS, sample_count = 3)]
fn copying(bencher: Bencher<'_, '_>, (entries, people): (usize, usize)) {
    let log = log(entries, people);
    let redaction = learned(&log);
    bencher.counter(ItemsCount::new(entries)).bench_local(|| {
        for entry in &log {
            black_box(redaction.entry(black_box(entry)));
        }
    });
}
