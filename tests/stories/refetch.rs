//! The JSON of an entry is kept for the newest accepted ones alone; for others it is asked for again.

use ticketlog::{
    message::{Effect, Message},
    model::{
        entry::Entry,
        failure::{Failure, FailureKind},
    },
};

use crate::story::{Story, entry};

/// A story with so much read that the JSON of the newest entries has been forgotten; the cursor is on the newest.
fn forgetful() -> Story {
    read_on(Story::new(2_300))
}

fn read_on(mut story: Story) -> Story {
    story.settle();
    for _ in 0..200 {
        story.keys("<space>").settle();
    }
    assert_eq!(story.loaded().concat().len(), 2_300);
    story.keys("g").settle();
    assert_eq!(story.at(), Some(2_299));
    story
}

#[test]
fn forgotten_json_is_asked_for_again_by_a_page_round_the_entrys_place() {
    let mut story = forgetful();
    story.keys("jjjjj");
    let before = story.requests.len();
    story.keys("i");
    assert!(story.shows("it is being asked for again"), "{:#?}", story.screen());
    story.settle();
    assert!(story.shows("\"n\": 2294"), "{:#?}", story.screen());
    assert_eq!(story.requests.len(), before + 1);
    story.keys("<esc>i");
    assert!(story.shows("\"n\": 2294"), "kept from now on");
    assert_eq!(story.requests.len(), before + 1);
}

#[test]
fn where_there_is_no_room_for_it_at_once_it_is_asked_for_when_there_is_some() {
    let mut story = forgetful();
    story.model.max_requests = 1;
    story.keys("jjjjjri").settle();
    assert!(story.shows("\"n\": 2294"), "{:#?}", story.screen());

    // While that of another entry, far from it, is on its way.
    let mut story = forgetful();
    story.keys("i<esc>").keys(&"<space>".repeat(20)).keys("i").settle();
    let wanted = format!("\"n\": {}", story.at().unwrap());
    assert!(story.shows(&wanted), "{:#?}", story.screen());
}

#[test]
fn the_json_is_the_right_entrys_although_the_log_moved_meanwhile() {
    for arrivals in [1, 2, 20, 44, 60] {
        let mut story = forgetful();
        story.keys("jjjjj");
        story.arrive(arrivals).keys("i").settle();
        if arrivals > 44 {
            assert!(story.shows("the log has moved since"), "{arrivals}: {:#?}", story.screen());
            story.keys("<esc>r").settle();
            assert_eq!(story.at(), Some(2_294));
            story.keys("i").settle();
        }
        assert!(story.shows("\"n\": 2294"), "{arrivals}: {:#?}", story.screen());
    }
}

#[test]
fn among_equal_entries_the_json_is_that_of_the_same_rank() {
    for arrivals in [0, 2, 20] {
        let mut story = Story::new(2_300);
        for at in 2_290..2_295 {
            let raw = entry(at).raw;
            story.server[at] = Entry { raw, ..entry(2_290) };
        }
        let mut story = read_on(story);
        story.keys("jjjj<enter>jj");
        story.arrive(arrivals).keys("i").settle();
        assert!(story.shows("\"n\": 2293"), "{arrivals}: {:#?}", story.screen());
    }
}

#[test]
fn the_json_of_an_entry_below_a_hole_is_found_after_a_jump() {
    let mut story = forgetful();
    for at in 0..3_000 {
        story.server.push(entry(2_300 + at));
    }
    // More arrived than one answer holds: what was loaded has no place any more.
    story.keys("jjjjj").keys("r").settle();
    assert_eq!(story.at(), Some(2_294));
    story.keys("i").settle();
    assert!(
        story.shows("\"n\": 2294") || story.shows("the log has moved since"),
        "never another entry's: {:#?}",
        story.screen()
    );
}

#[test]
fn what_was_changed_on_the_server_is_never_shown_as_the_entrys_json() {
    let mut story = forgetful();
    story.keys("jjjjj");
    story.server[2_294] = entry(1);
    story.keys("i").settle();
    assert!(story.shows("the log has moved since"), "{:#?}", story.screen());
}

#[test]
fn json_that_is_not_told_for_a_failure_says_which() {
    let mut story = forgetful();
    story.keys("jjjjji").fail(Failure::new(FailureKind::Trouble, "The server is busy."));
    assert!(story.shows("The server is busy."), "{:#?}", story.screen());
    assert!(!story.shows("the log has moved since"), "{:#?}", story.screen());
    // As the page says.
    story.keys("<esc>r").settle();
    story.keys("i").settle();
    assert!(story.shows("\"n\": 2294"), "{:#?}", story.screen());
}

#[test]
fn an_answer_of_a_file_that_was_replaced_is_not_taken_for_one_of_the_file_that_took_its_place() {
    for keys in ["A", "r"] {
        let mut story = Story::new(190);
        story.settle().keys(keys);
        let Some(Effect::FetchLog { generation, query, window, .. }) = story.asked.pop_front() else {
            panic!("a page was asked for");
        };
        let given = story.page(&query, window);
        story.server = (1_000..1_190).map(entry).collect();
        story.asked.clear();
        story.tell(Message::Replaced);
        let is_cancelled = |effect: &Effect| matches!(effect, Effect::Cancel(of) if *of == generation);
        assert!(story.others.iter().any(is_cancelled), "{keys}: {:?}", story.others);
        if keys == "A" {
            story.answer();
            story.keys("A");
        }
        let is_same = |asked: &Effect| matches!(asked, Effect::FetchLog { window: of, .. } if *of == window);
        assert!(story.asked.iter().any(is_same), "{keys}: {:?}", story.asked);
        let before = story.requests.len();
        // It was in the queue when the file was replaced.
        story.tell(Message::Log { generation, window, answer: Ok(given) });
        assert_eq!(story.requests.len(), before, "{keys}: nothing follows from it");
        story.keys("A").settle();
        assert_eq!(story.loaded(), [(1_000..1_190).rev().collect::<Vec<_>>()], "{keys}");
    }
}
