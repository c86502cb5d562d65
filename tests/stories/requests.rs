//! How many requests are under way at once: two at most, or one where that is set.

use ticketlog::message::Message;

use crate::story::Story;

/// Everything that asks: all of the log, jumps, a search, other types, while entries arrive.
const KEYS: [&str; 12] = [
    "A",
    "<esc>",
    "G",
    "r",
    "t2023-08-10<enter>",
    "X",
    "X",
    "/entry 7<enter>",
    "u",
    "gF",
    "<space><space>",
    "A",
];

fn whole_story(max_requests: usize) -> Story {
    let mut story = Story::unopened(700);
    story.model.max_requests = max_requests;
    story.open();
    for keys in KEYS {
        story.keys(keys);
        story.answer();
        story.arrive(3).wake();
        for _ in 0..4 {
            story.answer();
        }
    }
    story.settle().keys("=").rest();
    story.keys("A").settle();
    story
}

#[test]
fn two_requests_are_the_most_that_are_under_way_at_once() {
    assert_eq!(whole_story(2).most, 2);
}

#[test]
fn where_one_is_set_it_is_the_most_and_everything_is_read_all_the_same() {
    let story = whole_story(1);
    assert_eq!(story.most, 1);
    assert_eq!(story.loaded().concat().len(), story.server.len());
}

/// A story of which one older page is under way, and no room for anything else.
fn crowded() -> Story {
    let mut story = Story::unopened(700);
    story.model.max_requests = 1;
    story.open();
    story.settle();
    while story.under_way() == 0 {
        story.keys("<space>");
    }
    story
}

#[test]
fn what_is_asked_for_without_room_is_asked_for_when_there_is_some() {
    let mut story = crowded();
    story.arrive(3).keys("r").settle();
    assert_eq!(story.loaded()[0][0], 702, "{:#?}", story.screen());

    let mut story = crowded();
    story.arrive(3).tell(Message::Grew);
    story.settle();
    assert_eq!(story.loaded()[0][0], 702, "{:#?}", story.screen());
}
