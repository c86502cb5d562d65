//! A search that reads on into what is not loaded: when it begins by itself, and what ends it.

use std::time::Duration;

use crate::searching::{footer, opened};

#[test]
fn what_is_typed_is_read_on_for_once_it_has_rested() {
    let mut story = opened(2_000);
    for letter in "/refund".chars() {
        story.keys(&letter.to_string()).pass(Duration::from_millis(300));
        story.settle();
    }
    assert_eq!(story.requests.len(), 1, "a word half typed asks for nothing");
    story.keys("<c-u>entry 1555").pass(Duration::from_millis(699));
    assert_eq!(story.requests.len(), 1);
    story.pass(Duration::from_millis(1));
    assert!(story.requests.len() > 1);
    story.answer();
    assert!(footer(&story).ends_with("no hit in 98 loaded, reading on"), "{}", footer(&story));
    story.settle();
    assert_eq!((story.at(), story.requests.len()), (Some(1_555), 11), "{}", footer(&story));
    assert_eq!(footer(&story), "search: entry 1555   1 of 1 loaded");
    story.keys("<enter>").keys("'").keys("'");
    assert_eq!(story.at(), Some(1_999), "the way back");
}

#[test]
fn a_letter_more_or_leaving_the_line_ends_reading_on() {
    for keys in ["x", "<back>", "<esc>", "<c-c>", "<c-u>"] {
        let mut story = opened(2_000);
        story.keys("/nowhere").pass(Duration::from_millis(700));
        story.answer();
        let asked = story.requests.len();
        story.keys(keys).settle();
        assert!(!story.model.reader.searches_on());
        assert!(story.requests.len() <= asked + 1, "{keys}: what was under way and one screen ahead alone");
        assert_eq!(story.at(), Some(1_999), "{keys}");
    }
}

#[test]
fn nothing_is_read_on_for_an_empty_line_a_fault_or_what_was_found() {
    for keys in ["/", "/nowhere<c-u>", "/<c-r>(", "/entry 19", "/nowhere<esc>"] {
        let mut story = opened(2_000);
        story.keys(keys).pass(Duration::from_secs(5));
        story.settle();
        assert_eq!(story.requests.len(), 1, "{keys}");
    }
}

#[test]
fn a_search_that_reads_on_can_be_stopped_and_goes_on() {
    for key in ["<c-c>", "<esc>"] {
        let mut story = opened(2_000);
        story.keys("/entry 3<enter>");
        story.answer();
        story.keys(key);
        assert!(!story.model.reader.searches_on());
        assert!(footer(&story).starts_with("stopped without a hit in the 98 entries"), "{}", footer(&story));
        let asked = story.requests.len();
        story.settle();
        assert!(story.requests.len() <= asked + 1, "what was under way and one screen ahead alone");
        story.keys("n").settle();
        assert_eq!(story.at(), Some(399));
    }
}

#[test]
fn a_hit_that_comes_after_reading_on_was_stopped_is_not_denied() {
    let mut story = opened(2_000);
    // Entry 1870, in the second of the answers under way.
    story.keys("/entry 1870<enter>");
    story.keys("<esc>");
    assert!(footer(&story).starts_with("stopped without a hit in the 50 entries"), "{}", footer(&story));
    story.settle();
    assert_eq!(footer(&story), "stopped, n goes to a hit that came meanwhile");
    story.keys("n");
    assert_eq!(story.at(), Some(1_870));
}

#[test]
fn a_jump_ends_a_search_that_reads_on_and_no_hit_pulls_the_cursor_away() {
    let mut story = opened(2_000);
    story.keys("/entry 1500<enter>");
    assert!(story.model.reader.searches_on());
    story.keys("G");
    assert!(!story.model.reader.searches_on());
    story.settle();
    assert_eq!(story.at(), Some(0));
    story.keys("A").settle();
    assert_eq!(story.at(), Some(0), "what is loaded for another reason brings the hit in");
    story.keys("n");
    assert_eq!(story.at(), Some(1_500));
}

#[test]
fn a_search_ends_the_jump_under_way_which_would_pull_the_cursor_away_from_the_hit() {
    let mut story = opened(2_000);
    story.keys("G").keys("/entry 1990<enter>");
    assert_eq!(story.at(), Some(1_990));
    story.settle();
    assert_eq!(story.at(), Some(1_990));
    story.keys("<esc>G").keys("/entry 1500<enter>").settle();
    assert_eq!(story.at(), Some(1_500));
}
