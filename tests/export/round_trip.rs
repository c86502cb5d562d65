//! What is exported and opened again is what it was: byte for byte, and in what it says.

use std::path::Path;

use ticketlog::{
    export::{Format, Style},
    model::{entry::Entry, json::Personal, text::Charset},
};

use crate::support::{decoded, demo, export, file, hostile, opened, saying, style, without_json};

fn styles(format: Format) -> [Style; 2] {
    [Personal::Masked, Personal::Shown].map(|personal| Style { personal, ..style(format) })
}

/// Exports, opens and exports again, with personal data and without.
fn assert_same_twice(entries: &[Entry], format: Format, what: &str) {
    for style in styles(format) {
        let once = export(entries, &style);
        let again = opened(&once);
        assert_eq!(again.len(), entries.len(), "{what}");
        let twice = export(&again, &style);
        let differs = once.lines().zip(twice.lines()).find(|(one, two)| one != two);
        assert!(once == twice, "{what}, {:?}: {differs:?}", style.personal);
    }
}

#[tokio::test]
async fn an_export_that_is_opened_and_exported_again_is_the_same_file() {
    for ticket in [4_478_963, 255_762, 4_484_618, 666, 4_484_636] {
        let entries = demo(ticket, 400).await;
        assert!(entries.len() >= 5, "{ticket}");
        assert_same_twice(&entries, Format::Json, &ticket.to_string());
        let sound: Vec<Entry> = entries.into_iter().filter(|entry| entry.flaw.is_none()).collect();
        assert_same_twice(&sound, Format::Ndjson, &ticket.to_string());
    }
}

#[test]
fn whatever_an_entry_holds_its_json_is_the_same_twice() {
    assert_same_twice(&hostile(), Format::Json, "hostile");
}

#[test]
fn every_file_that_can_be_opened_is_exported_the_same_twice() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/files");
    for name in [
        "newest.ndjson",
        "oldest.ndjson",
        "answers.json",
        "mixed.ndjson",
        "truncated.json",
        "unordered.ndjson",
    ] {
        let entries = file(&folder.join(name));
        assert_same_twice(&entries, Format::Json, name);
    }
}

#[tokio::test]
async fn what_stands_beside_an_entry_does_not_come_into_the_json() {
    let entries = demo(4_478_963, 400).await;
    for personal in [Personal::Masked, Personal::Shown] {
        let style = |format| Style { personal, ..style(format) };
        let through = opened(&export(&entries, &style(Format::Ndjson)));
        let json = export(&through, &style(Format::Json));
        assert!(json == export(&entries, &style(Format::Json)) && !json.contains("ticketlog"));
    }
}

#[tokio::test]
async fn what_is_opened_again_says_the_same_without_an_id() {
    let catalogue = ticketlog::assets::action_types().unwrap();
    let said = |entries: &[Entry]| -> Vec<String> {
        let line = |entry: &Entry| entry.what_line(&catalogue, 200, Charset::Unicode).plain();
        entries.iter().map(line).collect()
    };
    for ticket in [4_478_963, 4_484_618, 4_484_636] {
        let entries = demo(ticket, 400).await;
        let said_before = said(&entries);
        assert!(said_before.iter().any(|line| line.starts_with("to ") || line == "took it"), "{ticket}");
        assert!(entries.iter().any(|entry| entry.action.raw_for_export().contains("{User:")), "{ticket}");
        for format in [Format::Json, Format::Ndjson] {
            let again = opened(&export(&entries, &style(format)));
            assert_eq!(said(&again), said_before, "{ticket}");
        }
    }
}

#[test]
fn who_took_a_ticket_is_told_apart_from_who_was_given_it_under_the_same_name() {
    let catalogue = ticketlog::assets::action_types().unwrap();
    let kind = "ticket_assigned_to_user";
    for (action, actor, person, said) in [
        ("gave it to {User:p2}", "Kim", "Eli", "to Eli"),
        ("gave it to {User:a1}", "Kim", "Eli", "took it"),
        ("gave it to {User:a1}", "Kim", "Kim", "took it"),
        ("gave it to {User:p2}", "Kim", "Kim", "gave it to {User:hidden}"),
        ("gave it to {User:p2}", "Kim", "a \"b\" c", "to a \"b\" c"),
        ("gave it to {User:p2}", "Kim", "a}b", "gave it to {User:hidden}"),
        ("gave it to {User:p3}", "Kim", "Eli", "gave it to {User:hidden}"),
    ] {
        let entry = saying(kind, action, actor, person);
        let again = opened(&export(&[entry], &style(Format::Json))).remove(0);
        assert_eq!(again.what_line(&catalogue, 80, Charset::Unicode).plain(), said, "{action}");
    }
    // A name with quotes is no label.
    let status =
        saying("ticket_status_changed", "{User:p2}: from \"Open\" to \"Pending\"", "Kim", "a \"b\" c");
    let again = opened(&export(&[status], &style(Format::Json))).remove(0);
    assert_eq!(again.what_line(&catalogue, 80, Charset::Unicode).plain(), "Open → Pending");
}

#[tokio::test]
async fn an_entry_without_its_json_says_the_same_when_it_is_opened_again() {
    let mut entries = demo(4_478_963, 400).await;
    entries.extend(demo(255_762, 400).await);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.stamp()));
    let bare: Vec<Entry> = entries.iter().map(without_json).collect();
    for format in [Format::Json, Format::Ndjson] {
        let style = Style { personal: Personal::Shown, ..style(format) };
        let again = opened(&export(&bare, &style));
        assert_eq!(again.len(), bare.len());
        for (one, two) in bare.iter().zip(&again) {
            assert!(one.is_same(two) && one.actor == two.actor && one.included == two.included);
            assert_eq!(one.stamp().unwrap().exact_with_date(), two.stamp().unwrap().exact_with_date());
        }
        assert_same_twice(&bare, Format::Json, "without JSON");
    }
    let unread = Entry {
        flaw: Some(ticketlog::model::text::Untrusted::new("too large")),
        ..without_json(&decoded("{}"))
    };
    for format in [Format::Json, Format::Ndjson] {
        let text = export(std::slice::from_ref(&unread), &style(format));
        assert!(text.contains("too large"), "{text}");
        assert_eq!(opened(&text).len(), 1);
    }
    assert_same_twice(
        &hostile().iter().map(without_json).collect::<Vec<_>>(),
        Format::Json,
        "hostile without JSON",
    );
}

#[tokio::test]
async fn json_in_ascii_alone_says_the_same() {
    for entries in [demo(4_484_618, 400).await, demo(666, 400).await, hostile()] {
        for format in [Format::Json, Format::Ndjson] {
            for style in styles(format) {
                let text = export(&entries, &style);
                let in_ascii = Style { charset: Charset::Ascii, ..style };
                let ascii = export(&entries, &in_ascii);
                assert!(ascii.is_ascii() && ascii != text);
                // Nothing is lost on either way.
                let again = |text: &str| export(&opened(text), &in_ascii);
                assert!(again(&text) == again(&ascii), "{format:?}");
                assert!(format == Format::Ndjson || again(&ascii) == ascii, "the same file again");
            }
        }
    }
}
