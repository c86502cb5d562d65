//! People where the reference documents none: in members of their own, and as texts in the place of people. And numbers
//! in many ways of writing.

use serde_json::{Value, json};
use ticketlog::model::{
    entry::{Entry, RawJson},
    text::Untrusted,
};

use crate::{
    checker::Secrets,
    dice::Dice,
    log::raw,
    names::{name, written},
};

/// Puts somebody into the JSON of every entry, and names them in the text of another one. The actors of the oldest
/// entries, of whom nobody else may tell, stay.
pub fn add(dice: &mut Dice, entries: &mut [Entry], people: usize, secrets: &mut Secrets) {
    let free = entries.len().saturating_sub(people);
    for at in 0..entries.len() {
        let name = stranger(dice);
        let mut json: Value = serde_json::from_str(json_of(&entries[at])).unwrap();
        let is_in_texts = hide(dice, &mut json, &name, at, secrets);
        if at < free && dice.one_in(6) {
            json["user"] = json!(name);
            entries[at].actor = None;
            entries[at].flaw.get_or_insert(Untrusted::new("something"));
        }
        entries[at].raw = Some(RawJson::new(json.to_string()));
        if dice.one_in(6) {
            let teller = dice.up_to(entries.len());
            tell(&mut entries[teller], &number(dice, secrets));
        }
        if is_in_texts {
            let teller = dice.up_to(entries.len());
            tell(&mut entries[teller], &written(dice, &name));
            secrets.names.push(name);
        } else {
            secrets.texts.push(name);
        }
    }
}

/// A name that has a letter, and is no number.
fn stranger(dice: &mut Dice) -> String {
    loop {
        let name = name(dice);
        if name.contains(char::is_alphabetic) && !name.contains(|c: char| c.is_ascii_digit()) {
            return name;
        }
    }
}

/// A number with signs in it that nobody thinks of.
fn number(dice: &mut Dice, secrets: &mut Secrets) -> String {
    let mut number = dice.within(1_000_000..99_999_999).to_string();
    secrets.digits.push(number.clone());
    let at = 1 + dice.up_to(number.len() - 1);
    number.insert_str(
        at,
        dice.of(&[";", "~", " + ", "=", "\"", "&", "⁄", "…", " 🎉 ", "\u{200b}", "][", "=> "]),
    );
    format!("called {number}")
}

fn json_of(entry: &Entry) -> &str {
    entry.raw.as_ref().unwrap().raw_for_export()
}

/// Whether it can be told that it is a name.
fn hide(dice: &mut Dice, json: &mut Value, name: &str, at: usize, secrets: &mut Secrets) -> bool {
    let id = format!("zqs{}", 5_000 + at);
    // A member of the team keeps such a name, too, where those of clients alone are replaced.
    let is_kept = json["user"]["status"] == "team" || json["user"]["isBot"] == true;
    match dice.up_to(11) {
        2 | 3 if is_kept => json["author"] = json!(name),
        0 => json["onBehalfOf"] = json!({"name": name}),
        1 => json["includedItems"]["agents"] = json!([{"name": name, "number": 1}]),
        2 => json["user"]["displayName"] = json!(name),
        3 => json["user"]["lastName"] = json!(name),
        4 => json["lockedBy"] = json!(name),
        5 => json["agents"] = json!([name]),
        6 => json["something"] = json!({"extra": [{"owner_name": name}]}),
        7 => json["includedItems"]["users"] = json!([name, {"name": {"extra": [name]}}]),
        8 | 9 => {
            let member = if dice.one_in(2) { "assignee" } else { "something" };
            json[member] = json!({"id": id, "name": name, "team": {"id": 7, "name": "custom"}});
            secrets.texts.push(id);
        }
        _ => {
            json["something"] = json!({name: [name, 7]});
            return false;
        }
    }
    true
}

fn tell(entry: &mut Entry, words: &str) {
    let action = format!("{} {words}", raw(&entry.action));
    let mut json: Value = serde_json::from_str(json_of(entry)).unwrap();
    json["actionString"] = json!(action);
    entry.raw = Some(RawJson::new(json.to_string()));
    entry.action = Untrusted::new(action);
}
