//! Single entries: everything the documentation leaves open, and everything a server can get wrong.

use serde_json::json;
use ticketlog::{
    api::{PageError, decode_ticket},
    model::{
        entry::{RawJson, Time},
        stamp::Stamp,
        text::Untrusted,
    },
};

use crate::{decode, flaw, labels, row, rows, summary, text};

/// P01: a missing or null field is an empty one.
#[test]
fn missing_and_null_fields_are_empty_and_no_flaw() {
    let nulls = r#"{"actionType":null,"actionString":null,"time":null,"user":null,"includedItems":null}"#;
    for json in ["{}", nulls] {
        assert_eq!(summary(&row(json)), "unreadable    by None with None flaw ");
    }
    let user =
        r#"{"user":{"id":null,"name":null,"email":null,"status":null,"isBot":null,"customIdentifier":null}}"#;
    for json in [user, r#"{"user":{}}"#, r#"{"user":{"email":"","customIdentifier":""}}"#] {
        let nobody = r#"Some("|||(None, false, None)")"#;
        assert_eq!(summary(&row(json)), format!("unreadable    by {nobody} with None flaw "));
    }
    let lists = r#"{"includedItems":{"users":null,"tags":[],"groups":[{"id":1}]}}"#;
    assert_eq!(row(lists).included, None);
}

/// P01: one bad row says what is wrong with it and costs no other one.
#[test]
fn a_bad_entry_says_what_is_wrong_without_quoting_it_and_keeps_the_rest() {
    for (json, expected) in [
        (r#""SECRET""#, "the entry is a text, not an object"),
        ("null", "the entry is null, not an object"),
        (r#"["SECRET"]"#, "the entry is a list, not an object"),
        (r#"{"actionType":17}"#, "actionType is a number, not a text"),
        (r#"{"actionString":{"SECRET":1}}"#, "actionString is an object, not a text"),
        (r#"{"actionType":"a","actionType":"a"}"#, "actionType is there more than once"),
        (r#"{"time":["SECRET"]}"#, "time is a list, not a text"),
        (r#"{"user":"SECRET"}"#, "user is a text, not an object"),
        (r#"{"user":{"isBot":"SECRET"}}"#, "user.isBot is a text, not true or false"),
        (
            r#"{"user":{"email":[],"name":1}}"#,
            "user.name is a number, not a text; user.email is a list, not a text",
        ),
        (r#"{"user":{},"user":{}}"#, "user is there more than once"),
        (r#"{"includedItems":"SECRET"}"#, "includedItems is a text, not an object"),
        (r#"{"includedItems":{"users":"SECRET"}}"#, "includedItems.users is a text, not a list"),
    ] {
        let page = rows(&format!(r#"{{"actionType":"before"}},{json},{{"actionType":"after"}}"#));
        assert_eq!(flaw(&page[1]), expected, "{json}");
        assert_eq!(page[1].raw.as_ref().map(RawJson::raw_for_export), Some(json));
        assert_eq!((text(&page[0].action_type), text(&page[2].action_type)), ("before", "after"));
        assert_eq!((flaw(&page[0]), flaw(&page[2])), ("", ""));
    }
}

#[test]
fn what_can_be_read_of_a_bad_entry_is_read() {
    let entry = row(
        r#"{"time":"2023-08-03T20:39:35Z","actionType":5,"actionString":"did it","user":{"id":12,"name":"Ann","status":[]},
            "includedItems":{"tags":"x","users":[{"id":"u"}]},"actionString":"again"}"#,
    );
    assert_eq!(
        summary(&entry),
        "2023-08-03 20:39:35 +00:00  did it by Some(\"12|Ann||(None, false, None)\") \
         with Some(\"[\\\"u|||(None, false, None)\\\"] [] []\") flaw actionType is a number, not a text; \
         actionString is there more than once; user.status is a list, not a text; \
         includedItems.tags is a text, not a list"
    );
}

/// P02: bytes that are no UTF-8, and halves of surrogates, are a sign each (P01 too).
#[test]
fn broken_characters_cost_only_themselves() {
    let entry = row(r#"{"actionString":"a\ud800b","\udfff":1,"user":{"name":"\udead"}}"#);
    assert_eq!(text(&entry.action), "a\u{FFFD}\u{FFFD}\u{FFFD}b");
    assert_eq!(text(&entry.actor.as_ref().unwrap().name), "\u{FFFD}\u{FFFD}\u{FFFD}");
    assert_eq!(flaw(&entry), "");
    let body =
        [br#"{"data":[{"actionString":"a"#.as_slice(), b"\xff\xc3", br#"b"},{}],"errorCode":-1}"#].concat();
    let entries = decode(body).unwrap();
    assert_eq!(text(&entries[0].action), "a\u{FFFD}\u{FFFD}b");
    assert_eq!(entries.len(), 2);
}

#[test]
fn every_raw_control_byte_and_every_wrong_escape_in_a_string_costs_nothing() {
    for byte in (0..0x20_u8).chain([0x7F]).filter(|byte| *byte != b'"') {
        let control = char::from(byte);
        let sentence =
            format!(r#"{{"actionString":"a{control}b","user":{{"name":"\q{control}\u12"}},"x{control}":1}}"#);
        let entries = rows(&format!("{sentence},{{\"actionString\":\"next\"}}"));
        assert_eq!(text(&entries[0].action), format!("a{control}b"));
        assert_eq!(text(&entries[0].actor.as_ref().unwrap().name), format!("\\q{control}\\u12"));
        assert_eq!((flaw(&entries[0]), text(&entries[1].action)), ("", "next"));
    }
    let ticket = decode_ticket(b"{\"data\":{\"title\":\"a\x1b]0;x\x07\"},\"errorCode\":-1}").unwrap();
    assert_eq!(ticket.title, Some(Untrusted::new("a\x1b]0;x\x07")));
    let refused = decode(b"{\"data\":null,\"errorCode\":7,\"errorText\":\"\x1b[2J\"}").unwrap_err();
    assert!(matches!(refused, PageError::Refused { code: 7, .. }), "{refused:?}");
}

#[test]
fn a_page_that_is_broken_outside_of_strings_is_no_page() {
    for body in ["{\"data\":[\x1b],\"errorCode\":-1}", "{\"data\":[\"\x1b\"],\"errorCode\":-1"] {
        assert!(matches!(decode(body), Err(PageError::NotJson | PageError::CutOff)));
    }
}

/// P03: an unknown type is kept as it came.
#[test]
fn an_unknown_type_comes_as_it_is() {
    for kind in ["ticket_teleported", "", "Ω ticket", "\u{202e}kcehc", &"x".repeat(100_000)] {
        let entry = row(&json!({ "actionType": kind }).to_string());
        assert_eq!((text(&entry.action_type), flaw(&entry)), (kind, ""));
    }
}

#[test]
fn tags_and_categories_are_texts_or_objects_and_a_bad_one_costs_only_itself() {
    let entry = row(r#"{"includedItems":{
            "tags":["vip",{"id":"t1","name":"urgent"},{"id":7,"name":"late"},{"name":"bare"},{"id":8},9,null,[],{"id":[],"name":"odd"}],
            "categories":[{"id":42,"name":"Wands","parents":[{"id":1}]},{"id":43,"name":null}],
            "users":[{"id":"u1","name":"Ann"},17,null,{"id":"u2","name":5}],"groups":5}}"#);
    let included = entry.included.as_ref().unwrap();
    assert_eq!(
        labels(&included.tags),
        [("", "vip"), ("t1", "urgent"), ("7", "late"), ("", "bare"), ("", "odd")]
    );
    assert_eq!(labels(&included.categories), [("42", "Wands")]);
    let users: Vec<_> = included.users.iter().map(|user| (text(&user.id), text(&user.name))).collect();
    assert_eq!(users, [("u1", "Ann"), ("u2", "")]);
    assert_eq!(flaw(&entry), "");
}

/// P08: a time that cannot be read is kept as text.
#[test]
fn a_time_is_read_by_the_stamp_or_kept_as_it_came() {
    for readable in ["2023-08-03T20:39:35.01+03:00", "2023-08-03T20:39:35.1234567Z", "2023-08-03T20:39:35"] {
        let entry = row(&json!({ "time": readable }).to_string());
        assert_eq!((entry.time.clone(), flaw(&entry)), (Time::At(Stamp::parse(readable).unwrap()), ""));
    }
    for unreadable in ["", "yesterday", "2023-13-01T00:00:00Z", "\u{1b}[2J"] {
        let entry = row(&json!({ "time": unreadable }).to_string());
        assert_eq!((entry.time.clone(), flaw(&entry)), (Time::Unreadable(Untrusted::new(unreadable)), ""));
    }
    for number in ["1700000000", "1700000000000", "-0", "1e400", "9223372036854775808", "true"] {
        let entry = row(&format!(r#"{{"time":{number}}}"#));
        assert_eq!(entry.time, Time::Unreadable(Untrusted::new(number)));
        assert!(flaw(&entry).ends_with("not a text"), "{}", flaw(&entry));
    }
}

/// P07: depth and numbers beyond all types.
#[test]
fn depth_and_absurd_numbers_cost_at_most_their_field() {
    let lists = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    // Parsers that count depth stop at 128, with what stands round the field counted.
    let deep: Vec<String> = (120..=130).chain([100_000]).map(lists).collect();
    let numbers = ["1e400", "-0", "9223372036854775808", "18446744073709551616"];
    for value in deep.iter().map(String::as_str).chain(numbers) {
        let entry = row(&format!(r#"{{"unknown":{value},"actionType":"ticket_read"}}"#));
        assert_eq!((text(&entry.action_type), flaw(&entry)), ("ticket_read", ""));
        let entry = row(&format!(r#"{{"user":{value},"actionType":"ticket_read"}}"#));
        assert_eq!(text(&entry.action_type), "ticket_read");
        assert!(flaw(&entry).starts_with("user is a"), "{}", flaw(&entry));
    }
}
