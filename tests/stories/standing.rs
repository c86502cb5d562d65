//! Answers leave the cursor on its entry and on its line of the screen, and jumps end where they lead.

use std::time::Duration;

use ticketlog::{
    message::{Effect, Message},
    model::{
        entry::Entry,
        failure::{Failure, FailureKind},
        query::Window,
        text::Untrusted,
    },
};

use crate::story::{Story, entry};

#[test]
fn a_hole_that_is_filled_above_the_cursor_does_not_move_its_line() {
    let mut story = Story::new(300);
    story.settle().keys("A").settle().keys("jjjjjjjj").arrive(70).keys("r").settle();
    // Up to what is missing above, and away from it before it comes.
    while story.at().is_some() {
        story.keys("k");
    }
    story.keys("jjj");
    let before = (story.at(), story.cursor_line());
    assert_eq!(before, (Some(297), Some(5)), "{:#?}", story.screen());
    story.settle();
    assert_eq!(story.model.reader.log().runs().len(), 1, "{:#?}", story.screen());
    assert_eq!((story.at(), story.cursor_line()), before, "{:#?}", story.screen());
}

#[test]
fn the_cursor_stays_among_equal_entries_that_are_counted_anew() {
    let mut story = Story::new(300);
    for at in 40..300 {
        story.server[at] = entry(40);
    }
    story.settle().keys("A").settle().keys("jjjjj");
    let before = (story.at(), story.cursor_line());
    story.server.extend(vec![entry(40); 90]);
    story.keys("r").settle();
    assert!(story.shows("read again to count them"), "{:#?}", story.screen());
    assert_eq!((story.at(), story.cursor_line()), before, "{:#?}", story.screen());
}

#[test]
fn it_stays_there_also_where_a_narrowing_has_led_it() {
    let mut story = Story::new(300);
    for at in 40..300 {
        story.server[at] = entry(40);
    }
    // The entry that the user put it on is hidden.
    story.settle().keys("A").settle().keys("t2023-08-03 17:16<enter>").settle();
    assert_eq!(story.at(), Some(39), "{:#?}", story.screen());
    story.keys("x").rest();
    assert_eq!(story.at(), Some(40), "{:#?}", story.screen());
    story.server.extend(vec![entry(40); 90]);
    story.keys("r").settle();
    assert!(story.shows("read again to count them"), "{:#?}", story.screen());
    assert_eq!(story.at(), Some(40), "{:#?}", story.screen());
}

#[test]
fn whoever_jumps_is_not_taken_along_with_what_arrives() {
    let mut story = Story::new(400);
    story.settle().keys("F").settle().keys("t2023-08-03 14:30<enter>").arrive(2);
    story.pass(Duration::from_secs(30));
    let (probe, head) = (story.asked.pop_front().unwrap(), story.asked.pop_front().unwrap());
    let Effect::FetchLog { window: Window { skip: 0, .. }, .. } = head else { panic!("{head:?}") };
    story.answer_to(head);
    assert_eq!(story.at(), Some(399), "on the way: {:#?}", story.screen());
    story.answer_to(probe);
    story.settle();
    assert_eq!(story.at(), Some(6), "{:#?}", story.screen());
}

#[test]
fn whoever_goes_to_the_newest_of_types_of_which_none_is_loaded_stays_there() {
    let mut story = Story::new(400);
    for at in 100..150 {
        story.server[at].action_type = Untrusted::new("ticket_created");
    }
    story.settle().keys("G").settle();
    assert_eq!(story.at(), Some(0));
    story.keys("f/ticket created<enter>o<enter>g").rest();
    assert_eq!(story.at(), Some(149), "{:#?}", story.screen());
}

/// Answers until nothing is asked any more; the page at one place holds so few entries, once.
fn settle(story: &mut Story, place: u64, few: u16) {
    let mut is_left = true;
    while let Some(asked) = story.asked.pop_front() {
        let Effect::FetchLog { generation, ref query, window, .. } = asked else {
            story.answer_to(asked);
            continue;
        };
        let is_short = window.skip == place && window.take > 1 && std::mem::take(&mut is_left);
        let take = if is_short { few } else { window.take };
        let answer = Ok(story.page(query, Window { take, ..window }));
        story.tell(Message::Log { generation, window, answer });
    }
}

#[test]
fn a_jump_that_ends_above_a_short_page_goes_on_when_that_was_no_end() {
    let mut story = Story::new(700);
    while !story.model.reader.log().reaches_start() {
        settle(story.keys("<space>"), 96, 30);
    }
    story.keys("t2023-08-03 14:30<enter>").settle();
    assert_eq!(story.at(), Some(6), "{:#?}", story.screen());
    assert!(!story.shows("no entry before"), "{:#?}", story.screen());
}

#[test]
fn a_short_page_of_what_it_repeats_is_asked_for_once_more_every_time() {
    // Its last answer brings nothing but an end, which is asked for once more.
    let mut story = Story::new(98);
    while story.model.reader.log().total().is_none() {
        story.keys("<space>").settle();
    }
    story.arrive(120).keys("r").settle();
    settle(story.keys("A"), 48, 1);
    assert_eq!(story.model.reader.log().total(), Some(218), "{:#?}", story.screen());
    assert!(!story.shows("the log changed"), "{:#?}", story.screen());
}

#[test]
fn a_jump_that_a_failure_ends_while_everything_is_loaded_is_said_to_be_given_up() {
    let mut story = Story::new(2_000);
    story.settle().keys("t2023-08-03 14:30<enter>A");
    while !story.asked.is_empty() {
        story.fail(Failure::new(FailureKind::Trouble, "No."));
    }
    assert!(story.shows("the jump was given up: No."), "{:#?}", story.screen());
}

#[test]
fn a_way_home_ends_on_the_line_that_the_user_moved_the_cursor_to_meanwhile() {
    let mut story = Story::new(400);
    story.settle().keys("f/status changed<enter>o<enter>").rest();
    story.keys("G").settle().keys("kkkk");
    assert_eq!(story.at(), Some(22), "{:#?}", story.screen());
    // What is loaded of the others ends far above: the cursor goes to what is not loaded below it.
    story.keys("Xxj");
    let line = story.cursor_line();
    assert!(story.at().is_none() && line.is_some(), "{:#?}", story.screen());
    story.rest();
    assert_eq!((story.at(), story.cursor_line()), (Some(23), line), "{:#?}", story.screen());
}

#[test]
fn a_way_home_that_ends_where_the_cursor_stands_moves_nothing() {
    let mut story = Story::new(290);
    for (at, kept) in story.server.iter_mut().enumerate() {
        let (like, name) = if at < 260 { (at, "something_new") } else { (260, "ticket_status_changed") };
        *kept = Entry { action_type: Untrusted::new(name), ..entry(like) };
    }
    story.settle().keys("t2023-08-04 11:30<enter>").settle();
    assert_eq!((story.at(), story.cursor_line()), (Some(258), Some(7)), "{:#?}", story.screen());
    // The entry that the user put it on is hidden, and above the equal ones stands nothing, until something arrives.
    story.keys("f/status changed<enter>o<enter>").arrive(2);
    for at in [290, 291] {
        story.server[at].action_type = Untrusted::new("ticket_status_changed");
    }
    let before = (story.at(), story.cursor_line());
    assert_eq!(before, (Some(260), Some(2)), "{:#?}", story.screen());
    story.rest();
    assert_eq!(story.loaded()[0][..3], [291, 290, 260], "{:?}", story.loaded());
    assert_eq!((story.at(), story.cursor_line()), before, "{:#?}", story.screen());
}

#[test]
fn a_jump_that_ends_with_the_head_of_a_log_that_is_read_again_leads_where_it_was_to() {
    let mut story = Story::new(49);
    story.settle().keys("G").server.drain(2..8);
    story.settle();
    assert!(story.shows("the log changed, read again"), "{:#?}", story.screen());
    assert_eq!(story.at(), Some(0), "{:#?}", story.screen());
}
