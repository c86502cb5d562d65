//! Requests, counted on the server.

use ticketlog::{demo::Requests, model::timeline::Row};

use crate::program::Program;

#[tokio::test]
async fn opening_shows_the_first_rows_after_one_request_and_one_for_the_ticket_beside_it() {
    let mut program = Program::open(4_478_963, 80, 24).await;
    program.settle().await;
    assert_eq!(program.server.requests(), Requests { log: 1, ticket: 1, list: 0, token: 0 });
    let mut large = Program::unfolded(4_478_963, 200, 50).await;
    large.settle().await;
    assert_eq!(large.server.requests(), Requests { log: 2, ticket: 1, list: 0, token: 0 });
    // Where reads fold, two hold what is on the screen, and a third some of the screen ahead.
    let mut folded = Program::open(4_478_963, 200, 50).await;
    folded.settle().await;
    assert_eq!(folded.server.requests(), Requests { log: 3, ticket: 1, list: 0, token: 0 });
    let rows = folded.model.reader.timeline().rows(folded.model.reader.log());
    let on_screen: usize = rows.iter().map(entries).sum();
    assert!(on_screen <= 98, "{on_screen}");
}

/// How many entries a line stands for.
fn entries(row: &Row<'_>) -> usize {
    match row {
        Row::Entry { .. } => 1,
        Row::Fold { fold, .. } => fold.count,
        Row::Rule(_) | Row::Tail { .. } => 0,
    }
}

#[tokio::test]
async fn reading_to_the_end_costs_a_request_for_every_48_entries() {
    let mut program = Program::open(4_478_963, 80, 24).await;
    program.settle().await;
    for _ in 0..200 {
        program.keys("j");
        program.settle().await;
    }
    assert_eq!(program.model.reader.log().total(), Some(190));
    assert_eq!(program.server.requests().log, 4);
}

#[tokio::test]
async fn five_quick_toggles_cost_one_request() {
    let mut program = Program::open(4_478_963, 80, 24).await;
    program.settle().await;
    for _ in 0..200 {
        program.keys("j");
        program.settle().await;
    }
    let before = program.server.requests().log;
    program.keys("f j j j j ");
    program.rest().await;
    assert_eq!(program.server.requests().log, before + 1);
}

#[tokio::test]
async fn every_window_is_asked_once() {
    // After 600 steps line 616 is one screen ahead: 50 entries and 12 times 48 more hold it.
    assert_eq!(windows_of_600_steps(Program::unfolded(4_484_636, 80, 24).await).await.0, 13);
    // No page more than what holds it where lines stand for several entries.
    let (_, lines) = windows_of_600_steps(Program::open(4_484_636, 80, 24).await).await;
    assert!((616..616 + 48).contains(&lines), "{lines}");
}

/// How many windows were asked for, each once, and how many lines they filled.
async fn windows_of_600_steps(mut program: Program) -> (usize, usize) {
    for _ in 0..600 {
        program.keys("j");
        program.settle().await;
    }
    let mut windows = program.server.log_windows();
    let count = windows.len();
    windows.sort_unstable_by_key(|window| window.skip);
    windows.dedup_by_key(|window| window.skip);
    assert_eq!(windows.len(), count);
    (count, program.model.reader.timeline().lines())
}
