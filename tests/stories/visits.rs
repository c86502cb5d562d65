//! What is new since the last look at a ticket.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Size;
use ticketlog::{
    message::{Effect, Message},
    model::{
        saved_view::SavedEntry,
        visit::{Seen, Visit},
    },
};

use crate::{
    frames::picture,
    story::{Story, entry, start},
};

pub const SIZE: Size = Size { width: 80, height: 24 };
const TICKET: u64 = 4_478_963;

/// Stories begin four hundred days after the first entry, on a Friday at 14:00 in Oslo.
pub fn now() -> DateTime<Utc> {
    start() + TimeDelta::days(400)
}

/// A look three days before the story, when this entry was the newest.
fn visit(newest: usize) -> Visit {
    let looked = now() - TimeDelta::days(3) + TimeDelta::minutes(2);
    Visit { ticket: TICKET, looked, seen: Some(Seen { entry: saved(newest), at: looked }) }
}

pub fn saved(number: usize) -> SavedEntry {
    SavedEntry::of(&entry(number)).unwrap()
}

fn rule(story: &Story) -> Option<usize> {
    story.screen().iter().position(|line| line.starts_with("── ") && line.contains("new since"))
}

#[test]
fn a_rule_parts_what_is_new_from_what_was_seen() {
    let mut story = Story::visited(190, SIZE, vec![visit(182)]);
    assert_eq!(story.requests.len(), 1, "the rule costs no request");
    story.settle();
    let line = rule(&story).unwrap();
    let screen = story.screen();
    assert_eq!(screen[line], "── 7 new since Tue 14:02 ──");
    assert!(screen[line - 1].contains("entry 183"), "{screen:#?}");
    assert!(screen[line + 1].contains("entry 182"), "{screen:#?}");
    assert_eq!(line, 2 + 7);
    assert!(!story.screen()[1].contains("new since"), "the rule tells it: {screen:#?}");
}

#[test]
fn what_is_new_at_two_sizes() {
    for (width, height) in [(40, 12), (80, 24)] {
        for newest in [182, 120] {
            let mut story = Story::visited(190, Size { width, height }, vec![visit(newest)]);
            story.settle();
            insta::assert_snapshot!(format!("new_since_{newest}_{width}x{height}"), picture(&story.buffer()));
        }
    }
}

#[test]
fn nothing_new_and_a_first_look_say_nothing() {
    for visits in [vec![visit(189)], Vec::new(), vec![Visit { seen: None, ..visit(0) }]] {
        let mut story = Story::visited(190, SIZE, visits);
        story.settle();
        assert!(!story.shows("new since"), "{:#?}", story.screen());
    }
}

#[test]
fn what_arrives_meanwhile_is_counted_too() {
    let mut story = Story::visited(190, SIZE, vec![visit(189)]);
    story.settle();
    story.arrive(3).keys("r").settle();
    story.keys("g");
    assert!(story.shows("── 3 new since Tue 14:02 ──"), "{:#?}", story.screen());
    story.arrive(2).keys("r").settle();
    story.keys("g");
    assert!(story.shows("── 5 new since Tue 14:02 ──"), "{:#?}", story.screen());
}

#[test]
fn more_than_a_page_of_news_is_told_in_the_header_until_it_is_loaded() {
    let mut story = Story::visited(190, SIZE, vec![visit(120)]);
    story.settle();
    assert!(story.screen()[1].starts_with("50+ new since Tue 14:02, L · "), "{:#?}", story.screen());
    assert_eq!(rule(&story), None);
    story.keys("L").settle();
    assert_eq!(story.at(), Some(120));
    assert!(rule(&story).is_some(), "{:#?}", story.screen());
    assert!(story.shows("── 69 new since Tue 14:02 ──"), "{:#?}", story.screen());
    assert!(story.requests.len() <= 8, "a jump: {:?}", story.requests);
    story.keys("<c-o>").settle();
    assert_eq!(story.at(), Some(189), "and back");
    assert!(story.screen()[1].starts_with("69 new since Tue 14:02, L · "), "{:#?}", story.screen());
}

#[test]
fn behind_a_hole_nothing_is_counted_that_may_be_in_it() {
    let mut story = Story::visited(5_000, SIZE, vec![visit(2_000)]);
    story.settle();
    story.keys("L").settle();
    assert_eq!(story.at(), Some(2_000));
    assert!(story.loaded().len() > 1, "a jump leaves a hole");
    assert_eq!(rule(&story), None, "{:#?}", story.screen());
    story.keys("g").settle();
    assert!(story.screen()[1].starts_with("50+ new since Tue 14:02, L"), "{:#?}", story.screen());
}

#[test]
fn the_key_leads_to_the_newest_entry_seen_also_when_it_is_on_the_screen_and_from_below() {
    let mut story = Story::visited(190, SIZE, vec![visit(182)]);
    story.settle();
    story.keys("L").settle();
    assert_eq!(story.at(), Some(182));
    assert_eq!(story.requests.len(), 1);
    story.keys("G").settle();
    story.keys("L").settle();
    assert_eq!(story.at(), Some(182));
    story.keys("<c-o>").settle();
    assert_eq!(story.at(), Some(0), "back to where the jump began");
}

#[test]
fn without_an_earlier_look_the_key_says_so() {
    let mut story = Story::new(190);
    story.settle();
    story.keys("L").settle();
    assert_eq!((story.at(), story.requests.len()), (Some(189), 1));
    assert!(story.shows("nothing is kept of an earlier look"), "{:#?}", story.screen());
}

#[test]
fn an_entry_that_is_gone_gives_its_place_to_the_next_older_one() {
    let mut story = Story::visited(190, SIZE, vec![visit(182)]);
    story.server.remove(182);
    story.settle();
    let line = rule(&story).unwrap();
    assert_eq!(story.screen()[line], "── 7 new since Tue 14:02 ──");
    assert!(story.screen()[line + 1].contains("entry 181"), "{:#?}", story.screen());
    story.keys("L");
    assert_eq!(story.at(), Some(181));
}

#[test]
fn a_log_of_which_nothing_is_left_that_was_seen_is_no_reason_to_panic() {
    let mut old = visit(0);
    old.seen.as_mut().unwrap().entry.time -= TimeDelta::days(9);
    let mut story = Story::visited(30, SIZE, vec![old]);
    story.settle();
    assert_eq!(rule(&story), None);
    assert!(story.screen()[1].contains("30+ new since"), "{:#?}", story.screen());
    story.keys("L").settle();
    assert_eq!(story.at(), Some(0), "the nearest in time");
    let mut story = Story::visited(0, SIZE, vec![visit(5)]);
    story.settle();
    story.keys("LjkGL").settle();
    assert!(story.shows("This ticket's log is empty."));
}

#[test]
fn under_a_narrowing_those_shown_are_counted_and_it_says_so() {
    let mut story = Story::visited(190, SIZE, vec![visit(180)]);
    story.settle();
    story.keys("f");
    while !story.screen().iter().any(|line| line.starts_with("▌[x] ticket read")) {
        story.keys("j");
    }
    story.keys("<space><enter>").rest();
    let line = rule(&story).unwrap();
    let above = story.screen()[2..line].len();
    assert_eq!(story.screen()[line], format!("── {above} new since Tue 14:02, of those shown ──"));
    assert!(above == 6, "{:#?}", story.screen());
    story.keys("f");
    while !story.screen().iter().any(|line| line.starts_with("▌[ ] ticket read")) {
        story.keys("j");
    }
    story.keys("o<enter>").rest();
    assert!(story.shows("── 3 new since Tue 14:02, of those shown ──"), "{:#?}", story.screen());
    story.keys("fa<enter>").rest();
    assert!(story.shows("── 9 new since Tue 14:02 ──"), "{:#?}", story.screen());
}

#[test]
fn the_rule_is_a_line_of_its_own_and_scrolls_with_its_entry() {
    for height in [4, 7, 13, 24] {
        let mut story = Story::visited(190, Size { width: 80, height }, vec![visit(170)]);
        story.settle();
        for key in "j".repeat(40).chars().chain("k".repeat(60).chars()).chain("bbb".chars()) {
            story.keys(&key.to_string()).settle();
            let line = story.cursor_line().unwrap();
            assert!(story.screen()[line].ends_with(&format!("entry {}", story.at().unwrap())));
            if let Some(rule) = rule(&story) {
                let screen = story.screen();
                assert!(
                    rule == usize::from(story.model.areas().body.y) || screen[rule - 1].contains("entry 171")
                );
            }
        }
    }
}

#[test]
fn a_long_silence_at_the_same_place_shares_the_line() {
    let mut story = Story::visited(20, SIZE, vec![visit(19)]);
    let mut late = entry(20);
    let at = (now() - TimeDelta::hours(1)).to_rfc3339();
    late.time = ticketlog::model::entry::Time::At(ticketlog::model::stamp::Stamp::parse(&at).unwrap());
    story.server.push(late);
    story.settle();
    assert!(story.shows("── 1 new since Tue 14:02 · 1 year without an entry ──"), "{:#?}", story.screen());
}

#[test]
fn a_visit_that_comes_after_the_first_page_or_of_another_ticket_does_no_harm() {
    let mut story = Story::new(190);
    story.settle();
    story.tell(Message::Visit(Visit { ticket: 1, ..visit(182) }));
    assert_eq!(rule(&story), None);
    story.tell(Message::Visit(visit(182)));
    assert!(story.shows("── 7 new since Tue 14:02 ──"), "{:#?}", story.screen());
    assert!(story.others.iter().all(|effect| !matches!(effect, Effect::Quit(_))));
}

#[test]
fn the_cursor_keeps_its_line_where_a_rule_stands_below_it_at_the_start_that_turns_out_to_be_none() {
    let mut story = Story::visited(40, SIZE, vec![visit(0)]);
    story.settle().keys("G").settle();
    // What was seen then is hidden, so the rule stands below the last entry that is shown.
    story.keys("x").rest().keys("gG").settle();
    let (at, line) = (story.at(), story.cursor_line());
    let screen = story.screen();
    assert!(rule(&story) > line && line.is_some(), "{screen:#?}");
    story.server.insert(0, entry(0));
    story.keys("r");
    while story.answer() {
        assert_eq!((story.at(), story.cursor_line()), (at, line), "{screen:#?} {:#?}", story.screen());
    }
}
