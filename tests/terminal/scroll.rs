//! Steps as they are sent: scrolls where they pay.

use std::{fs, os::unix::fs::PermissionsExt};

use tempfile::TempDir;

use crate::pty::Terminal;

/// The steps that tmux is given to answer in.
const MOST_STEPS: usize = 300;

/// A folder with a tmux that says how wide pane and window are.
fn tmux(says: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let script = folder.path().join("tmux");
    fs::write(&script, format!("#!/bin/sh\necho '{says}'\n")).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// The list alone, with the cursor on its last line; the pane is closed.
fn start(folder: &TempDir, args: &[&str]) -> Terminal {
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let env = [("PATH", path.as_str()), ("TMUX", "/tmp/tmux-1000/default,1,0"), ("TMUX_PANE", "%0")];
    let mut terminal = Terminal::start(80, 24, &[&["--demo", "4484636"], args].concat(), &env);
    terminal.sees("50 loaded").sees("entry 1 of");
    read_on(&mut terminal, "194 loaded");
    terminal.keys("g").sees("entry 1 of");
    terminal.keys("\t").until("the list alone", |screen| !screen.contains("entry 1 of"));
    terminal.keys(&"j".repeat(30)).until("the last line", |screen| {
        screen.lines().rev().nth(1).is_some_and(|line| line.starts_with('▌'))
    });
    terminal
}

/// Reads so far that nothing is read in what follows, page by page: a jump to the oldest entry would leave a hole.
fn read_on(terminal: &mut Terminal, loaded: &str) {
    while !terminal.screen().contains(loaded) {
        let before = number(&terminal.screen());
        terminal.keys(" ").until("another entry", |screen| number(screen) != before);
    }
}

/// Takes a step that moves the list; gives its bytes.
fn step(terminal: &mut Terminal) -> Vec<u8> {
    let (picture, from) = (terminal.screen(), terminal.bytes.len());
    terminal.keys("j").until("a step", |screen| screen != picture);
    terminal.bytes[from..].to_vec()
}

/// Whether bytes set margins: `CSI t ; b r`.
fn has_margins(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut controls = text.split("\x1b[").skip(1);
    controls.any(|rest| {
        let kind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        kind.len() < rest.len() && kind.starts_with('r')
    })
}

fn leave(mut terminal: Terminal) {
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn in_a_pane_narrower_than_its_window_nothing_scrolls() {
    let mut terminal = start(&tmux("80 161"), &[]);
    let answered = (0..MOST_STEPS).any(|_| !has_margins(&step(&mut terminal)));
    assert!(answered, "scrolled all the time");
    for _ in 0..20 {
        let bytes = step(&mut terminal);
        assert!(!has_margins(&bytes), "{}", bytes.escape_ascii());
    }
    leave(terminal);
}

#[test]
fn in_a_pane_as_wide_as_its_window_and_where_it_was_asked_for_it_scrolls() {
    for (says, args) in [("80 80", &[][..]), ("80 161", &["--scroll", "on"])] {
        let mut terminal = start(&tmux(says), args);
        for _ in 0..40 {
            let bytes = step(&mut terminal);
            assert!(has_margins(&bytes), "{says} {args:?}: {}", bytes.escape_ascii());
        }
        leave(terminal);
    }
}

/// The entry below 500 lines of the sample ticket.
const AFTER_500_LINES: usize = 582;

#[test]
fn five_hundred_steps_at_once_are_one_small_change() {
    let mut terminal = Terminal::start(80, 24, &["--demo", "4484636"], &[]);
    terminal.sees("50 loaded").sees("entry 1 of");
    read_on(&mut terminal, "674 loaded");
    let steps = "j".repeat(500);
    // Lines of several reads among them.
    let after = format!("entry {AFTER_500_LINES} of");
    terminal.keys("g").sees("entry 1 of").keys(&steps).sees(&after);
    let last = cursor_line(&terminal.screen());
    terminal
        .keys("g")
        .sees("entry 1 of")
        .keys("\t")
        .until("the list alone", |screen| !screen.contains("entry 1 of"));
    let from = terminal.bytes.len();
    terminal.press(steps.as_bytes());
    terminal.until("the last step", |screen| cursor_line(screen) == last);
    let sent = terminal.bytes.len() - from;
    assert!(sent <= 2_500, "{sent} bytes");
    terminal.keys("\t").sees(&after);
    leave(terminal);
}

fn cursor_line(screen: &str) -> Option<String> {
    screen.lines().find(|line| line.starts_with('▌')).map(|line| line.trim_end().to_owned())
}

/// The rule with the number of the entry at the cursor.
fn number(screen: &str) -> Option<String> {
    screen.lines().find(|line| line.starts_with("── entry")).map(str::to_owned)
}
