//! From day to day: always on the newest entry of one, loaded or not.

use chrono::{DateTime, TimeDelta, Utc};
use ticketlog::model::{
    entry::Time,
    failure::{Failure, FailureKind},
    stamp::Stamp,
};

use crate::story::{Story, start};

pub const NO_DAY: &str = "no other day in this direction";

/// A story of entries so many minutes apart.
pub fn spaced(entries: usize, minutes: i64) -> Story {
    let mut story = Story::unopened(entries);
    for (at, entry) in story.server.iter_mut().enumerate() {
        let time = start() + TimeDelta::minutes(minutes * i64::try_from(at).unwrap());
        entry.time = Time::At(Stamp::parse(&time.to_rfc3339()).unwrap());
    }
    story.open();
    story.settle();
    story
}

/// The newest entry of a day of August in Oslo that passes.
pub fn newest(story: &Story, day: u32, passes: impl Fn(usize) -> bool) -> Option<usize> {
    let end: DateTime<Utc> = format!("2023-08-{day:02}T22:00:00Z").parse().unwrap();
    let begin = end - TimeDelta::days(1);
    let is_in = |at: &usize| {
        let time = story.server[*at].stamp().unwrap().instant();
        time >= begin && time < end && passes(*at)
    };
    (0..story.server.len()).rev().find(is_in)
}

#[test]
fn every_newer_and_older_day_is_found_whatever_is_loaded() {
    let mut story = spaced(1_500, 7);
    story.keys("t2023-08-06 12:00<enter>").settle();
    for day in 7..=10 {
        story.keys("K").settle();
        assert_eq!(story.at(), newest(&story, day, |_| true), "{day}: {:#?}", story.screen());
        assert!(!story.shows("no "), "{day}: {:#?}", story.screen());
    }
    assert_eq!(story.at(), Some(1_499));
    story.keys("K").settle();
    assert!(story.shows(NO_DAY) && story.at() == Some(1_499), "{:#?}", story.screen());
    for day in (3..=9).rev() {
        story.keys("J").settle();
        assert_eq!(story.at(), newest(&story, day, |_| true), "{day}: {:#?}", story.screen());
    }
    story.keys("J").settle();
    assert!(story.shows(NO_DAY), "{:#?}", story.screen());
    assert_eq!(story.at(), newest(&story, 3, |_| true));
}

#[test]
fn a_newer_day_far_from_what_is_loaded_costs_two_jumps_at_most() {
    let mut story = spaced(8_000, 5);
    story.keys("G").settle();
    for day in 4..=12 {
        let before = story.requests.len();
        story.keys("K").settle();
        assert_eq!(story.at(), newest(&story, day, |_| true), "{day}: {:#?}", story.screen());
        assert!(story.requests.len() - before <= 20, "{day}: {}", story.requests.len() - before);
    }
    story.keys("''").settle();
    assert_eq!(story.at(), newest(&story, 11, |_| true), "back");
}

#[test]
fn a_jump_to_a_newer_day_ends_with_a_word_where_the_cursor_was_put_meanwhile() {
    let mut story = spaced(1_500, 7);
    story.keys("t2023-08-06 12:00<enter>").settle();
    story.keys("t2023-08-09 12:00<enter>").settle().keys("K");
    assert!(story.model.reader.progress().is_some());
    for _ in 0..100 {
        story.keys("<c-u>");
    }
    story.settle();
    assert_eq!(story.at(), Some(1_499), "{:#?}", story.screen());
    assert!(story.model.reader.progress().is_none() && story.model.reader.notice().is_some());
    assert!(!story.shows("no "), "{:#?}", story.screen());
}

#[test]
fn days_without_an_entry_are_passed() {
    let mut story = spaced(20, 3 * 24 * 60);
    story.keys("G").settle();
    for at in 1..20 {
        story.keys("K").settle();
        assert_eq!(story.at(), Some(at));
    }
}

#[test]
fn from_what_is_not_loaded_the_entry_beside_it_counts() {
    // At the end of what is loaded.
    let mut story = spaced(2_000, 30);
    for _ in 0..200 {
        story.keys("j");
    }
    assert_eq!(story.at(), None, "on the row of what is not loaded: {:#?}", story.screen());
    story.keys("K").settle();
    assert!(story.at().is_some_and(|at| at > 1_900) && !story.shows(NO_DAY), "{:#?}", story.screen());
    // Above what a jump loaded.
    for (key, day) in [("K", 16), ("J", 14)] {
        let mut story = spaced(2_000, 30);
        story.keys("t2023-08-15 12:00<enter>").settle();
        while story.at().is_some() {
            story.keys("k");
        }
        let first = story.loaded()[1][0];
        let here = story.server[first].stamp().unwrap().instant();
        assert!(here < "2023-08-15T22:00:00Z".parse::<DateTime<Utc>>().unwrap(), "{here}");
        story.keys(key).settle();
        assert_eq!(story.at(), newest(&story, day, |_| true), "{key}: {:#?}", story.screen());
    }
}

#[test]
fn what_is_hidden_is_passed() {
    let mut story = spaced(1_500, 7);
    story.keys("jx").rest();
    let is_shown = |at: usize| ![0, 3].contains(&(at % 5));
    assert!(!is_shown(1_498) && is_shown(1_499), "the reading of the ticket is hidden");
    story.keys("t2023-08-06 12:00<enter>").settle();
    for day in [7, 8, 9, 10] {
        story.keys("K").settle();
        assert_eq!(story.at(), newest(&story, day, is_shown), "{day}: {:#?}", story.screen());
    }
    for day in [9, 8, 7, 6, 5, 4, 3] {
        story.keys("J").settle();
        assert_eq!(story.at(), newest(&story, day, is_shown), "{day}: {:#?}", story.screen());
    }
}

#[test]
fn a_newer_day_can_be_cancelled_and_fails_with_a_sentence() {
    let mut story = spaced(8_000, 5);
    story.keys("G").settle().keys("K").settle().keys("K");
    let at = story.at();
    assert!(story.shows("looking for ") && story.shows("esc cancels"), "{:#?}", story.screen());
    story.keys("<esc>").settle();
    assert_eq!(story.at(), at);
    story.keys("K");
    story.fail(Failure::new(FailureKind::Trouble, "The server did not answer."));
    assert!(story.shows("the jump was given up: The server did not answer."), "{:#?}", story.screen());
    assert_eq!(story.at(), at);
}

#[test]
fn an_older_day_of_which_nothing_is_shown_ends_with_a_word_where_all_is_read() {
    let mut story = spaced(400, 7);
    story.keys("J&/no entry/<enter>");
    assert!(story.model.reader.progress().is_some());
    story.settle();
    assert!(story.model.reader.log().reaches_start() && story.model.reader.progress().is_none());
    assert!(story.at().is_none() && story.shows(NO_DAY), "{:#?}", story.screen());
}

#[test]
fn an_older_day_of_which_nothing_is_shown_ends_with_a_word_where_the_window_of_time_begins() {
    let mut story = spaced(1_500, 7);
    story.keys("J>&/no entry/<enter>");
    assert!(story.model.reader.progress().is_some());
    story.settle();
    assert!(!story.model.reader.log().reaches_start() && story.model.reader.progress().is_none());
    assert!(story.at().is_none() && story.shows(NO_DAY), "{:#?}", story.screen());
}
