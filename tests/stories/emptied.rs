//! A log that loses all its entries while something is under way in it.

use crate::story::Story;

#[test]
fn a_jump_in_a_log_that_loses_all_its_entries_ends_with_a_word() {
    for entries in [1, 4, 60, 190] {
        for after in 0..4 {
            let mut story = Story::new(entries);
            story.keys("t2023-08-03 12:15<enter>");
            for _ in 0..after {
                story.answer();
            }
            let was_jumping = story.model.reader.progress().is_some();
            story.server.clear();
            story.settle();
            assert!(story.model.reader.progress().is_none());
            let is_told = story.model.reader.notice().is_some() || story.at().is_some();
            assert!(!was_jumping || is_told, "{entries} entries, {after} answers: {:#?}", story.screen());
        }
    }
}

#[test]
fn a_jump_that_is_taken_along_into_a_log_known_to_be_empty_ends_with_a_word() {
    let mut story = Story::new(0);
    story.settle().keys("f/ticket created<enter>o<enter>G");
    assert!(story.model.reader.progress().is_some(), "{:#?}", story.screen());
    story.keys("=");
    assert!(story.shows("there is no entry to go to"), "{:#?}", story.screen());
    // Nor does it go on with what arrives.
    story.arrive(190).rest();
    story.arrive(120).keys("<space>r");
    while story.answer() {
        assert!(story.model.reader.progress().is_none(), "{:#?}", story.screen());
    }
}
