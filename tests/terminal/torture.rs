//! One scenario, run again and again, with another call refused each time: every way through it ends in order.

use crate::pty::Terminal;

/// More calls than the scenario makes of the terminal until it is at rest.
const CALLS: u32 = 30;

/// What may be said of a terminal that refuses a call.
const SENTENCE: &str = "ticketlog: The terminal cannot be used: asked for.";

/// Keys, and how the screen looks once they were understood.
type Step = (&'static str, fn(&str) -> bool);

/// Starts, loads pages, narrows, opens an entry, resizes and quits. Gives whether it came to the last key.
fn scenario(fault: &str) -> bool {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[("TICKETLOG_FAULT", fault)]);
    let steps: [Step; 6] = [
        ("", |screen| screen.contains("50 loaded")),
        ("  G", |screen| screen.contains("start of the ticket")),
        ("fo\r", |screen| screen.contains("19 loaded of these types") && !screen.contains("[x]")),
        ("g", |screen| screen.contains("entry 1 of 19 shown")),
        ("\r", |screen| !screen.contains("entry 1 of 19 shown")),
        ("q", |screen| screen.contains("entry 1 of 19 shown")),
    ];
    let mut reached = true;
    for (keys, seen) in steps {
        terminal.keys(keys);
        let over = |terminal: &Terminal| is_over(&terminal.bytes);
        terminal.until_it(fault, |terminal| seen(&terminal.screen()) || over(terminal));
        if over(&terminal) {
            reached = false;
            break;
        }
    }
    if reached {
        terminal.resize(60, 20);
        terminal.keys("Q");
    }
    // Nothing but a sentence and 1, or all as if nothing had happened; 129 where it looks like a hang-up.
    let code = terminal.end().exit_code();
    let said = terminal.bytes.windows(SENTENCE.len()).any(|bytes| bytes == SENTENCE.as_bytes());
    assert!(matches!((code, said), (0 | 129, false) | (1, true)), "{fault}: {code} {}", terminal.screen());
    terminal.assert_restored();
    reached && code == 0
}

/// Whether the terminal was given back, or never taken.
fn is_over(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| bytes.windows(what.len()).any(|bytes| bytes == what);
    has(b"\x1b[?1049l") || has(SENTENCE.as_bytes())
}

#[test]
fn whichever_call_the_terminal_refuses_it_is_left_as_it_was() {
    let whole = (1..=CALLS).filter(|call| scenario(&format!("fail-call-{call}"))).count();
    assert!(whole > 0, "none of the calls is survived");
    assert!(whole < CALLS as usize, "none of the calls is refused");
}

#[test]
fn whichever_write_fails_the_picture_is_painted_anew_and_nothing_is_lost() {
    for write in 1..=12 {
        assert!(scenario(&format!("fail-write-{write}")), "write {write}");
    }
}
