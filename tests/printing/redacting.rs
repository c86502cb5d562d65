//! Names that stand in no entry, and names of nothing.

use std::fs;

use ticketlog::{
    assets,
    export::Format,
    model::{
        failure::Failure,
        redaction::{Redaction, Scope},
        text::Charset,
    },
    shell::{
        export::{End, Plan, Progress, Redacting, export},
        passage::{Order, Source},
    },
};

use crate::{
    running::{answering, at, entries, entry, ok, program, response, told},
    support::{Never, client, file, plan},
};

#[tokio::test]
async fn the_owner_of_a_ticket_who_is_in_no_entry_is_known_before_anything_is_printed() {
    let ticket = r#"{"title":"Zebulon Quirk never called","lockedBy":{"name":"Zebulon Quirk"}}"#;
    let log = r#"[{"actionString":"wants Zebulon back","actionType":"note","time":"2024-01-01T00:00:00Z",
        "user":{"id":"1","name":"Luna Lovegood","status":"client"}}]"#;
    let base = answering(move |asked, _| ok(if asked.contains("/log") { log } else { ticket }));
    for format in [Format::Markdown, Format::Table, Format::Ndjson, Format::Json, Format::Csv] {
        let source = Source::Ticket(client(&base, "CANARY"), 1);
        let catalogue = assets::action_types().unwrap();
        let redacting = Redacting::new(Redaction::new(Scope::Everyone, &catalogue), catalogue);
        let plan = Plan { redacting: Some(redacting), ..plan(Order::NewestFirst, format) };
        let mut out = Vec::new();
        let outcome = export(plan, &source, &mut out, &mut Never, |_| ()).await;
        assert!(matches!(outcome.end, End::Done));
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("Client 1") && text.contains("wants"), "{text}");
        assert!(!text.contains("Zebulon") && !text.contains("Quirk"), "{format:?}: {text}");
    }
}

/// People in every member that the reference does not document, and in the place of people as texts.
const STRANGE: &str = r#"[
    {"actionString":"Moonbeam Xeno asked Pansy, crabbe and Millicent of Support for Draco Malfoy: price, Sales",
        "actionType":"note","time":"2024-01-01T00:00:04Z",
        "user":{"id":"u1","name":"Luna Lovegood","status":"client","displayName":"Moonbeam","lastName":"Xeno","score":7},
        "onBehalfOf":{"name":"Draco Malfoy"},
        "assignee":{"id":"u9","name":"Pansy Parkinson","team":{"id":3,"name":"Sales"}},
        "includedItems":{"users":[],"tags":["Sales",{"id":5,"name":"price","color":"red"}],
            "categories":[{"id":1,"name":"Legal","parents":[{"id":2,"name":"Law","lead":"Bole"}]}],
            "agents":[{"name":"Vincent Crabbe"}],"teams":[{"id":4,"name":"Support"}]},
        "isNew":true,"Zeb Quirk":5,"Åse":{},"is_ok-2.b":1},
    {"actionString":"for Goyle","actionType":"note","time":"2024-01-01T00:00:03Z","user":"Gregory Goyle"},
    {"actionString":"for Millicent","actionType":"note","time":"2024-01-01T00:00:02Z",
        "user":[{"id":"u1","name":"Luna Lovegood"}],"includedItems":{"users":["Millicent Bulstrode",7]}},
    {"actionString":["for Pansy"],"actionType":7,"time":1704067200,"user":{"name":{"first":"Terence"},"status":"boss"}},
    "Adrian Pucey",
    {"actionString":"for Terence","actionType":"note","time":"2024-01-01T00:00:00Z","user":null}]"#;

/// A log as it is exported with the names replaced.
async fn redacted(log: &str, format: Format) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.json");
    fs::write(&path, log).unwrap();
    let source = file(&path);
    let catalogue = assets::action_types().unwrap();
    let redacting = Redacting::new(Redaction::new(Scope::Everyone, &catalogue), catalogue);
    let plan = Plan { redacting: Some(redacting), ..plan(Order::NewestFirst, format) };
    let mut out = Vec::new();
    let outcome = export(plan, &source, &mut out, &mut Never, |_| ()).await;
    assert!(matches!(outcome.end, End::Done), "{:?}", outcome.end);
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn of_members_that_nobody_documents_no_value_comes_out_and_no_name_in_a_text() {
    let expected = [
        r#"{"actionString":"Client 1 Client 1 asked (name), (name) and (name) of Support for (name): price, Sales",
        "actionType":"note","time":"2024-01-01T00:00:04Z",
        "user":{"id":null,"name":"Client 1","status":"client","displayName":null,"lastName":null,"score":null},
        "onBehalfOf":null,"assignee":null,
        "includedItems":{"users":[],"tags":["Sales",{"id":null,"name":"price","color":"red"}],
        "categories":[{"id":null,"name":"Legal","parents":[{"id":null,"name":"Law","lead":null}]}],
        "agents":null,"teams":null},"isNew":null,"(member)":null,"(member)":null,"is_ok-2.b":null}"#,
        r#"{"actionString":"for (name)","actionType":"note","time":"2024-01-01T00:00:03Z","user":null}"#,
        r#"{"actionString":"for (name)","actionType":"note","time":"2024-01-01T00:00:02Z","user":null,
        "includedItems":{"users":[null,null]}}"#,
        r#"{"actionString":null,"actionType":null,"time":null,"user":{"name":null,"status":"boss"}}"#,
        "null",
        r#"{"actionString":"for (name)","actionType":"note","time":"2024-01-01T00:00:00Z","user":null}"#,
    ];
    for format in [Format::Json, Format::Ndjson, Format::Csv, Format::Table, Format::Markdown] {
        let text = redacted(STRANGE, format).await;
        if format == Format::Json {
            let elements = expected.map(|element| element.replace("\n        ", ""));
            assert_eq!(text, format!("[\n{}\n]\n", elements.join(",\n")));
        }
        for name in
            "Moonbeam Xeno Draco Malfoy Pansy Parkinson Bole Crabbe Goyle Millicent Terence Pucey".split(' ')
        {
            assert!(!text.contains(name), "{format:?}: {name} in {text}");
        }
    }
}

#[tokio::test]
async fn an_id_is_known_in_a_text_wherever_it_stands() {
    let log = r#"[
        {"actionString":"654321 of Law, kx99 for zq77x, u-4711 and ab12cd, 9876 in 2024 and red","actionType":"note",
            "time":"2024-01-01T00:00:04Z","user":{"id":"u1","name":"Luna Lovegood","status":"team"},
            "includedItems":{"categories":[{"id":1,"name":"Legal","parents":[{"id":654321,"name":"Law"}]}]}},
        {"actionString":"wrote","actionType":"note","time":"2024-01-01T00:00:03Z","user":null,"lockedBy":"zq77x",
            "assignee":{"userName":"kx99"},"agentId":"u-4711","userIds":["ab12cd",9876],"colourId":"red"}]"#;
    for format in [Format::Json, Format::Ndjson, Format::Csv, Format::Markdown] {
        let text = redacted(log, format).await;
        let expected = "(id) of Law, (id) for (id), (id) and (id), (id) in 2024 and red";
        assert!(text.contains(expected), "{format:?}: {text}");
    }
}

#[tokio::test]
async fn the_address_of_the_server_and_the_number_of_the_ticket_stay_in_a_failure() {
    let base = answering(move |_, _| {
        let why =
            r#"{"data":null,"errorCode":7,"errorText":"no 4478963, x@127.0.0.1, 44789631, +47 4478963"}"#;
        response("404 Not Found", why)
    });
    let host = base.trim_start_matches("http://");
    let source = Source::Ticket(client(&base, "CANARY"), 4_478_963);
    let catalogue = assets::action_types().unwrap();
    let redacting = Redacting::new(Redaction::new(Scope::Everyone, &catalogue), catalogue);
    let plan = Plan { redacting: Some(redacting), ..plan(Order::NewestFirst, Format::Ndjson) };
    let outcome = export(plan, &source, &mut Vec::new(), &mut Never, |_| ()).await;
    let End::Failed(failure) = outcome.end else { panic!("{:?}", outcome.end) };
    let told = failure.sentence.one_line(400, Charset::Unicode).plain();
    assert!(told.starts_with(&format!("{host} knows no ticket 4478963: ")), "{told}");
    assert!(!told.contains("x@") && !told.contains("44789631"), "{told}");
}

#[tokio::test]
async fn what_the_server_says_of_a_failure_names_nobody() {
    let why =
        r#"{"data":null,"errorCode":7,"errorText":"locked by Luna Lovegood, luna@x.example, 12345678"}"#;
    let words = |failure: &Failure| failure.sentence.one_line(400, Charset::Unicode).plain();
    for (status, hides) in [("400 Bad Request", false), ("400 Bad Request", true), ("503 Busy", true)] {
        let base = answering(move |_, number| match number {
            0 => ok(&entries(199, 50)),
            _ => response(status, why),
        });
        let source = Source::Ticket(client(&base, "CANARY"), 1);
        let catalogue = assets::action_types().unwrap();
        let redacting = Redacting::new(Redaction::new(Scope::Everyone, &catalogue), catalogue);
        let plan = Plan { redacting: hides.then_some(redacting), ..plan(Order::NewestFirst, Format::Ndjson) };
        let mut told = Vec::new();
        let hear = |progress: Progress<'_>| {
            if let Progress::Waits(failure, _) = progress {
                told.push(words(failure));
            }
        };
        let outcome = export(plan, &source, &mut Vec::new(), &mut Never, hear).await;
        let End::Failed(failure) = outcome.end else { panic!("{:?}", outcome.end) };
        told.push(words(&failure));
        assert_eq!(told.len() > 1, status.starts_with("503"), "{told:?}");
        for sentence in told {
            let named = ["Luna", "luna@", "12345678"].map(|secret| sentence.contains(secret));
            assert_eq!(named, [!hides; 3], "{status}: {sentence}");
        }
    }
}

/// The head's own words stay: types, times and kinds name nobody, whatever people are called.
#[test]
fn of_what_narrows_an_export_only_what_was_typed_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.json");
    fs::write(&path, format!("[{}]", entry(7, "Luna Until Read"))).unwrap();
    let flags = "--actor luna --grep !12345678 --hide ticket_read,x_luna --kind client --since 2023-12-31T23:59:58 \
        --until 2024-05-31T12:34:56 --format table";
    let head = |more: &[&str]| {
        let args: Vec<&str> =
            ["export", path.to_str().unwrap()].into_iter().chain(flags.split_whitespace()).collect();
        let (code, out, told) = told(&program(&[&args, more].concat()).env("TZ", "UTC").output().unwrap());
        assert_eq!(code, Some(0), "{told}");
        let words = out.lines().next().unwrap().split_once("times in UTC, ").unwrap();
        words.1.to_owned()
    };
    let plain = "without read, x luna, clients only, luna only, since 31 Dec 2023 23:59 until 31 May 2024 12:34, \
        not \"12345678\"";
    assert_eq!(head(&[]), plain);
    let replaced = plain.replace("luna", "Client 1").replace("12345678", "(number)");
    assert_eq!(head(&["--redact"]), replaced);
}

#[test]
fn the_owner_who_stands_in_the_head_is_one_of_the_names_that_are_counted() {
    let ticket = r#"{"title":"Price","lockedBy":{"name":"Severus Snape"}}"#;
    let log = entries(7, 1);
    for (flags, names) in [
        (["--format", "markdown"], "2 names; --redact replaces them"),
        (["--format=csv", "--head"], "2 names; --redact replaces them"),
        (["--format", "csv"], "1 name; --redact replaces it"),
    ] {
        let log = log.clone();
        let base = answering(move |asked, _| ok(if asked.contains("/log") { &log } else { ticket }));
        let (code, _, told) = told(&at(&base, &[&["export", "7"], &flags[..]].concat()).output().unwrap());
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains(&format!("It contains {names}.")), "{flags:?}: {told}");
    }
}

#[tokio::test]
async fn who_has_a_number_for_an_id_and_who_is_told_as_a_text_are_known_everywhere() {
    let log = r#"[{"actionString":"to Zebulon and Millicent","actionType":"note","time":"2024-01-01T00:00:02Z",
        "user":{"id":4711,"name":"Zebulon Quirk","status":"client"},"includedItems":{"users":"Millicent Bulstrode"}}]"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.json");
    fs::write(&path, log).unwrap();
    let (code, out, told) =
        told(&program(&["export", path.to_str().unwrap(), "--redact", "--format", "json"]).output().unwrap());
    assert_eq!(code, Some(0), "{told}");
    let expected = r#"[{"actionString":"to Client 1 and (name)","actionType":"note","time":"2024-01-01T00:00:02Z",
        "user":{"id":null,"name":"Client 1","status":"client"},"includedItems":{"users":null}}]"#;
    assert_eq!(out.replace('\n', ""), expected.replace("\n        ", ""));
}
