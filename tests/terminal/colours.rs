//! Colours and characters that the terminal has, or has not.

use crate::pty::Terminal;

/// Shows the list with the filter panel and gives all bytes.
fn bytes(args: &[&str], env: &[(&str, &str)]) -> String {
    let mut terminal = Terminal::start(80, 24, &[&["--demo"], args].concat(), env);
    terminal.sees("50 loaded").keys("f").sees("[x] reply").keys("n").sees("[ ] reply");
    let marks = if env.iter().any(|(name, _)| *name == "LC_ALL") { '>' } else { '▌' };
    assert!(terminal.screen().contains(marks), "{}", terminal.screen());
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    String::from_utf8(terminal.bytes.clone()).unwrap()
}

/// All numbers of SGR sequences among the bytes.
fn codes(bytes: &str) -> Vec<u8> {
    let codes = bytes.split("\x1b[").filter_map(|rest| {
        rest.split_once('m').filter(|(codes, _)| codes.bytes().all(|b| b.is_ascii_digit() || b == b';'))
    });
    codes.flat_map(|(codes, _)| codes.split(';').filter_map(|code| code.parse().ok())).collect()
}

fn coloured(bytes: &str) -> bool {
    codes(bytes).iter().any(|code| matches!(code, 30..=49 | 90..=107))
}

#[test]
fn the_environment_and_the_flag_decide_about_colours() {
    let no_colour = ("NO_COLOR", "1");
    assert!(coloured(&bytes(&[], &[])));
    assert!(!coloured(&bytes(&[], &[no_colour])));
    assert!(coloured(&bytes(&["--color", "always"], &[no_colour])));
    assert!(!coloured(&bytes(&["--color", "never"], &[("CLICOLOR_FORCE", "1")])));
    assert!(!coloured(&bytes(&["--color=auto"], &[("CLICOLOR", "0")])));
}

#[test]
fn without_colours_the_cursor_and_all_states_are_still_there() {
    let bytes = bytes(&[], &[("NO_COLOR", "1")]);
    assert!(codes(&bytes).contains(&1), "attributes are no colours: {:?}", codes(&bytes));
}

/// No colours, 16, 256 and all of them; no colours and no signs beside ASCII either.
const MODES: [&[(&str, &str)]; 5] = [
    &[("NO_COLOR", "1")],
    &[("TERM", "xterm")],
    &[("TERM", "xterm-256color")],
    &[("COLORTERM", "truecolor")],
    &[("NO_COLOR", "1"), ("LC_ALL", "C")],
];

/// The rows that are marked as the cursor's.
fn marked(terminal: &Terminal) -> Vec<u16> {
    let marks = terminal.cells(|cell| cell.bold() && matches!(cell.contents(), "▌" | ">"));
    marks.into_iter().filter(|(_, column)| *column == 0).map(|(row, _)| row).collect()
}

#[test]
fn whatever_the_colours_one_row_is_marked_as_the_cursors() {
    for env in MODES {
        let mut terminal = Terminal::start(80, 24, &["--demo"], env);
        terminal.sees("50 loaded").sees("entry 1 of 50 shown").picture();
        assert_eq!(marked(&terminal), [2], "{env:?}");
        terminal.keys("j").sees("entry 2 of 50 shown").picture();
        assert_eq!(marked(&terminal), [3], "{env:?}");
        terminal.keys("f").sees("[x] reply").keys("o").sees("[ ] ").picture();
        let ticked = terminal.screen().lines().position(|line| line.contains("[x]")).unwrap();
        // The panel marks its own row, beside the list's.
        let last = marked(&terminal).last().copied().map(usize::from);
        assert_eq!(last, Some(ticked), "{env:?}:\n{}", terminal.screen());
        terminal.keys("Q");
        assert_eq!(terminal.end().exit_code(), 0);
    }
}

#[test]
fn whatever_the_colours_the_cursor_is_seen_on_its_row_and_in_a_typed_line() {
    for env in MODES {
        let mut terminal = Terminal::start(80, 24, &["--demo"], env);
        terminal.sees("50 loaded").keys("j").sees("entry 2 of 50 shown").picture();
        assert_eq!(terminal.cursor(), Some((3, 1)), "{env:?}:\n{}", terminal.screen());
        terminal.keys("t").sees("time: ").keys("12").sees("time: 12").picture();
        let (row, column) = terminal.cursor().unwrap();
        let line = terminal.screen().lines().nth(usize::from(row)).unwrap().to_owned();
        assert_eq!(line.find("time: 12").map(|at| at + 8), Some(usize::from(column)), "{env:?}: {line}");
        terminal.keys("\x03\x03");
        assert_eq!(terminal.end().exit_code(), 0);
    }
}

#[test]
fn whatever_the_colours_a_marker_looks_like_no_text_of_a_stranger() {
    for env in MODES {
        let mut terminal = Terminal::start(80, 24, &["--demo", "666"], env);
        terminal.sees("#666").sees("loaded").picture();
        let markers = terminal.cells(|cell| cell.underline() && cell.dim());
        assert!(markers.len() > 10, "{env:?}: {markers:?}\n{}", terminal.screen());
        terminal.keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
    }
}

#[test]
fn an_ascii_locale_is_sent_ascii_alone() {
    for locale in ["C", "POSIX", "nb_NO.ISO-8859-1"] {
        assert!(bytes(&[], &[("LC_ALL", locale)]).is_ascii(), "{locale}");
    }
}

#[test]
fn an_unknown_terminal_is_sent_what_every_terminal_knows() {
    for term in ["vt220", "nobody-knows-this", "screen", "linux"] {
        let _ = bytes(&[], &[("TERM", term)]);
    }
}

#[test]
fn whatever_the_terminal_has_the_sixteen_colours_of_its_palette_are_enough() {
    for env in [&[("TERM", "xterm")][..], &[("TERM", "xterm-256color")], &[("COLORTERM", "truecolor")]] {
        let bytes = bytes(&[], env);
        let codes = codes(&bytes);
        assert!(!codes.iter().any(|code| matches!(code, 38 | 48)), "{env:?}: {codes:?}");
        assert!(coloured(&bytes), "{env:?}");
    }
}
