//! A jump under way when other types are chosen: it arrives where the user meant it to, among what is shown now.

use ratatui::layout::Size;
use ticketlog::model::{
    failure::{Failure, FailureKind},
    query::Query,
    saved_view::Resume,
};

use crate::story::Story;

/// The moment of an entry, as it is typed.
fn moment(story: &Story, at: usize) -> String {
    let at = story.server[at].stamp().unwrap().instant();
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A jump to this entry is under way.
fn jumping(entries: usize, at: usize) -> Story {
    let mut story = Story::new(entries);
    story.settle();
    let moment = moment(&story, at);
    story.keys(&format!("t{moment}<enter>"));
    assert!(story.answer() && is_looking(&story));
    story
}

fn is_looking(story: &Story) -> bool {
    story.model.reader.progress().is_some_and(|progress| !progress.is_kept)
}

fn footer(story: &Story) -> String {
    story.screen().last().cloned().unwrap_or_default()
}

#[test]
fn a_moment_is_reached_in_whatever_query_is_chosen_meanwhile() {
    // Only the type at the cursor, which entry 999 has too; all but that type; the preset of the conversation; a text; a person.
    for (keys, lands) in [("X", 999), ("x", 998), ("f2<enter>", 996), ("p", 999), ("&999<enter>", 999)] {
        let mut story = jumping(4_000, 999);
        story.keys(keys);
        assert!(is_looking(&story), "{keys}: {:#?}", story.screen());
        assert!(footer(&story).starts_with("looking for "), "{keys}: {}", footer(&story));
        story.rest();
        assert_eq!(story.at(), Some(lands), "{keys}: {:#?}", story.screen());
        assert!(!is_looking(&story) && story.requests.len() < 40, "{keys}: {}", story.requests.len());
        story.keys("<c-o>").rest();
        assert!(story.at().is_some_and(|at| at > 3_990), "{keys} back: {:#?}", story.screen());
    }
}

#[test]
fn a_burst_of_changes_leads_there_once() {
    let mut story = jumping(4_000, 999);
    story.keys("Xuxu");
    assert!(is_looking(&story) && story.asked.len() <= 2);
    story.keys("X").rest();
    assert_eq!(story.at(), Some(999), "{:#?}", story.screen());
    let narrow = story.requests.iter().filter(|(query, _)| *query != Query::All).count();
    assert!(narrow > 0 && story.requests.len() < 40, "{:?}", story.requests);
}

#[test]
fn the_oldest_entry_is_reached_in_the_new_query() {
    let mut story = Story::new(4_000);
    story.settle().keys("G");
    assert!(story.answer() && is_looking(&story));
    story.keys("X");
    assert!(footer(&story).starts_with("looking for the oldest entry"), "{}", footer(&story));
    story.rest();
    assert_eq!(story.at(), Some(4), "{:#?}", story.screen());
    assert!(story.shows("start of the ticket"), "{:#?}", story.screen());
}

#[test]
fn the_newest_entry_stays_the_place_in_the_new_query() {
    let mut story = jumping(4_000, 999);
    story.settle().keys("g");
    assert_eq!(story.at(), Some(3_999));
    story.keys("x").rest();
    assert_eq!(story.at(), Some(3_998), "{:#?}", story.screen());
    // Given up by going to the newest one, a jump pulls nobody away.
    let mut story = jumping(4_000, 999);
    story.keys("g").settle();
    assert_eq!((story.at(), is_looking(&story)), (Some(3_999), false), "{:#?}", story.screen());
    let mut story = jumping(4_000, 999);
    story.keys("gx").rest();
    assert_eq!(story.at(), Some(3_998), "{:#?}", story.screen());
}

#[test]
fn days_are_gone_in_the_new_query() {
    for (keys, end) in [("J", "2023-08-08T22:00:00Z"), ("K", "2023-08-10T22:00:00Z")] {
        let mut story = Story::new(4_000);
        story.settle().keys("t2023-08-09 12:00<enter>").settle().keys(keys);
        assert!(is_looking(&story), "{keys}: {:#?}", story.screen());
        story.keys("X").rest();
        let is_shown = |at: &usize| {
            let entry = &story.server[*at];
            let time = entry.stamp().unwrap().instant();
            let only = story.model.reader.asked_log().query();
            time < end.parse::<chrono::DateTime<chrono::Utc>>().unwrap() && only.includes(&entry.action_type)
        };
        let newest = (0..4_000).rev().find(is_shown);
        assert_eq!(story.at(), newest, "{keys}: {:#?}", story.screen());
    }
}

#[test]
fn it_is_given_up_by_esc_and_where_no_type_is_left() {
    let mut story = jumping(4_000, 999);
    let at = story.at();
    story.keys("X<esc>").rest();
    assert_eq!(story.at(), at, "{:#?}", story.screen());
    assert!(matches!(story.model.reader.asked_log().query(), Query::Only(_)), "what is chosen stays");
    let mut story = jumping(4_000, 999);
    story.keys("fn<enter>").rest();
    assert!(!is_looking(&story) && story.shows("there is no entry to go to"), "{:#?}", story.screen());
    // None for a moment only.
    let mut story = jumping(4_000, 999);
    story.keys("fna<enter>").rest();
    assert_eq!(story.at(), Some(999), "{:#?}", story.screen());
}

#[test]
fn a_failure_in_the_new_query_ends_it_with_its_sentence() {
    let mut story = jumping(4_000, 999);
    let at = story.at();
    story.keys("X").asked.clear();
    story.wake();
    story.fail(Failure::new(FailureKind::NotAuthorised, "No."));
    assert!(story.shows("the jump was given up: No."), "{:#?}", story.screen());
    assert_eq!((story.at(), is_looking(&story)), (at, false));
}

#[test]
fn it_goes_on_while_entries_arrive() {
    let mut story = Story::resumed(4_000, Size { width: 80, height: 24 }, Resume::Nothing);
    story.settle();
    let moment = moment(&story, 999);
    story.keys(&format!("t{moment}<enter>"));
    story.answer();
    story.arrive(70).keys("X").wake();
    while story.answer() {
        if story.server.len() < 4_300 {
            story.arrive(7);
        }
    }
    assert_eq!(story.at(), Some(999), "{:#?}", story.screen());
}
