//! An entry's own JSON with the names replaced: every string but those of our own closed vocabulary, names of members
//! that are not known included. Ids, e-mail addresses, identifiers and pictures become null; what is no JSON is left
//! out. Valid JSON on one line, the members in the order in which they came.

use std::fmt::Write as _;

use serde_json::value::RawValue;

use super::{
    Redaction, STATUSES,
    copy::Own,
    members::{Elements, Members},
};
use crate::model::{stamp::Stamp, text::Untrusted};

/// Deeper nesting than any entry has; what is below it is left out.
const DEEPEST: usize = 40;

/// Members that become null.
const MASKED: [&str; 4] = ["email", "customIdentifier", "id", "image"];

/// The names of members that the reference knows.
const NAMES: [&str; 16] = [
    "actionString",
    "actionType",
    "categories",
    "color",
    "customIdentifier",
    "email",
    "id",
    "image",
    "includedItems",
    "isBot",
    "name",
    "status",
    "tags",
    "time",
    "user",
    "users",
];

/// Where in an entry a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Entry,
    Included,
    People,
    Else,
}

/// The JSON of an entry; `None` where it is none.
pub(super) fn redacted(redaction: &Redaction, own: &Own<'_>, raw: &str) -> Option<String> {
    let raw = raw.trim();
    serde_json::from_str::<&RawValue>(raw).ok()?;
    let mut out = String::with_capacity(raw.len());
    Writer { redaction, own, out: &mut out }.value(raw, Place::Entry, 0);
    Some(out)
}

struct Writer<'a> {
    redaction: &'a Redaction,
    own: &'a Own<'a>,
    out: &'a mut String,
}

impl Writer<'_> {
    fn value(&mut self, raw: &str, place: Place, depth: usize) {
        if depth > DEEPEST {
            self.out.push_str("null");
        } else if raw.starts_with('{') {
            match serde_json::from_str(raw) {
                Ok(Members(members)) => self.object(&members, place, depth),
                Err(_) => self.out.push_str("null"),
            }
        } else if raw.starts_with('[') {
            match serde_json::from_str(raw) {
                Ok(Elements(elements)) => self.array(&elements, place, depth),
                Err(_) => self.out.push_str("null"),
            }
        } else if raw.starts_with('"') {
            match serde_json::from_str::<String>(raw) {
                Ok(text) => self.string(&self.redaction.whole(&text)),
                Err(_) => self.out.push_str("null"),
            }
        } else if self.redaction.words(raw) == raw {
            self.out.push_str(raw);
        } else {
            self.string(&self.redaction.words(raw));
        }
    }

    fn array(&mut self, elements: &[&RawValue], place: Place, depth: usize) {
        self.out.push('[');
        for (at, element) in elements.iter().enumerate() {
            self.out.push_str(if at > 0 { "," } else { "" });
            self.value(element.get(), place, depth + 1);
        }
        self.out.push(']');
    }

    fn object(&mut self, members: &[(&RawValue, &RawValue)], place: Place, depth: usize) {
        let names: Vec<String> =
            members.iter().map(|(name, _)| serde_json::from_str(name.get()).unwrap_or_default()).collect();
        let member = |wanted: &str| {
            let at = names.iter().rposition(|name| name == wanted)?;
            text_of(members.get(at)?.1.get())
        };
        let person = (place == Place::People).then(|| {
            let (id, name) = (member("id").unwrap_or_default(), member("name").unwrap_or_default());
            self.redaction.called(&Untrusted::new(id), &Untrusted::new(name))
        });
        self.out.push('{');
        for (at, ((_, value), name)) in members.iter().zip(&names).enumerate() {
            self.out.push_str(if at > 0 { "," } else { "" });
            let is_known = NAMES.contains(&name.as_str());
            if is_known {
                self.string(name);
            } else {
                self.string(&self.redaction.whole(name));
            }
            self.out.push(':');
            self.member(name, value.get(), (place, depth), person.as_ref());
        }
        self.out.push('}');
    }

    fn member(&mut self, name: &str, raw: &str, (place, depth): (Place, usize), person: Option<&Untrusted>) {
        if MASKED.iter().any(|masked| name.eq_ignore_ascii_case(masked)) {
            self.out.push_str("null");
            return;
        }
        let text = text_of(raw);
        let person = person.filter(|_| name == "name");
        match (place, name, text, person) {
            // Also one that is no text: half a surrogate.
            (Place::People, "name", _, Some(called)) if raw.starts_with('"') => self.string(called.raw()),
            (Place::People, "status", Some(text), _) if STATUSES.contains(&text.as_str()) => {
                self.string(&text);
            }
            (Place::Entry, "time", Some(text), _) if Stamp::parse(&text).is_some() => self.string(&text),
            (Place::Entry, "actionType", Some(text), _) => {
                self.string(self.redaction.action_type(&Untrusted::new(text)).raw());
            }
            (Place::Entry, "actionString", Some(text), _) => {
                self.string(self.redaction.action(self.own, &Untrusted::new(text)).raw());
            }
            (Place::Entry, "includedItems", ..) => self.value(raw, Place::Included, depth + 1),
            (Place::Entry, "user", ..) | (Place::Included, "users", ..) => {
                self.value(raw, Place::People, depth + 1);
            }
            _ => self.value(raw, Place::Else, depth + 1),
        }
    }

    /// Writes a string as JSON does.
    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\0'..='\u{1F}' => {
                    // Writing to a string cannot fail.
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

/// The text of a JSON string; `None` for any other value.
fn text_of(raw: &str) -> Option<String> {
    raw.starts_with('"').then(|| serde_json::from_str(raw).ok()).flatten()
}
