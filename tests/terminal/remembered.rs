//! A preset that is chosen in one run is in force in the next, and the screen says so.

use tempfile::TempDir;

use crate::pty::Terminal;

fn start(state: &TempDir, args: &[&str]) -> Terminal {
    Terminal::start(80, 24, args, &[("TICKETLOG_STATE", state.path().to_str().unwrap())])
}

fn quit(mut terminal: Terminal) {
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_preset_is_opened_with_the_next_time_unless_something_else_is_asked_for() {
    let state = TempDir::new().unwrap();
    let mut first = start(&state, &["--demo"]);
    first.sees("? help").keys("f3\r").sees("changes").keys("xz").sees("ago");
    quit(first);
    let words = "opened with your preset changes, = lifts it";
    for _ in 0..2 {
        let mut next = start(&state, &["--demo"]);
        next.sees(words).sees("ago").sees("loaded");
        quit(next);
        for args in [&["--demo", "--fresh"][..], &["--demo", "--no-state"], &["--demo", "--types", "reply"]] {
            let mut other = start(&state, args);
            other.sees("loaded").sees("? help");
            assert!(!other.screen().contains(words), "{args:?}: {}", other.screen());
            quit(other);
        }
    }
}
