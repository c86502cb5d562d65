//! What is said to have arrived above: nothing that has not, and nothing that is on the screen.

use ticketlog::message::{Effect, Message};

use crate::story::Story;

#[test]
fn a_place_from_before_the_log_moved_announces_nothing() {
    let mut story = Story::new(700);
    story.settle().keys("t2023-08-04T13:00:00Z<enter>");
    // Probes, until the page is asked for that the jump ends with.
    while !matches!(story.asked.front(), Some(Effect::FetchLog { window, .. }) if window.take > 1) {
        assert!(story.answer());
    }
    let Some(Effect::FetchLog { generation, ref query, window, .. }) = story.asked.pop_front() else {
        panic!("a page was asked for");
    };
    let given = story.page(query, window);
    // It is on its way when entries arrive, and comes after the answer that tells of them.
    story.arrive(3).keys("<esc>r").settle();
    story.tell(Message::Log { generation, window, answer: Ok(given) });
    story.settle().keys("g").settle().keys("t2023-08-04T13:00:00Z<enter>").settle();
    assert_eq!(story.at(), Some(300));
    for _ in 0..60 {
        story.keys("j").settle();
        assert!(!story.shows("new above"), "{:#?}", story.screen());
    }
}

#[test]
fn a_jump_that_ends_at_the_newest_entry_shows_what_has_arrived() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..30 {
        story.keys("j").settle();
    }
    story.arrive(3).keys("r").settle();
    assert!(story.shows("3 new above, g"), "{:#?}", story.screen());
    story.keys("t2023-08-04T04:00:00Z<enter>");
    assert_eq!(story.at(), Some(192));
    assert!(!story.shows("new above"), "{:#?}", story.screen());
}

#[test]
fn what_arrived_above_an_entry_that_an_answer_holds_again_is_counted_to_it() {
    let mut story = Story::new(1);
    story.settle();
    // The last of the answers is as long as the pages of many a server, so it does not tell whether more follows.
    story.arrive(120).keys("G").keys("rA").settle();
    assert_eq!(story.at(), Some(0));
    assert!(story.shows("120 new above"), "{:#?}", story.screen());
}
