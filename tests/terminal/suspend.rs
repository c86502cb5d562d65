//! Stopping and going on.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{Terminal, ends};

/// A shell with job control that shows when its job has stopped and continues it on Enter.
const SHELL: &str = r#"set -m; "$T" --demo; echo "job stopped"; read answer; fg; echo "job ended $?""#;

fn stopped_by(stop: impl Fn(&mut Terminal)) {
    let mut terminal = Terminal::script(SHELL, &[]);
    terminal.sees("50 loaded").keys("jj").sees("entry 3 of 50 shown");
    stop(&mut terminal);
    terminal.sees("job stopped");
    terminal.assert_restored();
    terminal.resize(60, 20);
    terminal.keys("\n").sees("? help").sees("#4478963");
    assert_eq!(terminal.is_taken(), (true, true));
    assert!(terminal.marks_pastes());
    terminal.until("60 columns", |screen| {
        screen.lines().count() == 20 && screen.lines().all(|line| line.chars().count() <= 60)
    });
    terminal.keys("j").keys("q").sees("job ended 0");
    terminal.end();
    terminal.assert_restored();
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_draws_in_the_size_it_has_then() {
    stopped_by(|terminal| {
        terminal.keys("\x1a");
    });
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back_too() {
    stopped_by(|terminal| kill_process(terminal.grandchild(), Signal::TSTP).unwrap());
}

#[test]
fn where_nobody_could_continue_it_ctrl_z_is_ignored_with_a_hint() {
    for stop in [true, false] {
        let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
        terminal.sees("50 loaded");
        if stop {
            terminal.keys("\x1a");
        } else {
            terminal.signal(Signal::TSTP);
        }
        terminal.sees("no shell could continue it: not suspended");
        terminal.keys("j").sees("? help");
        terminal.keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
        terminal.assert_restored();
    }
}

#[test]
fn a_stop_that_cannot_be_caught_is_mended_when_it_ends() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded");
    terminal.signal(Signal::STOP);
    terminal.resize(40, 12);
    terminal.signal(Signal::CONT);
    terminal.until("40 columns", |screen| {
        screen.contains("? help") && screen.lines().all(|line| line.chars().count() <= 40)
    });
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn what_others_wrote_during_a_stop_that_cannot_be_caught_is_painted_over() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("#4478963 open").sees("50 loaded").sees("entry 1 of 50 shown");
    let picture = terminal.picture();
    terminal.signal(Signal::STOP);
    terminal.corrupt(b"\x1b[0m\r\nsomething else\x1b[?25h");
    terminal.signal(Signal::CONT);
    terminal.until("the picture", |screen| screen == picture);
    assert_eq!(terminal.is_taken(), (true, true));
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

/// Long enough for a job that was continued in the background to do what it should not do.
const WHILE: Duration = Duration::from_millis(500);

/// The longest wait for the end.
const LONGEST: Duration = Duration::from_secs(10);

/// As a shell ends a job: it may be stopped.
const END: &str = r#"kill %1; kill -CONT %1; read answer; echo "shell lives""#;

/// On Enter the shell ends the program, which leaves the terminal as it was.
fn is_ended_by_the_shell(mut terminal: Terminal, program: Pid) {
    terminal.keys("\n");
    assert!(ends(program, LONGEST), "a signal that ends it does not");
    terminal.keys("\n").sees("shell lives");
    terminal.end();
    terminal.assert_restored();
}

#[test]
fn a_job_that_goes_on_in_the_background_leaves_the_terminal_alone_and_can_be_ended() {
    let script = format!(r#"set -m; "$T" --demo; echo "job stopped"; read answer; bg; read answer; {END}"#);
    let mut terminal = Terminal::script(&script, &[]);
    terminal.sees("50 loaded").keys("\x1a").sees("job stopped");
    let program = terminal.grandchild();
    terminal.keys("\n");
    assert!(!ends(program, WHILE));
    terminal.assert_restored();
    is_ended_by_the_shell(terminal, program);
}

#[test]
fn a_job_that_was_stopped_in_the_middle_of_its_screen_can_be_ended_without_the_terminal() {
    let script = format!(r#"set -m; "$T" --demo; echo "job stopped"; read answer; {END}"#);
    let mut terminal = Terminal::script(&script, &[]);
    terminal.sees("50 loaded");
    let program = terminal.grandchild();
    kill_process(program, Signal::STOP).unwrap();
    terminal.sees("job stopped");
    is_ended_by_the_shell(terminal, program);
}

#[test]
fn a_start_in_the_background_waits_for_the_terminal_and_can_be_ended() {
    let script = format!(r#"set -m; "$T" --demo & echo "started"; read answer; {END}"#);
    let mut terminal = Terminal::script(&script, &[]);
    terminal.sees("started");
    let program = terminal.grandchild();
    assert!(!ends(program, WHILE));
    terminal.assert_restored();
    is_ended_by_the_shell(terminal, program);
}

#[test]
fn a_start_in_the_background_draws_when_it_comes_to_the_front() {
    let script = r#"set -m; "$T" --demo & echo "started"; read answer; fg; echo "ended $?""#;
    let mut terminal = Terminal::script(script, &[]);
    terminal.sees("started");
    assert!(!ends(terminal.grandchild(), WHILE));
    terminal.keys("\n").sees("50 loaded").keys("q").sees("ended 0");
    terminal.end();
    terminal.assert_restored();
}
