//! What is shown of JSON, and what is not.

use std::sync::Arc;

use super::*;
use crate::model::{
    entry::{Included, Label, RawJson, User},
    text::Untrusted,
};

fn entry(raw: &str) -> Entry {
    Entry { raw: Some(RawJson::new(raw)), ..Entry::saying("", "") }
}

fn indented(raw: &str, personal: Personal) -> String {
    entry(raw).json(personal, Layout::Indented).unwrap()
}

fn compact(raw: &str, personal: Personal) -> String {
    entry(raw).json(personal, Layout::Compact).unwrap()
}

fn user(id: &str, name: &str) -> Arc<User> {
    Arc::new(User {
        id: Untrusted::new(id),
        name: Untrusted::new(name),
        email: None,
        status: Untrusted::new("team"),
        is_bot: false,
        custom_identifier: None,
    })
}

#[test]
fn personal_fields_are_null_until_asked_for_at_every_depth() {
    let raw = r#"{"a":{"email":"x@y","customIdentifier":"1","list":[{"id":{"deep":1}}]},"name":"N","\u0065mail":"z"}"#;
    let masked = indented(raw, Personal::Masked);
    assert!(!masked.contains("x@y") && !masked.contains("deep") && !masked.contains("\"z\""), "{masked}");
    assert!(masked.contains("\"name\": \"N\""));
    assert_eq!(indented(raw, Personal::Shown).split_whitespace().collect::<String>(), raw);
    assert_eq!(compact(raw, Personal::Shown), raw);
    assert_eq!(
        compact(raw, Personal::Masked),
        r#"{"a":{"email":null,"customIdentifier":null,"list":[{"id":null}]},"name":"N","\u0065mail":null}"#
    );
}

#[test]
fn every_name_with_a_word_of_personal_data_is_masked_and_no_other() {
    for name in [
        "ID",
        "userId",
        "user_id",
        "replyIDs",
        "E-Mail",
        "emailAddress",
        "owner email",
        "CUSTOMIDENTIFIER",
        "image",
    ] {
        assert_eq!(compact(&format!("{{\"{name}\":1}}"), Personal::Masked), format!("{{\"{name}\":null}}"));
    }
    for name in ["isPaid", "identity", "imaged", "idle", "width", "valid", "mailing", "name", "", "\\ud800"] {
        let raw = format!("{{\"{name}\":1}}");
        assert_eq!(compact(&raw, Personal::Masked), raw);
    }
}

#[test]
fn the_ids_in_placeholders_are_masked_too() {
    let raw = r#"{"actionString":"gave {User:841c-30d5} and {Tag:7} to {User:x} {User:"}"#;
    let masked = indented(raw, Personal::Masked);
    assert!(masked.contains(r#""gave {User:hidden} and {Tag:hidden} to {User:hidden} {User:""#), "{masked}");
    assert!(indented(raw, Personal::Shown).contains("841c-30d5"));
    let spelled = r#"["\u007bUser:841c}","{\u0055ser:841c}","{User\u003A841c\u007D \u00e5"]"#;
    assert_eq!(
        compact(spelled, Personal::Masked),
        r#"["{User:hidden}","{User:hidden}","{User:hidden} \u00e5"]"#
    );
}

#[test]
fn an_id_in_a_placeholder_gives_way_to_the_name_that_the_entry_tells() {
    let label = |id: &str, name: &str| Label { id: Untrusted::new(id), name: Untrusted::new(name) };
    let included = Included {
        users: vec![
            user("u1", "Åse \"x\" \\"),
            user("u2", "a}b"),
            user("u3", "a{b"),
            user("u4", "hidden"),
            user("u5", "Kim"),
        ],
        tags: vec![label("7", "VIP")],
        categories: vec![label("8", "Sales")],
    };
    let raw = "[\"{User:u1}\",\"{User:u2}{User:u3}\",\"{User:u4}\",\"{Tag:7} {Category:8}\",\"{User:a}\",\"{User:u5}\"]";
    let told = Entry { included: Some(Arc::new(included)), actor: Some(user("a", "Kim")), ..entry(raw) };
    assert_eq!(
        told.json(Personal::Masked, Layout::Compact).unwrap(),
        "[\"{User:Åse \\\"x\\\" \\\\}\",\"{User:hidden}{User:hidden}\",\"{User:hidden}\",\
         \"{Tag:VIP} {Category:Sales}\",\"{User:Kim}\",\"{User:hidden}\"]",
        "who is not the actor and has the actor's name is not taken for the actor"
    );
}

#[test]
fn numbers_names_and_duplicates_stay_as_the_server_wrote_them() {
    let raw = r#"{"n":1.50e3,"n":-0,"big":123456789012345678901234567890,"e":[],"o":{}}"#;
    let shown = indented(raw, Personal::Masked);
    assert_eq!(shown.split_whitespace().collect::<String>(), raw);
    assert_eq!(shown.lines().nth(1), Some("  \"n\": 1.50e3,"));
    assert_eq!(compact(&shown, Personal::Masked), raw);
}

#[test]
fn deep_nesting_ends_in_words_where_it_is_indented_and_never_in_the_stack() {
    let deep = "[".repeat(20_000) + &"]".repeat(20_000);
    assert!(indented(&deep, Personal::Masked).contains("nested too deeply"));
    assert_eq!(compact(&deep, Personal::Masked), deep);
    assert_eq!(indented("not json", Personal::Masked), "not json");
    assert_eq!(entry("not json").json(Personal::Masked, Layout::Compact), None);
}

#[test]
fn a_member_is_left_out_of_the_outermost_object_alone() {
    let without = |raw| entry(raw).json_without(Personal::Shown, Layout::Compact, Some("ours"));
    for (raw, rest) in [
        (r#"{"ours":{"a":[1]},"b":2}"#, r#"{"b":2}"#),
        (r#"{"b":2,"\u006furs":3}"#, r#"{"b":2}"#),
        (r#"{"ours":1}"#, "{}"),
        (r#"{"a":{"ours":1},"ours":2,"c":[]}"#, r#"{"a":{"ours":1},"c":[]}"#),
        (r#"["ours"]"#, r#"["ours"]"#),
    ] {
        assert_eq!(without(raw).unwrap(), rest);
    }
}

#[test]
fn compact_json_holds_nothing_that_acts_on_a_terminal_or_turns_the_reading_order() {
    let raw = "{\"\u{202E}k\":\"\u{7F}\u{9B}31m\u{2028}\u{2066}\u{61C} é\"}";
    let escaped = r#"{"\u202ek":"\u007f\u009b31m\u2028\u2066\u061c é"}"#;
    assert_eq!(compact(raw, Personal::Shown), escaped);
    assert_eq!(compact(escaped, Personal::Masked), escaped);
    assert_eq!(quoted("a\u{9D}\"\n\u{202E}"), r#""a\u009d\"\n\u202e""#);
}
