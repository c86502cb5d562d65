//! Loading everything.

use ticketlog::{
    message::{Effect, Message},
    model::{
        failure::{Failure, FailureKind},
        query::Query,
    },
};

use crate::story::Story;

fn opened(entries: usize) -> Story {
    let mut story = Story::new(entries);
    story.settle();
    story
}

#[test]
fn two_windows_are_under_way_while_everything_is_loaded() {
    let mut story = opened(1_000);
    story.keys("A");
    let mut most = 0;
    while !story.asked.is_empty() {
        most = most.max(story.asked.len());
        let loads = story.model.reader.loads_all();
        assert_eq!(story.shows("loading everything"), loads, "{:#?}", story.screen());
        story.answer();
    }
    assert_eq!(most, 2);
    assert!(story.shows("all 1,000 entries are loaded"), "{:#?}", story.screen());
    assert_eq!(story.loaded(), [(0..1_000).rev().collect::<Vec<_>>()]);
}

/// P17: answers come in another order than they were asked for.
#[test]
fn answers_out_of_order_and_arrivals_leave_nothing_out() {
    let mut story = opened(400);
    story.keys("A");
    while let Some(late) = story.asked.pop_front() {
        story.arrive(1);
        story.answer();
        story.answer_to(late);
    }
    story.keys("A").settle();
    let count = story.server.len();
    assert_eq!(story.loaded(), [(0..count).rev().collect::<Vec<_>>()]);
    assert!(story.requests.len() < 30, "{}", story.requests.len());
}

#[test]
fn everything_is_loaded_also_when_jumps_have_left_holes() {
    let mut story = opened(900);
    story.keys("G").settle();
    assert_eq!(story.loaded().len(), 2);
    story.keys("A").settle();
    assert_eq!(story.loaded(), [(0..900).rev().collect::<Vec<_>>()]);
    assert_eq!(story.at(), Some(0), "the cursor stays");
}

#[test]
fn loading_stops_at_a_key_and_keeps_what_is_there() {
    for stop in ["<c-c>", "<esc>"] {
        let mut story = opened(1_000);
        story.keys("A");
        for _ in 0..4 {
            story.answer();
        }
        story.keys(stop).settle();
        let loaded = story.model.reader.log().loaded();
        assert!((200..500).contains(&loaded), "{loaded}");
        assert!(story.shows("entries loaded, A goes on"), "{:#?}", story.screen());
        assert!(story.others.is_empty(), "{:?}", story.others);
    }
}

#[test]
fn a_failure_ends_loading_and_the_key_goes_on_after_it() {
    let mut story = opened(300);
    story.keys("A").answer();
    story.fail(Failure::new(FailureKind::Trouble, "The server cannot be reached."));
    story.settle();
    assert!(!story.model.reader.loads_all());
    story.keys("r").settle();
    story.keys("A").settle();
    assert_eq!(story.loaded(), [(0..300).rev().collect::<Vec<_>>()]);
}

/// What is not waited for any more is not under way, as with the shell. Tells how many requests are.
fn under_way(story: &mut Story) -> usize {
    for effect in std::mem::take(&mut story.others) {
        let Effect::Cancel(cancelled) = effect else { continue };
        let is_left =
            |asked: &Effect| matches!(asked, Effect::FetchLog { generation, .. } if *generation == cancelled);
        story.asked.retain(|asked| !is_left(asked));
    }
    story.asked.len()
}

#[test]
fn no_more_than_two_requests_are_under_way_when_the_view_is_narrowed_and_widened_meanwhile() {
    for keys in ["X", "XX", "XjXjXX"] {
        let mut story = opened(1_000);
        story.keys("A");
        assert_eq!(under_way(&mut story), 2);
        for key in keys.chars() {
            story.keys(&key.to_string());
            story.wake();
            assert!(under_way(&mut story) <= 2, "{keys}: {:?}", story.asked);
            story.keys("A");
            assert!(under_way(&mut story) <= 2, "{keys}: {:?}", story.asked);
        }
        story.settle().keys("A").settle();
        assert!(story.model.reader.log().total().is_some(), "{keys}: {:#?}", story.screen());
        story.keys("=").rest();
        story.keys("A").settle();
        assert_eq!(
            story.loaded(),
            [(0..1_000).rev().collect::<Vec<_>>()],
            "{keys}: what was given up is read"
        );
    }
}

#[test]
fn an_answer_that_was_given_up_is_not_taken_for_the_same_window_asked_again() {
    let mut story = opened(1_000);
    story.keys("A");
    let Some(Effect::FetchLog { generation, window, .. }) = story.asked.pop_front() else { panic!() };
    let answer = Ok(story.page(&Query::All, window));
    story.keys("XX");
    under_way(&mut story);
    story.wake();
    story.answer();
    story.keys("A");
    let is_same = |asked: &Effect| matches!(asked, Effect::FetchLog { window: of, .. } if *of == window);
    assert!(story.asked.iter().any(is_same), "{:?}", story.asked);
    // It was in the queue when it was given up.
    story.tell(Message::Log { generation, window, answer });
    assert_eq!((story.loaded().concat().len(), story.asked.len()), (50, 2));
    story.settle();
    assert_eq!(story.loaded(), [(0..1_000).rev().collect::<Vec<_>>()]);
}

#[test]
fn what_comes_after_loading_was_stopped_is_counted_in_what_is_said() {
    let mut story = opened(1_000);
    story.keys("A<esc>");
    assert!(!story.model.reader.loads_all());
    for loaded in [50, 98, 146] {
        let words = format!("stopped with {loaded} entries loaded, A goes on");
        assert!(story.shows(&words), "{words}: {:#?}", story.screen());
        assert_eq!(story.answer(), loaded < 146);
    }
}

#[test]
fn no_more_than_two_requests_are_under_way_when_a_server_gives_types_not_asked_for() {
    let mut story = opened(1_000);
    story.keys("X");
    story.wake();
    story.keys("A").answer();
    story.keys("A");
    assert_eq!(under_way(&mut story), 2);
    let Some(Effect::FetchLog { generation, window, .. }) = story.asked.pop_front() else { panic!() };
    let answer = Ok(story.page(&Query::All, window));
    story.tell(Message::Log { generation, window, answer });
    assert!(under_way(&mut story) <= 2, "{:?}", story.asked);
    story.keys("=").rest();
    story.keys("A").settle();
    assert_eq!(story.loaded(), [(0..1_000).rev().collect::<Vec<_>>()]);
}
