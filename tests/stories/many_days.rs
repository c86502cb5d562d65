//! Several days at once: one jump, whatever is loaded of them.

use ticketlog::model::failure::{Failure, FailureKind};

use crate::{
    days::{NO_DAY, newest, spaced},
    story::Story,
};

/// Of August 3rd to 10th, the cursor on the newest entry of the 6th, with holes above and below.
fn amid() -> Story {
    let mut story = spaced(1_500, 7);
    story.keys("t2023-08-06 23:59<enter>").settle();
    assert_eq!(story.at(), newest(&story, 6, |_| true));
    assert_eq!(story.loaded().len(), 2, "a hole above, and one below");
    story
}

fn is_looking(story: &Story) -> bool {
    story.shows("looking for ") && story.shows("esc cancels")
}

#[test]
fn the_whole_number_is_gone_over_holes_and_back_again() {
    let mut story = amid();
    story.keys("3J");
    assert!(is_looking(&story), "{:#?}", story.screen());
    story.settle();
    assert_eq!(story.at(), newest(&story, 3, |_| true), "{:#?}", story.screen());
    assert!(!story.shows(NO_DAY) && !story.shows("no entry"), "{:#?}", story.screen());
    // One jump has one way back.
    story.keys("<c-o>").settle();
    assert_eq!(story.at(), newest(&story, 6, |_| true), "{:#?}", story.screen());
    story.keys("3K").settle();
    assert_eq!(story.at(), newest(&story, 9, |_| true), "{:#?}", story.screen());
    story.keys("<c-o>").settle();
    assert_eq!(story.at(), newest(&story, 6, |_| true), "{:#?}", story.screen());
}

#[test]
fn the_way_back_leads_over_days_that_were_loaded() {
    let mut story = spaced(1_500, 60);
    let from = story.at();
    assert!(newest(&story, 3, |_| true).is_some());
    story.keys("20J").settle();
    assert_ne!(story.at(), from);
    story.keys("<c-o>").settle();
    assert_eq!(story.at(), from, "the newest days were loaded, and the jump began before them");
}

#[test]
fn at_both_ends_it_stops_and_says_so() {
    for (keys, day) in [("9J", 3), ("99J", 3), ("9K", 10), ("99K", 10)] {
        let mut story = amid();
        story.keys(keys).settle();
        assert_eq!(story.at(), newest(&story, day, |_| true), "{keys}: {:#?}", story.screen());
        assert!(story.shows(NO_DAY), "{keys}: {:#?}", story.screen());
    }
    // No further than that.
    for (keys, day) in [("4J", 2), ("4K", 10), ("3K", 9)] {
        let mut story = amid();
        story.keys(keys).settle();
        assert_eq!(story.shows(NO_DAY), day == 2, "{keys}: {:#?}", story.screen());
        assert_eq!(story.at(), newest(&story, day.max(3), |_| true), "{keys}");
    }
}

#[test]
fn it_is_cancelled_midway_as_one() {
    for keys in ["3J", "3K"] {
        let mut story = amid();
        story.keys(keys);
        // Somewhere on the way: a day has been reached, and the next one is looked for.
        let from = story.at();
        while story.at() == from {
            assert!(is_looking(&story) && story.answer(), "{keys}: {:#?}", story.screen());
        }
        assert!(is_looking(&story), "{keys}: {:#?}", story.screen());
        let at = story.at();
        story.keys("<esc>");
        assert!(!is_looking(&story), "{keys}: {:#?}", story.screen());
        story.settle();
        assert_eq!(story.at(), at, "{keys}: {:#?}", story.screen());
        story.keys("<c-o>").settle();
        assert_eq!(story.at(), from, "{keys}: {:#?}", story.screen());
    }
}

#[test]
fn requests_are_told_of_all_the_way() {
    let mut story = amid();
    let before = story.requests.len();
    story.keys("3J");
    let mut last = 0;
    while let Some(progress) = story.model.reader.progress() {
        assert!(progress.requests >= last, "{} after {last}", progress.requests);
        last = progress.requests;
        story.answer();
    }
    assert!(last > 12 && usize::try_from(last).unwrap() <= story.requests.len() - before, "{last}");
}

#[test]
fn a_failure_midway_is_told_and_the_days_that_were_gone_stay_gone() {
    let mut story = amid();
    let from = story.at();
    story.keys("3J");
    while story.at() == from {
        assert!(story.answer());
    }
    let at = story.at();
    story.fail(Failure::new(FailureKind::NotAuthorised, "No."));
    assert!(story.shows("the jump was given up: No."), "{:#?}", story.screen());
    assert_eq!(story.at(), at);
    story.keys("<c-o>").settle();
    assert_eq!(story.at(), from, "{:#?}", story.screen());
}

#[test]
fn entries_that_arrive_midway_change_nothing_but_where_the_log_ends() {
    for (keys, day) in [("3J", 3), ("3K", 9)] {
        let mut story = amid();
        let end = newest(&story, day, |_| true);
        story.keys(keys);
        while story.answer() {
            if story.server.len() < 1_700 {
                story.arrive(9);
            }
        }
        assert_eq!(story.at(), end, "{keys}: {:#?}", story.screen());
        assert!(!story.model.reader.was_reread(), "{keys}");
    }
}

#[test]
fn only_days_that_show_something_count() {
    // Nearly everything is hidden: what a jump lands on, too, and what follows is read.
    let mut story = spaced(6_000, 2);
    story.keys("&/entry [0-9]*00$/<enter>").rest();
    let is_shown = |at: usize| at.is_multiple_of(100) && at > 0;
    while story.at().is_none() {
        story.keys("j").settle();
    }
    assert_eq!(story.at(), newest(&story, 11, is_shown), "{:#?}", story.screen());
    let before = story.requests.len();
    for (keys, day) in [("3J", 8), ("2K", 10), ("99J", 3)] {
        story.keys(keys).settle();
        assert_eq!(story.at(), newest(&story, day, is_shown), "{keys}: {:#?}", story.screen());
    }
    assert!(story.shows(NO_DAY), "{:#?}", story.screen());
    assert!(story.requests.len() - before < 160, "{}", story.requests.len() - before);
}

#[test]
fn another_query_chosen_midway_is_gone_through_to_the_end() {
    let mut story = amid();
    story.keys("3J");
    assert!(story.answer() && is_looking(&story));
    story.keys("X");
    assert!(is_looking(&story), "{:#?}", story.screen());
    story.rest();
    let query = story.model.reader.asked_log().query().clone();
    let end = newest(&story, 3, |at| query.includes(&story.server[at].action_type));
    assert_eq!(story.at(), end, "{:#?}", story.screen());
}

#[test]
fn many_days_cost_a_few_requests_each() {
    for (keys, entries, minutes, at, most) in
        [("99J", 6_000, 60, 3_648, 110), ("30J", 60_000, 5, 51_648, 300)]
    {
        let mut story = spaced(entries, minutes);
        let before = story.requests.len();
        story.keys(keys).settle();
        assert!(story.at().is_some_and(|here| here < at), "{keys}: {:?}", story.at());
        assert!(story.requests.len() - before <= most, "{keys}: {}", story.requests.len() - before);
    }
}
