//! The search for secrets finds them: otherwise no test here shows anything.

use std::{fs, process::Command};

use crate::{
    canary,
    session::{Session, ran},
};

fn shell(script: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script]).stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command
}

#[test]
#[should_panic(expected = "a secret stands in standard output")]
fn a_secret_on_standard_output_is_found() {
    ran(&mut shell("echo x-$(printf CAN)ARY-x"));
}

#[test]
#[should_panic(expected = "a secret stands in standard error")]
fn a_secret_on_standard_error_is_found() {
    ran(&mut shell("echo x-$(printf CAN)ARY-x >&2"));
}

#[test]
#[should_panic(expected = "a secret stands in a command line")]
fn a_secret_in_a_command_line_is_found() {
    let mut child = shell("echo CANARY; read x").spawn().unwrap();
    let found = std::panic::catch_unwind(|| canary::search_command_lines(child.id()));
    child.kill().unwrap();
    child.wait().unwrap();
    std::panic::resume_unwind(found.unwrap_err());
}

#[test]
#[should_panic(expected = "a secret stands in ")]
fn a_secret_in_the_trace_is_found() {
    let session = Session::new();
    session.run(&["7"]).fine();
    let traced = fs::read_to_string(session.trace()).unwrap();
    fs::write(session.trace(), format!("{traced}CANARY-refresh-0")).unwrap();
}

/// C25
#[test]
fn the_trace_tells_of_each_exchange_and_where_the_token_comes_from() {
    let session = Session::new();
    session.run(&["7"]).fine();
    session.server.told().withdraw();
    session.run(&["7"]).fine();
    let traced = fs::read_to_string(session.trace()).unwrap();
    let lines: Vec<&str> = traced.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    let expected = [
        "credential: refresh token of TICKETLOG_REFRESH_TOKEN",
        "POST /token attempt=1 status=200",
        "POST /tickets/7/log skip=0 take=50 types=all attempt=1 status=200",
        "credential: refresh token of TICKETLOG_REFRESH_TOKEN",
        "POST /tickets/7/log skip=0 take=50 types=all attempt=1 status=401",
        "POST /token attempt=1 status=200",
        "POST /tickets/7/log skip=0 take=50 types=all attempt=2 status=200",
    ];
    assert_eq!(lines.len(), expected.len(), "{traced}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}: {expected}");
    }
}

#[test]
fn the_doctor_exchanges_the_same_token_and_says_where_it_is_from() {
    let session = Session::new();
    let said = session.run(&["doctor"]).fine();
    for line in [
        "ok    token        refresh token of TICKETLOG_REFRESH_TOKEN",
        "ok    token made   an access token",
        "ok    token used   the server accepts",
    ] {
        assert!(said.out.contains(line), "{line}: {said:?}");
    }
    session.server.told().withdraw();
    session.run(&["doctor"]).fine();
    assert_eq!(session.redeemed(), 2, "a token that is refused is renewed once");
    let before = session.server.told().asked.len();
    let said = ran(&mut session.bare(&["doctor"])).fails_with(3, "FAIL  token        No token for 127.0.0.1");
    assert!(said.out.contains("ok    server       an API answers"), "{said:?}");
    assert_eq!(session.server.told().asked[before..], [""], "asked once, without a token");
    let mut command = session.bare(&["doctor"]);
    command.env("TICKETLOG_REFRESH_TOKEN", "CANARY-wrong");
    let said = ran(&mut command).fails_with(3, "FAIL  token made   127.0.0.1");
    for line in ["ok    server       an API answers", "-     token used   not tried without an access token"]
    {
        assert!(said.out.contains(line), "{line}: {said:?}");
    }
}
