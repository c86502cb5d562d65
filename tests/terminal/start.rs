//! From the first frame to the shell's prompt.

use rustix::process::{Signal, kill_process};

use crate::pty::Terminal;

#[test]
fn start_scroll_past_page_one_filter_and_quit_leave_the_terminal_as_it_was() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    let before = terminal.modes();
    terminal.sees("#4478963 open").sees("as of").sees("50 loaded");
    assert_eq!(terminal.is_taken(), (true, true));
    assert_ne!(terminal.modes(), before, "raw mode");
    while !terminal.screen().contains("start of the ticket") {
        let before = entry(&terminal.screen());
        terminal.keys(" ").until("another entry", |screen| entry(screen) != before);
    }
    terminal.sees("190 loaded, all of them").sees("start of the ticket · 190 entries in all");
    terminal.keys("f").sees("[x] reply");
    terminal.keys("G").sees("types not listed here").keys("gn").sees("no type chosen");
    terminal.keys("a\r").until("the filter closed", |screen| !screen.contains("[x]"));
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert_eq!(terminal.is_taken(), (false, false));
    assert_eq!(terminal.modes(), before);
}

#[test]
fn the_demo_ignores_every_setting_of_the_user() {
    let env = [
        ("TICKETLOG_BASE_URL", "nonsense"),
        ("TICKETLOG_ACCESS_TOKEN", "also\nnonsense"),
        ("HTTP_PROXY", "http://127.0.0.1:1"),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
        ("ALL_PROXY", "http://127.0.0.1:1"),
        ("SSL_CERT_FILE", "/nonexistent"),
    ];
    let mut terminal = Terminal::start(80, 24, &["--demo", "255762"], &env);
    terminal.sees("start of the ticket · 5 entries in all");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_ticket_that_the_server_does_not_know_is_said_on_the_screen_and_again_after_leaving() {
    let mut terminal = Terminal::start(80, 24, &["--demo", "99"], &[]);
    terminal.sees("99").sees("r tries again, q leaves");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 5);
    assert!(terminal.screen().contains("ticketlog: "), "{}", terminal.screen());
    assert_eq!(terminal.is_taken(), (false, false));
}

#[test]
fn signals_end_the_program_in_order_with_their_exit_codes() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::HUP, 129)] {
        let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
        terminal.sees("50 loaded");
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), code);
        terminal.assert_restored();
    }
}

#[test]
fn a_resized_terminal_is_drawn_anew_in_its_size() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded").sees("entry 1 of 50 shown");
    terminal.resize(40, 12);
    terminal
        .keys("\x0c")
        .sees("? help")
        .until("40 columns", |screen| screen.lines().all(|line| line.chars().count() <= 40));
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
}

/// Arguments, variables, the exit code and a part of the sentence.
type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], u32, &'a str);

#[test]
fn what_is_wrong_without_the_network_is_one_sentence_before_any_escape() {
    let token = ("TICKETLOG_ACCESS_TOKEN", "x");
    let cases: &[Case] = &[
        (&["abc"], &[], 2, "number"),
        (&["-5"], &[], 2, "number"),
        (&["https://inbox.socialboards.com/acme/tickets"], &[], 2, "names no ticket"),
        (&[], &[], 2, "Which ticket?"),
        (&["4711"], &[], 3, "No token for api.socialboards.com. Run ticketlog auth login"),
        (&["--colour-me"], &[], 2, "--colour-me"),
        (&["4711", "12"], &[], 2, "one ticket"),
        (&["4711", "--base-url", "http://example.org"], &[token], 2, "http"),
        (&["4711", "--linear=false"], &[token, ("TERM", "dumb")], 2, "TERM"),
        (&["--demo"], &[("TICKETLOG_LINEAR", "maybe")], 2, "neither 1 nor 0"),
    ];
    for (args, env, code, words) in cases {
        let mut terminal = Terminal::start(80, 24, args, env);
        assert_eq!(terminal.end().exit_code(), *code, "{args:?}: {}", terminal.screen());
        let said = String::from_utf8(terminal.bytes.clone()).unwrap();
        assert!(said.contains(words), "{args:?}: {said}");
        assert!(said.starts_with("ticketlog: ") && said.trim_end().lines().count() == 1, "{args:?}: {said}");
        assert!(!terminal.bytes.contains(&0x1b), "{args:?}: {}", String::from_utf8_lossy(&terminal.bytes));
    }
}

#[test]
fn without_any_terminal_the_table_goes_to_a_file_without_an_escape() {
    use std::{fs, process::Command};
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| fs::File::create(folder.path().join(name)).unwrap();
    let mut command = Command::new("/usr/bin/setsid");
    command.args(["--wait", env!("CARGO_BIN_EXE_ticketlog"), "--demo"]).env_clear();
    command.env("TERM", "xterm-256color").env("CLICOLOR_FORCE", "1").env("LC_ALL", "C.UTF-8");
    command.stdin(std::process::Stdio::null()).stdout(file("out")).stderr(file("err"));
    assert_eq!(command.status().unwrap().code(), Some(0));
    let out = fs::read(folder.path().join("out")).unwrap();
    assert_eq!(out.split(|byte| *byte == b'\n').count() - 1, 1 + 190);
    assert!(!out.contains(&0x1b), "{}", out.escape_ascii());
    assert_eq!(fs::read(folder.path().join("err")).unwrap(), b"");
}

#[test]
fn into_a_pipe_or_nowhere_no_escape_is_written_and_the_modes_are_not_touched() {
    let ends = ["| cat; echo over", ">/dev/null; echo over", ">&-; echo over", "<&- | cat; echo over"];
    for end in ends {
        let mut terminal = Terminal::script(&format!("\"$T\" --demo 255762 {end}"), &[]);
        terminal.sees("over").end();
        assert!(!terminal.bytes.contains(&0x1b), "{end}: {}", terminal.bytes.escape_ascii());
        assert_eq!(terminal.screen().contains("created the ticket"), end.contains("cat"), "{end}");
        terminal.assert_restored();
    }
}

#[test]
fn a_start_on_a_terminal_that_a_killed_program_left_behind_draws_and_quits() {
    let script = r#""$T" --demo; echo "killed $?"; read answer; "$T" --demo; echo "ended $?""#;
    let mut terminal = Terminal::script(script, &[]);
    terminal.sees("50 loaded").sees("entry 1 of 50 shown").picture();
    kill_process(terminal.grandchild(), Signal::KILL).unwrap();
    terminal.sees("killed 137").keys("\n").until("another", |screen| !screen.contains("killed"));
    terminal.sees("entry 1 of 50 shown").keys("j").sees("entry 2 of 50 shown").keys("q");
    terminal.sees("ended 0").end();
    // The modes of the killed one are all that the second could give back: `reset` is for those.
    assert_eq!(terminal.is_taken(), (false, false));
}

/// The rule that tells the number of the entry at the cursor.
fn entry(screen: &str) -> Option<String> {
    screen.lines().find(|line| line.starts_with("── entry")).map(str::to_owned)
}
