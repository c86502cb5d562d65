//! The height of the detail pane, by key.

use crate::story::Story;

/// How many lines the list and the pane have.
fn heights(story: &Story) -> (u16, u16) {
    let areas = story.model.areas();
    (areas.body.height, areas.below.height)
}

#[test]
fn the_pane_grows_and_shrinks_by_a_line_or_by_a_count() {
    let mut story = Story::new(60);
    story.settle();
    assert_eq!(heights(&story), (15, 5));
    story.keys("+");
    assert_eq!(heights(&story), (14, 6));
    story.keys("3+");
    assert_eq!(heights(&story), (11, 9));
    story.keys("-");
    assert_eq!(heights(&story), (12, 8));
    story.keys("<tab>");
    assert_eq!(heights(&story), (21, 0));
    story.keys("-");
    assert_eq!(heights(&story), (21, 0), "what is closed gets no lower");
    story.keys("+");
    assert_eq!(heights(&story), (12, 8), "as it was");
}

#[test]
fn the_list_keeps_what_it_needs_and_the_pane_a_line() {
    let mut story = Story::new(60);
    story.settle().keys("jjjj99+");
    assert_eq!(heights(&story), (3, 17));
    assert!(story.cursor_line().is_some(), "{:#?}", story.screen());
    story.keys("-");
    assert_eq!(heights(&story), (4, 16), "the next key counts from what is seen");
    story.keys("99-");
    assert_eq!(heights(&story), (19, 1));
    story.keys("-+");
    assert_eq!(heights(&story), (18, 2));
}

#[test]
fn what_a_lower_pane_uncovers_is_asked_for() {
    let mut story = Story::sized(60, 80, 60);
    story.settle();
    story.keys("40+G").rest();
    let before = story.requests.len();
    story.keys("99-").rest();
    assert!(story.requests.len() > before || !story.shows("not loaded"), "{:#?}", story.screen());
    assert!(!story.shows("not loaded"), "{:#?}", story.screen());
}

#[test]
fn without_room_for_a_pane_nothing_is_wished_for() {
    let mut story = Story::sized(60, 80, 6);
    story.settle().keys("+++");
    assert_eq!(heights(&story), (4, 0));
    story.model.size.height = 24;
    story.model.fit_list();
    assert_eq!(heights(&story), (15, 5), "as the screen suggests");
}
