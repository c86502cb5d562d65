//! Generated people, and a log in which they are named in every place that an entry has.

use std::sync::Arc;

use serde_json::{Value, json};
use ticketlog::model::{
    entry::{Entry, Included, Label, RawJson, Time, User},
    stamp::Stamp,
    text::Untrusted,
};

use crate::{
    checker::Secrets,
    dice::Dice,
    names::{name, written},
    strange,
};

/// A log, newest first, and what must not come out.
pub struct Made {
    pub people: Vec<Arc<User>>,
    pub entries: Vec<Entry>,
    pub secrets: Secrets,
}

pub fn raw(text: &Untrusted) -> &str {
    text.raw_for_export()
}

pub fn make(dice: &mut Dice, people: usize, entries: usize) -> Made {
    let people: Vec<Arc<User>> = (0..people).map(|at| Arc::new(person(dice, at))).collect();
    let mut secrets = Secrets::default();
    for user in &people {
        secrets.names.push(raw(&user.name).to_owned());
        secrets.texts.push(raw(&user.id).to_owned());
        secrets
            .texts
            .extend(user.email.iter().chain(&user.custom_identifier).map(|text| raw(text).to_owned()));
    }
    let mut others = dice.others();
    let mut entries: Vec<Entry> =
        (0..entries).rev().map(|at| entry(dice, &people, at, &mut secrets)).collect();
    strange::add(&mut others, &mut entries, people.len(), &mut secrets);
    Made { people, entries, secrets }
}

fn person(dice: &mut Dice, at: usize) -> User {
    let id = match dice.up_to(3) {
        0 => {
            format!("{:08x}-{:04x}-4df1-939e-{:012x}", dice.within(0..u32::MAX), at, dice.within(0..u32::MAX))
        }
        1 => format!("zq{}", 4_000 + at),
        _ => format!("{}", 77_000 + at),
    };
    let email =
        format!("{}{at}@{}.example", dice.of(&["q.zz", "Żółw", "x+y"]), dice.of(&["qx", "bücher", "ZQ"]));
    let number = format!("{:06}-{}T", dice.within(10_000..999_999), dice.within(100..999));
    User {
        id: Untrusted::new(id),
        name: Untrusted::new(name(dice)),
        email: (!dice.one_in(4)).then(|| Untrusted::new(email)),
        status: Untrusted::new(dice.of::<str>(&["team", "client", "client", "vip"])),
        is_bot: dice.one_in(6),
        custom_identifier: dice.one_in(2).then(|| Untrusted::new(number)),
    }
}

/// A sentence with somebody in it.
pub fn sentence(dice: &mut Dice, people: &[Arc<User>], secrets: &mut Secrets) -> String {
    let user = &people[dice.up_to(people.len())];
    let named = written(dice, raw(&user.name));
    match dice.up_to(11) {
        10 => raw(&user.name).to_owned(),
        0 => format!("gave {named}, the"),
        8 => format!("xq{named}qx"),
        1 => format!("\"{named}\""),
        2 => format!("called {{User:{}}} and {named}!", raw(&user.id)),
        3 => format!("{} wrote", raw(&user.id).to_uppercase()),
        4 => user.email.as_ref().map_or(named, |email| format!("<{}>", written(dice, raw(email)))),
        5 => user.custom_identifier.as_ref().map_or(named, |number| format!("({})", raw(number))),
        6 => {
            let number = format!("{}{}", dice.within(100..999), dice.within(10_000..99_999));
            let (first, last) = number.split_at(4);
            let text = format!("called +{first} {last}");
            secrets.digits.push(number);
            text
        }
        7 => {
            let words: Vec<&str> = named.split(' ').collect();
            format!("the {} about", words[dice.up_to(words.len())])
        }
        _ => format!("{named} {named}\n{}", written(dice, raw(&people[0].name))),
    }
}

fn entry(dice: &mut Dice, people: &[Arc<User>], at: usize, secrets: &mut Secrets) -> Entry {
    // Everybody acts once: of whom no entry tells nobody can know.
    let actor = Arc::clone(people.get(at).unwrap_or(&people[dice.up_to(people.len())]));
    let users: Vec<Arc<User>> =
        (0..dice.up_to(3)).map(|_| Arc::clone(&people[dice.up_to(people.len())])).collect();
    let tags: Vec<String> = (0..dice.up_to(2)).map(|_| sentence(dice, people, secrets)).collect();
    let known: &str =
        dice.of(&["ticket_read", "reply_created", "ticket_status_changed", "ticket_assigned_to_user"]);
    let unknown = dice.one_in(4).then(|| sentence(dice, people, secrets).replace(' ', "_"));
    // Underscores are read as spaces: of nothing else a word is made that nobody wrote.
    let unknown = unknown.filter(|unknown| unknown.chars().any(|c| c != '_'));
    let action_type = unknown.unwrap_or_else(|| known.to_owned());
    let mut action = sentence(dice, people, secrets);
    if !tags.is_empty() {
        action.push_str(" {Tag:zqtag0}");
    }
    let time = format!("2023-12-13T{:02}:{:02}:00Z", at / 60 % 24, at % 60);
    let mut json = json!({
        "actionType": action_type,
        "actionString": action,
        "time": time,
        "user": user_json(&actor),
        "includedItems": {
            "users": users.iter().map(|user| user_json(user)).collect::<Vec<Value>>(),
            "tags": tags.iter().enumerate().map(|(at, tag)| json!({"id": format!("zqtag{at}"), "name": tag})).collect::<Vec<Value>>(),
        },
        "extra": [sentence(dice, people, secrets), {"Email": "zz@zz.example", "number": 1}],
    });
    json[sentence(dice, people, secrets)] = json!(sentence(dice, people, secrets));
    let label = |(at, tag): (usize, &String)| Label {
        id: Untrusted::new(format!("zqtag{at}")),
        name: Untrusted::new(tag.as_str()),
    };
    let is_flawed = dice.one_in(8);
    Entry {
        action_type: Untrusted::new(action_type),
        action: Untrusted::new(action),
        actor: Some(actor),
        time: if is_flawed {
            Time::Unreadable(Untrusted::new(sentence(dice, people, secrets)))
        } else {
            Time::At(Stamp::parse(&time).unwrap())
        },
        included: Some(Arc::new(Included {
            users,
            tags: tags.iter().enumerate().map(label).collect(),
            categories: vec![Label {
                id: Untrusted::new(""),
                name: Untrusted::new(sentence(dice, people, secrets)),
            }],
        })),
        raw: Some(RawJson::new(json.to_string())),
        flaw: is_flawed.then(|| Untrusted::new(sentence(dice, people, secrets))),
        place: None,
    }
}

/// An entry in which nobody is named.
pub fn plain_entry() -> Entry {
    let time = "2023-12-13T22:00:00Z";
    Entry {
        action_type: Untrusted::new("ticket_status_changed"),
        action: Untrusted::new("changed the status from \"Open\" to \"Pending\""),
        actor: None,
        time: Time::At(Stamp::parse(time).unwrap()),
        included: None,
        raw: Some(RawJson::new(json!({"actionType": "ticket_status_changed", "time": time}).to_string())),
        flaw: None,
        place: None,
    }
}

fn user_json(user: &User) -> Value {
    let text = |text: &Option<Untrusted>| text.as_ref().map(|text| raw(text).to_owned());
    json!({
        "id": raw(&user.id), "name": raw(&user.name), "email": text(&user.email), "status": raw(&user.status),
        "isBot": user.is_bot, "customIdentifier": text(&user.custom_identifier), "image": "https://zq.example/i.png",
    })
}
