//! The program that waits: what it prints, and its exit codes.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    process::{Command, Stdio},
    thread,
};

use crate::canary;

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
