//! A jump to a time where all that is loaded of it is hidden: the cursor ends on what is shown and not later.

use ticketlog::model::failure::{Failure, FailureKind};

use crate::{
    days::{newest, spaced},
    story::Story,
};

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

/// Much is hidden, and a jump lands where all that is loaded is.
fn landed_amid_what_is_hidden() -> Story {
    let mut story = spaced(6_000, 2);
    story.keys("&/entry [0-9]*00$/<enter>").rest();
    story.keys("t2023-08-05 23:59<enter>");
    while story.loaded().len() < 2 {
        assert!(story.answer());
    }
    assert_eq!(story.at(), None, "{:#?}", story.screen());
    story
}

#[test]
fn reading_on_to_what_is_shown_is_told_and_so_is_where_it_ends() {
    let mut story = landed_amid_what_is_hidden();
    let mut last = 0;
    while story.at().is_none() {
        assert!(story.shows("looking for Sat 5 Aug 2023 23:59 Oslo"), "{:#?}", story.screen());
        assert!(story.shows("esc cancels"), "{:#?}", story.screen());
        let progress = story.model.reader.progress().unwrap();
        assert!(progress.requests > last, "{} after {last}", progress.requests);
        last = progress.requests;
        assert!(story.answer());
    }
    assert_eq!(story.at(), Some(1_700));
    assert!(story.shows("no entry shown between 22:40 and 23:59"), "{:#?}", story.screen());
}

#[test]
fn giving_up_on_the_way_to_what_is_shown_reads_no_further() {
    for answers in 0..2 {
        let mut story = landed_amid_what_is_hidden();
        for _ in 0..answers {
            story.answer();
        }
        let before = story.requests.len();
        assert_eq!(story.at(), None, "{answers}: {:#?}", story.screen());
        story.keys("<esc>").settle();
        assert_eq!(story.requests.len(), before, "{answers}: {:#?}", story.screen());
        assert!(!story.shows("looking for"), "{answers}: {:#?}", story.screen());
    }
}

#[test]
fn where_all_that_is_older_is_hidden_it_is_read_to_its_end() {
    let mut story = spaced(1_500, 7);
    story.keys("&/entry 14..$/<enter>").rest();
    story.keys("t2023-08-06 12:00<enter>").settle();
    assert!(story.shows("no entry shown up to 2023-08-06 12:00"), "{:#?}", story.screen());
    assert!(story.shows("▌── not loaded: about "), "what is above is not read for it: {:#?}", story.screen());
}

#[test]
fn where_a_failure_stands_it_is_told_that_no_more_is_read() {
    let mut story = landed_amid_what_is_hidden();
    story.fail(Failure::new(FailureKind::NotAuthorised, "No."));
    assert!(story.shows("the jump was given up: No."), "{:#?}", story.screen());
    while story.under_way() > 0 {
        story.fail(Failure::new(FailureKind::NotAuthorised, "No."));
    }
    story.keys("gt2023-08-05 23:59<enter>");
    assert!(story.shows("older entries could not be read: r tries again"), "{:#?}", story.screen());
}

#[test]
fn where_something_is_shown_at_last_the_screen_is_filled() {
    for keys in ["J", "t2023-08-05 23:59<enter>"] {
        let mut story = spaced(6_000, 2);
        story.keys("t2023-08-06 02:00<enter>").settle();
        story.keys("&/entry (1[0-4].0|1800)$/<enter>").rest();
        story.keys(keys).settle();
        assert_eq!(story.at(), Some(1_490), "{keys}: {:#?}", story.screen());
        assert!(!story.shows("j reads on"), "{keys}: {:#?}", story.screen());
    }
}

#[test]
fn where_much_is_hidden_reading_on_is_left_to_the_user() {
    for keys in ["t2023-08-10 23:59<enter>", "J"] {
        let mut story = spaced(6_000, 2);
        story.keys("&/entry (59..|100)$/<enter>").rest();
        let before = story.requests.len();
        story.keys(keys).settle();
        assert!(story.shows("▌── older entries not loaded · j reads on ──"), "{keys}: {:#?}", story.screen());
        assert!(!story.shows("looking for"), "{keys}: {:#?}", story.screen());
        assert!(story.shows("given up: 32 pages there show nothing"), "{keys}: {:#?}", story.screen());
        let made = story.requests.len() - before;
        assert!((33..60).contains(&made), "{keys}: {made}");
    }
}
