//! The linear mode on a real terminal: nothing but lines, its modes as they were, and every way out.

use std::{net::TcpListener, sync::mpsc, thread, time::Duration};

use rustix::process::Signal;
use ticketlog::demo::{Options, Server};

use crate::pty::Terminal;

const DUMB: &[(&str, &str)] = &[("TERM", "dumb")];

/// What the opening ends with.
const OPENED: &str = "quit to leave.";

/// Printable text and ends of lines alone.
fn assert_lines(terminal: &Terminal) {
    let text = String::from_utf8(terminal.bytes.clone()).unwrap();
    let other = text.chars().find(|c| c.is_control() && !matches!(c, '\r' | '\n'));
    assert_eq!(other, None, "{}", terminal.bytes.escape_ascii());
}

#[test]
fn a_terminal_that_cannot_draw_is_told_the_log_in_lines() {
    for term in ["TERM=dumb; export TERM", "TERM=; export TERM", "unset TERM"] {
        let mut terminal = Terminal::script(&format!("{term}; \"$T\" --demo; echo \"ended $?\""), &[]);
        terminal.sees("1. 2023-12-14 00:24, Harry Potter, client:").sees(OPENED).sees("> ");
        assert_eq!(terminal.modes(), terminal.before, "the terminal keeps its own");
        terminal.keys("older\n").sees("20. 2023-12-12").keys("quit\n").sees("ended 0").end();
        assert_lines(&terminal);
        terminal.assert_restored();
    }
}

#[test]
fn it_is_asked_for_by_flag_and_by_variable_and_declined_by_flag() {
    for (args, env) in [(&["--demo", "--linear"][..], &[][..]), (&["--demo"], &[("TICKETLOG_LINEAR", "1")])] {
        let mut terminal = Terminal::start(80, 24, args, env);
        terminal.sees(OPENED).keys("q\n");
        assert_eq!(terminal.end().exit_code(), 0);
        assert_lines(&terminal);
    }
    let mut terminal = Terminal::start(80, 24, &["--demo", "--linear=false"], &[("TICKETLOG_LINEAR", "1")]);
    terminal.sees("entry 1 of 50 shown").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_file_and_the_flags_of_the_screen_work_with_it() {
    let file = format!("{}/tests/data/files/newest.ndjson", env!("CARGO_MANIFEST_DIR"));
    let mut terminal = Terminal::start(80, 24, &["open", &file], DUMB);
    terminal
        .sees("Log of file newest.ndjson")
        .sees("7. ")
        .sees("> ")
        .keys("older\n")
        .sees("end of the file: 7 entries");
    terminal.keys("quit\n");
    assert_eq!(terminal.end().exit_code(), 0);
    let flags = ["--demo", "--types", "reply", "--at", "2023-10-05 12:00"];
    let mut terminal = Terminal::start(80, 24, &flags, DUMB);
    terminal.sees("2023-10-05 10:17, Garrick Ollivander, team: sent a reply.").sees(OPENED);
    terminal.keys("status\n").sees("Shown: only reply.").keys("quit\n");
    assert_eq!(terminal.end().exit_code(), 0);
    let mut terminal = Terminal::start(80, 24, &["--demo", "--find", "anglia-price"], DUMB);
    terminal.sees("154. 2023-10-05 10:15").sees(OPENED).keys("quit\n");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn every_way_out_has_its_exit_code() {
    for (keys, code) in [("quit\n", 0), ("q\n", 0), ("\x04", 0), ("\x03", 130), ("older\n\x04", 0)] {
        let mut terminal = Terminal::start(80, 24, &["--demo"], DUMB);
        terminal.sees(OPENED).sees("> ").keys(keys);
        assert_eq!(terminal.end().exit_code(), code, "{keys:?}");
        assert_lines(&terminal);
        terminal.assert_restored();
    }
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::HUP, 129)] {
        let mut terminal = Terminal::start(80, 24, &["--demo"], DUMB);
        terminal.sees(OPENED).signal(signal);
        assert_eq!(terminal.end().exit_code(), code, "{signal:?}");
    }
    let mut terminal = Terminal::start(80, 24, &["--demo"], DUMB);
    terminal.sees(OPENED).hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
    let mut terminal = Terminal::start(80, 24, &["--demo", "99"], DUMB);
    terminal.sees("Trouble: ").sees("refresh tries again.").keys("quit\n").sees("ticketlog: ");
    assert_eq!(terminal.end().exit_code(), 5);
}

#[test]
fn a_hang_up_that_no_signal_tells_is_one_too() {
    let mut terminal = Terminal::script(r#"trap '' HUP; "$T" --demo; exit $?"#, DUMB);
    terminal.sees(OPENED).hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
}

#[test]
fn ctrl_c_stops_what_is_waited_for_before_it_quits() {
    // It takes connections, and no request.
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", server.local_addr().unwrap());
    let env = [("TERM", "dumb"), ("TICKETLOG_BASE_URL", address.as_str()), ("TICKETLOG_ACCESS_TOKEN", "x")];
    let mut terminal = Terminal::start(80, 24, &["4711"], &env);
    terminal.sees("Loading.").keys("\x03").sees("Stopped.").sees("> ");
    terminal.keys("\x03");
    assert_eq!(terminal.end().exit_code(), 130);
    assert_lines(&terminal);
}

/// The program must be there longer than the three seconds that others have to end in order once a signal has come:
/// what is read after it takes two answers, one after the other, of two seconds each.
#[test]
fn what_ctrl_c_stopped_can_be_gone_on_with_for_as_long_as_one_likes() {
    let (told, hears) = mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let options = Options { latency: Duration::from_secs(2), ..Options::default() };
            let server = Server::start(options).await.unwrap();
            told.send((server.base_url(), server.token().to_owned())).unwrap();
            let _ = stopped.await;
        });
    });
    let (base_url, token) = hears.recv().unwrap();
    let env =
        [("TERM", "dumb"), ("TICKETLOG_BASE_URL", base_url.as_str()), ("TICKETLOG_ACCESS_TOKEN", &token)];
    let mut terminal = Terminal::start(80, 24, &["4478963", "--no-state"], &env);
    terminal
        .sees(OPENED)
        .keys("load-all\n")
        .until("a wait", |screen| screen.matches("Loading.").count() == 2)
        .types(b"\x03")
        .sees("Stopped.");
    terminal.keys("load-all\n").sees("190 entries loaded, all of them.").keys("quit\n");
    assert_eq!(terminal.end().exit_code(), 0);
    drop(stop);
}

#[test]
fn a_line_typed_ahead_is_taken_when_its_turn_comes() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], DUMB);
    terminal.keys("older\nolder\n").sees("30. ").keys("quit\n");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_stopped_job_asks_again_when_it_goes_on() {
    let script = r#"set -m; "$T" --demo; echo "job stopped"; read answer; fg; echo "ended $?""#;
    let mut terminal = Terminal::script(script, DUMB);
    terminal.sees(OPENED).keys("\x1a").sees("job stopped").keys("\n").until("the prompt again", |screen| {
        screen.trim_end().ends_with('>') && screen.contains("job stopped")
    });
    terminal.keys("status\n").sees("As of").keys("quit\n").sees("ended 0").end();
    assert_lines(&terminal);
}
