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

fn footer(story: &Story) -> String {
    story.screen().pop().unwrap()
}

#[test]
fn the_way_to_the_place_is_told() {
    let mut story = in_the_middle();
    story.keys("X").wake();
    assert!(story.answer(), "the head");
    let mut told = 0;
    while story.model.reader.asked_log().is_seeking() {
        told += 1;
        let words = if told == 1 { "1 request ".to_owned() } else { format!("{told} requests ") };
        let footer = footer(&story);
        assert!(footer.starts_with("looking for Thu 10 Aug 2023 12:40"), "{footer}");
        assert!(footer.contains(&words) && footer.ends_with("esc cancels"), "{told}: {footer}");
        story.answer();
    }
    assert!(told > 8, "{told}");
    story.settle();
    assert!(footer(&story).starts_with("j k move"), "{}", footer(&story));
}

#[test]
fn giving_up_on_the_way_to_the_place_leaves_what_is_loaded_until_the_user_goes_on() {
    for answers in 1..12 {
        let mut story = in_the_middle();
        story.keys("X").wake();
        for _ in 0..answers {
            story.answer();
        }
        let (before, loaded) = (story.requests.len(), story.loaded());
        story.keys("<esc>").settle();
        assert_eq!(story.requests.len(), before, "{answers}: {:#?}", story.screen());
        assert_eq!(story.at(), Some(2_000), "{answers}: {:#?}", story.screen());
        assert!(story.model.reader.choice().is_only(&story.server[2_000].action_type), "the types stay");
        assert!(!footer(&story).starts_with("looking"), "{answers}: {}", footer(&story));
        assert!(loaded.concat().iter().all(|at| story.loaded().concat().contains(at)), "{answers}");
        story.keys("j").settle();
        assert!(story.requests.len() > before, "{answers}: {:#?}", story.screen());
        assert!(story.loaded().concat().contains(&1_850), "{answers}: {:?}", story.loaded());
    }
}

#[test]
fn the_way_to_the_end_that_is_looked_behind_is_not_told_as_that_to_the_entry() {
    let mut story = in_the_middle();
    story.keys("X").rest().keys("r");
    let mut steps = 0;
    while story.model.reader.asked_log().is_seeking() {
        steps += 1;
        assert!(!footer(&story).starts_with("looking"), "{steps}: {}", footer(&story));
        story.answer();
    }
    assert!(steps > 5, "{steps}");
}
