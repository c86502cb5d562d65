//! Names replaced on the screen: none of the people of the sample ticket is in any byte that the terminal gets.

use crate::pty::Terminal;

/// The people of the sample ticket, by the words of their names.
const PEOPLE: [&str; 10] =
    ["Harry", "Potter", "Garrick", "Ollivander", "Luna", "Lovegood", "Percy", "Arthur", "Weasley", "Hedwig"];

/// The words of names in a text, whatever their case.
fn names(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    PEOPLE.into_iter().filter(|name| text.contains(&name.to_lowercase())).collect()
}

/// Waits for a text, and looks for names on every screen until then: what is sent of a frame are differences, in which
/// a name may be in pieces.
fn sees_without_names(terminal: &mut Terminal, text: &str) {
    terminal.until_it(text, |terminal| {
        let screen = terminal.screen();
        assert_eq!(names(&screen), Vec::<&str>::new(), "{screen}");
        screen.contains(text)
    });
}

#[test]
fn from_the_first_byte_to_the_last_no_name_is_told() {
    let mut terminal = Terminal::start(100, 30, &["--demo", "--redact"], &[]);
    sees_without_names(&mut terminal, "names replaced");
    sees_without_names(&mut terminal, "Client 1");
    // The pane with the whole sentence, the answer's own text, the panel with everybody, the oldest entry.
    for (keys, text) in [
        ("\r", "as given"),
        ("i", "{"),
        ("\x1b", "entry 1 of"),
        ("f", "[x] reply"),
        ("\x1b", "entry 1 of"),
        ("G", "2023-10-02"),
        ("gg", "entry 1 of"),
    ] {
        terminal.keys(keys);
        sees_without_names(&mut terminal, text);
    }
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
    let bytes = String::from_utf8_lossy(&terminal.bytes).into_owned();
    assert_eq!(names(&bytes), Vec::<&str>::new());
}

#[test]
fn a_key_replaces_them_in_the_next_frame() {
    let mut terminal = Terminal::start(100, 30, &["--demo"], &[]);
    terminal.sees("Ollivander").sees("98 loaded");
    terminal.keys("H").sees("names replaced");
    sees_without_names(&mut terminal, "Client 1");
    // Drawn anew, nothing of it comes back.
    let sent = terminal.bytes.len();
    terminal.keys("\x0c").until_it("a whole frame", |terminal| {
        let whole = String::from_utf8_lossy(&terminal.bytes[sent..]).into_owned();
        whole.contains("names replaced") && whole.contains("? help")
    });
    sees_without_names(&mut terminal, "Client 1");
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    let later = String::from_utf8_lossy(&terminal.bytes[sent..]).into_owned();
    assert_eq!(names(&later), Vec::<&str>::new());
}

/// Who acts when, as an export with names replaced tells it: minute, word, alias.
fn exported() -> Vec<[String; 3]> {
    let mut export = std::process::Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    let export = export.args(["export", "--demo", "--redact", "--format", "csv"]).env("TZ", "UTC").output();
    let text = String::from_utf8(export.unwrap().stdout).unwrap();
    let cells = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    cells.map(|cells| [cells[0].rsplit_once(':').unwrap().0, cells[4], cells[6]].map(str::to_owned)).collect()
}

#[test]
fn everybody_has_the_number_of_an_export_on_every_screen() {
    let exported = exported();
    for (columns, lines) in [(80, 24), (200, 50)] {
        let mut terminal = Terminal::start(columns, lines, &["--demo", "--redact"], &[("TZ", "UTC")]);
        terminal.until("numbers", |screen| screen.contains("Agent 3") && !screen.contains("numbers follow"));
        let screen = terminal.screen();
        let mut compared = 0;
        for line in screen.lines() {
            let mut words = line.trim_start_matches('▌').split_whitespace();
            let (Some(day), Some(time), Some(word)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            let (minute, word) = (format!("{day} {time}"), word.trim_matches(['←', '→', '*']));
            let mut of_it = exported.iter().filter(|row| row[0] == minute && row[1] == word).peekable();
            if of_it.peek().is_some() && !line.contains(" people ") {
                compared += 1;
                assert!(of_it.any(|row| line.contains(&row[2])), "{line}");
            }
        }
        assert!(compared >= 10, "{screen}");
        terminal.keys("Q");
        assert_eq!(terminal.end().exit_code(), 0);
    }
}
