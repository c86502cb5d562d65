//! What is kept of a look at a ticket, and what the next look makes of it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
        mpsc,
    },
    thread,
};

use chrono::{DateTime, TimeDelta, Utc};
use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;
use ticketlog::demo::{Options, Server};

use crate::pty::Terminal;

/// The sample ticket that gains an entry every four seconds of its clock.
pub const GROWING: &str = "4484700";

/// A server whose clock stands still until it is told otherwise.
pub struct Growing {
    base_url: String,
    token: String,
    seconds: Arc<AtomicI64>,
    /// The server ends when this is dropped.
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Growing {
    pub fn start() -> Self {
        let (told, hears) = mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let seconds = Arc::new(AtomicI64::new(0));
        let passed = Arc::clone(&seconds);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let clock = Arc::new(move || noon() + TimeDelta::seconds(passed.load(Ordering::Relaxed)));
                let server = Server::start(Options { clock, ..Options::default() }).await.unwrap();
                told.send((server.base_url(), server.token().to_owned())).unwrap();
                let _ = stopped.await;
            });
        });
        let (base_url, token) = hears.recv().unwrap();
        Self { base_url, token, seconds, _stop: stop }
    }

    /// So many entries more.
    pub fn grow(&self, entries: i64) {
        self.seconds.fetch_add(4 * entries, Ordering::Relaxed);
    }

    pub fn open(&self, state: &TempDir, args: &[&str]) -> Terminal {
        let env = [
            ("TICKETLOG_STATE", state.path().to_str().unwrap()),
            ("TICKETLOG_BASE_URL", &self.base_url),
            ("TICKETLOG_ACCESS_TOKEN", &self.token),
        ];
        Terminal::start(80, 24, args, &env)
    }
}

fn noon() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2024-05-05T12:00:00Z").unwrap().to_utc()
}

fn env(state: &TempDir) -> [(&str, &str); 1] {
    [("TICKETLOG_STATE", state.path().to_str().unwrap())]
}

/// The names of all files of state, and what they hold.
fn kept(state: &TempDir) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(state.path())
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600,
                "{}",
                path.display()
            );
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn visit(state: &TempDir, ticket: &str) -> Value {
    let suffix = format!("-{ticket}.json");
    let file =
        kept(state).into_iter().find(|(name, _)| name.starts_with("visit-") && name.ends_with(&suffix));
    serde_json::from_str(&file.unwrap_or_else(|| panic!("no visit of {ticket}: {:?}", kept(state))).1)
        .unwrap()
}

fn ended(mut terminal: Terminal, code: u32) {
    assert_eq!(terminal.end().exit_code(), code, "{}", terminal.screen());
    terminal.assert_restored();
}

#[test]
fn the_second_start_tells_what_is_new_in_a_log_that_has_grown() {
    let (state, server) = (TempDir::new().unwrap(), Growing::start());
    let mut terminal = server.open(&state, &[GROWING]);
    terminal.sees("50 loaded");
    assert!(!terminal.screen().contains("new since"), "{}", terminal.screen());
    terminal.keys("q");
    ended(terminal, 0);
    server.grow(7);
    let mut terminal = server.open(&state, &[GROWING]);
    terminal.sees("── 7 new since ");
    let number = |screen: &str| screen.lines().find(|line| line.starts_with("── entry ")).map(str::to_owned);
    terminal
        .keys("L")
        .until("the eighth entry", |screen| number(screen).is_some_and(|it| it.contains("entry 8 of")));
    terminal.keys("q");
    ended(terminal, 0);
    let mut terminal = server.open(&state, &[GROWING]);
    terminal.sees("50 loaded").keys("j").sees("── entry 2 of");
    assert!(!terminal.screen().contains("new since"), "{}", terminal.screen());
    terminal.keys("q");
    ended(terminal, 0);
}

#[test]
fn every_way_out_keeps_the_visit_and_not_a_word_of_a_customer() {
    let none = (None, 0);
    let by_signal = [(Signal::HUP, 129), (Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, code) in by_signal.map(|(signal, code)| (Some(signal), code)).into_iter().chain([none]) {
        let state = TempDir::new().unwrap();
        let mut terminal = Terminal::start(80, 24, &["--demo"], &env(&state));
        terminal.sees("50 loaded");
        if let Some(signal) = signal {
            terminal.signal(signal);
        } else {
            terminal.keys("q");
        }
        ended(terminal, code);
        let visit = visit(&state, "4478963");
        assert_eq!(visit["entry"]["time"], "2023-12-13T23:24:40.605569800Z", "{signal:?}");
        for (name, text) in kept(&state) {
            for word in ["Garrick", "Ollivander", "Potter", "price", "Sales", "reply sent"] {
                assert!(!text.contains(word), "{name}: {text}");
            }
        }
    }
}

#[test]
fn a_dropped_line_keeps_the_visit_also_with_the_main_loop_blocked() {
    for script in ["exec \"$T\" --demo", "trap '' HUP; \"$T\" --demo; exit $?"] {
        for fault in [None, Some(("TICKETLOG_FAULT", "block-main"))] {
            let state = TempDir::new().unwrap();
            let variables: Vec<_> = env(&state).into_iter().chain(fault).collect();
            let mut terminal = Terminal::script(script, &variables);
            terminal.sees("50 loaded").hang_up();
            assert_eq!(terminal.end().exit_code(), 129);
            assert_eq!(visit(&state, "4478963")["ticket"], 4_478_963, "{script} {fault:?}");
        }
    }
}

#[test]
fn without_state_nothing_is_written_and_nothing_read() {
    let state = TempDir::new().unwrap();
    for hang_up in [false, true] {
        let mut terminal = Terminal::start(80, 24, &["--demo", "--no-state"], &env(&state));
        terminal
            .sees("50 loaded")
            .keys("O")
            .sees("inbox link:")
            .keys("255762\r")
            .sees("#255762 ")
            .sees("5 loaded");
        if hang_up {
            terminal.hang_up();
            assert_eq!(terminal.end().exit_code(), 129);
        } else {
            terminal.keys("q");
            ended(terminal, 0);
        }
        assert_eq!(kept(&state), []);
    }
    // A dropped line and a visit, and then a start that must not know of them.
    let mut terminal = Terminal::start(80, 24, &["--demo"], &env(&state));
    terminal.sees("50 loaded").hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
    let before = kept(&state);
    assert_eq!(before.len(), 2);
    let mut terminal = Terminal::start(80, 24, &["--demo", "--no-state", "255762"], &env(&state));
    terminal.sees("5 loaded").sees("? help").keys("O").sees("inbox link:");
    assert!(!terminal.screen().contains("4478963"), "{}", terminal.screen());
    terminal.keys("\x03").sees("? help");
    assert!(!terminal.screen().contains("R resume"), "{}", terminal.screen());
    terminal.keys("q");
    ended(terminal, 0);
    assert_eq!(kept(&state), before);
}

#[test]
fn two_programs_on_one_ticket_never_move_what_was_seen_back() {
    let (state, server) = (TempDir::new().unwrap(), Growing::start());
    let mut early = server.open(&state, &[GROWING]);
    early.sees("50 loaded");
    server.grow(5);
    let mut late = server.open(&state, &[GROWING]);
    late.sees("50 loaded");
    late.keys("q");
    ended(late, 0);
    let newest = visit(&state, GROWING)["entry"].clone();
    early.keys("q");
    ended(early, 0);
    assert_eq!(visit(&state, GROWING)["entry"], newest);
    let mut terminal = server.open(&state, &[GROWING]);
    terminal.sees("50 loaded").keys("j").sees("── entry 2 of");
    assert!(!terminal.screen().contains("new since"), "{}", terminal.screen());
}

#[test]
fn without_a_ticket_the_last_ones_are_offered_with_their_titles() {
    let (state, server) = (TempDir::new().unwrap(), Growing::start());
    let mut terminal = server.open(&state, &[]);
    terminal.sees("Ticket number or inbox link:").keys("\x1b");
    ended(terminal, 0);
    assert_eq!(kept(&state), [], "nothing was looked at");
    let mut terminal = server.open(&state, &[]);
    terminal.sees("Ticket number or inbox link:").keys("12x\r").sees("a ticket is named by its number");
    terminal.keys("\x15255762\r").sees("#255762 ").sees("5 loaded");
    // Another ticket over it: the first one is kept at once, the second one on leaving.
    terminal.keys("O").sees("inbox link:").keys("4478963\r").sees("#4478963 open").sees("50 loaded");
    terminal.keys("O").sees("▌255762").keys("\x1b").sees("? help").keys("q");
    ended(terminal, 0);
    assert_eq!(visit(&state, "255762")["ticket"], 255_762);
    let mut terminal = server.open(&state, &[]);
    terminal.sees("▌4478963").sees("New car price list.").sees("255762");
    terminal.keys("\x1b[B\r").sees("#255762 ").sees("5 loaded").keys("q");
    ended(terminal, 0);
}

#[test]
fn an_address_with_and_without_a_slash_at_its_end_is_one() {
    let (state, mut server) = (TempDir::new().unwrap(), Growing::start());
    let mut terminal = server.open(&state, &[GROWING]);
    terminal.sees("50 loaded").keys("q");
    ended(terminal, 0);
    server.base_url.push('/');
    server.grow(3);
    let mut terminal = server.open(&state, &[GROWING]);
    terminal.sees("── 3 new since ").keys("q");
    ended(terminal, 0);
    assert_eq!(kept(&state).len(), 1);
}

#[test]
fn without_a_terminal_or_an_account_no_question_is_asked() {
    let mut terminal = Terminal::start(80, 24, &[], &[]);
    terminal.sees("Which ticket? Give its number");
    assert_eq!(terminal.end().exit_code(), 2);
    let variables = [("TICKETLOG_ACCESS_TOKEN", "x"), ("TICKETLOG_BASE_URL", "http://127.0.0.1:1")];
    let mut terminal = Terminal::script("\"$T\" | cat; echo ended", &variables);
    terminal.sees("Which ticket? Give its number").sees("ended");
    assert!(!terminal.bytes.contains(&0x1b));
}
