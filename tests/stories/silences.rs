//! How long nothing must have happened for a rule to say so.

use ticketlog::model::timeline::LongSilence;

use crate::story::{Story, entry};

/// Two entries with 33 hours between them.
fn told(silence: Option<&str>) -> Story {
    let mut story = Story::unopened(0);
    if let Some(words) = silence {
        story.model.tell_silences(LongSilence::named(words).unwrap());
    }
    story.server = vec![entry(0), entry(1), entry(400)];
    story.open();
    story.settle();
    story
}

#[test]
fn a_silence_of_the_length_that_is_set_has_a_rule_where_the_keys_go() {
    let mut story = told(Some("1 day"));
    assert!(story.shows("── 1 day without an entry ──"), "{:#?}", story.screen());
    story.keys(")");
    assert_eq!(story.at(), Some(1));
    for silence in [None, Some("2 days"), Some("1 week")] {
        let story = told(silence);
        assert!(!story.shows("without an entry"), "{silence:?}: {:#?}", story.screen());
    }
}
