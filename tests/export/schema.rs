//! Every line of NDJSON against the table in the README: names, types, presence, order.

use serde_json::Value;
use ticketlog::{
    export::{Format, Style},
    model::{entry::Entry, json::Personal},
};

use crate::support::{decoded, demo, export, hostile, saying, style, without_json};

const README: &str = include_str!("../../README.md");

/// A row of the table.
struct Member {
    name: &'static str,
    types: Vec<&'static str>,
    is_always: bool,
}

/// The rows of the table whose first cell has this heading.
fn table(heading: &str) -> Vec<Member> {
    let lines = README.lines().skip_while(|line| !line.starts_with(&format!("| {heading} |"))).skip(2);
    let rows = lines.take_while(|line| line.starts_with('|'));
    let member = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let types = cells[1].split(" or ").collect();
        Member { name: cells[0].trim_matches('`'), types, is_always: cells[2] == "always" }
    };
    rows.map(member).collect()
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn check(object: &Value, members: &[Member], is_closed: bool) -> Result<(), String> {
    let object = object.as_object().ok_or("no object")?;
    for member in members {
        match object.get(member.name) {
            None if member.is_always => return Err(format!("{} is missing", member.name)),
            None => {}
            Some(value) if member.types == ["any"] || member.types.contains(&type_of(value)) => {}
            Some(value) => return Err(format!("{} is {value}", member.name)),
        }
    }
    let is_known = |name: &&String| members.iter().any(|member| member.name == *name);
    match object.keys().find(|name| is_closed && !is_known(name)) {
        Some(name) => Err(format!("{name} is not in the table")),
        None => Ok(()),
    }
}

fn check_all(entries: &[Entry]) {
    let (told, ours) = (table("member"), table("in `ticketlog`"));
    assert!(told.len() >= 6 && ours.len() >= 10, "the tables of the README");
    for personal in [Personal::Masked, Personal::Shown] {
        let text = export(entries, &Style { personal, ..style(Format::Ndjson) });
        assert_eq!(text.lines().count(), entries.len());
        for (line, entry) in text.lines().zip(entries) {
            let object: Value = match serde_json::from_str(line) {
                Ok(object) => object,
                // What serde_json takes for no text, and nesting beyond its limit.
                Err(_) if line.contains("\\ud") || line.contains("[[[[") => continue,
                Err(error) => panic!("{error}: {line}"),
            };
            if entry.flaw.is_none() && entry.raw.is_some() {
                assert_eq!(check(&object, &told, false), Ok(()), "{line}");
            }
            let meaning = &object["ticketlog"];
            assert_eq!(check(meaning, &ours, true), Ok(()), "{line}");
            let ordered = |line: &str| {
                let (_, ours_of_line) = line.rsplit_once("\"ticketlog\":{").unwrap();
                ours_of_line.to_owned()
            };
            let mut rest = ordered(line);
            for member in ours.iter().filter(|member| member.is_always) {
                let name = format!("\"{}\":", member.name);
                let (_, behind) =
                    rest.split_once(&name).unwrap_or_else(|| panic!("{name} is not in its place: {line}"));
                rest = behind.to_owned();
            }
        }
    }
}

#[tokio::test]
async fn every_line_keeps_to_the_table_in_the_readme() {
    for ticket in [4_478_963, 255_762, 4_484_618, 4_484_636] {
        let entries = demo(ticket, 300).await;
        check_all(&entries);
        check_all(&entries.iter().map(without_json).collect::<Vec<_>>());
    }
}

#[test]
fn what_is_no_entry_keeps_to_the_table_too() {
    check_all(&hostile());
    let line = export(&[decoded("[1]")], &style(Format::Ndjson));
    let object: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(object["ticketlog"]["element"], serde_json::json!([1]));
    assert_eq!(object["ticketlog"]["flaw"], "the entry is a list, not an object");
}

#[test]
fn a_line_says_what_an_entry_means() {
    let meaning = |entry: &Entry| -> Value {
        let line = export(std::slice::from_ref(entry), &style(Format::Ndjson));
        serde_json::from_str::<Value>(&line).unwrap()["ticketlog"].clone()
    };
    let status = saying("ticket_status_changed", "changed it from \"Open\" to \"Pending\"", "Kim", "Eli");
    assert_eq!(
        meaning(&status),
        serde_json::json!({
            "at": "2023-12-13T22:11:52.782539100Z", "word": "status", "direction": null, "actor": "Kim",
            "kind": "client", "sentence": "changed it from \"Open\" to \"Pending\"", "from": "Open", "to": "Pending",
            "assignee": null, "flaw": null
        })
    );
    let reply = meaning(&saying("reply_created", "sent {Tag:7} {Tag:8}", "Kim", "Eli"));
    assert_eq!((&reply["direction"], &reply["sentence"]), (&"in".into(), &"sent VIP {Tag:hidden}".into()));
    let given = meaning(&saying("ticket_assigned_to_user", "gave it to {User:p2}", "Kim", "Eli"));
    assert_eq!(given["assignee"], "Eli");
    let taken = meaning(&saying("ticket_assigned_to_user", "gave it to {User:a1}", "Kim", "Eli"));
    assert_eq!(taken["assignee"], "Kim");
}
