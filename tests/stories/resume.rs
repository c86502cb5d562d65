//! Taking up a view that a dropped line interrupted.

use ratatui::layout::Size;
use ticketlog::model::saved_view::{Resume, SavedView};

use crate::story::Story;

const SIZE: Size = Size { width: 80, height: 24 };

/// The view of a story in which the cursor stands on this entry.
fn view_at(entries: usize, wanted: usize) -> SavedView {
    let mut story = Story::new(entries);
    story.settle();
    while story.at() != Some(wanted) {
        story.keys("j").settle();
    }
    story.model.saved_view().unwrap()
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
    assert_eq!(story.requests.len(), 8 + 1, "pages down to the entry, and one ahead: {:?}", story.requests);
    assert!(story.shows("j k move"), "{:#?}", story.screen());
    assert!(story.cursor_line().is_some_and(|line| line > 5), "{:#?}", story.screen());
}

#[test]
fn the_narrowing_comes_back_and_the_entry_in_it() {
    let mut before = Story::new(400);
    before.settle();
    before.keys("f<space><enter>").rest();
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
fn an_entry_that_is_gone_gives_the_nearest_in_time() {
    let view = view_at(400, 200);
    let mut story = Story::resumed(400, SIZE, Resume::Open(view));
    story.server.remove(200);
    story.settle();
    assert!(matches!(story.at(), Some(199 | 201)), "{:?}", story.at());
    assert_eq!(story.model.seek, None);
}

#[test]
fn the_entry_is_found_below_what_arrived_meanwhile() {
    let view = view_at(190, 150);
    let mut story = Story::resumed(190, SIZE, Resume::Open(view));
    story.arrive(30).settle();
    assert_eq!(story.at(), Some(150));
}

#[test]
fn any_key_stops_the_way_back() {
    let view = view_at(400, 33);
    let mut story = Story::resumed(400, SIZE, Resume::Open(view));
    story.answer();
    story.keys("g").settle();
    assert_eq!(story.at(), Some(399));
    assert!(story.requests.len() < 5, "{:?}", story.requests);
}

#[test]
fn the_way_back_is_given_up_after_a_hundred_pages() {
    let mut view = view_at(100, 0);
    view.entry = view.entry.map(|mut entry| {
        entry.time -= chrono::TimeDelta::days(1000);
        entry
    });
    let mut story = Story::resumed(20_000, SIZE, Resume::Open(view));
    story.settle();
    assert_eq!(story.model.seek, None);
    assert!((90..110).contains(&story.requests.len()), "{}", story.requests.len());
}

#[test]
fn an_offer_stands_in_the_footer_until_it_is_taken() {
    let view = view_at(190, 170);
    for width in [40, 80] {
        let size = Size { width, height: 24 };
        let mut story = Story::resumed(190, size, Resume::Offer(view.clone()));
        story.settle();
        assert_eq!(story.at(), Some(189));
        assert!(story.shows("R resume (line dropped)"), "{:#?}", story.screen());
        story.keys("R").settle();
        assert_eq!(story.at(), Some(170));
        assert!(!story.shows("R resume"), "{:#?}", story.screen());
        story.keys("R").settle();
        assert_eq!(story.at(), Some(170), "nothing is left to be taken up");
    }
}

#[test]
fn the_page_of_keys_names_the_key_only_while_there_is_something_to_take_up() {
    let told = "take up the view";
    let mut story = Story::new(190);
    assert!(!story.keys("?<space>").shows(told), "{:#?}", story.screen());
    let mut story = Story::resumed(190, SIZE, Resume::Offer(view_at(190, 150)));
    assert!(story.keys("?<space>").shows(told), "{:#?}", story.screen());
    story.keys("<esc>R").settle();
    assert!(!story.keys("?<space>").shows(told), "{:#?}", story.screen());
}

#[test]
fn a_view_on_what_is_not_loaded_yet_keeps_the_last_entry_that_the_cursor_stood_on() {
    let mut story = Story::new(190);
    story.settle().keys(&"j".repeat(60));
    assert_eq!(story.at(), None, "{:#?}", story.screen());
    assert!(story.model.saved_view().unwrap().entry.is_some());
}
