//! An hour of a ticket that grows by an entry every four seconds, in simulated time, against the embedded server.

use std::time::Duration;

use ticketlog::model::{follow::Following, log::Run};

use crate::program::Program;

const GROWING: u64 = 4_484_700;

fn loaded(program: &Program) -> usize {
    program.model.reader.log().loaded()
}

#[tokio::test]
async fn an_hour_of_arrivals_comes_without_a_gap_and_without_a_repetition() {
    let mut program = Program::open(GROWING, 80, 24).await;
    program.settle().await;
    program.keys("F");
    program.settle().await;
    let before = (loaded(&program), program.server.requests());
    for _ in 0..6 {
        program.pass(Duration::from_mins(10)).await;
        program.keys("k");
    }
    let asked = program.server.requests();
    // The head every 15 seconds (the first brings nothing, so the second comes after 22), and the ticket whenever the
    // head brought news.
    assert_eq!(asked.log - before.1.log, 239);
    assert_eq!(asked.ticket - before.1.ticket, 239);
    program.keys("r");
    program.settle().await;
    let log = program.model.reader.log();
    assert_eq!(log.runs().len(), 1);
    assert_eq!(loaded(&program) - before.0, 900);
    let held = program.held().await;
    let ours: Vec<_> = log.runs().iter().flat_map(Run::iter).collect();
    assert!(ours.iter().zip(&held).all(|(ours, theirs)| ours.is_same(theirs)));
    assert!(program.model.reader.is_on_newest(), "the cursor stays with the newest entry");
}

#[tokio::test]
async fn more_than_a_page_between_two_polls_leaves_nothing_out_once_it_is_read() {
    let mut program = Program::open(GROWING, 80, 24).await;
    program.settle().await;
    program.model.follow = ticketlog::model::follow::Follow::new(Duration::from_mins(10), false);
    program.keys("F");
    program.settle().await;
    program.pass(Duration::from_mins(20)).await;
    program.keys("A");
    program.settle().await;
    let log = program.model.reader.log();
    let held = program.held().await;
    assert_eq!((log.runs().len(), log.total()), (1, Some(held.len())));
    let ours: Vec<_> = log.runs().iter().flat_map(Run::iter).collect();
    assert!(ours.iter().zip(&held).all(|(ours, theirs)| ours.is_same(theirs)));
}

/// C33
#[tokio::test]
async fn half_an_hour_without_a_key_pauses_and_the_next_key_goes_on() {
    let mut program = Program::open(GROWING, 80, 24).await;
    program.settle().await;
    program.keys("F");
    program.settle().await;
    program.pass(Duration::from_mins(31)).await;
    assert_eq!(program.model.follow.following(), Following::Paused);
    assert!(program.picture()[0].ends_with("follow paused, as of 13:29"), "{}", program.picture()[0]);
    let asked = program.server.requests().log;
    program.pass(Duration::from_hours(2)).await;
    assert_eq!(program.server.requests().log, asked);
    program.keys("j");
    program.settle().await;
    assert_eq!(program.server.requests().log, asked + 1);
    assert!(program.picture()[0].ends_with("following, as of 15:31"), "{}", program.picture()[0]);
}

#[tokio::test]
async fn a_quiet_ticket_is_asked_less_and_less_often() {
    let mut program = Program::open(4_478_963, 80, 24).await;
    program.settle().await;
    program.keys("F");
    program.settle().await;
    let before = program.server.requests();
    program.pass(Duration::from_mins(29)).await;
    // 22, 33, 50, 75 and 113 seconds, then every two minutes.
    let asked = program.server.requests();
    assert_eq!((asked.log - before.log, asked.ticket - before.ticket), (17, 0));
}

#[tokio::test]
async fn loading_everything_costs_a_request_for_every_48_entries_and_one_past_the_end_at_most() {
    for (ticket, entries, most) in [(4_478_963, 190, 5), (4_484_636, 10_000, 210)] {
        let mut program = Program::open(ticket, 80, 24).await;
        program.settle().await;
        program.keys("A");
        program.settle().await;
        assert_eq!(program.model.reader.log().total(), Some(entries));
        assert_eq!(program.model.reader.log().runs().len(), 1);
        let asked = program.server.requests().log;
        assert!(asked <= most, "{asked} requests for {entries} entries");
    }
}
