//! What a jump says when it ends: of which entries, and what stands in its way.

use chrono::TimeDelta;
use ticketlog::model::{
    entry::Time,
    failure::{Failure, FailureKind},
    query::Query,
    stamp::Stamp,
};

use crate::story::{Story, start};

const OLDER: &str = "older entries could not be read: r tries again";

/// A story of which older entries could not be read: 98 of 400 are loaded.
fn barred() -> Story {
    let mut story = Story::new(400);
    story.settle();
    while story.asked.is_empty() {
        story.keys("j");
    }
    story.answer();
    while story.asked.is_empty() {
        story.keys("j");
    }
    story.fail(Failure::new(FailureKind::Trouble, "The server did not answer."));
    assert_eq!(story.loaded().concat().len(), 98);
    story.keys("g");
    story
}

fn last(story: &Story) -> String {
    story.screen().pop().unwrap()
}

#[test]
fn under_a_query_of_named_types_a_gap_is_one_of_these_types() {
    let mut story = Story::new(400);
    story.settle().keys("jjjX").rest();
    assert!(matches!(story.requests.last(), Some((Query::Only(_), _))), "{:?}", story.requests);
    for (time, at, words) in [
        ("2023-08-04 12:03", 261, "no entry of these types between 11:45 and 12:10"),
        ("2023-08-01", 1, "no entry of these types before 2023-08-03 14:05, the oldest"),
        ("2023-08-05 23:00", 396, "no entry of these types after 2023-08-04 23:00, the newest"),
        ("2023-08-04 12:10", 266, ""),
    ] {
        story.keys(&format!("t{time}<enter>")).settle();
        assert_eq!(story.at(), Some(at), "{time}");
        assert!(words.is_empty() && !story.shows("no entry") || last(&story) == words, "{}", last(&story));
    }
}

#[test]
fn the_ends_of_a_gap_tell_their_days_unless_both_are_of_the_day_that_was_named() {
    let mut story = Story::unopened(4);
    for (entry, hours) in story.server.iter_mut().zip([0, 2, 30, 100]) {
        entry.time = Time::At(Stamp::parse(&(start() + TimeDelta::hours(hours)).to_rfc3339()).unwrap());
    }
    story.open();
    story.settle();
    for (time, words) in [
        ("2023-08-03 15:00", "no entry between 14:00 and 16:00"),
        ("2023-08-03 18:00", "no entry between 2023-08-03 16:00 and 2023-08-04 20:00"),
        ("2023-08-04 10:00", "no entry between 2023-08-03 16:00 and 2023-08-04 20:00"),
        ("2023-08-06 10:00", "no entry between 2023-08-04 20:00 and 2023-08-07 18:00"),
    ] {
        story.keys(&format!("t{time}<enter>")).settle();
        assert_eq!(last(&story), words, "{time}");
    }
}

#[test]
fn where_all_that_is_older_is_hidden_the_oldest_entry_shown_is_said_to_be_it() {
    let mut story = Story::new(40);
    story.settle().keys("G").settle();
    story.keys("x").rest();
    story.keys("g").keys("t2023-08-03 14:02<enter>").settle();
    assert_eq!(story.at(), Some(1));
    assert_eq!(last(&story), "no entry shown before 14:05, the oldest");
}

#[test]
fn in_an_empty_log_a_jump_says_that_there_is_nothing_to_go_to() {
    for keys in ["G", "t2024-01-01 10:00<enter>"] {
        let mut story = Story::new(0);
        story.settle().keys(keys);
        assert_eq!(last(&story), "there is no entry to go to", "{keys}");
        story.keys("j");
        assert!(!story.shows("to go to"));
        let mut story = Story::new(0);
        story.keys(keys).settle();
        assert_eq!(last(&story), "there is no entry to go to", "{keys}, before the first answer");
        story.arrive(3).keys("r").settle().keys("G").settle();
        assert_eq!(story.at(), Some(0), "{keys}");
    }
}

#[test]
fn the_oldest_entry_loaded_is_reached_although_a_failure_stands_and_that_is_said() {
    let mut story = barred();
    let before = story.requests.len();
    story.keys("G");
    assert_eq!(story.at(), Some(302));
    assert_eq!(last(&story), OLDER);
    assert_eq!(story.requests.len(), before, "only r asks again");
    story.keys("''");
    assert_eq!(story.at(), Some(399), "and back");
    story.keys("rG").settle();
    assert_eq!(story.at(), Some(0));
    assert!(!story.shows("could not be read"), "{:#?}", story.screen());
}

#[test]
fn a_moment_within_what_is_loaded_is_reached_although_a_failure_stands() {
    let mut story = barred();
    // Between the entries 349 and 350.
    story.keys("t2023-08-04 19:08<enter>");
    assert_eq!(story.at(), Some(349));
    assert_eq!(last(&story), "no entry between 19:05 and 19:10; r tries older ones again");
    story.keys("t2023-08-04 19:10<enter>");
    assert_eq!(story.at(), Some(350));
    assert_eq!(last(&story), OLDER);
    story.keys("t2023-08-03 18:00<enter>");
    assert_eq!(story.at(), Some(350), "not loaded");
    assert_eq!(last(&story), "the jump was given up: The server did not answer.");
    assert!(story.asked.is_empty() && !story.shows("looking for"), "{:?}", story.asked);
    // A failure of the head alone bars nothing older that is loaded.
    let mut story = Story::new(400);
    story.settle().keys("r");
    story.fail(Failure::new(FailureKind::Trouble, "The server did not answer."));
    story.keys("G");
    assert_eq!(story.at(), Some(350));
    assert_eq!(last(&story), "the newest entries could not be read: r tries again");
}

#[test]
fn where_all_is_loaded_a_failure_stands_in_no_jumps_way() {
    let mut story = Story::new(30);
    story.settle().keys("A").settle().keys("r");
    story.fail(Failure::new(FailureKind::Trouble, "The server did not answer."));
    story.keys("G");
    assert_eq!(story.at(), Some(0));
    assert!(!story.shows("given up") && !last(&story).contains("could not be read"), "{:#?}", story.screen());
}
