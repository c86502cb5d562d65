//! Another query is chosen deep in the log. The entry at the cursor is loaded, its place in that query is not known:
//! what is missing round it is read once that is.

use crate::story::Story;

/// After a look at the oldest entry, on an entry in the middle.
fn in_the_middle() -> Story {
    let mut story = Story::new(4_000);
    story.settle().keys("G").settle();
    let at = story.server[2_000].stamp().unwrap().instant();
    story.keys(&format!("t{}<enter>", at.format("%Y-%m-%dT%H:%M:%SZ"))).settle();
    assert_eq!(story.at(), Some(2_000), "{:#?}", story.screen());
    story
}

#[test]
fn an_end_that_is_known_is_not_looked_for_again_when_other_types_are_chosen() {
    let mut story = in_the_middle();
    let before = story.requests.len();
    story.keys("X").rest();
    assert_eq!(story.at(), Some(2_000), "{:#?}", story.screen());
    let made = &story.requests[before..];
    // The head, the place of what is loaded round the entry, and the pages above and below it; its end would cost seven more.
    assert!(made.len() <= 15, "{}: {made:?}", made.len());
}
