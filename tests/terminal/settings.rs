//! What a configuration file does to the screen, and that a broken one opens none.

use std::fs;

use tempfile::TempDir;

use crate::pty::Terminal;

fn start(configuration: &str, args: &[&str]) -> Terminal {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, configuration).unwrap();
    let env = [("TICKETLOG_CONFIG", file.to_str().unwrap()), ("TICKETLOG_ACCESS_TOKEN", "x")];
    let mut terminal = Terminal::start(80, 24, args, &env);
    // Until then the program may not have read the file.
    terminal.until("a word of it", |screen| !screen.trim().is_empty());
    terminal
}

fn log() -> String {
    format!("{}/tests/data/files/newest.ndjson", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_broken_file_is_told_before_the_terminal_is_taken() {
    for args in [&["4711"][..], &["open", &log()], &[]] {
        let mut terminal = start("bell = maybe", args);
        assert_eq!(terminal.end().exit_code(), 2, "{args:?}");
        assert!(!terminal.bytes.contains(&0x1b), "{args:?}: {}", terminal.bytes.escape_ascii());
        assert!(terminal.screen().contains("config.toml:1:8: "), "{}", terminal.screen());
    }
}

#[test]
fn a_link_of_another_community_that_is_typed_is_refused() {
    let mut terminal = start("base_url = 'http://127.0.0.1:1'\n[profiles.a]\ncommunity = 'acme'", &[]);
    terminal.sees("Ticket number or inbox link:");
    terminal.keys("https://inbox.socialboards.com/other/tickets?ticketId=7\r");
    terminal.sees("the link is not of this account's community");
    terminal.types(b"\x03");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn characters_zone_and_colours_can_be_set() {
    let bytes = |color: &str| {
        let text = format!("ascii = true\ntime_zone = 'Asia/Tokyo'\ncolor = '{color}'");
        let mut terminal = start(&text, &["open", &log()]);
        terminal.sees("7 entries").sees("Tokyo").keys("Q");
        assert_eq!(terminal.end().exit_code(), 0);
        assert!(terminal.bytes.is_ascii());
        String::from_utf8(terminal.bytes.clone()).unwrap()
    };
    let colour = |bytes: &str| (30..=37).any(|code| bytes.contains(&format!("{code}m")));
    assert!(colour(&bytes("always")) && !colour(&bytes("never")));
}

#[test]
fn reads_fold_unless_each_is_to_have_its_row() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("log.ndjson");
    let read = |minute: u32| {
        format!(
            r#"{{"actionType":"ticket_read","actionString":"read the ticket","time":"2023-12-13T12:0{minute}:00Z","user":{{"id":"{minute}","name":"Reader {minute}","status":"team","isBot":false}}}}"#
        )
    };
    fs::write(&file, [read(2), read(1)].join("\n")).unwrap();
    let screen = |configuration: &str| {
        let mut terminal = start(configuration, &["open", file.to_str().unwrap()]);
        terminal.sees("2 entries").picture();
        let screen = terminal.screen();
        terminal.keys("Q");
        assert_eq!(terminal.end().exit_code(), 0);
        screen
    };
    let (together, apart) = (screen(""), screen("fold_reads = false"));
    assert!(together.contains("2 people"), "{together}");
    assert!(!apart.contains("2 people") && apart.contains("Reader 1"), "{apart}");
}
