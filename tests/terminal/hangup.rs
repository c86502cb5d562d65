//! The line drops.

use std::{fs, net::TcpListener, path::Path, time::Duration};

use crate::pty::{Terminal, ends};

/// The longest wait for the end: ten times what is promised.
const LONGEST: Duration = Duration::from_secs(10);

/// The line drops, and soon after that whatever was started has ended with this code.
fn is_gone(terminal: &mut Terminal, code: u32) {
    terminal.hang_up();
    assert!(terminal.ends_within(LONGEST), "still there");
    assert_eq!(terminal.end().exit_code(), code);
}

/// The view that was saved in a folder.
fn saved(folder: &Path) -> String {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let is_view = |path: &Path| path.file_name().unwrap().to_str().unwrap().starts_with("view-");
    let views: Vec<_> = files.filter(|path| is_view(path)).collect();
    assert_eq!(views.len(), 1, "{views:?}");
    fs::read_to_string(&views[0]).unwrap()
}

/// A shell that ignores hang-ups, like `nohup`, and waits for the program.
const DEAF: &str = r#"trap '' HUP; "$T" --demo; exit $?"#;

#[test]
fn the_program_is_gone_when_the_terminal_is() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded");
    is_gone(&mut terminal, 129);
}

#[test]
fn it_is_gone_also_where_hang_ups_are_ignored() {
    let mut terminal = Terminal::script(DEAF, &[]);
    terminal.sees("50 loaded");
    is_gone(&mut terminal, 129);
}

#[test]
fn it_burns_nothing_between_the_hang_up_and_its_end() {
    // The shell's own times and those of the program that it waited for, as POSIX has them: `0m0.12s` each.
    let script = r#"trap '' HUP; "$T" --demo; times >"$TIMES"; exit 0"#;
    let folder = tempfile::tempdir().unwrap();
    let times = folder.path().join("times");
    let mut terminal = Terminal::script(script, &[("TIMES", times.to_str().unwrap())]);
    terminal.sees("#4478963 open").sees("50 loaded").sees("entry 1 of 50 shown");
    let before = terminal.grandchild_used().ticks;
    is_gone(&mut terminal, 0);
    let seconds = |time: &str| -> f64 {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    let told = fs::read_to_string(times).unwrap();
    let used: f64 = told.lines().last().unwrap().split_whitespace().map(seconds).sum();
    let burnt = used - f64::from(u32::try_from(before).unwrap()) / 100.0;
    assert!(burnt < 0.2, "{burnt} s of the processor: {before} ticks before, {told}");
}

#[test]
fn it_is_gone_before_the_first_answer_and_what_was_asked_for_is_kept() {
    // It takes connections, and no request.
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", server.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let env = [
        ("TICKETLOG_BASE_URL", address.as_str()),
        ("TICKETLOG_ACCESS_TOKEN", "x"),
        ("TICKETLOG_STATE", folder.path().to_str().unwrap()),
    ];
    let mut terminal = Terminal::script(r#"trap '' HUP; "$T" 4711; exit $?"#, &env);
    terminal.sees("#4711");
    is_gone(&mut terminal, 129);
    assert!(saved(folder.path()).contains("4711"));
}

#[test]
#[cfg(debug_assertions)]
fn it_is_gone_also_with_its_main_loop_blocked() {
    for script in [DEAF, "exec \"$T\" --demo"] {
        let mut terminal = Terminal::script(script, &[("TICKETLOG_FAULT", "block-main")]);
        terminal.sees("50 loaded");
        is_gone(&mut terminal, 129);
    }
}

#[test]
fn it_is_gone_in_the_middle_of_a_frame_and_of_loading() {
    for script in [DEAF, r#"trap '' HUP; "$T" --demo 2>&-; exit $?"#] {
        let mut terminal = Terminal::script(script, &[]);
        terminal.sees("50 loaded");
        terminal.fill();
        terminal.press(b"GGGG\x0c");
        // Now the jump is under way, and the frame that shows it waits for room.
        terminal.until_keys_are_read();
        is_gone(&mut terminal, 129);
    }
}

#[test]
fn it_is_gone_also_when_it_was_stopped_and_the_view_is_kept() {
    // The shell hears of the hang-up and continues its job, to tell how that ended.
    let script = r#"set -m; trap 'bg; wait %1; echo $? >"$CODE"; exit' HUP
        "$T" --demo; echo "job stopped"; read answer"#;
    let folder = tempfile::tempdir().unwrap();
    let code = folder.path().join("code");
    let env = [("TICKETLOG_STATE", folder.path().to_str().unwrap()), ("CODE", code.to_str().unwrap())];
    let mut terminal = Terminal::script(script, &env);
    terminal.sees("50 loaded").keys("jj").sees("entry 3 of 50 shown").keys("\x1a").sees("job stopped");
    assert!(!ends(terminal.grandchild(), Duration::ZERO));
    terminal.hang_up();
    assert!(terminal.ends_within(LONGEST), "the shell or its job is still there");
    assert_eq!(fs::read_to_string(code).unwrap(), "129\n");
    let view = saved(folder.path());
    assert!(view.contains("4478963") && view.contains("2023-12-13T22:11:52"), "{view}");
}

#[test]
fn it_is_gone_also_when_it_was_stopped_and_nobody_continues_it() {
    let script = r#"set -m; "$T" --demo; echo "job stopped"; read answer"#;
    let mut terminal = Terminal::script(script, &[]);
    terminal.sees("50 loaded").keys("\x1a").sees("job stopped");
    let program = terminal.grandchild();
    assert!(!ends(program, Duration::ZERO));
    terminal.hang_up();
    assert!(ends(program, LONGEST));
}
