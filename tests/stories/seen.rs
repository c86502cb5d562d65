//! What is kept of a look at a ticket: the newest entry that somebody saw, and when.

use std::time::Duration;

use chrono::TimeDelta;
use ticketlog::{message::Message, model::saved_view::SavedEntry};

use crate::{
    story::Story,
    visits::{SIZE, now, saved},
};

fn seen(story: &Story) -> Option<SavedEntry> {
    story.model.visit()?.seen.map(|seen| seen.entry)
}

#[test]
fn the_newest_entry_on_the_screen_is_kept_and_no_newer_one() {
    let mut story = Story::new(190);
    assert_eq!(story.model.visit(), None, "nothing was seen yet");
    story.settle();
    assert_eq!(seen(&story), Some(saved(189)));
    for _ in 0..30 {
        story.keys("j").settle();
    }
    story.arrive(4).keys("r").settle();
    assert_eq!(seen(&story), Some(saved(189)), "they are loaded, but not on the screen");
    story.keys("g").settle();
    assert_eq!(seen(&story), Some(saved(193)));
    story.arrive(1).keys("r").settle();
    story.keys("<enter>K").settle();
    assert_eq!(story.at(), Some(194));
    assert_eq!(seen(&story), Some(saved(193)), "a page covers the list");
    story.keys("<esc>");
    assert_eq!(seen(&story), Some(saved(194)));
}

#[test]
fn what_comes_behind_the_list_of_actions_is_not_seen_before_that_is_closed() {
    let mut story = Story::new(190);
    story.keys("?").settle();
    assert_eq!(seen(&story), None);
    story.keys("<esc>");
    assert_eq!(seen(&story), Some(saved(189)));
}

#[test]
fn what_following_brought_to_the_screen_is_seen_by_whoever_presses_the_next_key() {
    for key in ["j", "!", "G", "<c-l>", "?", "q", "O"] {
        let mut story = Story::new(190);
        story.settle().keys("F").settle();
        assert_eq!(seen(&story), Some(saved(189)));
        for _ in 0..3 {
            story.arrive(2);
            story.pass(Duration::from_secs(15));
            story.settle();
        }
        assert!(story.shows("entry 195"), "{:#?}", story.screen());
        story.tell(Message::Resized(SIZE));
        assert_eq!(seen(&story), Some(saved(189)), "nobody may have been there");
        let came = story.model.now;
        story.pass(Duration::from_secs(5));
        story.keys(key);
        assert_eq!(seen(&story), Some(saved(195)), "{key}");
        assert_eq!(story.model.visit().unwrap().seen.unwrap().at, came + TimeDelta::seconds(5), "{key}");
    }
}

#[test]
fn a_look_at_the_oldest_entries_alone_does_not_change_when_the_newest_were_seen() {
    let mut story = Story::new(190);
    story.settle();
    let at_the_head = story.model.visit().unwrap();
    story.keys("G").settle();
    story.tell(Message::Clock(now() + TimeDelta::hours(2)));
    story.keys("k").settle();
    let visit = story.model.visit().unwrap();
    assert_eq!(visit.looked, now() + TimeDelta::hours(2));
    assert_eq!(visit.seen, at_the_head.seen);
    story.keys("g").settle();
    story.tell(Message::Clock(now() + TimeDelta::hours(3)));
    story.keys("g").settle();
    assert_eq!(story.model.visit().unwrap().seen.unwrap().at, now() + TimeDelta::hours(3));
}

#[test]
fn a_ticket_that_never_loaded_is_not_kept() {
    let mut story = Story::new(190);
    story.fail(ticketlog::model::failure::Failure::new(
        ticketlog::model::failure::FailureKind::NoSuchTicket,
        "there is no such ticket",
    ));
    assert_eq!(story.model.visit(), None);
}
