//! Nothing of anybody comes out.

use std::sync::Arc;

use serde_json::Value;
use ticketlog::{
    assets,
    model::{
        entry::{Entry, Time, User},
        redaction::{Redaction, Scope},
    },
};

use crate::{
    checker::{Checker, Secrets, shares_words},
    dice::{Dice, seeds},
    log::{Made, make, raw},
};

/// Everything of an entry that can be written or drawn.
fn texts(entry: &Entry) -> Vec<String> {
    let mut texts = vec![raw(&entry.action_type), raw(&entry.action)];
    let sentence = entry.sentence();
    texts.push(raw(&sentence));
    texts.extend(entry.flaw.as_ref().map(raw));
    if let Time::Unreadable(text) = &entry.time {
        texts.push(raw(text));
    }
    let included = entry.included.as_deref().unwrap();
    for user in included.users.iter().chain(&entry.actor) {
        texts.extend([raw(&user.id), raw(&user.name), raw(&user.status)]);
        texts.extend(user.email.iter().chain(&user.custom_identifier).map(raw));
    }
    for label in included.tags.iter().chain(&included.categories) {
        texts.extend([raw(&label.id), raw(&label.name)]);
    }
    let mut texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
    let json = serde_json::from_str(entry.raw.as_ref().unwrap().raw_for_export()).unwrap();
    walk(&json, &mut texts);
    texts
}

pub fn walk(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                texts.push(name.clone());
                walk(value, texts);
            }
        }
        Value::Array(all) => all.iter().for_each(|value| walk(value, texts)),
        // No sentence of a generated log begins with its day.
        Value::String(text) if text.starts_with("2023-12-13T") => {}
        Value::String(text) => texts.push(text.clone()),
        other => texts.push(other.to_string()),
    }
}

fn learned(made: &Made, scope: Scope) -> Redaction {
    let mut redaction = Redaction::new(scope, &assets::action_types().unwrap());
    for entry in &made.entries {
        redaction.learn(entry);
    }
    redaction
}

#[test]
fn nothing_of_anybody_comes_out() {
    for seed in seeds(16) {
        let made = make(&mut Dice::new(seed), 12, 30);
        let checker = Checker::new(&made.secrets);
        let redaction = learned(&made, Scope::Everyone);
        for entry in &made.entries {
            let copy = redaction.entry(entry);
            for text in texts(&copy) {
                let leaks = checker.leaks(&text);
                assert!(leaks.is_empty(), "REDACTION_SEED={seed}: {leaks:?} in {text:?}");
            }
        }
    }
}

#[test]
fn nothing_of_clients_comes_out_where_their_names_alone_are_replaced() {
    for seed in seeds(8) {
        let mut made = make(&mut Dice::new(seed), 12, 30);
        let is_client = |user: &&Arc<User>| raw(&user.status) != "team" && !user.is_bot;
        let (clients, others): (Vec<_>, Vec<_>) = made.people.iter().partition(is_client);
        let mut strangers = made.secrets.names.split_off(made.people.len());
        // What is a part of a name that is kept is not always a name.
        strangers.retain(|name| others.iter().all(|user| !shares_words(name, raw(&user.name))));
        made.secrets.names = clients.iter().map(|user| raw(&user.name).to_owned()).chain(strangers).collect();
        let checker = Checker::new(&made.secrets);
        let redaction = learned(&made, Scope::Clients);
        for text in made.entries.iter().flat_map(|entry| texts(&redaction.entry(entry))) {
            let leaks = checker.leaks(&text);
            assert!(leaks.is_empty(), "REDACTION_SEED={seed}: {leaks:?} in {text:?}");
        }
    }
}

#[test]
fn the_checker_finds_the_people_of_what_is_not_redacted() {
    for seed in seeds(4) {
        let made = make(&mut Dice::new(seed), 12, 30);
        let all: Vec<String> = made.entries.iter().flat_map(texts).collect();
        let found = |secrets: &Secrets| {
            let checker = Checker::new(secrets);
            all.iter().any(|text| !checker.leaks(text).is_empty())
        };
        for name in &made.secrets.names {
            let is_named = !name.is_empty() && all.contains(name);
            let alone = Secrets { names: vec![name.clone()], ..Secrets::default() };
            assert!(!is_named || found(&alone), "REDACTION_SEED={seed}: {name:?} is not seen");
        }
        for digits in &made.secrets.digits {
            assert!(
                found(&Secrets { digits: vec![digits.clone()], ..Secrets::default() }),
                "REDACTION_SEED={seed}"
            );
        }
    }
}
