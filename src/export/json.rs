//! JSON: the entry as the API told it, and NDJSON: the same with what it means beside it.
//!
//! What the API told stays as it came, member for member, but for white space, escapes and masked personal data. So a
//! file that is opened and exported again is the same file. What it means stands in one member of ours, the table in
//! the README says what is in it; no name of the API's, now or later, can collide with it.

use std::{borrow::Cow, fmt::Write as _};

use chrono::SecondsFormat;

use super::{Head, Style, Tally, head::Ending};
use crate::model::{
    entry::{ActorKind, Entry, Included, Label, RawJson, Time, User},
    json::{Layout, Personal, quoted},
    sentence::{Direction, What},
    stamp::Stamp,
    text::{Charset, Untrusted},
};

/// The member that holds what an entry means.
const OURS: &str = "ticketlog";

/// An entry as an element of an array of the API.
pub(super) fn element(entry: &Entry, style: &Style) -> String {
    written(member_for_member(entry, style.personal), style)
}

/// JSON in the characters that are wanted: those that are no ASCII stand in texts alone, where an escape says the same.
fn written(json: String, style: &Style) -> String {
    if style.charset == Charset::Unicode || json.is_ascii() {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

fn member_for_member(entry: &Entry, personal: Personal) -> String {
    let json = entry.json_without(personal, Layout::Compact, Some(OURS));
    json.unwrap_or_else(|| {
        let told = Entry { raw: Some(RawJson::new(told(entry))), ..entry.clone() };
        told.json(personal, Layout::Compact).unwrap_or_else(|| "{}".to_owned())
    })
}

/// An entry as a line of NDJSON: always an object.
pub(super) fn line(entry: &Entry, style: &Style) -> String {
    let element = member_for_member(entry, style.personal);
    let ours = |element: Option<&str>| meaning(entry, style, element);
    let line = match element.strip_suffix('}') {
        Some("{") => format!("{{\"{OURS}\":{}}}", ours(None)),
        Some(members) => format!("{members},\"{OURS}\":{}}}", ours(None)),
        None => format!("{{\"{OURS}\":{}}}", ours(Some(&element))),
    };
    written(line, style)
}

/// What an entry means. `element` is what stood in the place of an entry and is no object.
fn meaning(entry: &Entry, style: &Style, element: Option<&str>) -> String {
    let text = |text: &Untrusted| Some(text.raw_for_export().to_owned()).filter(|text| !text.is_empty());
    let what = entry.what_as(&style.catalogue, style.personal);
    let actor = entry.actor.as_ref().and_then(|actor| text(&actor.name));
    let (from, to) = match &what {
        What::FromTo(from, to) => (text(from), text(to)),
        _ => (None, None),
    };
    let assignee = match &what {
        What::Assigned(name) => text(name),
        What::Took => actor.clone(),
        _ => None,
    };
    let direction = entry.direction(&style.catalogue, Charset::Ascii);
    let mut object = Object::default();
    object.text("at", entry.stamp().map(utc));
    object.text("word", text(&style.catalogue.word(&entry.action_type)));
    object.text("direction", direction.map(|direction| direction_word(direction).to_owned()));
    object.text("actor", actor);
    object.text("kind", entry.actor_kind().map(|kind| kind_word(kind).to_owned()));
    object.text("sentence", text(&entry.sentence_as(style.personal)));
    object.text("from", from);
    object.text("to", to);
    object.text("assignee", assignee);
    object.text("flaw", entry.flaw.as_ref().and_then(text));
    if let Some(element) = element {
        object.json("element", element);
    }
    object.close()
}

/// The instant in universal time, so that the order of the texts is that of the instants:
/// `2023-12-13T22:11:52.782539100Z`.
pub(super) fn utc(stamp: Stamp) -> String {
    stamp.instant().to_rfc3339_opts(SecondsFormat::Nanos, true)
}

/// `in` from the client, `out` to the client.
pub(super) fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::In(_) => "in",
        Direction::Out(_) => "out",
    }
}

/// The kind of an actor.
pub(super) fn kind_word(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Team => "team",
        ActorKind::Client => "client",
        ActorKind::Bot => "bot",
        ActorKind::Other => "other",
    }
}

/// What an entry was told as, put together from what was read of it: its JSON was not kept, or is none.
fn told(entry: &Entry) -> String {
    let mut object = Object::default();
    object.json("actionString", &quoted(entry.action.raw_for_export()));
    object.json("actionType", &quoted(entry.action_type.raw_for_export()));
    let nothing = Included::default();
    object.json("includedItems", &included(entry.included.as_deref().unwrap_or(&nothing)));
    object.json("user", &entry.actor.as_deref().map_or("null".to_owned(), person));
    object.text("time", given(&entry.time));
    if let Some(flaw) = &entry.flaw {
        object.text("unreadable", Some(flaw.raw_for_export().to_owned()));
    }
    object.close()
}

/// The time as the server gave it.
fn given(time: &Time) -> Option<String> {
    match time {
        Time::At(stamp) => {
            let given = stamp.exact_with_date();
            let mut words = given.split(' ');
            let (day, clock, offset) = (words.next()?, words.next()?, words.next()?);
            let offset = if stamp.is_assumed_utc() { "" } else { offset };
            Some(format!("{day}T{clock}{offset}"))
        }
        Time::Unreadable(text) => Some(text.raw_for_export().to_owned()).filter(|text| !text.is_empty()),
    }
}

fn person(user: &User) -> String {
    let own = |text: &Untrusted| Some(text.raw_for_export().to_owned());
    let mut object = Object::default();
    object.text("id", own(&user.id).filter(|id| !id.is_empty()));
    object.text("name", own(&user.name));
    object.text("email", user.email.as_ref().and_then(own));
    object.text("status", own(&user.status));
    object.json("isBot", if user.is_bot { "true" } else { "false" });
    if let Some(identifier) = &user.custom_identifier {
        object.text("customIdentifier", own(identifier));
    }
    object.close()
}

fn included(items: &Included) -> String {
    let label = |label: &Label| {
        let mut object = Object::default();
        let id = Some(label.id.raw_for_export()).filter(|id| !id.is_empty());
        object.text("id", id.map(str::to_owned));
        object.text("name", Some(label.name.raw_for_export().to_owned()));
        object.close()
    };
    let mut object = Object::default();
    object.list("categories", items.categories.iter().map(label));
    object.list("tags", items.tags.iter().map(label));
    object.list("users", items.users.iter().map(|user| person(user)));
    object.close()
}

/// The first line of NDJSON that tells what it is an export of.
pub(super) fn head(head: &Head, style: &Style) -> String {
    let own = |text: &Untrusted| text.raw_for_export().to_owned();
    let mut object = Object::default();
    object.text("version", Some(super::VERSION.to_owned()));
    object.text("name", Some(own(&head.name)));
    object.text("title", head.ticket.title.as_ref().map(own));
    object.text("status", head.ticket.status.as_ref().map(own));
    object.text("owner", head.ticket.owner.as_ref().map(own));
    object.text("category", head.ticket.category.as_ref().map(own));
    object.text("asOf", Some(head.as_of.to_rfc3339_opts(SecondsFormat::Secs, true)));
    object.text("zone", Some(style.zone.id().to_owned()));
    object.text("order", Some(head.order.words().to_owned()));
    object.list("narrowing", head.narrowing.iter().map(|words| quoted(words.raw_for_export())));
    object.list("remarks", head.remarks.iter().map(|words| quoted(words.raw_for_export())));
    written(format!("{{\"ticketlogHead\":{}}}", object.close()), style)
}

/// The last line of NDJSON that tells what came of it.
pub(super) fn tail(tally: &Tally, style: &Style) -> String {
    let why = match &tally.ending {
        Ending::Complete => None,
        Ending::Incomplete(why) => Some(why.raw_for_export().to_owned()),
    };
    let mut object = Object::default();
    object.json("shown", &tally.shown.to_string());
    object.json("hidden", &tally.hidden.to_string());
    object.json("complete", if why.is_none() { "true" } else { "false" });
    object.text("why", why);
    written(format!("{{\"ticketlogTail\":{}}}", object.close()), style)
}

/// An object being written.
#[derive(Default)]
struct Object(String);

impl Object {
    fn json(&mut self, name: &str, json: &str) {
        self.0.push_str(if self.0.is_empty() { "{\"" } else { ",\"" });
        self.0.push_str(name);
        self.0.push_str("\":");
        self.0.push_str(json);
    }

    fn text(&mut self, name: &str, text: Option<String>) {
        let json = text.map_or(Cow::Borrowed("null"), |text| Cow::Owned(quoted(&text)));
        self.json(name, &json);
    }

    fn list(&mut self, name: &str, elements: impl Iterator<Item = String>) {
        let elements: Vec<String> = elements.collect();
        self.json(name, &format!("[{}]", elements.join(",")));
    }

    fn close(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }
}
