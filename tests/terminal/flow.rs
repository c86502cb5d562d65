//! A terminal that takes its time, or takes nothing for a while.

use std::time::Duration;

use rustix::process::Signal;

use crate::pty::Terminal;

fn start(env: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::start(80, 24, &["--demo"], env);
    terminal.sees("#4478963 open").sees("50 loaded").sees("entry 1 of 50 shown");
    terminal
}

/// How often the whole screen was painted.
fn paintings(terminal: &Terminal) -> usize {
    terminal.bytes.windows(6).filter(|bytes| bytes == b"\x1b[H\x1b[J").count()
}

/// What is shown is what a full painting shows.
fn shows_all(terminal: &mut Terminal) {
    let picture = terminal.picture();
    let painted = paintings(terminal);
    terminal.keys("\x0c").until_it("the same picture", |terminal| {
        paintings(terminal) > painted && terminal.screen() == picture
    });
}

fn leave(mut terminal: Terminal) {
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_picture_goes_on_where_it_stopped_when_the_reader_comes_back() {
    let mut terminal = start(&[]);
    terminal.stall();
    let painted = paintings(&terminal);
    for _ in 0..200 {
        terminal.press(b"\x0c");
        terminal.until_keys_are_read();
    }
    terminal.press(b"jjjjj");
    terminal.until_keys_are_read();
    terminal.sees("entry 6 of 50 shown");
    // What lay in the terminal, and not one painting for each key: 20 KiB are more than a terminal holds.
    assert!(paintings(&terminal) - painted < 80, "{}", paintings(&terminal) - painted);
    shows_all(&mut terminal);
    leave(terminal);
}

/// On a description of its own, and on the one it was given where the terminal cannot be opened anew.
const DESCRIPTIONS: [&[(&str, &str)]; 2] = [&[], &[("TICKETLOG_FAULT", "fail-reopen")]];

/// Does something to a terminal that nobody reads, and sees it end all the same.
fn ends_unread(code: u32, deed: impl Fn(&mut Terminal)) {
    for env in DESCRIPTIONS {
        let mut terminal = start(env);
        terminal.stall();
        deed(&mut terminal);
        left_unread(terminal, code, env);
    }
}

fn left_unread(mut terminal: Terminal, code: u32, env: &[(&str, &str)]) {
    assert_eq!(terminal.end_unread().exit_code(), code, "{env:?}");
    terminal.read_rest().assert_restored();
}

#[test]
fn a_key_quits_while_nobody_reads() {
    ends_unread(0, |terminal| terminal.press(b"q"));
}

#[test]
fn a_signal_ends_it_while_nobody_reads() {
    ends_unread(143, |terminal| terminal.signal(Signal::TERM));
}

#[test]
fn a_key_quits_while_the_reader_is_slow() {
    ends_unread(0, |terminal| {
        for _ in 0..100 {
            terminal.press(b"\x0c");
            terminal.until_keys_are_read();
            terminal.read_only(32);
        }
        terminal.press(b"q");
    });
}

#[test]
fn a_stop_while_nobody_reads_gives_the_terminal_back_and_cuts_the_frame_off_for_good() {
    for env in DESCRIPTIONS {
        let script = r#"set -m; "$T" --demo; echo "job stopped"; read answer; fg; echo "job ended $?""#;
        let mut terminal = Terminal::script(script, env);
        terminal.sees("50 loaded").sees("entry 1 of 50 shown").stall();
        terminal.press(b"\x1a");
        terminal.until_stopped();
        terminal.forget_the_grammar();
        terminal.sees("job stopped").assert_restored();
        let before = terminal.bytes.len();
        terminal.keys("\n").sees("entry 1 of 50 shown").sees("? help");
        let bytes = terminal.bytes[before..].escape_ascii().to_string();
        let (_, frame) = bytes.split_once("\\x1b[?2004h").unwrap();
        assert!(frame.starts_with("\\x1b[r\\x1b[m\\x1b[H\\x1b[J"), "{env:?}: the rest of another: {frame}");
        terminal.keys("q").sees("job ended 0").end();
        terminal.assert_restored();
    }
}

#[test]
fn a_terminal_that_takes_nothing_at_first_is_taken_when_it_does() {
    for env in DESCRIPTIONS {
        for start in [Terminal::script, Terminal::script_without_waiting] {
            let mut terminal = start("read go; exec \"$T\" --demo", env);
            terminal.fill();
            terminal.press(b"\n");
            terminal.until_raw();
            assert!(!terminal.ends_within(Duration::from_millis(100)), "{env:?}");
            terminal.sees("50 loaded").sees("entry 1 of 50 shown").stall();
            terminal.press(b"q");
            left_unread(terminal, 0, env);
        }
    }
}

#[test]
fn the_description_that_the_shell_shares_goes_on_waiting() {
    let mut terminal = Terminal::script("\"$T\" --demo; exit $?", &[]);
    terminal.sees("50 loaded");
    let flags = terminal.proc("fdinfo/1", "flags");
    let octal = flags.split_whitespace().last().unwrap();
    assert_eq!(u32::from_str_radix(octal, 8).unwrap() & 0o4000, 0, "{flags}");
    leave(terminal);
}

#[test]
fn a_slow_reader_is_sent_the_newest_picture_and_not_every_one() {
    let mut terminal = start(&[]);
    terminal.stall();
    // 32 bytes for each full painting that is asked for: one is about two thousand.
    for _ in 0..600 {
        terminal.press(b"\x0c");
        terminal.until_keys_are_read();
        terminal.read_only(32);
    }
    terminal.press(b"jjj");
    terminal.until_keys_are_read();
    let before = terminal.bytes.len();
    terminal.sees("entry 4 of 50 shown");
    // What the terminal holds (64 KiB here), the frame under way and the newest.
    let late = terminal.bytes.len() - before;
    assert!(late < 100_000, "{late} bytes behind");
    shows_all(&mut terminal);
    leave(terminal);
}

#[test]
#[cfg(debug_assertions)]
fn a_frame_that_was_not_taken_is_painted_anew() {
    let mut terminal = start(&[("TICKETLOG_FAULT", "fail-write")]);
    terminal.keys("j").sees("entry 2 of 50 shown");
    shows_all(&mut terminal);
    leave(terminal);
}

#[test]
#[cfg(debug_assertions)]
fn a_terminal_that_takes_no_frame_any_more_keeps_nobody_busy() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[("TICKETLOG_FAULT", "fail-writes")]);
    terminal.sees("50 loaded").keys("j");
    terminal.until_keys_are_read();
    let before = terminal.used();
    assert!(!terminal.ends_within(Duration::from_secs(1)));
    let after = terminal.used();
    assert!(after.switches - before.switches < 200, "{before:?} {after:?}");
    leave(terminal);
}

#[test]
fn the_redraw_key_mends_what_something_else_wrote() {
    let mut terminal = start(&[]);
    let picture = terminal.picture();
    terminal.corrupt(b"\x1b[2;5r\x1b[4;7;31;44mwritten by something else\r\n\n\n\nand here\x1b[9;30H\x1b[1J");
    assert_ne!(terminal.screen(), picture);
    terminal.keys("\x0c").until("the picture", |screen| screen == picture);
    leave(terminal);
}
