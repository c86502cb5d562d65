//! How far an export is, on a terminal.

use crate::{pty::Terminal, running::Served};

#[test]
fn what_takes_long_says_how_far_it_is_and_leaves_clean_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.json");
    let served = Served::start(&["--entries", "1000000", "--latency", "300"]);
    let file = file.to_str().unwrap();
    let args = ["export", "1", "-o", file, "--base-url", &served.1];
    let mut terminal = Terminal::start(220, 24, &args, &[("TICKETLOG_ACCESS_TOKEN", &served.2)]);
    // It is a line, and no screen.
    terminal.forget_the_grammar();
    terminal.until("how far it is", |screen| {
        let line = screen.trim_end();
        line.starts_with("ticketlog: ") && line.contains(" entries, at 20") && line.ends_with(" a second")
    });
    terminal.keys("\u{3}");
    assert_eq!(terminal.end().exit_code(), 130);
    let screen = terminal.screen();
    let lines: Vec<&str> = screen.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    assert!(lines.iter().all(|line| line.starts_with("ticketlog: ")), "{screen}");
    assert!(!screen.contains("a second") && !screen.contains("^C"), "{screen}");
    assert!(lines.last().unwrap().contains("Stopped. "), "{screen}");
}

/// How many entries the one line on the screen tells; `None` before it does.
fn told(screen: &str) -> Option<u64> {
    let rows: Vec<&str> = screen.lines().filter(|row| !row.trim().is_empty()).collect();
    assert!(rows.len() < 2, "it is one line: {screen}");
    let words = rows.first()?.strip_prefix("ticketlog: names of ")?;
    words.split_once(" entries")?.0.parse().ok()
}

#[test]
fn it_is_one_line_whatever_the_width() {
    let served = Served::start(&["--entries", "1000000", "--latency", "100"]);
    let args = ["export", "1", "--redact", "-o", "/dev/null", "--base-url", &served.1];
    let mut terminal = Terminal::start(40, 24, &args, &[("TICKETLOG_ACCESS_TOKEN", &served.2)]);
    terminal.forget_the_grammar();
    let mut seen = 0;
    for (columns, ending) in [(40, " entries"), (40, " entries"), (90, " a second")] {
        terminal.resize(columns, 24);
        terminal.until("more entries", |screen| {
            screen.trim_end().ends_with(ending) && told(screen).is_some_and(|entries| entries > seen)
        });
        seen = told(&terminal.screen()).unwrap_or_default();
    }
    terminal.keys("\u{3}");
    assert_eq!(terminal.end().exit_code(), 130);
}
