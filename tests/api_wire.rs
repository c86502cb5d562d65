//! Bytes to entries: both examples of the reference exactly, everything the documentation leaves open, and
//! hostile input. No network.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

#[path = "api_wire/entries.rs"]
mod entries;
#[path = "api_wire/properties.rs"]
mod properties;

use std::sync::Arc;

use serde_json::Value;
use ticketlog::{
    api::{Interner, PageError, decode_page, decode_ticket, decode_tickets},
    model::{
        entry::{ActorKind, Entry, Label, Time},
        stamp::Stamp,
        text::Untrusted,
        ticket::Ticket,
    },
};

const ENGLISH: &str = include_str!("data/ticket-log-example.json");
const NORWEGIAN: &str = include_str!("data/get-ticket-log-example.json");

fn decode(body: impl AsRef<[u8]>) -> Result<Vec<Entry>, PageError> {
    decode_page(body.as_ref(), &mut Interner::default())
}

/// The entries of a page that has `rows` as its data.
fn rows(rows: &str) -> Vec<Entry> {
    decode(format!(r#"{{"data":[{rows}],"errorCode":-1,"errorText":null}}"#)).unwrap()
}

fn row(row: &str) -> Entry {
    let mut rows = rows(row);
    assert_eq!(rows.len(), 1, "{row}");
    rows.remove(0)
}

fn text(untrusted: &Untrusted) -> &str {
    untrusted.raw_for_export()
}

fn flaw(entry: &Entry) -> &str {
    entry.flaw.as_ref().map_or("", text)
}

fn labels(labels: &[Label]) -> Vec<(&str, &str)> {
    labels.iter().map(|label| (text(&label.id), text(&label.name))).collect()
}

/// Everything that was read of an entry, except its own JSON.
fn summary(entry: &Entry) -> String {
    let optional = |value: &Option<Untrusted>| value.as_ref().map(|value| text(value).to_owned());
    let user = |user: &ticketlog::model::entry::User| {
        let (id, name, status) = (text(&user.id), text(&user.name), text(&user.status));
        let more = (optional(&user.email), user.is_bot, optional(&user.custom_identifier));
        format!("{id}|{name}|{status}|{more:?}")
    };
    let time = match &entry.time {
        Time::At(stamp) => format!("{} {}", stamp.instant().date_naive(), stamp.exact()),
        Time::Unreadable(time) => format!("unreadable {}", text(time)),
    };
    let included = entry.included.as_ref().map(|included| {
        let users: Vec<_> = included.users.iter().map(|one| user(one)).collect();
        format!("{users:?} {:?} {:?}", labels(&included.tags), labels(&included.categories))
    });
    let actor = entry.actor.as_ref().map(|one| user(one));
    let (kind, action) = (text(&entry.action_type), text(&entry.action));
    format!("{time} {kind} {action} by {actor:?} with {included:?} flaw {}", flaw(entry))
}

#[test]
fn the_english_example_of_the_reference_decodes_exactly() {
    let entries = decode(ENGLISH).unwrap();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let name = &entry.actor.as_ref().unwrap().name;
            let stamp = entry.stamp().unwrap();
            let day = stamp.instant().date_naive();
            let (kind, action) = (text(&entry.action_type), text(&entry.action));
            format!("{day} {} {kind} {}: {action}", stamp.exact(), text(name))
        })
        .collect();
    let garrick = "841c30d5-6ae4-4df1-939e-04c55aed5e98";
    let expected = [
        "2023-12-13 22:11:52.9031351 +00:00 ticket_status_changed Garrick Ollivander: \
         changed the status from \"Open\" to \"Pending\"",
        "2023-12-13 22:11:52.7825391 +00:00 reply_created Garrick Ollivander: sent a reply",
        &format!(
            "2023-12-13 22:11:39.031395 +00:00 ticket_assigned_to_user Garrick Ollivander: \
             changed ticket assignee to {{User:{garrick}}}"
        ),
        "2023-12-13 22:01:32.3169513 +00:00 ticket_read Garrick Ollivander: read the ticket",
        "2023-08-03 20:39:35.01 +03:00 ticket_created Harry Potter: created the ticket",
    ];
    assert_eq!(told, expected);
    for (place, entry) in entries.iter().enumerate() {
        assert_eq!(flaw(entry), "");
        assert_eq!(entry.included.is_some(), place == 2);
    }
    let assigned = entries[2].included.as_ref().unwrap();
    assert_eq!(text(&assigned.users[0].id), garrick);
    assert!(assigned.tags.is_empty() && assigned.categories.is_empty());
    let harry = entries[4].actor.as_ref().unwrap();
    assert_eq!(harry.email.as_ref().map(text), Some("harry.potter@example.org"));
    assert_eq!((harry.kind(), harry.is_bot), (ActorKind::Client, false));
    assert_eq!(harry.custom_identifier, None);
}

#[test]
fn the_norwegian_example_of_the_reference_decodes_exactly() {
    let told: Vec<_> = decode(NORWEGIAN).unwrap().iter().map(summary).collect();
    let by = "by Some(\"7ada8318-adf9-46d1-97ff-81aee80a8415|Anton Checkhov|team|\
              (Some(\\\"Anton@Checkhov.com\\\"), false, None)\") with None flaw ";
    assert_eq!(
        told,
        [
            format!("2022-10-28 12:41:36.6267804 +00:00 ticket_read leste saken {by}"),
            format!(
                "2022-09-27 23:05:58.7768791 +00:00 ticket_status_changed \
                 endret sakens status fra \"På vent\" til \"Åpen\" {by}"
            ),
        ]
    );
}

#[test]
fn the_own_json_of_an_entry_is_kept_byte_for_byte() {
    for body in [ENGLISH, NORWEGIAN] {
        let value: Value = serde_json::from_str(body).unwrap();
        for (entry, row) in decode(body).unwrap().iter().zip(value["data"].as_array().unwrap()) {
            let raw = entry.raw.as_ref().unwrap().raw_for_export();
            assert!(body.contains(raw));
            assert_eq!(serde_json::from_str::<Value>(raw).unwrap(), *row);
        }
    }
}

#[test]
fn equal_parts_share_one_copy_also_across_pages() {
    let mut interner = Interner::default();
    let first = decode_page(ENGLISH.as_bytes(), &mut interner).unwrap();
    let second = decode_page(ENGLISH.as_bytes(), &mut interner).unwrap();
    let actor = |entry: &Entry| Arc::clone(entry.actor.as_ref().unwrap());
    assert!(Arc::ptr_eq(&actor(&first[0]), &actor(&first[3])));
    assert!(Arc::ptr_eq(&actor(&first[0]), &actor(&second[1])));
    let included = |entry: &Entry| Arc::clone(entry.included.as_ref().unwrap());
    assert!(Arc::ptr_eq(&included(&first[2]), &included(&second[2])));
    let place = |text: &Untrusted| text.raw_for_export().as_ptr();
    assert_eq!(place(&first[0].action), place(&second[0].action));
    // The one who was assigned is described without customIdentifier, which says the same as null.
    assert!(Arc::ptr_eq(&included(&first[2]).users[0], &actor(&first[0])));
}

/// P05: the code of the envelope decides, whatever its data says.
/// P06: data that is missing, null or no list is told as such.
#[test]
fn the_envelope_decides_and_minus_one_alone_is_success() {
    for (body, expected) in [
        (r#"{"data":[{}],"errorCode":-1,"errorText":null}"#, "1"),
        (r#"{"errorText":"not looked at","errorCode":-1,"data":[{},{}]}"#, "2"),
        (r#"{"data":[],"errorCode":-1}"#, "0"),
        ("\u{FEFF} {\"data\":[{}],\"errorCode\":-1} \r\n", "1"),
        (r#"{"data":[{}],"errorCode":0,"errorText":null}"#, "is an error, code 0"),
        (r#"{"data":[{}],"errorCode":404,"errorText":"gone"}"#, "is an error, code 404"),
        (r#"{"data":[{}]}"#, "has no errorCode, so it is not the API's envelope"),
        (r#"{"data":[{}],"errorText":"oh"}"#, "has no errorCode, so it is not the API's envelope"),
        (r#"{"data":[{}],"errorCode":null}"#, "has no errorCode, so it is not the API's envelope"),
        (r#"{"data":[{}],"errorCode":"-1"}"#, "has no errorCode, so it is not the API's envelope"),
        (r#"{"data":[{}],"errorCode":1e400}"#, "has no errorCode, so it is not the API's envelope"),
        (r#"{"data":[],"errorCode":-1,"errorCode":5}"#, "holds errorCode more than once"),
        (r#"{"data":[],"data":[{}],"errorCode":-1}"#, "holds data more than once"),
        (r#"{"data":null,"errorCode":-1}"#, "holds no data"),
        (r#"{"errorCode":-1}"#, "holds no data"),
        (r#"{"data":{"a":1},"errorCode":-1}"#, "holds an object as data, not a list"),
        (r#"{"data":"x","errorCode":-1}"#, "holds a text as data, not a list"),
        ("", "is empty"),
        ("\u{FEFF}\r\n ", "is empty"),
        ("null", "is null, not the API's envelope"),
        ("[]", "is a list, not the API's envelope"),
        (r#""x""#, "is a text, not the API's envelope"),
        ("12", "is a number, not the API's envelope"),
        (r#"{"data":[{"#, "is incomplete"),
        (r#"{"data":[{}],"errorCode":-1"#, "is incomplete"),
        (r#"{"data":[],"errorCode":-1}{"data":[],"errorCode":-1}"#, "goes on after the end of its JSON"),
        (r#"{"data":[],"errorCode":-1} <!-- cached -->"#, "goes on after the end of its JSON"),
        (" <html>", "is an HTML page"),
        ("Service Unavailable", "is not JSON"),
        (r"{'data':[]}", "is not JSON"),
        (r#"{"data":[{},],"errorCode":-1}"#, "is not JSON"),
    ] {
        let told = match decode(body) {
            Ok(entries) => entries.len().to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(told, expected, "{body}");
    }
}

#[test]
fn the_words_of_the_server_are_not_in_the_debug_form_of_an_error() {
    let error = decode(r#"{"errorCode":5,"errorText":"CANARY"}"#).unwrap_err();
    assert!(!format!("{error:?} {error}").contains("CANARY"));
}

#[test]
fn more_entries_than_a_page_are_all_handed_on() {
    assert_eq!(rows(&vec!["{}"; 1000].join(",")).len(), 1000);
}

#[test]
fn a_ticket_is_read_as_far_as_it_goes() {
    let body = r#"{"data":{"id":7,"title":"Broken wand","status":"open","lockedBy":{"id":"u","name":"Ann"},
        "category":{"id":3,"name":"Wands"},"creationTime":"2023-08-03T20:39:35.01+03:00","tags":[]},"errorCode":-1}"#;
    let ticket = decode_ticket(body.as_bytes()).unwrap();
    let expected = Ticket {
        title: Some(Untrusted::new("Broken wand")),
        status: Some(Untrusted::new("open")),
        owner: Some(Untrusted::new("Ann")),
        category: Some(Untrusted::new("Wands")),
        created: Stamp::parse("2023-08-03T17:39:35.01Z").map(|stamp| stamp.instant()),
    };
    assert_eq!(ticket, expected);
    for data in [
        "{}",
        r#"{"title":null,"status":null,"lockedBy":null,"category":null,"creationTime":null}"#,
        r#"{"title":5,"status":[],"lockedBy":"x","category":{"name":{}},"creationTime":1700000000}"#,
    ] {
        let body = format!(r#"{{"data":{data},"errorCode":-1}}"#);
        assert_eq!(decode_ticket(body.as_bytes()), Ok(Ticket::default()), "{data}");
    }
    let error = decode_ticket(br#"{"data":[],"errorCode":-1}"#).unwrap_err();
    assert_eq!(error.to_string(), "holds a list as data, not an object");
}

#[test]
fn of_a_list_every_ticket_with_a_number_is_read_as_far_as_it_goes() {
    let list = |data: &str| decode_tickets(format!(r#"{{"data":{data},"errorCode":-1}}"#).as_bytes());
    assert_eq!(list("[]"), Ok(Vec::new()));
    let tickets = list(
        r#"[null,5,{},{"id":null},{"id":-1},{"id":"7"},{"id":1.5},{"id":8,"title":5},
            {"id":9223372036854775807,"title":"last","status":"pending"}]"#,
    );
    let other = Ticket {
        title: Some(Untrusted::new("last")),
        status: Some(Untrusted::new("pending")),
        ..Ticket::default()
    };
    assert_eq!(tickets, Ok(vec![(8, Ticket::default()), (9_223_372_036_854_775_807, other)]));
    assert!(list("{}").is_err() && list("null").is_err());
}
