//! Every way out gives the terminal back.

use std::{fs, os::unix::fs::MetadataExt, time::Duration};

use rustix::process::Signal;
#[cfg(debug_assertions)]
use rustix::process::kill_process;

use crate::pty::Terminal;

#[test]
#[cfg(debug_assertions)]
fn a_panic_anywhere_gives_the_terminal_back_and_tells_its_place_alone() {
    for fault in ["panic-start", "panic-main", "panic-task", "panic-thread", "panic-drop"] {
        let mut terminal = Terminal::start(80, 24, &["--demo"], &[("TICKETLOG_FAULT", fault)]);
        if fault == "panic-drop" {
            terminal.sees("50 loaded").keys("q");
        }
        assert_eq!(terminal.end().exit_code(), 101, "{fault}");
        terminal.assert_restored();
        assert!(terminal.bytes.starts_with(b"\x1b[?1049h"), "{fault}");
        let screen = terminal.screen();
        assert!(screen.contains("This is a bug at src/shell/faults.rs:"), "{fault}: {screen}");
        // The message quotes a customer and drives the terminal: nothing of it is printed.
        let bytes = terminal.bytes.escape_ascii().to_string();
        let (_, after) = bytes.rsplit_once("\\x1b[?1049l").unwrap();
        assert!(!after.contains("\\x1b"), "{fault}: {after}");
        for told in ["secret", "CANARY", "Q0FOQVJZ", "\\x1b]"] {
            assert!(!bytes.contains(told), "{fault}: {after}");
        }
    }
}

#[test]
#[cfg(debug_assertions)]
fn an_error_is_told_after_the_terminal_was_given_back() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[("TICKETLOG_FAULT", "error")]);
    assert_eq!(terminal.end().exit_code(), 1);
    terminal.assert_restored();
    let text = String::from_utf8(terminal.bytes.clone()).unwrap();
    let (_, after) = text.rsplit_once("\x1b[?1049l").unwrap();
    assert_eq!(after, "ticketlog: The terminal cannot be used: asked for.\r\n");
}

#[test]
fn the_way_in_and_the_way_out_switch_five_things_and_ask_nothing() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded");
    assert!(terminal.marks_pastes());
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
    let text = String::from_utf8(terminal.bytes.clone()).unwrap();
    let frames = text.strip_prefix("\x1b[?1049h\x1b[?25l\x1b[?2004h").unwrap();
    let frames = frames.strip_suffix("\x1b[r\x1b[0m\x1b[H\x1b[J\x1b[?2004l\x1b[?25h\x1b[?1049l").unwrap();
    // Mouse, keyboard flags and queries are breaches of the oracle; nothing else is switched in between either.
    assert!(!frames.contains("\x1b[?1049") && !frames.contains("\x1b[?2004"), "{}", frames.escape_debug());
}

#[test]
fn a_terminal_without_another_screen_is_left_empty() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded").sees("entry 1 of 50 shown").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
    assert_eq!(terminal.left_on_the_only_screen(), (String::new(), (0, 0)));
}

#[test]
fn a_terminal_that_reads_nothing_keeps_nobody_from_leaving() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
        terminal.sees("50 loaded");
        terminal.fill();
        terminal.press(b"\x0c");
        terminal.until_keys_are_read();
        terminal.signal(signal);
        assert_eq!(terminal.end_unread().exit_code(), code);
        terminal.read_rest().assert_restored();
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_main_loop_that_is_blocked_keeps_no_signal_from_ending_the_program() {
    let signals = [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::HUP, 129)];
    for (signal, code) in signals {
        let mut terminal = Terminal::start(80, 24, &["--demo"], &[("TICKETLOG_FAULT", "block-main")]);
        terminal.sees("50 loaded");
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), code);
        terminal.assert_restored();
    }
}

/// C04
#[test]
fn no_core_file_can_hold_what_was_read() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded");
    let limit = terminal.proc("limits", "Max core file size");
    let words: Vec<&str> = limit.split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"], "{limit}");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

/// Of a program that others of its user may not look into the system says that it is the administrator's (proc(5)).
#[test]
fn no_other_program_of_the_user_can_look_into_its_memory() {
    // From the administrator's own there is nothing to be seen: another user then.
    let another =
        "exec 9<\"$T\"; exec setpriv --reuid 65534 --regid 65534 --clear-groups /proc/self/fd/9 --demo";
    let script = if rustix::process::geteuid().is_root() { another } else { "exec \"$T\" --demo" };
    let mut terminal = Terminal::script(script, &[]);
    terminal.sees("50 loaded");
    let uid = terminal.proc("status", "Uid:");
    assert!(!uid.split_whitespace().skip(1).any(|uid| uid == "0"), "{uid}");
    let owner = fs::metadata(format!("/proc/{}/environ", terminal.pid().as_raw_nonzero())).unwrap().uid();
    assert_eq!(owner, 0, "{uid}");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn without_a_terminal_for_keys_it_is_one_sentence_before_any_escape() {
    // Standard output is a terminal, but nobody's controlling one.
    let script = "setsid -w \"$T\" --demo </dev/null; echo \"ended $?\"";
    let mut terminal = Terminal::script(script, &[]);
    terminal.sees("There is no terminal to read keys from").sees("ended 2");
    assert!(!terminal.bytes.contains(&0x1b), "{}", terminal.bytes.escape_ascii());
}

#[test]
fn a_signal_at_any_moment_of_the_start_leaves_the_terminal_as_it_was() {
    for moment in 0..40 {
        let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
        terminal.ends_within(Duration::from_millis(moment));
        terminal.signal(Signal::TERM);
        let ended = terminal.end();
        // Before anything is taken the system's own way is good enough.
        assert!(ended.signal() == Some(Signal::TERM.as_raw()) || ended.exit_code() == 143, "{ended:?}");
        terminal.assert_restored();
    }
}

#[test]
#[cfg(debug_assertions)]
fn keys_that_nobody_read_are_not_for_the_shell() {
    let script = "\"$T\" --demo; echo \"ended $?\"; read line; echo \"[$line]\"";
    let mut terminal = Terminal::script(script, &[("TICKETLOG_FAULT", "block-input")]);
    terminal.sees("50 loaded").keys("x");
    terminal.until_keys_are_read();
    terminal.keys("harm\r");
    kill_process(terminal.grandchild(), Signal::TERM).unwrap();
    terminal.sees("ended 143").keys("fine\r").sees("[");
    terminal.end();
    assert!(terminal.screen().contains("[fine]"), "{}", terminal.screen());
}
