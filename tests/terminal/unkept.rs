//! A state folder that cannot be written: said once, after leaving, and no harm done.

use std::fs;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::pty::Terminal;

const SENTENCE: &str = "ticketlog: This look was not kept for the next one: ";

/// How often it was said.
fn said(terminal: &Terminal) -> usize {
    let sentence = SENTENCE.as_bytes();
    terminal.bytes.windows(sentence.len()).filter(|bytes| *bytes == sentence).count()
}

/// Looks at two tickets and leaves.
fn looked(env: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::start(200, 24, &["--demo"], env);
    terminal.sees("50 loaded").keys("O").sees("inbox link:").keys("255762\r").sees("5 loaded");
    terminal.keys("O").sees("inbox link:").keys("\x1b").sees("? help").keys("q");
    assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
    terminal.assert_restored();
    terminal
}

#[test]
fn a_folder_that_is_a_file_or_cannot_be_made_is_one_sentence_after_leaving() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("state");
    fs::write(&file, "a file of the user").unwrap();
    for path in [file.to_str().unwrap(), "/proc/ticketlog/state"] {
        let terminal = looked(&[("TICKETLOG_STATE", path)]);
        let screen = terminal.screen();
        assert!(screen.contains(&format!("{SENTENCE}{path} cannot be written: ")), "{screen}");
        assert!(screen.contains("Mend that, or start with --no-state."), "{screen}");
        assert_eq!(said(&terminal), 1, "{screen}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "a file of the user");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn whoever_wants_nothing_kept_and_whoever_is_gone_is_told_nothing() {
    let env = [("TICKETLOG_STATE", "/proc/ticketlog")];
    let mut terminal = Terminal::start(200, 24, &["--demo", "--no-state"], &env);
    terminal.sees("50 loaded").keys("q");
    assert_eq!((terminal.end().exit_code(), said(&terminal)), (0, 0));
    for (signal, code, times) in [(Signal::HUP, 129, 0), (Signal::TERM, 143, 1)] {
        let mut terminal = Terminal::start(200, 24, &["--demo"], &env);
        terminal.sees("50 loaded").signal(signal);
        assert_eq!((terminal.end().exit_code(), said(&terminal)), (code, times), "{}", terminal.screen());
        terminal.assert_restored();
    }
}

#[test]
fn a_ticket_that_was_never_loaded_has_nothing_to_keep() {
    let env = [
        ("TICKETLOG_STATE", "/proc/ticketlog"),
        ("TICKETLOG_BASE_URL", "http://127.0.0.1:1"),
        ("TICKETLOG_ACCESS_TOKEN", "x"),
    ];
    let mut terminal = Terminal::start(200, 24, &["7"], &env);
    terminal.sees("r tries again").keys("Q");
    assert_eq!((terminal.end().exit_code(), said(&terminal)), (4, 0), "{}", terminal.screen());
}

/// What is there stays as it was, and no half of a file beside it.
#[test]
#[cfg(debug_assertions)]
fn a_full_disk_is_one_sentence_and_what_was_kept_before_stays() {
    let state = TempDir::new().unwrap();
    let path = ("TICKETLOG_STATE", state.path().to_str().unwrap());
    let terminal = looked(&[path]);
    assert_eq!(said(&terminal), 0, "{}", terminal.screen());
    let kept = || {
        let mut files: Vec<_> =
            fs::read_dir(state.path()).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files.into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect::<Vec<_>>()
    };
    let before = kept();
    assert_eq!(before.len(), 2);
    let terminal = looked(&[path, ("TICKETLOG_FAULT", "full-store")]);
    assert_eq!(said(&terminal), 1, "{}", terminal.screen());
    assert_eq!(kept(), before);
}
