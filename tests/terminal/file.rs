//! A log that came as a file, on the screen.

use std::{fs, io::Write, process::Command};

use rustix::process::Signal;

use crate::pty::Terminal;

fn corpus(name: &str) -> String {
    format!("{}/tests/data/files/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_file_of_the_corpus_opens_and_leaves_the_terminal_as_it_was() {
    for (name, count) in [
        ("newest.ndjson", 7),
        ("oldest.ndjson", 7),
        ("bom-crlf.ndjson", 7),
        ("array.json", 7),
        ("array-oldest.json", 7),
        ("answer.json", 7),
        ("answers.json", 7),
        ("objects.json", 7),
        ("mixed.ndjson", 12),
        ("truncated.ndjson", 7),
        ("truncated.json", 7),
        ("unordered.ndjson", 7),
    ] {
        let mut terminal = Terminal::start(80, 24, &["open", &corpus(name)], &[]);
        terminal.sees(name).sees("file read at");
        terminal.sees(&format!("end of the file · {count} entries in all"));
        terminal.keys("q");
        assert_eq!(terminal.end().exit_code(), 0, "{name}");
        terminal.assert_restored();
    }
}

#[test]
fn what_works_on_a_ticket_works_on_a_file() {
    let mut terminal = Terminal::start(80, 24, &["open", &corpus("oldest.ndjson")], &[]);
    terminal.sees("Pending · Garrick O. (from the log)").sees("entry 1 of 7 shown");
    terminal.keys("G").sees("entry 7 of 7 shown").keys("t2023-12-13 23:05\r").sees("entry 4 of 7 shown");
    terminal.keys("i").sees("\"actionType\": \"ticket_read\"").sees("\"email\": null").keys("q");
    terminal.keys("f").sees("[x] reply").keys("o").sees("loaded of these types");
    terminal.keys("a\rr").sees("entry 4 of 7 shown").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_bad_line_is_a_row_that_names_it() {
    let mut terminal = Terminal::start(80, 24, &["open", &corpus("mixed.ndjson")], &[]);
    terminal.sees("unreadable entry: line 1 is not JSON").sees("unreadable entry: line 10 is not JSON");
    terminal.keys("jji").sees("\"line 3 is cut off\"").keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_log_comes_through_standard_input_and_keys_from_the_terminal() {
    let file = corpus("newest.ndjson");
    let mut terminal = Terminal::script("cat \"$FILE\" | $T open -", &[("FILE", &file)]);
    terminal.sees("standard input").sees("end of the file · 7 entries in all");
    terminal.keys("G").sees("entry 7 of 7 shown").keys("r").sees("file read at").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn what_comes_through_standard_input_and_is_no_log_says_so_and_again_after_leaving() {
    for (input, words) in [("true", "is empty"), ("echo hello", "is not JSON")] {
        let mut terminal = Terminal::script(&format!("{input} | $T open -"), &[]);
        terminal.sees("standard input").sees(words).sees("r tries again, q leaves").keys("q");
        assert_eq!(terminal.end().exit_code(), 2);
        assert!(terminal.screen().contains("ticketlog: standard input"), "{}", terminal.screen());
        assert_eq!(terminal.is_taken(), (false, false));
    }
}

#[test]
fn what_cannot_be_read_as_a_log_is_one_sentence_before_any_escape() {
    for (name, words) in [
        (corpus("empty.ndjson"), "is empty"),
        (corpus("not-json.txt"), "is not JSON"),
        (corpus(""), "is a folder"),
        ("4711".to_owned(), "ticketlog 4711"),
        ("-".to_owned(), "Standard input is the terminal"),
    ] {
        let mut terminal = Terminal::start(200, 24, &["open", &name], &[]);
        assert_eq!(terminal.end().exit_code(), 2, "{name}: {}", terminal.screen());
        let said = String::from_utf8(terminal.bytes.clone()).unwrap();
        assert!(said.contains(words), "{name}: {said}");
        assert!(said.starts_with("ticketlog: ") && said.trim_end().lines().count() == 1, "{said}");
        assert!(!terminal.bytes.contains(&0x1b), "{said}");
    }
}

#[test]
fn no_setting_is_read_for_a_file_and_nothing_is_kept_of_it() {
    let state = tempfile::tempdir().unwrap();
    let env = [
        ("TICKETLOG_BASE_URL", "nonsense"),
        ("TICKETLOG_ACCESS_TOKEN", "also\nnonsense"),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
        ("SSL_CERT_FILE", "/nonexistent"),
        ("TICKETLOG_STATE", state.path().to_str().unwrap()),
    ];
    let mut terminal = Terminal::start(80, 24, &["open", &corpus("answer.json")], &env);
    terminal.sees("end of the file");
    terminal.signal(rustix::process::Signal::HUP);
    assert_eq!(terminal.end().exit_code(), 129);
    assert_eq!(fs::read_dir(state.path()).unwrap().count(), 0);
}

#[test]
fn r_reads_what_was_added_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("growing.ndjson");
    let whole = fs::read_to_string(corpus("oldest.ndjson")).unwrap();
    let (before, last) = whole.trim_end().rsplit_once('\n').unwrap();
    fs::write(&path, format!("{before}\n")).unwrap();
    let mut terminal = Terminal::start(80, 24, &["open", path.to_str().unwrap()], &[]);
    terminal.sees("6 entries in all");
    fs::write(&path, format!("{before}\n{last}\n")).unwrap();
    terminal.keys("r").sees("7 entries in all").sees("Pending · Garrick");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

/// A program that reads what comes through this pipe, and the pipe's other end.
fn piped(folder: &tempfile::TempDir) -> (Terminal, fs::File) {
    let pipe = fifo(folder);
    let terminal = Terminal::script("$T open - < \"$PIPE\"", &[("PIPE", &pipe)]);
    // Opening waits for the program.
    let writer = fs::File::options().write(true).open(&pipe).unwrap();
    (terminal, writer)
}

fn fifo(folder: &tempfile::TempDir) -> String {
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    pipe.to_str().unwrap().to_owned()
}

#[test]
fn a_pipe_that_stays_open_shows_what_it_has_brought_what_it_brings_later_and_its_end() {
    for name in ["oldest.ndjson", "newest.ndjson"] {
        let folder = tempfile::tempdir().unwrap();
        let whole = fs::read_to_string(corpus(name)).unwrap();
        let (before, last) = whole.trim_end().rsplit_once('\n').unwrap();
        let (mut terminal, mut writer) = piped(&folder);
        writer.write_all(format!("{before}\n").as_bytes()).unwrap();
        terminal.sees("── the pipe is open · 6 entries so far ──").sees("6 loaded, all so far");
        writer.write_all(format!("{last}\n").as_bytes()).unwrap();
        terminal.sees("── the pipe is open · 7 entries so far ──");
        drop(writer);
        terminal.sees("── end of the file · 7 entries in all ──").sees("7 loaded, all of them").keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
        terminal.assert_restored();
    }
}

#[test]
fn everything_of_an_open_pipe_is_loaded_as_far_as_it_has_come() {
    let entry = fs::read_to_string(corpus("newest.ndjson")).unwrap();
    let entry = entry.lines().nth(1).unwrap();
    for step in [1, -1] {
        let folder = tempfile::tempdir().unwrap();
        let (mut terminal, mut writer) = piped(&folder);
        for at in 0..200 {
            let minute = if step > 0 { at } else { 199 - at };
            let time = format!("\"time\":\"2023-12-13T{:02}:{:02}:00Z\"", minute / 60, minute % 60);
            let (head, rest) = entry.split_once("\"time\":\"").unwrap();
            let (_, tail) = rest.split_once('"').unwrap();
            writeln!(writer, "{head}{time}{tail}").unwrap();
        }
        terminal.sees("loaded").keys("A").sees("all 200 entries are loaded so far").keys("G");
        terminal.sees("entry 200 of 200 shown").sees("── the pipe is open · 200 entries so far ──").keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
    }
}

/// Nobody writes to it yet: opening it waits.
#[test]
fn a_pipe_that_nobody_writes_to_keeps_nobody_from_leaving() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = fifo(&folder);
    let start = || {
        let mut terminal = Terminal::start(80, 24, &["open", &pipe], &[]);
        terminal.sees("file pipe").sees("loading").sees("q quit");
        terminal
    };
    for keys in ["q", "Q", "\x03"] {
        let mut terminal = start();
        terminal.keys(keys);
        assert_eq!(terminal.end().exit_code(), 0, "{keys:?}");
        terminal.assert_restored();
    }
    for (signal, code) in [(Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let mut terminal = start();
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), code);
        terminal.assert_restored();
    }
    for script in ["exec \"$T\" open \"$PIPE\"", "trap '' HUP; \"$T\" open \"$PIPE\"; exit $?"] {
        let mut terminal = Terminal::script(script, &[("PIPE", &pipe)]);
        terminal.sees("file pipe").sees("loading").hang_up();
        assert_eq!(terminal.end().exit_code(), 129, "{script}");
    }
}

#[test]
fn a_pipe_that_somebody_writes_to_later_is_read_then() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = fifo(&folder);
    let mut terminal = Terminal::start(80, 24, &["open", &pipe], &[]);
    terminal.sees("loading").sees("q quit").keys("?").sees("one line down").keys("\x1b").sees("q quit");
    fs::write(&pipe, fs::read(corpus("newest.ndjson")).unwrap()).unwrap();
    terminal.sees("── end of the file · 7 entries in all ──").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}
