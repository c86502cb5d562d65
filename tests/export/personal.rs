//! Names are in an export; e-mail addresses, identifiers and ids are not, unless they are asked for.

use ticketlog::{
    export::{Format, Style},
    model::{entry::Entry, json::Personal, text::Untrusted},
};

use crate::support::{decoded, demo, export, style, without_json};

const FORMATS: [Format; 5] = [Format::Ndjson, Format::Json, Format::Csv, Format::Markdown, Format::Table];

/// Secrets in every place that may hold one, also spelled in other ways.
const ENTRY: &str = r#"{"actionString":"gave it to {User:secret-1}, {\u0055ser:secret-2}, {User:secret-3} {Tag:secret-4} {Category:secret-5}",
    "actionType":"x","includedItems":{"users":[{"id":"secret-1","name":"Trent","email":"secret-6@example.org","customIdentifier":"secret-7"},
    {"id":"secret-2","name":"a}b"}],"tags":[{"id":"secret-4","name":"VIP"}],"categories":[]},"time":"2023-12-13T22:11:52Z",
    "user":{"id":"secret-8","name":"Mallory","EMAIL":"secret-9@example.org","email":"secret-10","status":"client","customIdentifier":"secret-11"},
    "replyId":"secret-12","owner_ids":["secret-13"],"e\u006dailAddress":{"x":"secret-14"},"note":"\u007bUser:secret-15\u007D"}"#;

#[test]
fn nothing_personal_is_in_any_format_unless_it_is_asked_for() {
    let entry = decoded(&ENTRY.replace('\n', ""));
    for entry in [entry.clone(), without_json(&entry)] {
        for format in FORMATS {
            let masked = export(std::slice::from_ref(&entry), &style(format));
            assert!(!masked.contains("secret"), "{format:?}: {masked}");
            assert!(masked.contains("Mallory") && masked.contains("Trent"), "{format:?}: {masked}");
            let style = Style { personal: Personal::Shown, ..style(format) };
            let shown = export(std::slice::from_ref(&entry), &style);
            assert!(shown.contains("secret-3"), "an id that nothing resolves, {format:?}: {shown}");
            let is_whole = matches!(format, Format::Ndjson | Format::Json | Format::Csv);
            assert_eq!(shown.contains("secret-8") && shown.contains("secret-11"), is_whole, "{format:?}");
        }
    }
}

#[tokio::test]
async fn no_address_and_no_id_of_a_log_is_in_its_export() {
    for ticket in [4_478_963, 255_762, 4_484_618] {
        let entries = demo(ticket, 400).await;
        let people = |entry: &Entry| {
            let included = entry.included.iter().flat_map(|included| &included.users);
            included.chain(&entry.actor).cloned().collect::<Vec<_>>()
        };
        let people: Vec<_> = entries.iter().flat_map(people).collect();
        let emails = people.iter().filter_map(|user| user.email.as_ref());
        let identifiers = people.iter().filter_map(|user| user.custom_identifier.as_ref());
        let secrets: std::collections::BTreeSet<&str> = emails
            .chain(identifiers)
            .chain(people.iter().map(|user| &user.id))
            .map(Untrusted::raw_for_export)
            .collect();
        assert!(secrets.len() > 3);
        for format in FORMATS {
            let text = export(&entries, &style(format));
            for secret in &secrets {
                assert!(!text.contains(*secret), "{format:?} {secret}");
            }
        }
    }
}
