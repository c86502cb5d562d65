//! Taking up a view that a dropped line interrupted.

use std::time::Duration;

use ratatui::layout::Size;
use ticketlog::{
    message::Effect,
    model::{
        entry::Entry,
        failure::{Failure, FailureKind, Retry},
        saved_view::{Resume, SavedEntry, SavedView},
    },
};

use crate::story::{Story, entry};

const SIZE: Size = Size { width: 80, height: 24 };

/// The view of a story in which the cursor stands on this entry.
pub fn view_at(entries: usize, wanted: usize) -> SavedView {
    let mut story = Story::new(entries);
    story.settle();
    while story.at() != Some(wanted) {
        story.keys("j").settle();
    }
    story.model.saved_view().unwrap()
}

/// A view with this entry at the cursor, of a log that is not narrowed.
pub fn view_of(entry: &Entry) -> SavedView {
    SavedView { entry: SavedEntry::of(entry), ..view_at(50, 49) }
}

pub fn opened(entries: usize, view: &SavedView) -> Story {
    Story::resumed(entries, SIZE, Resume::Open(view.clone()))
}

pub fn passing() -> Failure {
    Failure::new(FailureKind::Trouble, "The server is busy.").with_retry(Retry::Soon)
}

fn left(story: &Story) -> bool {
    story.others.iter().any(|effect| matches!(effect, Effect::Quit(_)))
}

#[test]
fn an_entry_however_deep_is_found_again_within_the_bound_of_a_jump() {
    for at in [9_998, 9_960, 9_940, 7_000, 4_990, 2_500, 101, 50, 3, 0] {
        let view = view_of(&entry(at));
        let mut story = opened(10_000, &view);
        story.settle();
        assert_eq!(story.at(), Some(at));
        assert!(story.requests.len() <= 21, "{at}: {} requests", story.requests.len());
        assert_eq!(story.model.taken_up, Some(view));
        assert!(story.shows("j k move"), "nothing more to say: {:#?}", story.screen());
    }
    let mut story = opened(100_000, &view_of(&entry(7_777)));
    story.settle();
    assert_eq!(story.at(), Some(7_777));
    assert!(story.requests.len() <= 27, "{} requests", story.requests.len());
}

#[test]
fn among_entries_of_one_instant_the_right_one_is_found_however_many_there_are() {
    for equal in [5, 60, 400] {
        for wanted in [4_000, 4_000 + equal / 2, 4_000 + equal - 1] {
            let mut story = Story::new(8_000);
            let time = story.server[4_000].time.clone();
            for entry in &mut story.server[4_000..4_000 + equal] {
                entry.time = time.clone();
            }
            let server = story.server.clone();
            let mut story = opened(0, &view_of(&server[wanted]));
            story.server = server;
            story.settle();
            assert_eq!(story.at(), Some(wanted), "of {equal}");
            assert!(story.requests.len() <= 21 + equal / 40, "{} requests", story.requests.len());
            assert_eq!(story.model.seek, None);
        }
    }
}

#[test]
fn a_failure_that_is_tried_again_does_not_end_the_way_back() {
    for failing in [0, 1, 2, 4, 7] {
        let mut story = opened(10_000, &view_of(&entry(1_234)));
        for _ in 0..failing {
            story.answer();
        }
        while !matches!(story.asked.front(), Some(Effect::FetchLog { .. })) {
            story.answer();
        }
        story.fail(passing());
        story.settle();
        assert!(story.model.seek.is_some(), "after {failing}");
        story.pass(Duration::from_secs(3));
        story.settle();
        assert_eq!(story.at(), Some(1_234), "after {failing}");
        assert!(story.model.taken_up.is_some());
    }
}

#[test]
fn after_a_failure_for_good_r_goes_on_with_the_way_back() {
    for failing in [0, 1, 2, 4, 7] {
        let view = view_of(&entry(1_234));
        let mut story = opened(10_000, &view);
        for _ in 0..failing {
            story.answer();
        }
        while !matches!(story.asked.front(), Some(Effect::FetchLog { .. })) {
            story.answer();
        }
        story.fail(Failure::new(FailureKind::Trouble, "no connection"));
        story.settle();
        assert!(story.shows("r goes on to where the line dropped"), "{:#?}", story.screen());
        assert!(!story.shows("given up"), "{:#?}", story.screen());
        assert_eq!(story.model.saved_view(), Some(view), "a second drop keeps it");
        assert_eq!(story.model.taken_up, None, "leaving now does not forget it");
        story.keys("r").settle();
        assert_eq!(story.at(), Some(1_234), "after {failing}");
        assert!(story.model.taken_up.is_some());
        assert!(story.shows("j k move"), "{:#?}", story.screen());
    }
}

#[test]
fn an_entry_deep_in_the_log_is_found_again() {
    let view = view_at(400, 33);
    let mut story = Story::resumed(400, SIZE, Resume::Open(view.clone()));
    assert!(story.shows("back to where the line dropped, any key stops"), "{:#?}", story.screen());
    assert_eq!(
        story.model.saved_view().unwrap().entry,
        view.entry,
        "a second drop keeps the entry that is sought"
    );
    story.settle();
    assert_eq!(story.at(), Some(33));
    assert!(story.requests.len() <= 11, "a jump: {:?}", story.requests);
    assert!(story.shows("j k move"), "{:#?}", story.screen());
    assert!(story.cursor_line().is_some_and(|line| line > 5), "{:#?}", story.screen());
}

#[test]
fn the_narrowing_comes_back_and_the_entry_in_it() {
    let mut before = Story::new(400);
    before.settle();
    before.keys("fj<space><enter>").rest();
    for _ in 0..100 {
        before.keys("j").settle();
    }
    let (view, at) = (before.model.saved_view().unwrap(), before.at());
    let mut story = Story::resumed(400, SIZE, Resume::Open(view));
    story.rest();
    assert_eq!(story.at(), at);
    assert_eq!(story.model.reader.choice().unticked().count(), 1);
}

#[test]
fn an_entry_that_is_gone_gives_the_nearest_in_time_and_that_is_said() {
    for at in [200, 9_000] {
        let mut story = opened(10_000, &view_of(&entry(at)));
        story.server.remove(at);
        story.settle();
        assert!(story.at().is_some_and(|is| is == at - 1 || is == at + 1), "{:?}", story.at());
        assert_eq!(story.model.seek, None);
        assert!(story.shows("where the line dropped is gone; this is the nearest"), "{:#?}", story.screen());
        assert!(story.model.taken_up.is_some());
        assert!(story.keys("j").shows("j k move"), "{:#?}", story.screen());
    }
}

#[test]
fn a_log_without_the_entry_and_a_narrowing_without_a_type_are_no_reason_to_wait() {
    let mut story = opened(0, &view_of(&entry(5)));
    story.settle();
    assert_eq!(story.model.seek, None);
    let mut view = view_of(&entry(5));
    view.types.unticked.append(&mut view.types.ticked);
    view.types.unlisted = false;
    let mut story = opened(400, &view);
    story.rest();
    assert_eq!(story.model.seek, None);
    assert_eq!(story.at(), None);
}

#[test]
fn the_entry_is_found_below_what_arrived_meanwhile() {
    let view = view_at(190, 150);
    let mut story = Story::resumed(190, SIZE, Resume::Open(view));
    story.arrive(30).settle();
    assert_eq!(story.at(), Some(150));
}

#[test]
fn any_key_stops_the_way_back_and_the_view_stays_on_offer() {
    for key in ["g", "!", "<esc>", "<c-c>"] {
        let view = view_of(&entry(33));
        let mut story = opened(10_000, &view);
        story.answer();
        story.answer();
        story.keys(key).settle();
        assert_eq!(story.at(), Some(9_999));
        assert!(!left(&story), "{key} stops, it does not leave");
        assert!(story.requests.len() < 5, "{:?}", story.requests);
        assert_eq!(story.model.taken_up, None, "leaving now does not forget it");
        assert!(story.shows("R resume (line dropped)"), "{:#?}", story.screen());
        story.keys("R").settle();
        assert_eq!(story.at(), Some(33));
        assert_eq!(story.model.taken_up, Some(view));
    }
}

#[test]
fn painting_anew_and_suspending_do_not_stop_the_way_back() {
    let mut story = opened(10_000, &view_of(&entry(33)));
    story.answer();
    story.keys("<c-l><c-z>").settle();
    assert_eq!(story.at(), Some(33));
}

#[test]
fn quitting_on_the_way_back_leaves_at_once_and_forgets_nothing() {
    let mut story = opened(10_000, &view_of(&entry(33)));
    story.answer();
    story.keys("q");
    assert!(left(&story));
    assert_eq!(story.model.taken_up, None);
}

#[test]
fn a_narrower_query_is_taken_up_deep_in_the_log() {
    let mut view = view_of(&entry(2_001));
    let reply = entry(2_001).action_type;
    view.types.ticked.retain(|name| *name != reply);
    view.types.unticked.append(&mut view.types.ticked);
    view.types.ticked.push(reply);
    view.types.unlisted = false;
    let mut story = opened(10_000, &view);
    story.rest();
    assert_eq!(story.at(), Some(2_001), "{:#?}", story.screen());
    assert!(story.requests.len() <= 22, "{:?}", story.requests);
}

#[test]
fn a_view_on_what_is_not_loaded_yet_keeps_the_last_entry_that_the_cursor_stood_on() {
    let mut story = Story::new(190);
    story.settle().keys(&"j".repeat(60));
    assert_eq!(story.at(), None, "{:#?}", story.screen());
    assert!(story.model.saved_view().unwrap().entry.is_some());
}
