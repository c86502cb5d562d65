//! An entry's own JSON with the names replaced. Of what the reference documents stays what tells nobody: the words of
//! our own closed vocabulary, times, and texts in which names are replaced. Everything else is null: ids, e-mail
//! addresses, identifiers and pictures, and whatever stands where the reference documents nothing, or something else, for
//! nobody can say what is in it. What is no JSON is left out. Valid JSON on one line, the members in the order in which
//! they came.

use std::{borrow::Cow, fmt::Write as _};

use serde_json::value::RawValue;

use super::{
    Redaction, STATUSES,
    copy::Own,
    members::{Elements, Members},
};
use crate::model::{json::text, stamp::Stamp, text::Untrusted};

/// Deeper nesting than any entry has; what is below it is left out.
const DEEPEST: usize = 40;

/// The names of members that the reference knows.
const NAMES: [&str; 17] = [
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
    "parents",
    "status",
    "tags",
    "time",
    "user",
    "users",
];

/// What stands for the name of a member that may be anything.
const MEMBER: &str = "(member)";

/// What the reference documents where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Entry,
    Included,
    People,
    Person,
    /// Tags or categories.
    Labels,
    /// The shape of a tag is not documented: a text is one, too.
    Label,
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
    /// Writes a value of the shape that its place has, else null.
    fn value(&mut self, raw: &str, place: Place, depth: usize) {
        let within = match place {
            Place::People => Some(Place::Person),
            Place::Labels => Some(Place::Label),
            _ => None,
        };
        match (raw.as_bytes().first(), within) {
            _ if depth > DEEPEST => self.null(),
            (Some(b'['), Some(within)) => match serde_json::from_str(raw) {
                Ok(Elements(elements)) => self.array(&elements, within, depth),
                Err(_) => self.null(),
            },
            (Some(b'{'), None) => match serde_json::from_str(raw) {
                Ok(Members(members)) => self.object(&members, place, depth),
                Err(_) => self.null(),
            },
            (Some(b'"'), None) if place == Place::Label => {
                self.string(&self.redaction.whole(&text::text(raw)));
            }
            _ => self.null(),
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
        let members: Vec<(Cow<'_, str>, &str)> =
            members.iter().map(|(name, value)| (text::text(name.get()), value.get())).collect();
        let member = |wanted: &str| members.iter().rfind(|(name, _)| name == wanted).map(|(_, value)| *value);
        let person = (place == Place::Person).then(|| {
            let id = member("id").and_then(text::scalar).map(Untrusted::new).unwrap_or_default();
            let name = member("name").filter(|value| value.starts_with('"'));
            let name = name.map(|value| Untrusted::new(text::text(value).into_owned())).unwrap_or_default();
            self.redaction.called(&id, &name)
        });
        self.out.push('{');
        for (at, (name, value)) in members.iter().enumerate() {
            self.out.push_str(if at > 0 { "," } else { "" });
            if NAMES.contains(&&**name) {
                self.string(name);
            } else if is_plain(name) {
                self.string(&self.redaction.whole(name));
            } else {
                self.string(MEMBER);
            }
            self.out.push(':');
            if value.starts_with('"') {
                self.text(name, &text::text(value), place, person.as_ref());
            } else {
                self.member(name, value, place, depth);
            }
        }
        self.out.push('}');
    }

    /// Writes the text of a member.
    fn text(&mut self, name: &str, text: &str, place: Place, person: Option<&Untrusted>) {
        let redaction = self.redaction;
        match (place, name) {
            (Place::Entry, "actionString") => {
                self.string(redaction.action(self.own, &Untrusted::new(text)).raw());
            }
            (Place::Entry, "actionType") => self.string(redaction.action_type(&Untrusted::new(text)).raw()),
            (Place::Entry, "time") if Stamp::parse(text).is_some() => self.string(text),
            (Place::Person, "name") => self.string(person.map_or("", Untrusted::raw)),
            (Place::Person, "status") if STATUSES.contains(&text) => self.string(text),
            (Place::Entry, "time") | (Place::Person, "status") | (Place::Label, "name" | "color") => {
                self.string(&redaction.whole(text));
            }
            _ => self.null(),
        }
    }

    /// Writes the value of a member that is no text.
    fn member(&mut self, name: &str, raw: &str, place: Place, depth: usize) {
        let within = match (place, name) {
            (Place::Entry, "includedItems") => Place::Included,
            (Place::Entry, "user") => Place::Person,
            (Place::Included, "users") => Place::People,
            (Place::Included, "categories" | "tags") | (Place::Label, "parents") => Place::Labels,
            (Place::Person, "isBot") if matches!(raw, "true" | "false") => return self.out.push_str(raw),
            _ => return self.null(),
        };
        self.value(raw, within, depth + 1);
    }

    fn null(&mut self) {
        self.out.push_str("null");
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

/// Whether the name of a member is a word as programmers use them, and hardly anybody's name.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.$".contains(&byte))
}
