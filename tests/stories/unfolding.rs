//! Lines that stand for several reads: how the cursor gets there, and how they are opened and closed.

use ticketlog::{
    message::Message,
    model::{
        pattern::{Pattern, Syntax},
        search::Wish,
        time_words::{Moment, Unit},
    },
};

use crate::folding::{minutes, position, read, rows, story_of};

#[test]
fn enter_unfolds_and_left_folds_again_with_the_cursor_on_its_entry() {
    let mut story = story_of(".0122.");
    story.keys("j");
    assert_eq!(position(&story), (Some(4), Some(3)));
    assert!(story.shows("entry 2 of 6 shown, one of 4 reads, enter unfolds"), "{:#?}", story.screen());
    story.keys("<enter>");
    assert_eq!(rows(&story).len(), 6);
    assert_eq!(position(&story), (Some(4), Some(3)));
    assert!(story.shows("entry 2 of 6 shown, one of 4 reads, left folds"), "{:#?}", story.screen());
    story.keys("jj<left>");
    assert_eq!(rows(&story)[1], "read 3 people 4 reads");
    assert_eq!(position(&story), (Some(2), Some(3)));
    assert!(story.shows("entry 4 of 6 shown, one of 4 reads, enter unfolds"), "{:#?}", story.screen());
    story.keys("<enter>");
    assert_eq!(position(&story), (Some(2), Some(5)), "it opens around the entry");
}

#[test]
fn every_entry_of_an_unfolded_row_has_its_page() {
    let mut story = story_of(".0122.");
    story.keys("j<enter>");
    for number in [4, 3, 2, 1] {
        story.keys("<enter>");
        assert!(story.shows(&format!("entry {number}")) && story.model.page.is_some());
        story.keys("<esc>j");
    }
    // On the page one goes from entry to entry, folded or not.
    story.keys("kk<left>g<enter>");
    for number in [5, 4, 3, 2, 1, 0] {
        assert!(story.shows(&format!("entry {number}")) && story.model.page.is_some(), "{number}");
        story.keys("J");
    }
    for number in [1, 2, 3] {
        story.keys("K");
        assert!(story.shows(&format!("entry {number}")), "{number}");
    }
}

#[test]
fn the_cursor_goes_over_a_row_in_one_step_and_stops_at_the_last() {
    let mut story = story_of("001.012.");
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(story.at().unwrap());
        story.keys("j");
    }
    assert_eq!(seen, [7, 6, 3, 2, 2]);
    for _ in 0..5 {
        seen.push(story.at().unwrap());
        story.keys("k");
    }
    assert_eq!(seen[5..], [2, 3, 6, 7, 7]);
}

#[test]
fn the_oldest_entry_is_gone_to_within_its_row() {
    let mut story = story_of("0011.");
    story.keys("G");
    assert_eq!(story.at(), Some(0));
    assert!(story.shows("entry 5 of 5 shown, one of 4 reads"), "{:#?}", story.screen());
    assert_eq!(story.cursor_line(), Some(3));
    story.keys("j");
    assert_eq!(story.at(), Some(0), "there is nothing below");
    story.keys("k");
    assert_eq!(story.at(), Some(4));
}

#[test]
fn a_jump_lands_on_an_entry_within_a_row() {
    let mut story = story_of("0012012.");
    story.keys("t14:04<enter>").settle();
    assert_eq!(story.at(), Some(3));
    assert!(story.shows("one of 7 reads"), "{:#?}", story.screen());
    let mut story = story_of("0012012.");
    story.tell(Message::GoTo(Moment { at: minutes(3), unit: Unit::Minute }));
    story.settle();
    assert_eq!(story.at(), Some(2));
    assert_eq!(story.cursor_line(), Some(3));
}

#[test]
fn days_and_silences_lead_to_rows() {
    let mut story = story_of("01.12dddddddd01.012");
    story.keys("J");
    assert_eq!(story.at(), Some(4));
    assert!(story.shows("one of 2 reads"));
    story.keys("K");
    assert_eq!(story.at(), Some(10));
    story.keys(")");
    assert_eq!(story.at(), Some(4));
    assert!(story.shows("1 week without an entry"), "{:#?}", story.screen());
}

#[test]
fn an_open_row_stays_open_when_it_grows() {
    let mut story = story_of(".0122");
    story.keys("<enter>");
    assert_eq!(rows(&story).len(), 5);
    story.server.push(read(5, 1, minutes(20)));
    story.keys("r").settle();
    assert_eq!(position(&story), (Some(4), Some(2)));
    story.keys("g");
    assert_eq!(rows(&story).len(), 6);
    story.keys("x").rest();
    story.keys("u").rest();
    assert_eq!(rows(&story).len(), 6, "and over a narrowing");
    story.keys("<left>");
    assert_eq!(rows(&story)[0], "read 3 people 5 reads");
}

#[test]
fn following_moves_along_with_a_row_that_grows() {
    let mut story = story_of(".0122");
    story.keys("F").settle();
    story.server.push(read(5, 1, minutes(20)));
    story.rest();
    assert_eq!(story.at(), Some(5), "{:#?}", story.screen());
    assert!(rows(&story)[0].ends_with("3 people 5 reads"), "{:#?}", story.screen());
    assert!(story.screen()[2].starts_with('▌'));
}

#[test]
fn hits_are_counted_as_entries_and_the_row_that_holds_one_unfolds() {
    let mut story = story_of("02122.01.");
    story.keys("/percy");
    assert!(story.shows("1 of 2 loaded"), "{:#?}", story.screen());
    assert_eq!(rows(&story).len(), 4, "while it is typed nothing unfolds");
    story.keys("<enter>");
    assert_eq!(story.at(), Some(7));
    assert_eq!(rows(&story).len(), 5);
    story.keys("n");
    assert_eq!(story.at(), Some(2));
    assert_eq!(rows(&story).len(), 9);
    story.keys("<left>");
    assert_eq!(rows(&story).len(), 5);
    story.keys("<esc>/percy<esc>");
    assert_eq!(rows(&story).len(), 5, "given up, nothing has unfolded");
}

#[test]
fn a_search_of_the_command_line_unfolds_where_it_ends() {
    let mut story = story_of("02122.");
    let pattern = Pattern::new("percy", Syntax::Plain).unwrap();
    story.tell(Message::Find(Wish { pattern, stays: false }));
    assert_eq!((story.at(), rows(&story).len()), (Some(2), 6));
}

#[test]
fn a_long_row_that_is_folded_again_leaves_the_screen_full() {
    let mut story = story_of(&("0".repeat(30) + &".".repeat(20)));
    story.keys("G");
    let before = story.screen();
    story.keys("<enter>");
    assert_ne!(story.screen(), before);
    story.keys("<left>");
    assert_eq!(story.screen(), before);
}
