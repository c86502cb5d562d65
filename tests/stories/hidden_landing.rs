//! A jump to a time where all that is loaded of it is hidden: the cursor ends on what is shown and not later.

use crate::days::{newest, spaced};

#[test]
fn what_comes_from_above_first_does_not_take_the_cursor_to_a_later_entry() {
    for day in [10, 8, 7, 6, 5, 4] {
        for takes_youngest in [false, true] {
            let mut story = spaced(6_000, 2);
            story.keys("&/entry [0-9]*00$/<enter>").rest();
            story.keys(&format!("t2023-08-{day:02} 23:59<enter>"));
            loop {
                let next = if takes_youngest { story.asked.pop_back() } else { story.asked.pop_front() };
                let Some(next) = next else { break };
                story.answer_to(next);
            }
            // Where much is hidden, reading on is left to the user.
            while story.at().is_none() && story.shows("j reads on") {
                story.keys("j").settle();
            }
            let expected = newest(&story, day, |n| n % 100 == 0);
            assert!(expected.is_some());
            assert_eq!(story.at(), expected, "{day}, {takes_youngest}: {:#?}", story.screen());
        }
    }
}
