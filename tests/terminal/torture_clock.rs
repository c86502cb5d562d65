//! One scenario, with the clock set while it runs, at every reading: nothing ends but by the last key.

use tempfile::TempDir;

use crate::pty::Terminal;

/// More readings than there are bursts in the scenario.
const READINGS: usize = 24;

/// Opens, follows, jumps to a time, opens another ticket and quits.
fn scenario(fault: &str) {
    let state = TempDir::new().unwrap();
    let env = [("TICKETLOG_STATE", state.path().to_str().unwrap()), ("TICKETLOG_FAULT", fault)];
    let mut terminal = Terminal::start(80, 24, &["--demo", "4484700", "--follow"], &env);
    terminal.sees("loaded").sees("#4484700 open").keys("jjt12:00\r").sees("── entry ").keys("r");
    terminal.keys("O").sees("inbox link:").keys("4478963\r").sees("#4478963 open").sees("loaded");
    terminal.keys("Gt-3d\r").sees("── entry ").keys("tyesterday\r").sees("── entry ").keys("Q");
    assert_eq!(terminal.end().exit_code(), 0, "{fault}: {}", terminal.screen());
    terminal.assert_restored();
    assert!(!terminal.screen().contains("ticketlog: "), "{fault}: {}", terminal.screen());
}

#[test]
fn whenever_the_clock_is_set_the_scenario_goes_on_to_its_end() {
    for reading in 1..=READINGS {
        let kind = ["back", "on", "zero"][reading % 3];
        scenario(&format!("clock-{kind}-{reading}"));
    }
    for kind in ["back", "on", "zero"] {
        scenario(&format!("clock-{kind}-1"));
    }
}
