//! Terminals of every size.

use std::time::Duration;

use crate::pty::Terminal;

/// The most memory that a terminal of any size may cost, in kilobytes.
const MOST_MEMORY: u64 = 100_000;

/// The most memory that a program has used so far.
fn stays_small(terminal: &Terminal, what: &str) {
    let memory = terminal.proc("status", "VmHWM");
    let kilobytes: u64 = memory.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kilobytes < MOST_MEMORY, "{what}: {memory}");
}

/// How long a program is looked at that has nothing left to do.
const WHILE: Duration = Duration::from_secs(2);

#[test]
fn every_size_starts_stays_small_in_memory_and_quits() {
    let sizes = [
        (0, 0),
        (1, 1),
        (2, 3),
        (1, 200),
        (200, 1),
        (20, 3),
        (1000, 500),
        (3000, 3000),
        (u16::MAX, u16::MAX),
    ];
    for (columns, lines) in sizes {
        let mut terminal = Terminal::start(columns, lines, &["--demo"], &[]);
        terminal.until_taken(true);
        if lines >= 24 && columns >= 80 {
            terminal.sees("50 loaded");
        }
        terminal.keys("jGg").picture();
        stays_small(&terminal, &format!("{columns}x{lines}"));
        terminal.keys("q");
        assert_eq!(terminal.end().exit_code(), 0, "{columns}x{lines}");
        terminal.assert_restored();
    }
}

#[test]
fn a_terminal_without_room_says_so() {
    for (columns, lines) in [(19, 10), (30, 2), (7, 5)] {
        let mut terminal = Terminal::start(columns, lines, &["--demo"], &[]);
        terminal.until("the hint", |screen| screen.replace('\n', "").contains("needs 20x3"));
        terminal.resize(80, 24);
        terminal.sees(" loaded").keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
    }
}

#[test]
fn a_storm_of_sizes_ends_in_the_picture_of_the_last_one() {
    let mut terminal = Terminal::start(80, 24, &["--demo"], &[]);
    terminal.sees("50 loaded");
    let mut random = 7_u32;
    for _ in 0..400 {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (columns, lines) = ((random >> 20) % 200, (random >> 8) % 60);
        terminal.resize(u16::try_from(columns).unwrap(), u16::try_from(lines).unwrap());
    }
    terminal.resize(0, 0);
    terminal.resize(1, 1);
    terminal.resize(100, 30);
    terminal.until("the last size", |screen| {
        screen.contains(" loaded") && screen.lines().count() == 30 && screen.ends_with("q quit")
    });
    terminal.keys("f").sees("[x] reply").keys("\r").until("the list", |screen| !screen.contains("[x]"));
    terminal.until_keys_are_read();
    stays_small(&terminal, "after the storm");
    let before = terminal.used();
    assert!(!terminal.ends_while_read(WHILE));
    let after = terminal.used();
    assert!(after.switches - before.switches < 50 && after.ticks - before.ticks <= 3, "{before:?} {after:?}");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}
