//! Aliases are the same in every order and narrowing, stay when the log grows, and are taken up again.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value, json};
use ticketlog::{
    assets,
    model::{
        entry::{Entry, Included, Label, RawJson, Time, User},
        redaction::{Redaction, Scope, legend},
        sentence::What,
        stamp::Stamp,
        text::Untrusted,
        ticket::Ticket,
    },
};

use crate::{
    dice::{Dice, seeds},
    log::{make, raw},
};

pub fn redaction(entries: &[Entry]) -> Redaction {
    let mut redaction = Redaction::new(Scope::Everyone, &assets::action_types().unwrap());
    for entry in entries {
        redaction.learn(entry);
    }
    redaction
}

/// Who is called what, by id.
pub fn called(redaction: &Redaction) -> BTreeMap<String, String> {
    redaction.legend().iter().map(|alias| (raw(&alias.id).to_owned(), alias.words())).collect()
}

#[test]
fn the_order_of_learning_does_not_matter() {
    for seed in seeds(10) {
        let mut dice = Dice::new(seed);
        let mut entries = make(&mut dice, 12, 40).entries;
        let once = called(&redaction(&entries));
        dice.shuffle(&mut entries);
        assert_eq!(called(&redaction(&entries)), once, "REDACTION_SEED={seed}");
    }
}

#[test]
fn aliases_stay_when_the_log_grows_and_from_run_to_run() {
    for seed in seeds(10) {
        let entries = make(&mut Dice::new(seed), 12, 40).entries;
        let readable = |entry: &&Entry| entry.stamp().is_some();
        let all: Vec<Entry> = entries.iter().filter(readable).cloned().collect();
        let (_, old) = all.split_at(all.len() / 2);
        let before = called(&redaction(old));
        let mut grown = redaction(old);
        assert_eq!(called(&grown), before);
        for entry in &all {
            grown.learn(entry);
        }
        let kept = legend::read(&legend::write(&redaction(old).legend()).unwrap()).unwrap();
        let again = Redaction::new(Scope::Everyone, &assets::action_types().unwrap()).with_legend(kept);
        let mut again = again;
        for entry in &all {
            again.learn(entry);
        }
        for later in [called(&grown), called(&again), called(&redaction(&all))] {
            for (id, alias) in &before {
                assert_eq!(later.get(id), Some(alias), "REDACTION_SEED={seed}: {id}");
            }
            let different: std::collections::BTreeSet<&String> = later.values().collect();
            assert_eq!(different.len(), later.len(), "REDACTION_SEED={seed}: two have one alias");
        }
    }
}

#[test]
fn aliases_that_were_given_stay_when_older_entries_come() {
    for seed in seeds(4) {
        let entries = make(&mut Dice::new(seed), 12, 40).entries;
        let mut reading = redaction(&entries[..6]);
        for page in entries[6..].chunks(6) {
            let before = called(&reading);
            for entry in page {
                reading.learn(entry);
            }
            let after = called(&reading);
            assert!(before.iter().all(|(id, alias)| after.get(id) == Some(alias)), "REDACTION_SEED={seed}");
            let different: std::collections::BTreeSet<&String> = after.values().collect();
            assert_eq!(different.len(), after.len(), "REDACTION_SEED={seed}: two have one alias");
        }
    }
}

fn user(id: &str, name: &str, status: &str) -> Arc<User> {
    Arc::new(User {
        id: Untrusted::new(id),
        name: Untrusted::new(name),
        email: Some(Untrusted::new("zz@example.org")),
        status: Untrusted::new(status),
        is_bot: name.contains("Bot"),
        custom_identifier: None,
    })
}

fn entry(minute: u32, actor: &Arc<User>, action_type: &str, action: &str) -> Entry {
    Entry {
        action_type: Untrusted::new(action_type),
        action: Untrusted::new(action),
        actor: Some(Arc::clone(actor)),
        time: Time::At(Stamp::parse(&format!("2023-12-13T22:{minute:02}:00Z")).unwrap()),
        included: Some(Arc::new(Included {
            users: vec![Arc::clone(actor)],
            tags: vec![Label { id: Untrusted::new("4711"), name: Untrusted::new("car of Potter") }],
            categories: vec![],
        })),
        raw: Some(RawJson::new(r#"{"user":{"id":"u-1","name":"Garrick Ollivander","image":"x"},"n":1.50}"#)),
        flaw: None,
        place: None,
    }
}

#[test]
fn what_was_said_is_still_understood() {
    let catalogue = assets::action_types().unwrap();
    let (garrick, harry) = (user("u-1", "Garrick Ollivander", "team"), user("u-2", "Harry Potter", "client"));
    let (bot, draco) = (user("u-3", "Hat Bot", "team"), user("u-4", "Draco Potter", "vip"));
    let log = [
        entry(1, &harry, "reply_created", "wrote to {User:u-2} in {Tag:4711}, {User:nobody} {Else:x}"),
        entry(2, &garrick, "ticket_assigned_to_user", "changed ticket assignee to {User:u-1}"),
        entry(3, &bot, "x_potter_y", "ollivander's HARRY POTTER, Potter, harry@x.org, 131052-308T"),
        entry(4, &draco, "ticket_status_changed", "changed the status from \"Open\" to \"At Garrick\""),
    ];
    let redaction = redaction(&log);
    let copies: Vec<Entry> = log.iter().map(|entry| redaction.entry(entry)).collect();
    let sentences: Vec<String> = copies.iter().map(|entry| raw(&entry.sentence()).to_owned()).collect();
    assert_eq!(sentences[0], "wrote to Client 1 in car of (name), {User:hidden} {Else:x}");
    assert_eq!(copies[1].what(&catalogue), What::Took);
    assert_eq!(sentences[2], "Agent 1's Client 1, (name), (address), (number)");
    assert_eq!(raw(&copies[2].action_type), "x_(name)_y");
    assert_eq!(
        copies[3].what(&catalogue),
        What::FromTo(Untrusted::new("Open"), Untrusted::new("At Agent 1"))
    );
    let actors: Vec<&str> = copies.iter().map(|entry| raw(&entry.actor.as_ref().unwrap().name)).collect();
    assert_eq!(actors, ["Client 1", "Agent 1", "Bot 1", "Person 1"]);
    let json = copies[0].raw.as_ref().unwrap().raw_for_export();
    assert_eq!(json, r#"{"user":{"id":null,"name":"Agent 1","image":null},"n":null}"#);
    let ticket = |owner: &str| Ticket {
        title: Some(Untrusted::new("Harry's car")),
        status: Some(Untrusted::new("open")),
        owner: Some(Untrusted::new(owner)),
        ..Ticket::default()
    };
    assert_eq!(
        redaction.ticket(&ticket("Garrick Ollivander")),
        Ticket { title: Some(Untrusted::new("Client 1's car")), ..ticket("Agent 1") }
    );
    assert_eq!(redaction.ticket(&ticket("Severus Snape")).owner, Some(Untrusted::new("(name)")));
}

#[test]
fn the_team_keeps_its_names_where_those_of_clients_alone_are_replaced() {
    let (garrick, harry) = (user("u-1", "Garrick Ollivander", "team"), user("u-2", "Harry Potter", "client"));
    let log = [
        entry(1, &harry, "reply_created", "Garrick, 1234567"),
        entry(2, &garrick, "ticket_assigned_to_user", "changed ticket assignee to {User:u-1}"),
    ];
    let mut redaction = Redaction::new(Scope::Clients, &assets::action_types().unwrap());
    for entry in &log {
        redaction.learn(entry);
    }
    let copies: Vec<Entry> = log.iter().map(|entry| redaction.entry(entry)).collect();
    assert_eq!(raw(&copies[0].action), "Garrick, (number)");
    assert_eq!(raw(&copies[0].actor.as_ref().unwrap().name), "Client 1");
    assert_eq!(raw(&copies[1].actor.as_ref().unwrap().name), "Garrick Ollivander");
    assert_eq!(copies[1].what(&assets::action_types().unwrap()), What::Took);
    assert_eq!(redaction.legend().len(), 1);
}

#[test]
fn an_entry_that_cannot_be_read_makes_nobody_a_client() {
    let garrick = user("u-1", "Garrick Ollivander", "team");
    let broken = Entry {
        actor: None,
        included: None,
        flaw: Some(Untrusted::new("its time cannot be read")),
        ..entry(1, &garrick, "reply_created", "as Garrick and Draco say")
    };
    let raw_of =
        |id: &str, name: &str| RawJson::new(format!(r#"{{"user":[{{"id":"{id}","name":"{name}"}}]}}"#));
    let known = Entry { raw: Some(raw_of("u-1", "Garrick Ollivander")), ..broken.clone() };
    let unknown = Entry { raw: Some(raw_of("u-9", "Draco Malfoy")), ..broken };
    let log = [entry(2, &garrick, "reply_created", "sent a reply"), known, unknown];
    for turned in [false, true] {
        let mut redaction = Redaction::new(Scope::Clients, &assets::action_types().unwrap());
        let mut log = log.to_vec();
        if turned {
            log.reverse();
        }
        for entry in &log {
            redaction.learn(entry);
        }
        let text = redaction.text(&Untrusted::new("as Garrick and Draco say"));
        assert_eq!(raw(&text), "as Garrick and (name) say");
    }
}

#[test]
fn whoever_has_a_name_of_nothing_visible_has_an_alias_like_anybody() {
    for name in ["\u{2800}\u{2800}", "   ", "\u{200b}\u{202e}", "\u{301}\u{20dd}", "\u{a8}"] {
        for id in ["u1", ""] {
            let user = user(id, name, "client");
            let mut entry = entry(1, &user, "reply_created", name);
            let json = json!({
                "actionType": "reply_created", "actionString": name, "user": {"id": id, "name": name},
                "includedItems": {"users": [{"id": id, "name": name}]}, "else": {"user": {"name": name}},
            });
            entry.raw = Some(RawJson::new(json.to_string()));
            let redaction = redaction(std::slice::from_ref(&entry));
            let copy = redaction.entry(&entry);
            assert_eq!(raw(&copy.actor.as_ref().unwrap().name), "Client 1", "{name:?} {id}");
            assert_eq!(raw(&copy.action), "Client 1", "{name:?} {id}");
            let json: Value = serde_json::from_str(copy.raw.as_ref().unwrap().raw_for_export()).unwrap();
            for place in ["/user/name", "/includedItems/users/0/name", "/actionString"] {
                assert_eq!(json.pointer(place).unwrap(), "Client 1", "{name:?} {id} {place}");
            }
            assert_eq!(json["else"], Value::Null);
        }
    }
}

#[test]
fn a_mark_for_a_name_is_replaced_also_where_a_format_leaves_out_what_stands_round_it() {
    let user = user("u1", "\u{a8}", "client");
    let redaction = redaction(&[entry(1, &user, "reply_created", "wrote")]);
    for text in ["\u{a8}", "\u{a8}\u{fe0f}", " \u{200b}\u{a8} "] {
        assert_eq!(raw(&redaction.text(&Untrusted::new(text))), "Client 1", "{text:?}");
    }
}

#[test]
fn a_name_that_is_half_a_character_has_an_alias_in_its_json_too() {
    let user = user("u1", "\u{fffd}", "client");
    let mut entry = entry(1, &user, "reply_created", "wrote");
    entry.raw = Some(RawJson::new(r#"{"user":{"id":"u1","name":"\ud800"}}"#));
    let copy = redaction(std::slice::from_ref(&entry)).entry(&entry);
    let json = r#"{"user":{"id":null,"name":"Client 1"}}"#;
    assert_eq!(copy.raw.as_ref().unwrap().raw_for_export(), json);
}

#[test]
fn half_a_character_in_a_text_costs_only_itself() {
    let user = user("u1", "Harry Potter", "client");
    let mut entry = entry(1, &user, "reply_created", "wrote");
    let json = r#"{"actionString":"for Harry \ud800 today","includedItems":{"tags":["\udfff car"]},"\ud83d Harry":1}"#;
    entry.raw = Some(RawJson::new(json));
    let copy = redaction(std::slice::from_ref(&entry)).entry(&entry);
    let json = "{\"actionString\":\"for Client 1 \u{fffd} today\",\
        \"includedItems\":{\"tags\":[\"\u{fffd} car\"]},\"(member)\":null}";
    assert_eq!(copy.raw.as_ref().unwrap().raw_for_export(), json);
}

#[test]
fn a_name_in_an_unknown_type_is_replaced_whole_with_underscores_for_its_spaces() {
    let user = user("u1", "Sk-Wokkowwz Zz", "client");
    let mut log = vec![entry(1, &user, "reply_created", "wrote"), entry(2, &user, "xqSk-Wokkowwz_Zzqx", "x")];
    log.push(entry(3, &user, "gave_Zz_it", "x"));
    let redaction = redaction(&log);
    let types: Vec<Entry> = log.iter().map(|entry| redaction.entry(entry)).collect();
    let types: Vec<&str> = types.iter().map(|entry| raw(&entry.action_type)).collect();
    assert_eq!(types, ["reply_created", "xq Client 1 qx", "gave_Client 1_it"]);
}
