//! A terminal that refuses a call.

use crate::pty::Terminal;

/// A shell that shows where the cursor was left.
const SHELL: &str = r#"echo "before"; "$T" --demo; echo "ended $?""#;

const SENTENCE: &str = "ticketlog: The terminal cannot be used: asked for.";

#[test]
fn a_terminal_that_does_not_take_the_mode_is_one_sentence_and_no_escape() {
    for fault in ["fail-tcgetattr", "fail-tcsetattr", "fail-enter", "fail-poll-write"] {
        let mut terminal = Terminal::script(SHELL, &[("TICKETLOG_FAULT", fault)]);
        assert_eq!(terminal.end().exit_code(), 0, "the shell's own");
        assert_eq!(terminal.screen().trim_end(), format!("before\n{SENTENCE}\nended 1"), "{fault}");
        assert!(!terminal.bytes.contains(&0x1b), "{fault}: {}", terminal.bytes.escape_ascii());
        terminal.assert_restored();
    }
}

#[test]
fn a_terminal_that_refuses_a_call_later_is_one_sentence_after_it_was_given_back() {
    for fault in ["fail-size", "fail-poll-keys"] {
        let mut terminal = Terminal::start(80, 24, &["--demo"], &[("TICKETLOG_FAULT", fault)]);
        assert_eq!(terminal.end().exit_code(), 1, "{fault}");
        terminal.assert_restored();
        let text = String::from_utf8(terminal.bytes.clone()).unwrap();
        let (_, after) = text.rsplit_once("\x1b[?1049l").unwrap();
        assert_eq!(after, format!("{SENTENCE}\r\n"), "{fault}");
    }
}

#[test]
fn a_terminal_that_is_not_given_again_after_a_stop_is_one_sentence_and_no_hang_up() {
    let script = r#"set -m; "$T" --demo; echo "job stopped"; read answer; fg; echo "ended $?""#;
    let mut terminal = Terminal::script(script, &[("TICKETLOG_FAULT", "fail-tcgetattr-again")]);
    terminal.sees("50 loaded").keys("\x1a").sees("job stopped").keys("\n").sees(SENTENCE).sees("ended 1");
    terminal.end();
    terminal.assert_restored();
}

#[test]
fn a_terminal_of_which_nobody_can_tell_whether_it_has_room_is_given_back() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[("TICKETLOG_FAULT", "fail-poll-leave")]);
    terminal.sees("50 loaded").stall();
    terminal.press(b"q");
    assert_eq!(terminal.end_unread().exit_code(), 0);
    terminal.read_rest().assert_restored();
}

#[test]
fn a_watch_that_fails_leaves_the_other_ways_to_notice_a_hang_up() {
    let script = r#"trap '' HUP; "$T" --demo; exit $?"#;
    let mut terminal = Terminal::script(script, &[("TICKETLOG_FAULT", "fail-poll-watch")]);
    terminal.sees("50 loaded").hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
}
