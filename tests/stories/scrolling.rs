//! Scrolling: pages come ahead of the cursor, failures are rows.

use ticketlog::{
    message::Effect,
    model::failure::{Failure, FailureKind},
};

use crate::story::Story;

fn trouble() -> Failure {
    Failure::new(FailureKind::Trouble, "The server at example.org did not answer within 15 s.")
}

#[test]
fn reading_190_entries_to_the_end_costs_four_requests() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..200 {
        story.keys("j").settle();
    }
    assert_eq!(story.at(), Some(0));
    let skips: Vec<u64> = story.requests.iter().map(|(_, window)| window.skip).collect();
    assert_eq!(skips, [0, 48, 96, 144]);
    assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()]);
}

#[test]
fn pages_are_asked_for_one_screen_ahead_and_never_twice() {
    let mut story = Story::new(1_000);
    story.settle();
    let mut asked_at = None;
    for step in 1..50 {
        story.keys("j");
        if story.requests.len() > 1 && asked_at.is_none() {
            asked_at = Some(step);
        }
    }
    // The list is 15 lines high: after 35 steps line 36 is its last, and line 51, not loaded, is a screen ahead.
    assert_eq!(asked_at, Some(35));
    assert_eq!(story.requests.len(), 2, "held-down keys ask for nothing twice");
}

#[test]
fn a_row_that_is_not_loaded_is_drawn_and_the_answer_replaces_it() {
    let mut story = Story::new(190);
    story.settle().keys(&"j".repeat(60));
    assert!(story.shows("loading older entries"), "{:#?}", story.screen());
    assert_eq!(story.at(), None);
    let line = story.cursor_line();
    assert!(line.is_some());
    story.answer();
    assert_eq!(story.at(), Some(139), "the first entry that the answer brought");
    assert_eq!(story.cursor_line(), line);
}

#[test]
fn a_failure_is_a_row_with_its_sentence_and_r_tries_again() {
    let mut story = Story::new(190);
    story.settle().keys(&"j".repeat(60));
    story.fail(trouble());
    assert!(story.shows("r tries again · The server at example.org did not answer"), "{:#?}", story.screen());
    assert!(story.screen()[0].contains("offline since"));
    assert_eq!(story.model.reader.log().loaded(), 50, "what was loaded stays");
    let before = story.requests.len();
    story.keys("jkjk");
    assert_eq!(story.requests.len(), before, "nothing is asked until the user says so");
    story.keys("r").settle();
    assert!(!story.shows("tries again"));
    assert!(story.model.reader.log().loaded() > 50);
}

#[test]
fn a_failure_before_anything_was_loaded_fills_the_list_and_decides_the_exit_code() {
    for (kind, code) in
        [(FailureKind::NotAuthorised, 3), (FailureKind::Trouble, 4), (FailureKind::NoSuchTicket, 5)]
    {
        let mut story = Story::new(190);
        story.fail(Failure::new(kind, "There is no ticket 4478963."));
        assert!(story.shows("There is no ticket 4478963."));
        assert!(story.shows("r tries again, q leaves."));
        story.keys("q");
        assert_eq!(story.others, [Effect::Quit(code)]);
    }
}

#[test]
fn leaving_after_something_was_loaded_is_no_failure() {
    let mut story = Story::new(190);
    story.settle().keys("G");
    story.fail(trouble());
    story.keys("q");
    assert_eq!(story.others, [Effect::Quit(0)]);
}

#[test]
fn a_refresh_that_fails_says_so_where_the_user_looks_and_keeps_what_is_known() {
    let mut story = Story::new(190);
    story.settle().keys("r");
    story.fail(trouble());
    story.fail(trouble());
    assert!(
        story.screen()[1].starts_with("r tries again: The server at example.org"),
        "{:#?}",
        story.screen()
    );
    assert!(
        story.screen()[0].contains("open · Garrick Ollivander · Sales · New car"),
        "{}",
        story.screen()[0]
    );
    story.keys("r").settle();
    assert!(!story.shows("tries again"));
    assert!(story.screen()[0].contains("as of"));
}

#[test]
fn reading_a_narrower_query_after_a_failed_start_is_no_failure_on_leaving() {
    let mut story = Story::new(190);
    story.fail(trouble());
    story.keys("f/reply<enter>o<enter>").rest();
    assert!(story.model.reader.timeline().shown() > 0, "{:#?}", story.screen());
    story.keys("q");
    assert_eq!(story.others, [Effect::Quit(0)]);
}

#[test]
fn many_refreshes_at_once_ask_once() {
    let mut story = Story::new(190);
    story.settle().keys("rrrrrrrr");
    assert_eq!(story.asked.len(), 2, "{:?}", story.asked);
}

/// A story with the newest entries, the oldest ones, and a hole of 900 between; the cursor is on the oldest.
fn with_hole() -> Story {
    let mut story = Story::new(1_000);
    story.settle().keys("G").settle();
    assert_eq!(story.loaded().len(), 2);
    story
}

#[test]
fn keys_pressed_in_a_burst_stop_at_what_is_not_loaded() {
    for keys in ["bbbbbbbbbb", "<c-u><c-u><c-u><c-u><c-u>", &"k".repeat(120)] {
        let mut story = with_hole();
        let newest = story.loaded()[1][0];
        story.keys(keys);
        let row = story.cursor_line().map(|line| story.screen()[line].clone()).unwrap();
        assert!(row.starts_with("▌── loading older entries"), "{keys}: {:#?}", story.screen());
        story.settle();
        let at = story.at().unwrap();
        assert_eq!(at, newest + 1, "{keys}: at the entry that took its place");
        story.keys("k").settle();
        assert_eq!(story.at(), Some(at + 1), "{keys}");
    }
}

#[test]
fn what_is_not_loaded_can_be_left_the_way_one_came_and_passed_where_reading_has_failed() {
    let mut story = with_hole();
    story.keys(&"k".repeat(120)).keys("j");
    let below = story.at().unwrap();
    assert!(below < 100, "{below}");
    story.keys("kkk");
    assert_eq!(story.at(), None);
    while !story.asked.is_empty() {
        story.fail(Failure::new(FailureKind::NotAuthorised, "No."));
    }
    story.keys("kk");
    assert!(story.at() > Some(949), "{:?}: {:#?}", story.at(), story.screen());
    story.keys("<space>");
    assert_eq!(story.at(), None, "a screen at once does not pass it either");
}
