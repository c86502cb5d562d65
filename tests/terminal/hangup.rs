//! The line drops.

use std::{fs, time::Duration};

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
fn it_burns_nothing_between_the_hang_up_and_its_end() {
    // The shell's own times and those of the program that it waited for, as POSIX has them: `0m0.12s` each.
    let script = r#"trap '' HUP; "$T" --demo; times >"$TIMES"; exit 0"#;
    let folder = tempfile::tempdir().unwrap();
    let times = folder.path().join("times");
    let mut terminal = Terminal::script(script, &[("TIMES", times.to_str().unwrap())]);
    terminal.sees("#4478963 open").sees("50 loaded").sees("entry 1 of 50 shown");
    let before = terminal.grandchild_used().ticks;
    terminal.hang_up();
    assert_eq!(terminal.end().exit_code(), 0);
    let seconds = |time: &str| -> f64 {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    let told = fs::read_to_string(times).unwrap();
    let used: f64 = told.lines().last().unwrap().split_whitespace().map(seconds).sum();
    let burnt = used - f64::from(u32::try_from(before).unwrap()) / 100.0;
    assert!(burnt < 0.2, "{burnt} s of the processor: {before} ticks before, {told}");
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
