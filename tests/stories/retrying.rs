//! What failed and is worth it is tried again by itself, visibly, three times at most.

use std::time::Duration;

use ticketlog::model::failure::{Failure, FailureKind, Retry};

use crate::story::Story;

fn passing() -> Failure {
    Failure::new(FailureKind::Trouble, "The server is busy.").with_retry(Retry::Soon)
}

fn asked_to_wait(seconds: u64) -> Failure {
    passing().with_retry(Retry::After(Duration::from_secs(seconds)))
}

/// A story whose next page has failed.
fn failed(failure: Failure) -> Story {
    let mut story = Story::new(190);
    story.settle().keys("        ");
    story.fail(failure);
    story
}

#[test]
fn three_tries_follow_a_failure_then_the_user_decides() {
    let mut story = failed(passing());
    let first = story.requests.len();
    for tries in 1..=3 {
        assert!(story.asked.is_empty());
        story.pass(Duration::from_secs(3));
        assert_eq!(story.requests.len(), first + tries);
        story.fail(passing());
    }
    story.pass(Duration::from_mins(10));
    assert_eq!(story.requests.len(), first + 3);
    assert!(story.shows("── r tries again · The server is busy. ──"), "{:#?}", story.screen());
    story.keys("r").settle();
    assert!(!story.shows("tries again"), "{:#?}", story.screen());
}

#[test]
fn an_answer_ends_it_and_the_next_failure_is_a_first_one() {
    let mut story = failed(passing());
    for _ in 0..3 {
        story.pass(Duration::from_secs(3));
        story.fail(passing());
    }
    story.keys("r").settle();
    story.keys("        ");
    story.fail(passing());
    let before = story.requests.len();
    story.pass(Duration::from_secs(3));
    assert_eq!(story.requests.len(), before + 1);
    story.settle();
    assert_eq!(story.loaded().len(), 1);
}

#[test]
fn the_row_counts_the_seconds_down() {
    let mut story = failed(asked_to_wait(5));
    assert!(
        story.shows("r tries again, or wait 6 s (esc stops) · The server is busy."),
        "{:#?}",
        story.screen()
    );
    story.pass(Duration::from_secs(3));
    assert!(story.shows("or wait 3 s"), "{:#?}", story.screen());
    assert!(story.asked.is_empty());
    story.pass(Duration::from_secs(3));
    assert_eq!(story.asked.len(), 1);
}

#[test]
fn the_user_can_try_at_once_or_stop_it() {
    let mut story = failed(asked_to_wait(30));
    let before = story.requests.len();
    story.keys("r");
    assert!(story.requests.len() > before);
    story.settle().pass(Duration::from_mins(2));
    assert!(!story.shows("tries again"));

    for stop in ["<esc>", "<c-c>"] {
        let mut story = failed(asked_to_wait(30));
        let before = story.requests.len();
        story.keys(stop).pass(Duration::from_mins(2));
        assert_eq!(story.requests.len(), before);
        assert!(story.shows("── r tries again · The server is busy. ──"), "{:#?}", story.screen());
        assert!(story.others.is_empty(), "still open: {:?}", story.others);
    }
}

#[test]
fn a_server_that_asks_for_more_than_a_minute_is_left_to_the_user() {
    let mut story = failed(asked_to_wait(61));
    let before = story.requests.len();
    story.pass(Duration::from_hours(2));
    assert_eq!(story.requests.len(), before);
}

#[test]
fn narrowing_ends_the_wait_and_asks_its_own_question() {
    let mut story = failed(asked_to_wait(30));
    story.keys("f o<enter>").rest();
    let before = story.requests.len();
    story.pass(Duration::from_mins(2));
    assert_eq!(story.requests.len(), before);
}

#[test]
fn another_ticket_ends_the_wait_and_asks_its_own_question() {
    let mut story = failed(asked_to_wait(30));
    story.keys("O8<enter>").settle();
    assert_eq!(story.model.subject.ticket(), Some(8));
    let before = story.requests.len();
    story.pass(Duration::from_mins(2));
    assert_eq!(story.requests.len(), before);
}

#[test]
fn the_opening_is_tried_again_and_says_so() {
    let mut story = Story::new(20);
    story.fail(asked_to_wait(4));
    assert!(story.shows("r tries again, or wait 5 s (esc stops), q leaves."), "{:#?}", story.screen());
    story.pass(Duration::from_secs(6));
    story.settle();
    assert!(story.shows("20 loaded"), "{:#?}", story.screen());
}

#[test]
fn a_jump_and_a_load_survive_a_failure_that_passes() {
    for (key, runs) in [("G", 2), ("A", 1)] {
        let mut story = Story::new(2_000);
        story.settle().keys(key).answer();
        story.fail(passing());
        assert!(!story.shows("given up"), "{:#?}", story.screen());
        story.pass(Duration::from_secs(3));
        story.settle();
        assert!(story.model.reader.log().reaches_start(), "{key}");
        assert_eq!(story.loaded().len(), runs, "{key}");
    }
}

#[test]
fn a_jump_is_given_up_when_the_last_try_has_failed() {
    let mut story = Story::new(2_000);
    story.settle().keys("G").fail(passing());
    for _ in 0..3 {
        story.pass(Duration::from_secs(3));
        story.fail(passing());
    }
    assert!(story.shows("the jump was given up: The server is busy."), "{:#?}", story.screen());
}

#[test]
fn an_answer_beside_one_that_failed_does_not_end_the_wait() {
    let mut story = Story::new(1_000);
    story.settle().keys("A");
    assert_eq!(story.asked.len(), 2);
    story.fail(passing());
    story.answer();
    assert!(story.model.reader.loads_all() && story.shows("s (esc stops)"), "{:#?}", story.screen());
    story.pass(Duration::from_secs(3));
    story.settle();
    assert_eq!(story.loaded(), [(0..1_000).rev().collect::<Vec<_>>()]);
}

#[test]
fn following_obeys_the_server_and_comes_back_at_its_own_pace() {
    let mut story = Story::new(20);
    story.settle().keys("F").settle();
    story.pass(Duration::from_secs(30));
    let before = story.requests.len();
    story.fail(asked_to_wait(50));
    story.pass(Duration::from_secs(45));
    assert_eq!(story.requests.len(), before, "no poll before the server's moment");
    story.pass(Duration::from_secs(10));
    story.settle();
    assert_eq!(story.requests.len(), before + 1);
}

#[test]
fn the_head_is_asked_for_while_everything_is_loaded() {
    let mut story = Story::new(5_000);
    story.settle().keys("A");
    let before = story.requests.len();
    story.arrive(1).keys("r");
    for _ in 0..6 {
        story.answer();
    }
    assert!(story.requests[before..].iter().any(|(_, window)| window.skip == 0));
}
