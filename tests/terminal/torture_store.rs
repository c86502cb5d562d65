//! One scenario, run again and again, with another call of the state folder refused each time: the way out is the same,
//! and what was kept is whole.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::Terminal;

/// More than any of the scenarios needs.
const CALLS: usize = 200;

/// How it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Quit,
    Drop,
}

/// Two looks and a dropped line lie in the folder.
fn folder() -> TempDir {
    let state = TempDir::new().unwrap();
    for (ticket, end) in [("255762", End::Quit), ("4478963", End::Drop)] {
        let env = [("TICKETLOG_STATE", state.path().to_str().unwrap())];
        let mut terminal = Terminal::start(80, 24, &["--demo", ticket], &env);
        terminal.sees("loaded").sees(&format!("#{ticket} ")).keys("jj").sees("── entry 3 of");
        leave(terminal, end, "");
    }
    assert_eq!(names(state.path()).len(), 3);
    state
}

fn leave(mut terminal: Terminal, end: End, fault: &str) {
    if end == End::Drop {
        terminal.hang_up();
        assert_eq!(terminal.end().exit_code(), 129, "{fault}");
    } else {
        terminal.keys("Q");
        assert_eq!(terminal.end().exit_code(), 0, "{fault}: {}", terminal.screen());
        terminal.assert_restored();
        assert!(!terminal.screen().contains("This is a bug"), "{fault}: {}", terminal.screen());
    }
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name().to_str().unwrap().to_owned()).collect()
}

/// Takes up the view, looks at another ticket and ends. Whether the call was refused.
fn scenario(before: &TempDir, end: End, call: usize) -> bool {
    let state = TempDir::new().unwrap();
    for name in names(before.path()) {
        fs::copy(before.path().join(&name), state.path().join(&name)).unwrap();
    }
    let mark = TempDir::new().unwrap();
    let seen = mark.path().join("removed by the fault");
    fs::write(&seen, "").unwrap();
    let fault = format!("fail-store-{call}");
    let env = [
        ("TICKETLOG_STATE", state.path().to_str().unwrap()),
        ("TICKETLOG_FAULT", &fault),
        ("TICKETLOG_FAULT_SEEN", seen.to_str().unwrap()),
    ];
    let mut terminal = Terminal::start(80, 24, &["--demo"], &env);
    terminal.sees("50 loaded").sees("#4478963 open").sees("entry 1 of 50 shown").keys("R").sees("? help");
    terminal.keys("O").sees("inbox link:").keys("255762\r").sees("#255762 ").sees("5 loaded");
    terminal.keys("j").sees("── entry 2 of 5");
    leave(terminal, end, &fault);
    for name in names(state.path()) {
        assert!(name.starts_with("visit-demo-") || name.starts_with("view-demo-"), "{fault}: {name}");
        let text = fs::read_to_string(state.path().join(&name)).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        assert!(name.ends_with(&format!("-{}.json", document["ticket"])), "{fault}: {name}: {text}");
    }
    !seen.exists()
}

fn torture(end: End) {
    let before = folder();
    let refused = (1..CALLS).take_while(|call| scenario(&before, end, *call)).count();
    assert!((10..CALLS - 1).contains(&refused), "{refused} calls were refused");
}

#[test]
fn whichever_call_of_the_state_folder_fails_it_quits_in_order_and_what_is_kept_is_whole() {
    torture(End::Quit);
}

#[test]
fn whichever_call_of_the_state_folder_fails_a_dropped_line_ends_it_and_what_is_kept_is_whole() {
    torture(End::Drop);
}
