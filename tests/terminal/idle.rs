//! A program that nobody uses uses nothing.

use std::{fs, time::Duration};

use crate::pty::Terminal;

/// How long an idle program is looked at.
const WHILE: Duration = Duration::from_secs(5);

#[test]
fn an_idle_program_writes_nothing_and_sleeps() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("#4478963 open").sees("50 loaded").sees("entry 1 of 50 shown");
    let before = terminal.used();
    assert!(terminal.is_quiet(WHILE), "{}", terminal.bytes.escape_ascii());
    let after = terminal.used();
    assert!(after.switches - before.switches < 25, "5 a second: {before:?} {after:?}");
    assert!(after.ticks - before.ticks <= 2, "{before:?} {after:?}");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn fifty_instances_are_small_idle_and_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let env = [("TICKETLOG_STATE", path), ("TMPDIR", path)];
    let mut all: Vec<Terminal> = (0..50).map(|_| Terminal::start(80, 24, &["--demo"], &env)).collect();
    for terminal in &mut all {
        terminal.sees("#4478963 open").sees("50 loaded").sees("entry 1 of 50 shown");
    }
    let before: Vec<_> = all.iter().map(Terminal::used).collect();
    assert!(all[0].is_quiet(WHILE));
    for (terminal, before) in all.iter().zip(before) {
        let after = terminal.used();
        assert!(after.ticks - before.ticks <= 2, "{before:?} {after:?}");
        let memory = terminal.proc("status", "VmRSS");
        let kilobytes: u64 = memory.split_whitespace().nth(1).unwrap().parse().unwrap();
        assert!(kilobytes < 30_000, "{memory}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "while they run");
    for terminal in &mut all {
        terminal.keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["visit-demo-4478963.json"], "one visit of fifty, and no file half written");
}
