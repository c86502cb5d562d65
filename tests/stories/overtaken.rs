//! Answers that the log overtakes: entries arrive between the answer and its coming, and what it holds is taken for no
//! more than it is.

use ticketlog::message::{Effect, Message};

use crate::story::Story;

/// Takes the request for the newest entries out of those under way.
fn take_head(story: &mut Story) -> Effect {
    let is_head = |asked: &Effect| matches!(asked, Effect::FetchLog { window, .. } if window.skip == 0);
    let at = story.asked.iter().position(is_head).unwrap();
    story.asked.remove(at).unwrap()
}

/// What the server says to the request for the newest entries; it comes later.
fn give_head(story: &mut Story) -> Message {
    let Effect::FetchLog { generation, query, window, .. } = take_head(story) else {
        panic!("a page was asked for")
    };
    Message::Log { generation, window, answer: Ok(story.page(&query, window)) }
}

#[test]
fn a_head_that_is_older_than_what_is_loaded_ahead_is_no_log_that_changed() {
    let mut story = Story::new(700);
    story.settle().keys("Ar");
    assert!(story.answer());
    let given = give_head(&mut story);
    story.arrive(200);
    // The window ahead now holds entries that are newer than all that is in the head.
    assert!(story.answer());
    story.tell(given);
    story.settle();
    assert!(!story.model.reader.was_reread(), "{:#?}", story.screen());
    story.keys("rA").settle();
    assert_eq!(story.loaded(), [(0..900).rev().collect::<Vec<_>>()]);
}

#[test]
fn a_page_that_is_older_than_equal_entries_does_not_join_what_they_part() {
    let mut story = Story::new(1);
    story.settle().keys("A").arrive(1);
    // The one entry is found behind the end: it is read on below it and ahead.
    assert!(story.answer());
    let given = give_head(&mut story);
    let newest = story.server.last().unwrap().clone();
    story.server.extend(vec![newest; 98]);
    story.arrive(49);
    // The window ahead begins above the equal entries and ends among them.
    assert!(story.answer());
    story.tell(given);
    let all: Vec<usize> = (100..149).rev().chain([1; 99]).chain([0]).collect();
    let is_stretch = |run: &Vec<usize>| all.windows(run.len()).any(|part| part == run);
    assert!(story.loaded().iter().all(is_stretch), "{:?}", story.loaded());
    story.settle().keys("rA").settle();
    assert_eq!(story.loaded(), [all], "{:#?}", story.screen());
    assert!(!story.model.reader.was_reread(), "{:#?}", story.screen());
}

#[test]
fn probes_from_before_and_after_arrivals_do_not_put_times_out_of_order() {
    let mut story = Story::new(700);
    story.settle().keys("t2023-08-04T13:00:00Z<enter>");
    assert!(story.answer() && story.answer());
    let probe = story.asked.pop_front().unwrap();
    story.arrive(250).keys("r");
    assert!(story.answer(), "the head comes first");
    story.answer_to(probe);
    story.settle();
    assert_eq!(story.at(), Some(300), "{:#?}", story.screen());
    assert!(!story.shows("not in order"), "{:#?}", story.screen());
}

#[test]
fn what_a_head_tells_to_have_arrived_is_not_told_again_by_what_stands_below_it() {
    let mut story = Story::new(700);
    story.settle().keys("t2023-08-04T13:00:00Z<enter>").settle().keys("r");
    let head = take_head(&mut story);
    story.arrive(120);
    // What stands at the cursor is found pushed down before the head comes.
    while story.model.reader.log().unloaded_above() == 0 {
        story.keys("j").settle();
    }
    story.answer_to(head);
    for _ in 0..60 {
        story.keys("j").settle();
    }
    story.arrive(20).keys("r").settle();
    for _ in 0..60 {
        story.keys("j").settle();
        assert_eq!(story.model.reader.log().unloaded_above(), 0, "{:#?}", story.screen());
    }
}
