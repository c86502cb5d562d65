//! The line drops.

use std::time::Duration;

use crate::pty::{PATIENCE, Terminal, ends};

/// A shell that ignores hang-ups, like `nohup`, and waits for the program.
const DEAF: &str = r#"trap '' HUP; "$T" --demo; exit $?"#;

#[test]
fn the_program_is_gone_when_the_terminal_is() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded").hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
}

#[test]
fn it_is_gone_also_where_hang_ups_are_ignored() {
    let mut terminal = Terminal::script(DEAF, &[]);
    terminal.sees("50 loaded").hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
}

#[test]
fn it_is_gone_before_the_first_answer() {
    let mut terminal = Terminal::script(DEAF, &[]);
    terminal.until_taken(true).hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
}

#[test]
fn it_is_gone_also_with_its_main_loop_blocked() {
    for script in [DEAF, "exec \"$T\" --demo"] {
        let mut terminal = Terminal::script(script, &[("TICKETLOG_FAULT", "block-main")]);
        terminal.sees("50 loaded").hang_up();
        assert_eq!(terminal.end().exit_code(), 129);
    }
}

#[test]
fn it_is_gone_in_the_middle_of_a_frame_and_of_loading() {
    for script in [DEAF, r#"trap '' HUP; "$T" --demo 2>&-; exit $?"#] {
        let mut terminal = Terminal::script(script, &[]);
        terminal.sees("50 loaded");
        terminal.fill();
        terminal.press(b"GGGG\x0c");
        terminal.hang_up();
        assert_eq!(terminal.end().exit_code(), 129);
    }
}

#[test]
fn it_is_gone_also_when_it_was_stopped() {
    let script = r#"set -m; "$T" --demo; echo "job stopped"; read answer"#;
    let mut terminal = Terminal::script(script, &[]);
    terminal.sees("50 loaded").keys("\x1a").sees("job stopped");
    let program = terminal.grandchild();
    assert!(!ends(program, Duration::ZERO));
    terminal.hang_up();
    assert!(ends(program, PATIENCE));
}
