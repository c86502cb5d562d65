//! The terminal's bell: once when entries arrive while a ticket is followed, for whoever asked for it.

use tempfile::TempDir;

use crate::{
    pty::Terminal,
    visits::{GROWING, Growing},
};

fn rings(terminal: &Terminal) -> usize {
    terminal.bytes.split(|byte| *byte == 0x07).count() - 1
}

/// Follows the growing ticket: entries arrive one by one and by the hundred, and sometimes none does. Gives how often
/// the bell had rung after each.
fn followed(args: &[&str]) -> Vec<usize> {
    let (state, server) = (TempDir::new().unwrap(), Growing::start());
    let mut terminal = server.open(&state, &[&[GROWING], args].concat());
    terminal.may_ring().sees("50 loaded").keys("A").sees("all 120 entries are loaded");
    let mut rang = vec![rings(&terminal)];
    let mut loaded = 120;
    for count in [1, 3, 0, 120, 1] {
        terminal.keys("jk").sees("? help");
        server.grow(count);
        loaded += count;
        // A key asks at once, as a poll does later.
        terminal.keys("rA").sees(&format!("all {loaded} entries are loaded"));
        rang.push(rings(&terminal));
    }
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
    rang.push(rings(&terminal));
    rang
}

#[test]
fn the_bell_rings_once_for_what_arrives_together_and_never_for_anything_else() {
    assert_eq!(followed(&["--follow", "--bell"]), [0, 1, 2, 2, 3, 4, 4]);
}

#[test]
fn without_the_wish_or_without_following_no_bell_rings() {
    assert_eq!(followed(&["--follow"]), [0; 7]);
    assert_eq!(followed(&["--bell"]), [0; 7]);
}

#[test]
fn a_bell_in_a_customers_text_does_not_ring() {
    let mut terminal = Terminal::start(80, 24, &["--demo", "666", "--follow", "--bell"], &[]);
    terminal.sees("#666").sees("loaded").keys("A").sees("entries are loaded").keys("G   i").keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert_eq!(rings(&terminal), 0);
}
