//! Jumps in a log that grew a moment ago: a place that was seen before it moved is no proof that times are out of order.

use crate::story::{Story, start};

/// The moment of an entry, as it is typed.
fn moment(at: usize) -> String {
    let time = start() + chrono::TimeDelta::minutes(5 * i64::try_from(at).unwrap());
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Answers so many requests; so many entries arrive after each.
fn grow(story: &mut Story, answers: usize, arrivals: usize) {
    for _ in 0..answers {
        if story.answer() {
            story.arrive(arrivals);
        }
    }
}

#[test]
fn a_time_jump_begun_in_another_one_in_a_log_that_grew_is_no_reading_in_sequence() {
    // A whole page of arrivals costs a look at the head and a new beginning.
    for (arrivals, bound) in [(1, 19), (3, 19), (7, 27), (20, 27)] {
        for (grows, rests) in (10..24).step_by(2).flat_map(|grows| [(grows, 0), (grows, 1), (grows, 4)]) {
            for at in [3_900, 2_000, 100] {
                let mut story = Story::new(4_000);
                story.settle().keys("G");
                grow(&mut story, grows, arrivals);
                grow(&mut story, rests, 0);
                let before = story.requests.len();
                story.keys(&format!("t{}<enter>", moment(at))).settle();
                let asked = story.requests.len() - before;
                let when = format!("{arrivals} arrive after each of {grows}, {rests} more");
                assert!(asked <= bound, "{when}: {asked} requests for {at}");
                assert_eq!(story.at(), Some(at), "{when}");
                assert!(!story.shows("not in order"), "{when}: {:#?}", story.screen());
            }
        }
    }
}

#[test]
fn a_time_jump_in_a_log_that_grows_until_it_lands_is_no_reading_in_sequence() {
    for arrivals in [3, 7, 20] {
        for grows in (6..30).step_by(4) {
            for at in [2_000, 1_000, 100] {
                let mut story = Story::new(4_000);
                story.settle().keys("G");
                grow(&mut story, grows, arrivals);
                let before = story.requests.len();
                story.keys(&format!("t{}<enter>", moment(at)));
                grow(&mut story, 8, arrivals);
                story.settle();
                let asked = story.requests.len() - before;
                assert!(asked <= 36, "{arrivals} after each of {grows}: {asked} requests for {at}");
                assert_eq!(story.at(), Some(at), "{arrivals} after each of {grows}");
            }
        }
    }
}

#[test]
fn an_order_that_is_broken_below_what_is_loaded_is_noticed_while_the_log_grows() {
    for arrivals in [0, 1, 3] {
        let mut story = Story::new(4_000);
        // What stands from 1,000 to 2,999 is older than all below it, and falls in times as the rest does.
        story.server[..3_000].rotate_left(1_000);
        story.settle().keys("t2023-08-04 12:03<enter>");
        grow(&mut story, 200, arrivals);
        story.settle();
        assert!(story.shows("times are not in order;"), "{arrivals}: {:#?}", story.screen());
    }
}
