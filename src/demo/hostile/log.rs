//! Ticket 666: every hostile string as the sentence of an entry, and some of them as names, types, times, tags,
//! categories, e-mail addresses and status labels.

use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};

use super::{Line, lines};
use crate::demo::entry::Row;

/// When the newest entry happened; each older one is 61 seconds before.
const NEWEST: i64 = 1_686_031_566;

/// The title of the ticket, hostile too.
pub(in crate::demo) fn title() -> String {
    "Re: \u{1b}]0;owned\u{7}invoice \u{202e}fdp.exe\u{202c}\nforged \u{9b}2J line".into()
}

/// The entries, newest first, in the order of the table.
pub(in crate::demo) fn rows() -> Vec<Row> {
    let lines = lines();
    let cases = lines.iter().flat_map(|line| line.places.iter().map(move |place| (line, *place)));
    (0..).zip(cases).map(|(number, (line, place))| row(number, line, place)).collect()
}

/// An entry's parts as JSON source, so that anything can stand anywhere.
struct Parts {
    action_string: Vec<u8>,
    action_type: Vec<u8>,
    included: Vec<u8>,
    time: Vec<u8>,
    user: Vec<u8>,
}

fn row(number: u32, line: &Line, place: &str) -> Row {
    let literal = &line.literal;
    let mut parts = plain(number, line.number);
    match place {
        "name" => parts.user = user(literal, b"null", b"\"client\""),
        "email" => parts.user = user(b"\"Mallory\"", literal, b"\"client\""),
        "status" => parts.user = user(b"\"Mallory\"", b"null", literal),
        "type" => parts.action_type.clone_from(literal),
        "time" => parts.time.clone_from(literal),
        "label" => parts.relabel(literal),
        "tag" => {
            parts.action_string = quoted("added the tag {Tag:9}");
            parts.included =
                around(b"{\"categories\":[],\"users\":[],\"tags\":[", literal, b",{\"id\":9,\"name\":")
                    .into_iter()
                    .chain(around(b"", literal, b"}]}"))
                    .collect();
        }
        "category" => {
            parts.action_string = quoted("set the category to {Category:9}");
            parts.included =
                around(b"{\"tags\":[],\"users\":[],\"categories\":[{\"id\":9,\"name\":", literal, b"}]}");
        }
        _ => parts.action_string.clone_from(literal),
    }
    // The empty string also comes without an actor.
    if line.number == 100 && place == "text" {
        parts.user = b"null".to_vec();
    }
    parts.into_row()
}

impl Parts {
    /// A status change whose first label is hostile.
    fn relabel(&mut self, literal: &[u8]) {
        let label = literal.get(1..literal.len().saturating_sub(1)).unwrap_or_default();
        self.action_type = quoted("ticket_status_changed");
        self.action_string = around(b"\"changed the status from \\\"", label, b"\\\" to \\\"Open\\\"\"");
    }

    fn into_row(self) -> Row {
        let json = [
            b"{\"actionString\":".as_slice(),
            &self.action_string,
            b",\"actionType\":",
            &self.action_type,
            b",\"includedItems\":",
            &self.included,
            b",\"time\":",
            &self.time,
            b",\"user\":",
            &self.user,
            b"}",
        ]
        .concat();
        Row { action_type: serde_json::from_slice(&self.action_type).unwrap_or_default(), json }
    }
}

/// A harmless entry that says which hostile string it is about.
fn plain(number: u32, string: u8) -> Parts {
    let time = DateTime::from_timestamp(NEWEST, 0).unwrap_or_default()
        - TimeDelta::seconds(61) * number.cast_signed();
    let kind = ["reply_created", "note_created", "ticket_read"][number as usize % 3];
    Parts {
        action_string: quoted(&format!("read string {string}")),
        action_type: quoted(kind),
        included: bytes(&json!({ "categories": [], "tags": [], "users": [] })),
        time: quoted(&time.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()),
        user: user(b"\"Mallory\"", b"\"mallory@example.net\"", b"\"client\""),
    }
}

fn user(name: &[u8], email: &[u8], status: &[u8]) -> Vec<u8> {
    let rest = b",\"id\":\"66666666-6666-4666-8666-666666666666\",\"image\":null,\"isBot\":false}";
    [b"{\"name\":", name, b",\"email\":", email, b",\"status\":", status, rest].concat()
}

fn around(before: &[u8], middle: &[u8], after: &[u8]) -> Vec<u8> {
    [before, middle, after].concat()
}

fn quoted(text: &str) -> Vec<u8> {
    bytes(&Value::from(text))
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}
