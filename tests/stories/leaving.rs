//! A query of named types is left far from the newest entry: what it has loaded stays where it is until the other query
//! has brought the window round the cursor.

use chrono::{DateTime, Utc};
use ratatui::layout::Size;
use ticketlog::{
    message::{Effect, Message},
    model::{
        failure::{Failure, FailureKind},
        narrowing::Narrowing,
        saved_view::Resume,
        time_words::{Moment, Unit},
        types::TypeRow,
    },
};

use crate::story::Story;

const SIZE: Size = Size { width: 80, height: 24 };

/// A story that begins with entries of one type, on one of the year before.
fn far_down() -> Story {
    let mut story = Story::unopened(4_000);
    let mut narrowing = Narrowing::everything(&story.model.catalogue);
    let name = story.server[1].action_type.clone();
    narrowing.types.only(&TypeRow::Type(name));
    story.model.reader.begin(narrowing);
    let at: DateTime<Utc> = story.server[1_001].stamp().unwrap().instant();
    story.open();
    story.tell(Message::GoTo(Moment { at, unit: Unit::Instant }));
    story.settle();
    story.keys("j");
    assert_eq!(story.at(), Some(996), "{:#?}", story.screen());
    story
}

fn footer(story: &Story) -> String {
    story.screen().last().cloned().unwrap_or_default()
}

/// Answers one request after the other; the entry stays at the cursor, and on its line.
fn answer_all(story: &mut Story, at: usize, line: Option<usize>) {
    story.wake();
    while !story.asked.is_empty() {
        assert_eq!((story.at(), story.cursor_line()), (Some(at), line), "{:#?}", story.screen());
        story.answer();
    }
    assert_eq!((story.at(), story.cursor_line()), (Some(at), line), "{:#?}", story.screen());
}

#[test]
fn the_entry_and_its_line_stay_while_all_types_are_looked_for() {
    let mut story = far_down();
    let (line, before) = (story.cursor_line(), story.loaded());
    story.keys("a");
    assert_eq!(story.loaded(), before, "what is loaded stays");
    story.wake();
    assert!(
        footer(&story).starts_with("looking for ") && footer(&story).contains("esc cancels"),
        "{}",
        footer(&story)
    );
    assert!(story.shows("with holes between"), "{:#?}", story.screen());
    answer_all(&mut story, 996, line);
    assert!(!footer(&story).contains("looking for"), "{}", footer(&story));
    assert!(story.loaded().iter().flatten().any(|at| *at == 995), "all types are loaded there");
}

#[test]
fn one_more_type_keeps_the_place_as_well() {
    let mut story = far_down();
    let line = story.cursor_line();
    let mut wider = story.model.reader.narrowing().clone();
    wider.types.toggle(&TypeRow::Type(story.server[2].action_type.clone()));
    story.tell(Message::Narrow(Box::new(wider)));
    assert!(story.model.reader.is_leaving());
    answer_all(&mut story, 996, line);
    assert!(!story.model.reader.is_leaving());
    let loaded = story.loaded().concat();
    assert!(loaded.contains(&997) && !loaded.contains(&995), "both types are loaded there: {loaded:?}");
}

#[test]
fn keys_pressed_meanwhile_count_and_the_place_is_theirs() {
    let mut story = far_down();
    story.keys("a");
    story.wake();
    story.answer();
    story.keys("jj");
    assert_eq!(story.at(), Some(986), "{:#?}", story.screen());
    let line = story.cursor_line();
    answer_all(&mut story, 986, line);
    // Another narrowing, while the place is looked for.
    let mut story = far_down();
    let line = story.cursor_line();
    story.keys("a");
    story.wake();
    story.answer();
    story.keys("u");
    answer_all(&mut story, 996, line);
    assert!(story.loaded().iter().flatten().all(|at| at % 5 == 1), "the query is the old one again");
}

#[test]
fn a_query_that_is_taken_up_again_asks_as_a_younger_one_than_was_asked_meanwhile() {
    let mut story = far_down();
    let mut wider = story.model.reader.narrowing().clone();
    wider.types.toggle(&TypeRow::Type(story.server[2].action_type.clone()));
    story.tell(Message::Narrow(Box::new(wider)));
    story.wake();
    let generation = |story: &Story| match story.asked.back() {
        Some(Effect::FetchLog { generation, .. }) => *generation,
        other => panic!("{other:?}"),
    };
    let meanwhile = generation(&story);
    story.keys("u");
    story.wake();
    assert!(generation(&story) > meanwhile);
    assert!(story.loaded().iter().flatten().all(|at| at % 5 == 1), "the query is the old one again");
}

#[test]
fn giving_up_goes_back_to_the_query_that_was_left() {
    for key in ["<esc>", "<c-c>"] {
        let mut story = far_down();
        let (line, choice) = (story.cursor_line(), story.model.reader.choice().clone());
        story.keys("a");
        story.wake();
        story.answer();
        story.keys(key);
        assert_eq!(*story.model.reader.choice(), choice);
        answer_all(&mut story, 996, line);
        assert!(!footer(&story).contains("looking for"), "{}", footer(&story));
    }
}

#[test]
fn a_query_that_was_taken_up_again_is_left_like_any_other() {
    let mut before = far_down();
    before.keys("k");
    let view = before.model.saved_view().unwrap();
    let mut story = Story::resumed(4_000, SIZE, Resume::Open(view));
    story.rest();
    assert_eq!(story.at(), before.at(), "{:#?}", story.screen());
    assert!(story.loaded().iter().flatten().all(|at| at % 5 == 1), "the types are those of the view");
    let (at, line) = (story.at().unwrap(), story.cursor_line());
    story.keys("a");
    assert!(story.model.reader.is_leaving());
    answer_all(&mut story, at, line);
    assert!(!story.model.reader.is_leaving());
    assert!(story.loaded().iter().flatten().any(|loaded| *loaded == at - 1), "all types are loaded there");
}

#[test]
fn leaving_again_and_again_never_asks_more_than_two_things_at_once() {
    let mut story = far_down();
    let (line, before) = (story.cursor_line(), story.requests.len());
    for keys in ["a", "u", "a", "X", "a"] {
        story.keys(keys);
        assert!(story.asked.len() <= 2, "{:?}", story.asked);
        story.wake();
        story.answer();
        assert!(story.asked.len() <= 2, "{:?}", story.asked);
        assert_eq!((story.at(), story.cursor_line()), (Some(996), line), "{:#?}", story.screen());
    }
    answer_all(&mut story, 996, line);
    assert!(!story.model.reader.is_leaving());
    assert!(story.requests.len() - before <= 30, "{} requests", story.requests.len() - before);
}

#[test]
fn a_failure_while_a_query_is_left_keeps_what_is_loaded_and_r_goes_on() {
    let mut story = far_down();
    let (line, before) = (story.cursor_line(), story.loaded());
    story.keys("a");
    story.wake();
    story.answer();
    story.fail(Failure::new(FailureKind::NotAuthorised, "No."));
    assert_eq!((story.at(), story.cursor_line(), story.loaded()), (Some(996), line, before));
    assert!(story.shows("No."), "{:#?}", story.screen());
    story.keys("r");
    answer_all(&mut story, 996, line);
    assert!(!story.model.reader.is_leaving());
}

#[test]
fn where_no_type_is_chosen_nothing_is_looked_for_and_esc_changes_nothing() {
    let mut story = far_down();
    let line = story.cursor_line();
    story.keys("x");
    let choice = story.model.reader.choice().clone();
    assert!(choice.query().is_none() && !footer(&story).contains("looking for"), "{}", footer(&story));
    story.rest();
    story.keys("<esc>");
    assert_eq!(*story.model.reader.choice(), choice);
    story.keys("a");
    answer_all(&mut story, 996, line);
}

#[test]
fn a_jump_made_meanwhile_is_what_is_given_up_first() {
    let mut story = far_down();
    story.keys("a");
    story.wake();
    story.answer();
    let choice = story.model.reader.choice().clone();
    story.keys("G<esc>");
    assert_eq!(*story.model.reader.choice(), choice, "the types are those chosen last");
    story.settle();
    assert!(!story.model.reader.is_leaving());
    assert_eq!(story.at(), Some(996));
}

/// Another type than that of the entry at the cursor is chosen alone.
fn to_status(story: &mut Story) {
    let mut other = story.model.reader.narrowing().clone();
    other.types.only(&TypeRow::Type(story.server[2].action_type.clone()));
    story.tell(Message::Narrow(Box::new(other)));
}

#[test]
fn where_the_entry_is_not_in_the_other_query_what_is_loaded_shows_and_the_way_to_its_moment_is_told() {
    let mut story = far_down();
    let line = story.cursor_line();
    to_status(&mut story);
    story.wake();
    story.answer();
    assert_eq!(story.at(), Some(3_997), "the newest ones show as soon as they are there");
    assert!(footer(&story).starts_with("looking for Mon 7 Aug 2023 01:00"), "{}", footer(&story));
    story.settle();
    // The nearest in time, on the same line.
    assert_eq!((story.at(), story.cursor_line()), (Some(997), line), "{:#?}", story.screen());
    assert!(!footer(&story).contains("looking for") && !footer(&story).contains("no entry"));
    // Whoever goes elsewhere meanwhile, or gives it up, stays there.
    for (keys, at) in [("j", 3_992), ("<esc>", 3_997), ("g", 3_997)] {
        let mut story = far_down();
        to_status(&mut story);
        story.wake();
        story.answer();
        story.keys(keys).settle();
        assert_eq!(story.at(), Some(at), "{keys}: {:#?}", story.screen());
    }
}

#[test]
fn near_the_top_nothing_is_looked_for() {
    let mut story = Story::new(4_000);
    story.settle().keys("jj");
    let line = story.cursor_line();
    assert_eq!(story.at(), Some(3_997), "a status");
    let before = story.requests.len();
    story.keys("f2<enter>");
    assert!(!footer(&story).contains("looking for"), "{}", footer(&story));
    story.rest();
    assert_eq!((story.at(), story.requests.len() - before), (Some(3_996), 1), "{:#?}", story.screen());
    assert!(story.cursor_line() <= line, "{:#?}", story.screen());
}

#[test]
fn after_a_failure_going_to_the_newest_entry_loses_nothing_and_esc_goes_back() {
    let down = || Failure::new(FailureKind::Trouble, "Down.");
    let mut story = far_down();
    let (at, line) = (story.at(), story.cursor_line());
    story.keys("a");
    story.wake();
    while !story.asked.is_empty() {
        story.fail(down());
    }
    story.keys("g");
    assert_eq!(story.at(), Some(3_996), "the newest that is loaded: {:#?}", story.screen());
    assert!(story.shows("Down."), "{:#?}", story.screen());
    story.keys("<c-o>");
    assert_eq!((story.at(), story.cursor_line()), (at, line));
    story.keys("<esc>");
    assert!(!story.model.reader.is_leaving() && !story.shows("Down."), "{:#?}", story.screen());
    story.rest();
    assert_eq!((story.at(), story.cursor_line()), (at, line), "{:#?}", story.screen());
    // Where its newest entries have come, they are what is newest.
    let mut story = far_down();
    story.keys("a");
    story.wake();
    story.answer();
    story.fail(down());
    story.keys("g");
    assert_eq!(story.at(), Some(3_999), "{:#?}", story.screen());
    story.keys("r").settle();
    assert_eq!(story.at(), Some(3_999), "{:#?}", story.screen());
}
