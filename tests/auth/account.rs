//! `ticketlog auth`, and what is said where there is no token.

use std::fs;

use serde_json::json;

use crate::{
    session::{Session, ran, ran_with},
    token_server::{CLIENT_ID, SEED},
};

#[test]
fn logging_in_keeps_a_token_that_works_and_logging_out_forgets_it() {
    let session = Session::new();
    let bare = |args: &[&str]| ran(&mut session.bare(args));
    let sentence =
        "Run ticketlog auth login (inbox: Settings, Installation, Public API), or try ticketlog --demo.";
    bare(&["7"]).fails(3, sentence);
    let said = session.log_in(&format!("{SEED}\n")).fine();
    assert!(said.out.contains("Everything that runs as the Unix account "), "{said:?}");
    bare(&["7"]).fine();
    let said = bare(&["auth", "status"]).fine();
    for word in [
        "account  127.0.0.1",
        "token    refresh token of ticketlog auth login",
        "until    60 minutes",
        "accepts it",
    ] {
        assert!(said.out.contains(word), "{word}: {said:?}");
    }
    assert_eq!(session.redeemed(), 1);
    assert!(bare(&["auth", "logout"]).fine().out.contains("Logged out"));
    assert!(session.files("json").is_empty());
    bare(&["7"]).fails(3, sentence);
    assert!(bare(&["auth", "logout"]).fine().out.contains("Nothing is kept"));
}

#[test]
fn a_login_keeps_its_client_id_for_every_later_command() {
    let session = Session::new();
    let without = |args: &[&str]| {
        let mut command = session.bare(args);
        command.env_remove("TICKETLOG_CLIENT_ID");
        command
    };
    ran(&mut without(&["auth", "login"])).fails(2, "needs the client id");
    ran_with(&mut without(&["auth", "login", "--client-id", CLIENT_ID]), SEED).fine();
    for args in [&["7"][..], &["auth", "status"], &["doctor"]] {
        ran(&mut without(args)).fine();
    }
    session.change("ends", json!(0));
    ran(&mut without(&["7"])).fine();
    assert_eq!(session.redeemed(), 2, "the exchange names the client id that was kept");
    assert_eq!(session.document()["client_id"], CLIENT_ID);
    let other = ran(&mut without(&["7", "--client-id", "client-8"]));
    other.fails(2, "The kept login is for the client id client-7, and --client-id names client-8.");
    assert_eq!(session.exchanges(), 2);
    ran_with(&mut without(&["auth", "login"]), "CANARY-refresh-2").fine();
    assert!(ran(&mut without(&["auth", "logout"])).fine().out.contains("Logged out"));
    assert!(session.files("json").is_empty());
    ran(&mut without(&["7"])).fails(3, "No token");
}

#[test]
fn a_token_that_does_not_work_is_not_kept_and_keeps_the_one_before() {
    let session = Session::new();
    session.log_in("CANARY-wrong").fails(3, "does not accept the refresh token");
    session.log_in("").fails(2, "no refresh token");
    session.log_in("CANARY two words").fails(2, "no refresh token");
    assert!(session.files("json").is_empty());
    session.log_in(SEED).fine();
    let kept = fs::read(session.file()).unwrap();
    session.log_in("CANARY-wrong").fails(3, "does not accept the refresh token");
    assert_eq!(fs::read(session.file()).unwrap(), kept);
}

/// C10
#[test]
fn a_login_that_cannot_be_kept_is_told_before_the_token_is_used_up() {
    let unwritable = |session: &Session| fs::write(&session.state, "").unwrap();
    let session = Session::new();
    unwritable(&session);
    let said =
        session.log_in(SEED).fails(1, "so none was sent and it is still good; make the folder writable");
    assert!(said.err.contains(&format!("no token can be kept in {}/tokens (", session.state.display())));
    // Every call that the system can refuse before the token is sent.
    let refused = |call: u32| {
        let session = Session::new();
        let mut command = session.bare(&["auth", "login"]);
        let said = ran_with(command.env("TICKETLOG_FAULT", format!("fail-account-{call}")), SEED);
        let is_early = session.exchanges() == 0;
        assert_eq!(said.code == Some(0), !is_early, "{call}: {said:?}");
        assert_eq!(session.files("json").is_empty(), is_early, "{call}: {said:?}");
        is_early
    };
    // The eighth is the lock, which not every file system has.
    let early: Vec<u32> = (1..=13).filter(|call| refused(*call)).collect();
    assert_eq!(early, [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13]);
    assert_eq!(session.exchanges(), 0);
}

#[test]
fn the_status_names_the_token_of_the_environment_and_whether_it_works() {
    let session = Session::new();
    let mut command = session.bare(&["auth", "status"]);
    command.env("TICKETLOG_ACCESS_TOKEN", "CANARY-nobody-knows");
    let said = ran(&mut command).fails(3, "HTTP 401");
    assert!(said.out.contains("access token of TICKETLOG_ACCESS_TOKEN"), "{said:?}");
    let said = session.run(&["auth", "status"]).fine();
    assert!(said.out.contains("refresh token of TICKETLOG_REFRESH_TOKEN"), "{said:?}");
    assert_eq!(session.exchanges(), 1);
}

#[test]
fn the_status_names_no_ticket_that_nobody_asked_for() {
    let session = Session::new();
    for (status, code, words) in [
        (403, 3, "the access token may not be used at 127.0.0.1"),
        (400, 4, "does not accept the request (HTTP 400); check the base URL"),
    ] {
        session.server.told().refuses = Some(status);
        let said = session.run(&["auth", "status"]).fails(code, words);
        assert!(!said.err.contains("ticket 1") && !said.err.contains("check ticket"), "{said:?}");
    }
    session.server.told().refuses = Some(404);
    assert!(session.run(&["auth", "status"]).fine().out.contains("server   accepts it"));
}

/// C01
#[test]
fn a_token_on_the_command_line_is_refused_without_a_word_of_it() {
    for args in [&["auth", "login", "CANARY"][..], &["auth", "CANARY"], &["--token", "CANARY"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_ticketlog")).args(args).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("history") && said.contains("make a new one"), "{said}");
        assert!(!said.contains("CANARY") && said.lines().count() == 1, "{said}");
    }
}

/// C31
#[test]
fn a_refresh_token_that_cannot_be_used_is_told_before_anything_is_sent() {
    let session = Session::new();
    let mut command = session.command(&["7"]);
    command.env_remove("TICKETLOG_CLIENT_ID");
    ran(&mut command).fails(2, "needs the client id");
    for token in ["CANARY\nX-Evil: 1", "CANARY 1", "CANARY-\u{e9}"] {
        let mut command = session.command(&["7"]);
        command.env("TICKETLOG_REFRESH_TOKEN", token);
        ran(&mut command).fails(2, "another character that no token has");
    }
    assert_eq!(session.exchanges(), 0);
}

/// C01
#[test]
fn no_flag_takes_a_secret() {
    let session = Session::new();
    for flag in ["--token", "--access-token", "--refresh-token"] {
        for args in [&["7", flag, "x"][..], &["auth", "login", flag, "x"], &["auth", "status", flag, "x"]] {
            assert_eq!(session.run(args).code, Some(2), "{args:?}");
        }
    }
}
