//! The start: what is asked, what is shown before and after the first answer.

use ticketlog::{
    message::Effect,
    model::{
        failure::{Failure, FailureKind, Retry},
        query::{Query, Window},
    },
};

use ticketlog::model::text::Untrusted;

use crate::story::Story;

#[test]
fn the_start_asks_for_the_first_page_and_for_the_ticket() {
    let story = Story::new(190);
    assert_eq!(story.requests, [(Query::All, Window { skip: 0, take: 50 })]);
    assert!(matches!(story.asked.back(), Some(Effect::FetchTicket(4_478_963))));
    assert_eq!(story.asked.len(), 2);
}

#[test]
fn the_first_frame_stands_before_any_answer() {
    let story = Story::new(190);
    assert!(story.screen()[0].starts_with("#4478963"), "{:#?}", story.screen());
    assert!(story.shows("loading"));
}

#[test]
fn the_first_page_puts_the_cursor_on_the_newest_entry() {
    let mut story = Story::new(190);
    story.settle();
    assert_eq!(story.at(), Some(189));
    assert_eq!(story.requests.len(), 1, "{:?}", story.requests);
    assert!(story.screen()[0].contains("open · Garrick Ollivander · Sales · New car price list."));
    assert!(story.screen()[0].ends_with("as of 14:00"), "{}", story.screen()[0]);
}

#[test]
fn a_short_page_is_the_start_of_the_ticket() {
    for (is_created, requests) in [(true, 1), (false, 2)] {
        let mut story = Story::new(5);
        if is_created {
            story.server[0].action_type = Untrusted::new("ticket_created");
        }
        story.settle();
        assert!(story.shows("── start of the ticket · 5 entries in all ──"), "{:#?}", story.screen());
        story.keys("G");
        assert_eq!(story.at(), Some(0));
        // Where the creation is not the oldest, the server may give fewer than were asked for.
        assert_eq!(story.requests.len(), requests);
    }
}

#[test]
fn an_empty_log_says_so() {
    let mut story = Story::new(0);
    story.settle();
    assert!(story.shows("This ticket's log is empty."), "{:#?}", story.screen());
    story.keys("jkGg<enter>i<c-d>");
    assert_eq!(story.requests.len(), 1);
}

#[test]
fn what_failed_at_the_opening_decides_the_exit_code_until_an_answer_came() {
    let failure = || Failure::new(FailureKind::NotAuthorised, "the token is wrong");
    for (keys, code) in [("q", 3), ("rq", 3), ("rrQ", 3), ("r<c-c>", 3), ("O255762<enter>Q", 0)] {
        let mut story = Story::new(190);
        story.fail(failure());
        story.keys(keys);
        assert_eq!(story.others.last(), Some(&Effect::Quit(code)), "{keys}");
        assert_eq!(story.model.never_loaded().is_some(), code != 0, "{keys}");
    }
    let mut story = Story::new(190);
    story.fail(failure().with_retry(Retry::Soon));
    story.pass(std::time::Duration::from_secs(1));
    assert_eq!(story.requests.len(), 2, "tried again by itself");
    assert_eq!(story.model.exit_code(), 3);
    story.settle().keys("rq");
    assert_eq!(story.others.last(), Some(&Effect::Quit(0)), "an answer came");
}
