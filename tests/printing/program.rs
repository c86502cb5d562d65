//! The program: what it prints, and what it says of it.

use std::fs;

use crate::{
    canary,
    running::{answering, at, entries, ok, response, run, told},
};

#[test]
fn into_a_pipe_goes_ndjson_and_standard_error_says_what_it_is_and_what_came_of_it() {
    let (code, out, said) = run(&["export", "--demo", "--types", "reply"]);
    assert_eq!(code, Some(0));
    assert!(out.lines().all(|line| line.starts_with('{') && line.contains("reply_created")));
    let entries = out.lines().count();
    let lines: Vec<&str> = said.lines().collect();
    let [first, ticket, as_of, tally, names] = lines[..] else { panic!("{said}") };
    assert!(first.starts_with("ticketlog: #4478963, newest first, times in "), "{said}");
    assert!(first.ends_with(", only reply"), "{said}");
    assert!(ticket.starts_with("ticketlog: ticket: ") && ticket.contains("New car price list"), "{said}");
    assert!(as_of.starts_with("ticketlog: as of 2") && as_of.contains(", ticketlog "), "{said}");
    assert_eq!(tally, format!("ticketlog: {entries} entries, 0 hidden, complete"));
    assert!(names.starts_with("ticketlog: It contains ") && names.contains("names; --redact"), "{said}");
    assert!(!out.contains('@'), "no address");
}

#[test]
fn with_head_the_file_says_it_and_standard_error_does_not() {
    for (format, marks) in [("csv", "#,"), ("ndjson", "{")] {
        let (code, out, said) = run(&["export", "--demo", "255762", "--head", "--format", format]);
        assert_eq!(code, Some(0));
        assert!(out.starts_with(marks) && out.contains("complete"), "{out}");
        assert!(!said.contains("complete") && said.contains("2 names"), "{said}");
    }
}

#[test]
fn what_a_file_does_not_say_standard_error_says_and_it_is_text_alone() {
    let ticket =
        r#"{"title":"\u001b[2J\u202ePay\u0007 now\nticketlog: done","lockedBy":{"name":"Luna Lovegood"}}"#;
    for (format, more) in [("ndjson", ""), ("csv", ""), ("json", ""), ("json", "--head"), ("csv", "--redact")]
    {
        let base =
            answering(move |asked, _| if asked.contains("/log") { ok(&entries(9, 1)) } else { ok(ticket) });
        let args = ["export", "7", "--format", format, more];
        let args = &args[..args.len() - usize::from(more.is_empty())];
        let (code, out, said) = told(&canary::output(&mut at(&base, args)));
        assert_eq!((code, said.lines().count()), (Some(0), 5), "{said}");
        assert!(said.contains("ticket: ") && said.contains("1 entry, 0 hidden, complete"), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{}", said.escape_debug());
        assert!(said.lines().all(|line| line.starts_with("ticketlog: ")), "{said}");
        assert!(!out.contains("Pay"), "{out}");
        if more == "--redact" {
            assert!(said.contains("names replaced") && !said.contains("Luna"), "{said}");
            assert!(said.contains("ticket: Client 1"), "{said}");
        } else {
            assert!(said.contains("Luna Lovegood"), "{said}");
        }
    }
}

#[test]
fn what_the_server_does_not_tell_of_the_ticket_fails_no_export() {
    let base =
        answering(
            |asked, _| {
                if asked.contains("/log") { ok(&entries(9, 1)) } else { response("403 Forbidden", "") }
            },
        );
    for format in ["ndjson", "csv", "json", "markdown", "table"] {
        let (code, out, said) = told(&canary::output(&mut at(&base, &["export", "7", "--format", format])));
        assert_eq!(code, Some(0), "{said}");
        assert!(!out.contains("ticket: ") && !said.contains("ticket: "), "{out}{said}");
    }
}

#[test]
fn what_was_exported_is_read_again_and_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for personal in [&[][..], &["--with-personal-data"]] {
        let (first, again) = (at("first.json"), at("again.json"));
        let one = [&["export", "--demo", "-o", &first, "--force"][..], personal].concat();
        let two = [&["export", &first, "-o", &again, "--force"][..], personal].concat();
        assert_eq!((run(&one).0, run(&two).0), (Some(0), Some(0)));
        let (first, again) = (fs::read_to_string(&first).unwrap(), fs::read_to_string(&again).unwrap());
        assert!(first == again && first.len() > 10_000);
        assert_eq!(first.contains('@'), !personal.is_empty());
    }
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_asked() {
    for (args, words) in [
        (&["export"][..], "TICKET|FILE"),
        (&["export", "-", "--follow"], "--follow goes on until it is stopped"),
        (&["export", "7", "--force"], "--output"),
        (&["export", "7", "--limit", "0"], "give 1 at least"),
        (&["export", "7", "--legend", "x"], "--redact"),
        (&["export", "7", "--redact", "--with-personal-data"], "contradict"),
        (&["export", "--demo", "no-such-file"], "--demo takes the number of a sample ticket"),
        (&["export", "no-such-file"], "no-such-file"),
        (&["export", "--demo", "--format", "xml"], "xml"),
        (&["--demo", "--redact"], "--redact needs the screen here. ticketlog export TICKET --redact"),
        (&["wait", "7"], "--for"),
        (&["wait", "--demo", "--for", "replay"], "--for: \"replay\" is no action type. Did you mean reply?"),
        (&["wait", "--demo", "--for", "reply", "--timeout", "1d"], "90s"),
    ] {
        let (code, out, said) = run(args);
        assert!(code == Some(2) || code == Some(1), "{args:?}: {code:?}");
        assert_eq!((out.len(), said.lines().count()), (0, 1), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
}
