//! What can come from a terminal beside keys.

use std::time::Duration;

use rustix::process::Signal;

use crate::pty::Terminal;

/// Reports and answers that nobody asked for.
const NOISE: &[&str] = &[
    "\x1b[I",
    "\x1b[O",
    "\x1b[M qq",
    "\x1b[<0;12;7M",
    "\x1b[<64;12;7m",
    "\x1b[12;7R",
    "\x1b[?62;22c",
    "\x1b[>0;276;0c",
    "\x1b[?1u",
    "\x1b[113;1:3u",
    "\x1b[?2026;2$y",
    "\x1b]11;rgb:qqqq/qqqq/qqqq\x07",
    "\x1b]11;rgb:qqqq/qqqq/qqqq\x1b\\",
    "\x1bP>|quit(q)\x1b\\",
    "\x1b_Gi=31;q\x1b\\",
    "\x1b[200~qqq\x03\x1a\x1b[A\x1b[201~",
    "\u{9b}",
    "\u{fffd}",
];

fn start() -> Terminal {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded").sees("entry 1 of 50 shown");
    terminal
}

/// Quits a program that may take the first keys for the rest of what came before.
fn quits_with(terminal: &mut Terminal, key: &str) {
    // A debug build takes its time for a million keys.
    let quits = (0..40).any(|_| terminal.keys(key).ends_while_read(Duration::from_millis(1500)));
    assert!(quits, "locked in:\n{}", terminal.screen());
}

/// The program is as it was before, and quits.
fn untouched(mut terminal: Terminal) {
    // The panel opens on the first key that is one.
    terminal.keys("f").sees("[x] reply").keys("\r").until("the list", |screen| !screen.contains("[x]"));
    terminal.sees("entry 1 of 50 shown");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_megabyte_of_reports_and_late_answers_does_nothing() {
    let mut terminal = start();
    let round = NOISE.concat();
    terminal.types(round.repeat(1 + (1 << 20) / round.len()).as_bytes());
    untouched(terminal);
}

#[test]
fn a_megabyte_of_random_bytes_leaves_a_program_that_can_be_quit() {
    // A file that the noise names is written here.
    let folder = tempfile::TempDir::new().unwrap();
    let program = env!("CARGO_BIN_EXE_ticketlog");
    let command = ["env", "-C", folder.path().to_str().unwrap(), program, "--demo"];
    let mut terminal = Terminal::run(80, 24, &command, &[]);
    terminal.sees("entry 1 of 50 shown");
    let mut random = 11_u64;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 56) as u8
    })
    // Those would do what they are there for: quit, suspend, open another ticket, give the terminal to a pager.
    .filter(|byte| !matches!(byte, b'q' | b'Q' | b'O' | b'|' | b'M' | 0x03 | 0x1a))
    .take(1 << 20)
    .collect();
    terminal.types(&bytes);
    // What the noise may have begun is over after a silence. The line for a time may be open, where Q is a letter.
    quits_with(&mut terminal, "\x03");
    let status = terminal.end();
    assert_eq!(status.exit_code(), 0, "{}", terminal.screen());
    terminal.assert_restored();
}

#[test]
fn a_paste_types_no_keys() {
    let mut terminal = start();
    terminal.types(b"\x1b[200~").types(&b"qQ\x03\r".repeat(1 << 18)).types(b"\x1b[201~");
    untouched(terminal);
}

#[test]
fn a_paste_without_an_end_locks_nobody_in() {
    let mut terminal = start();
    terminal.types(b"\x1b[200~qqq");
    quits_with(&mut terminal, "q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn ctrl_c_ends_at_once_what_never_ends() {
    for begun in ["\x1b[200~qqq", "\x1b]11;rgb:qqqq", "\x1bPqqq"] {
        let mut terminal = start();
        terminal.types(begun.as_bytes()).until_keys_are_read();
        terminal.keys("\x03");
        assert_eq!(terminal.end().exit_code(), 0, "{begun:?}");
        terminal.assert_restored();
    }
}

#[test]
fn a_paste_without_an_end_stops_no_signal() {
    let mut terminal = start();
    terminal.types(b"\x1b[200~qqq");
    terminal.until_keys_are_read();
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end().exit_code(), 143);
    terminal.assert_restored();
}

#[test]
fn a_paste_whose_text_forges_its_end_does_not_quit() {
    let mut terminal = start();
    terminal.types(b"\x1b[200~x\x1b[201~q\x1b[201~").sees("like pasted text: not quit");
    untouched(terminal);
}

#[test]
fn text_with_a_q_that_no_terminal_marked_as_pasted_does_not_quit() {
    for text in ["q\r", "quick question\rQ\r", "Q: what now?\r"] {
        let mut terminal = start();
        terminal.types(text.as_bytes()).sees("like pasted text: not quit");
        terminal.keys("j").sees("entry 2 of 50 shown").keys("k").sees("entry 1 of 50 shown");
        untouched(terminal);
    }
}

#[test]
fn a_paste_goes_to_the_line_that_is_typed_as_text() {
    let mut terminal = start();
    terminal.keys("t").sees("time: ");
    terminal.types(b"\x1b[200~\r\n2023-12-13\n\x03\x1a23:11\r\x1b[201~").sees("time: 2023-12-13 23:11");
    terminal.keys("\x15").sees("14:02, yesterday");
    let long = [&b"\x1b[200~"[..], &b"q".repeat(1 << 18), b"\x1b[201~"].concat();
    terminal.types(&long).sees("time: qqq").keys("\x15").sees("14:02, yesterday");
    terminal.keys("\x1b").until("the list", |screen| !screen.contains("time: "));
    untouched(terminal);
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_is_a_pipe() {
    for script in ["echo qqq | \"$T\" --demo; exit $?", "\"$T\" --demo </dev/null; exit $?"] {
        let mut terminal = Terminal::script(script, &[]);
        terminal
            .sees("50 loaded")
            .sees("entry 1 of 50 shown")
            .keys("jj")
            .sees("entry 3 of 50 shown")
            .keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
        terminal.assert_restored();
    }
}
