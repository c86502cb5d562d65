//! What one start remembers of another: the named preset and how times are told, and nothing made by hand.

use ratatui::layout::Size;
use ticketlog::model::{query::Query, remembered::Remembered, saved_view::Resume};

use crate::story::Story;

/// A run that begins with what is remembered.
fn begun(remembered: &Remembered) -> Story {
    let mut story = Story::unopened(60);
    story.model.recall(remembered.clone());
    story.open();
    story.settle();
    story
}

/// What is remembered after a run that began with nothing remembered.
fn after(keys: &str) -> Remembered {
    let mut story = begun(&Remembered::default());
    story.keys(keys);
    ended(&story, Remembered::default())
}

fn ended(story: &Story, known: Remembered) -> Remembered {
    known.after(story.model.begun(), &story.model.habits())
}

fn preset(name: &str) -> Remembered {
    Remembered { preset: Some(name.to_owned()), ..Remembered::default() }
}

#[test]
fn a_preset_is_remembered_by_its_name_and_a_narrowing_by_hand_is_not() {
    for (keys, remembered) in [
        ("", Remembered::default()),
        ("f3<enter>", preset("changes")),
        ("f3<enter>=", preset("changes")),
        ("f3<enter>x", preset("changes")),
        ("f3<enter>=x", preset("changes")),
        ("f3<enter>=xx", preset("changes")),
        ("f3<enter>=xu", preset("changes")),
        ("f3<enter>=xf1<enter>", Remembered::default()),
        ("f3<enter>=f1<enter>x", preset("changes")),
        ("f3<enter>fax", Remembered::default()),
        ("f3<enter>xpp&a<enter>", preset("changes")),
        ("f3<enter>f2<enter>", preset("conversation")),
        ("f3<enter>u", Remembered::default()),
        ("f3<enter>f1<enter>", Remembered::default()),
        ("x", Remembered::default()),
        ("X", Remembered::default()),
        ("p", Remembered::default()),
        ("&entry<enter>", Remembered::default()),
        ("z", Remembered { ages: true, ..Remembered::default() }),
        ("zz", Remembered::default()),
        ("Z", Remembered { utc: true, ..Remembered::default() }),
        ("f3<enter>zZ", Remembered { ages: true, utc: true, ..preset("changes") }),
    ] {
        assert_eq!(after(keys), remembered, "{keys}");
    }
}

#[test]
fn the_next_start_says_what_it_opened_with_and_how_that_is_lifted() {
    let mut story = begun(&preset("changes"));
    assert!(story.shows("opened with your preset changes, = lifts it"), "{:#?}", story.screen());
    assert!(story.screen()[1].starts_with("changes"), "{:#?}", story.screen());
    assert_eq!(story.requests[0].0, Query::All, "hidden here");
    story.keys("j");
    assert!(!story.shows("opened with"), "until the next key");
    assert_eq!(ended(&story, preset("changes")), preset("changes"));
    story.keys("u");
    assert!(story.model.reader.narrowing().is_everything());
    assert_eq!(ended(&story, preset("changes")), Remembered::default(), "it was undone");
}

#[test]
fn a_preset_of_a_query_of_its_own_is_asked_for_from_the_first_request() {
    let story = begun(&preset("conversation"));
    assert!(matches!(story.requests[0].0, Query::Only(_)), "{:?}", story.requests);
}

#[test]
fn what_did_not_change_is_left_to_other_instances() {
    let story = begun(&Remembered::default());
    assert_eq!(ended(&story, preset("changes")), preset("changes"));
    let mut story = begun(&preset("changes"));
    story.keys("z");
    assert_eq!(ended(&story, preset("mine")), Remembered { ages: true, ..preset("mine") });
}

#[test]
fn a_preset_that_is_gone_is_told_once_and_forgotten() {
    let story = begun(&preset("calls"));
    assert!(story.shows("the preset of the last time is not configured any more"), "{:#?}", story.screen());
    assert!(story.model.reader.narrowing().is_everything());
    assert_eq!(ended(&story, preset("calls")), Remembered::default());
}

#[test]
fn ages_and_universal_time_come_back() {
    let mut story = begun(&Remembered { ages: true, utc: true, preset: None });
    assert!(story.shows("months ago") || story.shows("year ago"), "{:#?}", story.screen());
    assert!(story.screen()[1].ends_with("UTC"));
    assert_eq!(story.waits(), 1, "ages are counted anew from the start");
    story.keys("zZ");
    assert!(story.screen()[1].ends_with("Oslo"));
}

#[test]
fn another_ticket_is_opened_with_the_preset_and_without_what_was_narrowed_by_hand() {
    let mut story = begun(&Remembered::default());
    story.keys("f3<enter>x").keys("O4711<enter>").settle();
    assert!(story.shows("opened with your preset changes"), "{:#?}", story.screen());
    assert!(story.screen()[1].starts_with("changes"), "{:#?}", story.screen());
    story.keys("f1<enter>x").keys("O4712<enter>").settle();
    assert!(story.model.reader.narrowing().is_everything());
}

#[test]
fn a_dropped_line_keeps_no_view_of_a_ticket_that_nobody_touched() {
    let mut story = begun(&preset("changes"));
    let offer = story.model.saved_view().unwrap();
    let size = Size { width: 80, height: 24 };
    story = Story::resumed(60, size, Resume::Offer(offer));
    story.model.recall(preset("changes"));
    story.settle();
    assert_eq!(story.model.saved_view(), None, "the older one is worth more");
}
