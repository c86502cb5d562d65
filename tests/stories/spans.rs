//! A window of time made from the cursor: from its entry on, up to it, both, and lifted again.

use ticketlog::model::{entry::Time, text::Untrusted};

use crate::story::Story;

fn shown(story: &Story) -> usize {
    story.model.reader.timeline().shown()
}

#[test]
fn a_window_is_made_from_the_cursor_without_a_request_and_undone_step_by_step() {
    let mut story = Story::new(190);
    story.settle().keys("jjjj<");
    assert_eq!((story.at(), shown(&story)), (Some(185), 46), "{:#?}", story.screen());
    assert!(story.screen()[1].starts_with("until 4 Aug 2023 05:25"), "{:#?}", story.screen());
    story.keys("jjj>");
    assert_eq!((story.at(), shown(&story)), (Some(182), 4), "its ends belong to it");
    assert!(story.screen()[1].starts_with("since 4 Aug 2023 05:10 until"), "{:#?}", story.screen());
    story.keys("g");
    assert_eq!(story.at(), Some(185));
    story.keys("u");
    assert_eq!(shown(&story), 46);
    story.keys("u");
    assert_eq!(shown(&story), 50);
    story.keys(">T").settle();
    assert_eq!((shown(&story), story.requests.len()), (50, 1));
}

#[test]
fn an_entry_without_a_time_that_can_be_read_makes_no_window() {
    let mut story = Story::new(10);
    story.server[9].time = Time::Unreadable(Untrusted::new("soon"));
    story.settle().keys(">");
    assert!(story.shows("the time of this entry cannot be read"), "{:#?}", story.screen());
    assert!(story.model.reader.narrowing().is_everything());
}

#[test]
fn what_is_not_a_time_yet_is_answered_with_examples() {
    let mut story = Story::new(10);
    story.settle().keys("tlast ni");
    assert!(story.shows("not a time yet: 14:02, last night, -3d"), "{:#?}", story.screen());
    story.keys("ght");
    assert!(story.shows("18:00 Oslo"), "{:#?}", story.screen());
}
