//! What a dropped line interrupted is taken up again.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::pty::Terminal;

/// Narrows a view, goes to an entry of it and drops the line. Gives the line of the entry.
fn drop_line(state: &TempDir, script: &str, env: &[(&str, &str)]) -> String {
    let state = ("TICKETLOG_STATE", state.path().to_str().unwrap());
    let mut terminal = Terminal::script(script, &[env, &[state]].concat());
    terminal.sees("50 loaded").keys("f").sees("[x] reply");
    narrow(&mut terminal);
    terminal
        .keys("\r")
        .until("no reads", has_no_reads)
        .sees("of 98 loaded")
        .keys("G")
        .sees("start of the ticket")
        .until("the oldest", |screen| entries_below(screen) == Some(0));
    terminal.keys("k").until("the one above", |screen| entries_below(screen) == Some(1));
    let line = cursor_line(&terminal.screen()).unwrap();
    terminal.hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
    line
}

fn has_no_reads(screen: &str) -> bool {
    screen.contains("hidden of")
        && !screen.lines().any(|line| line.get(17..).is_some_and(|rest| rest.starts_with(" read ")))
}

/// Unticks reads.
fn narrow(terminal: &mut Terminal) {
    terminal.keys("/read").sees("▌[x] ticket read").keys("\r").sees("space toggle");
    terminal.keys(" ").sees("▌[ ] ticket read");
}

fn cursor_line(screen: &str) -> Option<String> {
    screen.lines().find(|line| line.starts_with('▌')).map(str::to_owned)
}

/// How many entries stand below the cursor, by the rule that tells its number.
fn entries_below(screen: &str) -> Option<usize> {
    let rule = screen.lines().find_map(|line| line.strip_prefix("── entry "))?;
    let (at, rest) = rule.split_once(" of ")?;
    rest.split_once(' ')?.0.parse::<usize>().ok()?.checked_sub(at.parse().ok()?)
}

fn saved(state: &TempDir) -> String {
    fs::read_to_string(state.path().join("view-demo-4478963.json")).unwrap()
}

#[test]
fn the_view_is_saved_without_a_word_of_a_customer_and_taken_up_again() {
    let state = TempDir::new().unwrap();
    let line = drop_line(&state, "exec \"$T\" --demo", &[]);
    let kept = saved(&state);
    for word in ["Garrick", "Ollivander", "Potter", "price", "Sales", "reply sent"] {
        assert!(!kept.contains(word), "{kept}");
    }
    let env = [("TICKETLOG_STATE", state.path().to_str().unwrap())];
    let mut terminal = Terminal::start(80, 24, &["--demo", "--resume"], &env);
    terminal.until("the entry", |screen| cursor_line(screen).as_ref() == Some(&line));
    terminal.until("no reads", has_no_reads);
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert!(!Path::new(&state.path().join("view-demo-4478963.json")).exists(), "taken up and left in order");
}

#[test]
fn a_plain_start_offers_the_view_with_the_key_that_takes_it_up() {
    let state = TempDir::new().unwrap();
    let line = drop_line(&state, "exec \"$T\" --demo", &[]);
    let env = [("TICKETLOG_STATE", state.path().to_str().unwrap())];
    // Another ticket: the key goes back to the one of the view.
    let mut terminal = Terminal::start(80, 24, &["--demo", "255762"], &env);
    terminal.sees("#255762").sees("R resume #4478963 (line dropped)").keys("R").sees("#4478963");
    terminal.until("the entry", |screen| cursor_line(screen).as_ref() == Some(&line));
    terminal.until("no offer", |screen| !screen.contains("R resume"));
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    let mut terminal = Terminal::start(80, 24, &["--demo"], &env);
    terminal.sees("50 loaded");
    assert!(!terminal.screen().contains("R resume"), "{}", terminal.screen());
}

#[test]
fn the_view_is_saved_also_with_hang_ups_ignored_and_the_main_loop_blocked() {
    let state = TempDir::new().unwrap();
    let env = [("TICKETLOG_STATE", state.path().to_str().unwrap()), ("TICKETLOG_FAULT", "block-main")];
    let mut terminal = Terminal::script("trap '' HUP; \"$T\" --demo; exit $?", &env);
    terminal.sees("50 loaded").hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
    assert!(saved(&state).contains("4478963"));
}

/// Opens a sample ticket, goes so many entries down and drops the line.
/// The entry stands in a row of several.
const WITHIN_READS: (&str, usize) = ("jjjjj\rjj", 8);

/// Drops the line on an entry, where these keys lead.
fn drop_at(state: &TempDir, ticket: &str, (keys, entry): (&str, usize)) {
    let env = [("TICKETLOG_STATE", state.path().to_str().unwrap())];
    let mut terminal = Terminal::start(80, 24, &["--demo", ticket], &env);
    terminal.sees("loaded").keys(keys).sees(&format!("── entry {entry} of")).hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
}

fn resume(state: &TempDir, args: &[&str]) -> Terminal {
    let env = [("TICKETLOG_STATE", state.path().to_str().unwrap())];
    Terminal::start(80, 24, &[&["--demo"], args].concat(), &env)
}

#[test]
fn each_ticket_keeps_its_own_view_and_the_newest_or_the_one_that_is_named_is_opened() {
    let state = TempDir::new().unwrap();
    drop_at(&state, "255762", ("jj", 3));
    drop_at(&state, "4478963", WITHIN_READS);
    let mut terminal = resume(&state, &["--resume", "255762"]);
    terminal.sees("#255762").sees("── entry 3 of").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    let mut terminal = resume(&state, &["--resume", "255762"]);
    terminal.sees("There is no view of #255762 to take up: no line dropped there");
    assert_eq!(terminal.end().exit_code(), 1);
    let mut terminal = resume(&state, &["--resume"]);
    terminal.sees("#4478963").sees("── entry 8 of").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn the_offer_is_of_the_ticket_that_is_open_else_of_the_newest() {
    let state = TempDir::new().unwrap();
    drop_at(&state, "255762", ("jj", 3));
    drop_at(&state, "4478963", WITHIN_READS);
    let mut terminal = resume(&state, &["255762"]);
    terminal.sees("#255762").sees("R resume (line dropped)").keys("R").sees("── entry 3 of").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    let mut terminal = resume(&state, &["255762"]);
    terminal
        .sees("#255762")
        .sees("R resume #4478963 (line dropped)")
        .keys("R")
        .sees("── entry 8 of")
        .keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_second_drop_before_any_key_keeps_the_view_of_the_first() {
    let state = TempDir::new().unwrap();
    drop_at(&state, "4478963", WITHIN_READS);
    let first = saved(&state);
    for ticket in ["4478963", "255762"] {
        let mut terminal = resume(&state, &[ticket]);
        terminal.sees(&format!("#{ticket}")).sees("loaded").sees("R resume").hang_up();
        assert_eq!(terminal.end().exit_code(), 129);
        assert_eq!(saved(&state), first);
    }
    let mut terminal = resume(&state, &["--resume"]);
    terminal.sees("#4478963").sees("── entry 8 of");
}

#[test]
fn a_window_that_nobody_used_does_not_take_the_place_of_one_that_dropped_beside_it() {
    let state = TempDir::new().unwrap();
    let mut unused = resume(&state, &["4478963"]);
    unused.sees("50 loaded");
    drop_at(&state, "4478963", WITHIN_READS);
    let first = saved(&state);
    unused.hang_up();
    assert_eq!(unused.end().exit_code(), 129);
    assert_eq!(saved(&state), first);
}

#[test]
fn the_question_which_ticket_offers_the_view() {
    let state = TempDir::new().unwrap();
    let server = crate::visits::Growing::start();
    let mut terminal = server.open(&state, &["4478963"]);
    terminal.sees("50 loaded").keys(WITHIN_READS.0).sees("── entry 8 of").hang_up();
    assert_eq!(terminal.end().exit_code(), 129);
    let mut terminal = server.open(&state, &[]);
    terminal.sees("Ticket number or inbox link:").sees("ctrl-r  #4478963 (line dropped)");
    terminal.keys("12\x12").sees("#4478963 open").sees("── entry 8 of").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    let mut terminal = server.open(&state, &[]);
    terminal.sees("▌4478963").sees("enter open");
    assert!(!terminal.screen().contains("ctrl-r"), "{}", terminal.screen());
}

#[test]
fn quitting_saves_no_view() {
    let state = TempDir::new().unwrap();
    let env = [("TICKETLOG_STATE", state.path().to_str().unwrap())];
    let mut terminal = Terminal::start(80, 24, &["--demo"], &env);
    terminal.sees("50 loaded").keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert!(!state.path().join("view-demo-4478963.json").exists());
    let mut terminal = Terminal::start(80, 24, &["--demo", "--resume"], &env);
    terminal.sees("There is no view to take up");
    assert_eq!(terminal.end().exit_code(), 1);
    assert!(!terminal.bytes.contains(&0x1b));
}
