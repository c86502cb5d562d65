//! The filter: acts at once, asks once, never shows what is late.

use std::collections::BTreeSet;

use ticketlog::{
    message::{Message, Timer},
    model::{
        query::{Generation, Query, Window},
        text::Untrusted,
    },
};

use crate::story::Story;

fn only(types: &[&str]) -> Query {
    Query::Only(types.iter().map(|name| Untrusted::new(*name)).collect::<BTreeSet<_>>())
}

/// Moves the filter panel's cursor to the row with this label and presses keys there.
fn filter(story: &mut Story, label: &str, keys: &str) {
    story.keys("fg");
    for _ in 0..40 {
        if story.screen().iter().any(|line| line.starts_with("▌[") && line.contains(label)) {
            story.keys(keys).keys("<enter>");
            return;
        }
        story.keys("j");
    }
    panic!("no row {label} in {:#?}", story.screen());
}

#[test]
fn hiding_a_type_acts_at_once_and_asks_for_all_types_again() {
    let mut story = Story::new(190);
    story.settle();
    filter(&mut story, "ticket read", "<space>");
    assert!(!story.screen()[2..].iter().any(|line| line.contains(" read ")), "{:#?}", story.screen());
    assert!(story.shows("without read"));
    assert!(story.shows("30 shown, 20 hidden of 50 loaded · Oslo"), "{:#?}", story.screen());
    assert_eq!(story.requests.len(), 1);
    story.rest();
    assert_eq!(story.requests[1..], [(Query::All, Window { skip: 0, take: 50 })]);
}

#[test]
fn five_quick_toggles_cost_one_request() {
    let mut story = Story::new(40);
    story.settle().keys("f<space>j<space>j<space>j<space>j<space>");
    story.rest();
    assert_eq!(story.requests.len(), 2);
}

#[test]
fn without_types_not_listed_the_request_carries_exactly_the_ticked_ones() {
    let mut story = Story::new(190);
    story.settle();
    filter(&mut story, "reply", "o");
    story.rest();
    assert_eq!(story.requests[1], (only(&["reply_created"]), Window { skip: 0, take: 50 }));
    assert!(story.loaded().concat().iter().all(|n| n % 5 == 1));
    assert!(story.shows("only reply"), "{:#?}", story.screen());
}

#[test]
fn with_nothing_ticked_nothing_is_asked_and_the_screen_says_how_to_undo_it() {
    let mut story = Story::new(190);
    story.settle().keys("fn<enter>");
    story.rest();
    story.keys("jGr").settle();
    assert_eq!(story.requests.len(), 1);
    assert!(story.shows("No action type is chosen, so nothing is shown."), "{:#?}", story.screen());
    assert!(story.shows("no type chosen  a: all types"), "{:#?}", story.screen());
    story.keys("fa<enter>").rest();
    assert_eq!(story.model.reader.timeline().shown(), 50);
}

#[test]
fn a_late_answer_to_an_older_choice_never_shows() {
    let mut story = Story::new(500);
    story.settle();
    filter(&mut story, "reply", "o");
    for timer in 1..20 {
        story.tell(Message::Waited(Timer::FilterSettled(Generation(timer))));
    }
    let late = story.asked.pop_front().unwrap();
    filter(&mut story, "status changed", "o");
    let before = story.screen();
    story.answer_to(late);
    assert_eq!(story.screen(), before);
    story.rest();
    assert!(story.loaded().concat().iter().all(|n| n % 5 == 2));
}

#[test]
fn the_cursor_stays_on_its_entry_or_goes_to_the_nearest_in_time() {
    let mut story = Story::new(190);
    story.settle().keys("jjj");
    assert_eq!(story.at(), Some(186));
    filter(&mut story, "ticket read", "<space>");
    assert_eq!(story.at(), Some(186), "a reply: still shown");
    story.rest();
    assert_eq!(story.at(), Some(186));
    story.keys("fa<enter>").rest();
    story.keys("j");
    assert_eq!(story.at(), Some(185));
    filter(&mut story, "ticket read", "<space>");
    assert_eq!(story.at(), Some(186), "the neighbour five minutes later");
}

#[test]
fn the_cursor_stays_on_its_entry_in_a_narrower_query_and_back() {
    let mut story = Story::new(400);
    story.settle();
    for _ in 0..108 {
        story.keys("j").settle();
    }
    assert_eq!(story.at(), Some(291));
    filter(&mut story, "reply", "o");
    assert_eq!(story.at(), Some(291));
    story.rest();
    assert_eq!(story.at(), Some(291));
    story.keys("fa<enter>").rest();
    assert_eq!(story.at(), Some(291));
    assert_eq!(story.loaded()[0].len(), story.model.reader.all().loaded(), "the log of all types was kept");
}

/// P03: an unknown type is a row of the filter like any other.
#[test]
fn an_unknown_type_is_listed_and_shown_and_can_be_hidden() {
    let mut story = Story::new(190);
    story.settle();
    assert!(story.shows("somethi"), "{:#?}", story.screen());
    filter(&mut story, "something_new", "<space>");
    assert_eq!(story.model.reader.timeline().shown(), 40);
    filter(&mut story, "types not listed here", "<space>");
    story.rest();
    let Query::Only(types) = &story.requests.last().unwrap().0 else { panic!("all types were asked for") };
    assert!(
        !types.contains(&Untrusted::new("something_new")) && types.contains(&Untrusted::new("ticket_read"))
    );
}

#[test]
fn an_empty_result_says_which_choice_made_it_empty() {
    let mut story = Story::new(190);
    story.settle();
    filter(&mut story, "note", "o");
    story.rest();
    assert!(story.shows("The ticket has no entry of these types."), "{:#?}", story.screen());
    assert!(story.shows("only note  a: all types"), "{:#?}", story.screen());
}

#[test]
fn a_narrowing_that_hides_everything_does_not_read_the_whole_log_behind_the_users_back() {
    let mut story = Story::new(10_000);
    story.settle();
    filter(&mut story, "types not listed here", "o");
    story.rest();
    let asked = story.requests.len();
    assert!(asked <= 7, "{asked}");
    assert!(story.shows("older entries not loaded · j reads on"), "{:#?}", story.screen());
    story.keys("j").settle();
    assert!(story.requests.len() > asked);
}

#[test]
fn a_silence_in_a_narrowed_list_does_not_claim_that_nothing_happened() {
    let mut story = Story::new(30);
    for (at, entry) in story.server.iter_mut().enumerate() {
        entry.action_type = Untrusted::new(if at % 10 == 0 { "reply_created" } else { "ticket_read" });
        let day = chrono::TimeDelta::days(i64::try_from(at).unwrap());
        let time = (crate::story::start() + day).to_rfc3339();
        entry.time = ticketlog::model::entry::Time::At(ticketlog::model::stamp::Stamp::parse(&time).unwrap());
    }
    story.settle();
    assert!(!story.shows("without an entry"));
    filter(&mut story, "ticket read", "<space>");
    assert!(story.shows("1 week without an entry shown here"), "{:#?}", story.screen());
    filter(&mut story, "reply", "o");
    story.rest();
    assert!(story.shows("1 week without an entry of these types"), "{:#?}", story.screen());
}

#[test]
fn only_this_type_costs_one_request_when_one_answer_holds_all_of_it() {
    let mut story = Story::new(190);
    story.settle();
    filter(&mut story, "reply", "o");
    story.rest();
    assert_eq!(story.requests[1..], [(only(&["reply_created"]), Window { skip: 0, take: 50 })]);
    assert_eq!(story.model.reader.log().total(), Some(38));
}

#[test]
fn the_panels_cursor_stays_on_its_row_when_an_answer_brings_new_types() {
    let mut story = Story::new(190);
    story.keys("f/types not<enter>");
    assert!(story.shows("▌[x] types not listed here"), "{:#?}", story.screen());
    story.settle();
    assert!(story.shows("[x] something_new"), "{:#?}", story.screen());
    assert!(story.shows("▌[x] types not listed here"), "{:#?}", story.screen());
}

#[test]
fn an_empty_result_names_the_choice_on_a_narrow_screen_too() {
    let mut story = Story::sized(190, 40, 12);
    story.settle();
    filter(&mut story, "note", "o");
    story.rest();
    let text = story.screen().join(" ");
    assert!(text.contains("The ticket has no entry of these types."), "{text}");
    assert!(text.contains("only note  a: all types"), "{text}");
}
