//! Tokens on a terminal: the question for one, whose answer is not shown; a program that asks something before it
//! prints one; leaving while one is exchanged. The terminal is as before on every way out.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use rustix::process::{Signal, test_kill_process};
use tempfile::TempDir;

use crate::{
    pty::Terminal,
    token_server::{CLIENT_ID, SEED, TokenServer},
};

fn asked(server: &TokenServer, folder: &TempDir) -> Terminal {
    let (url, token_url) = (server.url(), format!("{}/token", server.url()));
    let env = [
        ("TICKETLOG_STATE", folder.path().to_str().unwrap()),
        ("TICKETLOG_BASE_URL", &url),
        ("TICKETLOG_TOKEN_URL", &token_url),
        ("TICKETLOG_CLIENT_ID", CLIENT_ID),
    ];
    let mut terminal = Terminal::start(120, 10, &["auth", "login"], &env);
    terminal.sees("Everything that runs as the Unix account ").sees("Refresh token for 127.0.0.1");
    terminal
}

#[test]
fn a_token_that_is_typed_is_kept_and_never_shown() {
    let (server, folder) = (TokenServer::start(), TempDir::new().unwrap());
    let mut terminal = asked(&server, &folder);
    terminal.types(format!("x\x7fwrong\x15{SEED}\r").as_bytes());
    assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
    assert!(terminal.screen().contains("Logged in to 127.0.0.1"), "{}", terminal.screen());
    terminal.assert_restored();
    assert_eq!(server.told().redeemed, 1);
}

#[test]
fn who_does_not_want_to_answer_keeps_nothing() {
    let (server, folder) = (TokenServer::start(), TempDir::new().unwrap());
    let mut terminal = asked(&server, &folder);
    terminal.types(b"CANARY-half\x03");
    assert_eq!(terminal.end().exit_code(), 130);
    terminal.assert_restored();
    assert_eq!(server.told().exchanges.len(), 0);
}

/// The signals that end the program, and its exit code then.
const SIGNALS: [(Signal, u32); 4] =
    [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 131)];

#[test]
fn a_signal_at_the_question_leaves_the_terminal_as_it_was() {
    let server = TokenServer::start();
    for (signal, code) in SIGNALS {
        let folder = TempDir::new().unwrap();
        let mut terminal = asked(&server, &folder);
        terminal.types(b"CANARY-half");
        terminal.until_it("no echo", |terminal| terminal.modes() != terminal.before);
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), code, "{}", terminal.screen());
        assert_eq!(terminal.modes(), terminal.before, "{signal:?}");
    }
    assert_eq!(server.told().exchanges.len(), 0);
}

#[test]
fn the_question_is_not_stopped_and_takes_its_answer_afterwards() {
    let (server, folder) = (TokenServer::start(), TempDir::new().unwrap());
    let mut terminal = asked(&server, &folder);
    terminal.signal(Signal::TSTP);
    terminal.types(format!("{SEED}\r").as_bytes());
    assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
    terminal.assert_restored();
}

#[test]
fn a_signal_ends_the_program_that_asks_as_well_and_the_terminal_is_as_it_was() {
    let server = TokenServer::start();
    for (deaf, (signal, code)) in
        [false, true].into_iter().flat_map(|deaf| SIGNALS.map(|signal| (deaf, signal)))
    {
        let trap = if deaf { "trap '' INT TERM HUP QUIT; " } else { "" };
        let helper = Helper::new(&server, &format!("{trap}echo $$ > \"${{0%/*}}/pid\"; {ASKING}"));
        let mut terminal = helper.open("");
        terminal.sees("PIN:");
        let pid = fs::read_to_string(helper.file("pid")).unwrap();
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), code, "{}", terminal.screen());
        assert_eq!(terminal.modes(), terminal.before, "{signal:?}");
        let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
        assert!(test_kill_process(pid).is_err(), "{signal:?}: it is still there");
    }
    assert_eq!(server.told().exchanges.len(), 0);
}

/// The folder with a configuration and the program that it names.
struct Helper(TempDir);

impl Helper {
    fn new(server: &TokenServer, script: &str) -> Self {
        let helper = Self(TempDir::new().unwrap());
        let url = server.url();
        let text = format!(
            "base_url = \"{url}\"\ntoken_url = \"{url}/token\"\nclient_id = \"{CLIENT_ID}\"\n\
             token_command = [\"./helper\"]\n"
        );
        fs::write(helper.file("config.toml"), text).unwrap();
        fs::write(helper.file("helper"), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(helper.file("helper"), fs::Permissions::from_mode(0o700)).unwrap();
        helper
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn open(&self, fault: &str) -> Terminal {
        let (config, state) = (self.file("config.toml"), self.file("state"));
        let env = [
            ("TICKETLOG_CONFIG", config.to_str().unwrap()),
            ("TICKETLOG_STATE", state.to_str().unwrap()),
            ("TICKETLOG_FAULT", fault),
        ];
        Terminal::start(80, 24, &["7"], &env)
    }

    fn kept(&self) -> String {
        let files = fs::read_dir(self.file("state/tokens")).unwrap().map(|file| file.unwrap().path());
        let kept = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        kept.map(|path| fs::read_to_string(path).unwrap()).collect()
    }
}

const ASKING: &str = "stty -echo; printf 'PIN: ' >&2; read pin; stty echo
test \"$pin\" = 1234 && printf '%s%s' CANARY -refresh-0";

#[test]
fn a_program_that_prints_a_token_can_ask_for_a_pin_before_the_screen_opens() {
    let server = TokenServer::start();
    let helper = Helper::new(&server, ASKING);
    let mut terminal = helper.open("");
    terminal.sees("PIN:");
    assert!(!terminal.bytes.contains(&0x1b), "{}", terminal.bytes.escape_ascii());
    terminal.keys("1234\r").sees("1 loaded").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
    assert!(!terminal.bytes.windows(4).any(|bytes| bytes == b"1234"));
    assert_eq!(server.told().redeemed, 1);
}

#[test]
fn who_interrupts_the_program_has_the_terminal_as_it_was() {
    let server = TokenServer::start();
    let helper = Helper::new(&server, ASKING);
    let mut terminal = helper.open("");
    terminal.sees("PIN:").types(b"12\x03");
    assert_eq!(terminal.end().exit_code(), 130);
    terminal.assert_restored();
    assert_eq!(server.told().exchanges.len(), 0);
}

#[test]
fn a_token_that_was_exchanged_while_the_user_left_is_kept() {
    let server = TokenServer::start();
    let helper = Helper::new(&server, "printf '%s%s' CANARY -refresh-0");
    server.told().holds = true;
    let mut terminal = helper.open("");
    server.until_exchanges(1);
    terminal.until_taken(true).keys("q").until_taken(false);
    server.told().holds = false;
    assert_eq!(terminal.end().exit_code(), 0);
    assert!(helper.kept().contains("CANARY-refresh-1"), "{}", helper.kept());
}

#[test]
fn a_token_that_ends_while_the_screen_is_open_is_renewed_without_a_word() {
    let server = TokenServer::start();
    let (folder, url) = (TempDir::new().unwrap(), server.url());
    let token_url = format!("{url}/token");
    let env = [
        ("TICKETLOG_STATE", folder.path().to_str().unwrap()),
        ("TICKETLOG_BASE_URL", &url),
        ("TICKETLOG_TOKEN_URL", &token_url),
        ("TICKETLOG_CLIENT_ID", CLIENT_ID),
        ("TICKETLOG_REFRESH_TOKEN", SEED),
    ];
    // The first run makes the token, which the second one finds.
    let mut terminal = Terminal::script("\"$T\" 7 | cat; exec \"$T\" 7", &env);
    terminal.until_taken(true).sees("1 loaded");
    server.told().withdraw();
    // What is still being loaded is not asked for anew.
    while server.told().exchanges.len() < 2 {
        terminal.keys("r").sees("1 loaded");
        std::thread::yield_now();
    }
    server.until_exchanges(2);
    terminal.until("the end of the refresh", |screen| !screen.contains("loading"));
    assert!(!terminal.screen().contains("401"), "{}", terminal.screen());
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert_eq!(server.told().redeemed, 2);
}

/// C27
#[test]
#[cfg(debug_assertions)]
fn no_report_of_a_bug_holds_a_token() {
    let server = TokenServer::start();
    server.told().rotates = false;
    for fault in ["panic-main", "panic-task", "panic-thread", "error"] {
        let helper = Helper::new(&server, "printf '%s%s' CANARY -refresh-0");
        let mut terminal = helper.open(fault);
        assert_eq!(terminal.end().exit_code(), if fault == "error" { 1 } else { 101 }, "{fault}");
        terminal.assert_restored();
    }
    assert_eq!(server.told().redeemed, 4);
}
