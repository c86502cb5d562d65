//! The program that waits: what it prints, and its exit codes.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use ticketlog::{
    export::Format,
    model::{
        failure::{FailureKind, Retry},
        follow::Follow,
    },
    shell::{
        export::{End, GoingOn, Plan, Progress, export},
        passage::{Order, Source, Wanted},
    },
};

use crate::{
    canary,
    support::{Never, client, plan, wanted},
};

fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.arg("wait").args(args).env_clear().env("XDG_CONFIG_DIRS", "/nonexistent").stdin(Stdio::null());
    let output = canary::output(&mut command);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_first_entry_after_a_time_is_printed_at_once() {
    let args = ["--demo", "255762", "--for", "assigned,status", "--after", "2023-12-01", "--format", "table"];
    let (code, out, said) = run(&args);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert_eq!(out, "2023-12-13 22:11  assigned        Garrick Ollivander        took it\n");
    let after = "2023-12-13T22:11:39.031395Z";
    let (_, out, _) = run(&["--demo", "255762", "--for", "assigned,status", "--after", after]);
    assert_eq!(out.lines().count(), 1);
    assert!(out.contains("ticket_status_changed"), "later than the time, and not at it: {out}");
}

#[test]
fn what_arrives_is_printed_and_nothing_that_was_there() {
    let (code, out, said) =
        run(&["--demo", "4484700", "--for", "read", "--interval", "5", "--timeout", "2m"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert_eq!(out.lines().count(), 1);
    assert!(out.contains("\"ticket_read\""), "{out}");
}

#[test]
fn when_nothing_comes_in_time_the_exit_code_says_so() {
    for more in [&[][..], &["--after", "2023-12-14"], &["--kind", "bot", "--after", "2000-01-01"]] {
        let args = [&["--demo", "255762", "--for", "reply", "--timeout", "1s"][..], more].concat();
        let (code, out, said) = run(&args);
        assert_eq!((code, out.as_str(), said.as_str()), (Some(6), "", "ticketlog: Nothing came in time.\n"));
    }
}

#[test]
fn trouble_is_waited_out_and_told_and_a_refusal_is_not() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", server.local_addr().unwrap());
    // Ends with the test.
    thread::spawn(move || {
        for stream in server.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.args(["wait", "7", "--for", "reply", "--timeout", "6s", "--base-url", &base]);
    command.env_clear().env("XDG_CONFIG_DIRS", "/nonexistent").env("TICKETLOG_ACCESS_TOKEN", "CANARY");
    let output = canary::output(command.stdin(Stdio::null()));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(6), "{said}");
    assert!(said.contains("Nothing came in time. The last try failed: "), "{said}");
    let (code, _, said) = run(&["--demo", "99", "--for", "reply", "--timeout", "1m"]);
    assert_eq!((code, said.lines().count()), (Some(5), 1), "{said}");
}

/// Answers one request of a log that holds so many entries.
fn answer(server: &TcpListener, entries: usize) {
    let mut stream = server.accept().unwrap().0;
    let _ = stream.read(&mut [0; 4096]);
    let entry =
        |n| format!(r#"{{"actionString":"entry {n}","actionType":"note","time":"2024-01-01T00:0{n}:00Z"}}"#);
    let entries: Vec<String> = (0..entries).rev().map(entry).collect();
    let body = format!(r#"{{"data":[{}],"errorCode":-1,"errorText":null}}"#, entries.join(","));
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
    let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
}

#[tokio::test]
async fn a_server_that_goes_and_comes_back_ends_no_wait() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    let source = Source::Ticket(client(&format!("http://{address}"), "CANARY"), 7);
    // Answers twice and is gone.
    thread::spawn(move || (0..2).for_each(|_| answer(&server, 2)));
    let follow = Follow::new(Duration::from_millis(20), false);
    let plan = Plan {
        wanted: Wanted { limit: Some(1), ..wanted(Order::Arriving) },
        is_bare: true,
        going_on: Some(GoingOn { follow, is_patient: true }),
        ..plan(Order::Arriving, Format::Ndjson)
    };
    let (mut out, mut troubles) = (Vec::new(), 0);
    let hear = |told: Progress<'_>| {
        let Progress::Waits(failure, _) = told else { return };
        assert_eq!((failure.kind, failure.retry), (FailureKind::Trouble, Retry::Never));
        troubles += 1;
        if troubles == 1 {
            let server = TcpListener::bind(address).unwrap();
            // Ends with the test.
            thread::spawn(move || (3..9).for_each(|entries| answer(&server, entries)));
        }
    };
    let outcome = export(plan, &source, &mut out, &mut Never, hear).await;
    assert!(matches!(outcome.end, End::Done), "{:?}", outcome.end);
    let out = String::from_utf8(out).unwrap();
    assert!(troubles > 0 && out.lines().count() == 1 && out.contains("entry "), "{out}");
}
