//! A query of named types is left far from the newest entry: what it has loaded stays where it is until the other query
//! has brought the window round the cursor.

use chrono::{DateTime, Utc};
use ticketlog::{
    message::Message,
    model::{
        narrowing::Narrowing,
        time_words::{Moment, Unit},
        types::TypeRow,
    },
};

use crate::story::Story;

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
