//! Narrowing from the cursor: at once, off and on, back step by step; what it hides is counted.

use ticketlog::model::{
    narrowing::Narrowing,
    query::{Query, Window},
    text::Untrusted,
};

use crate::{
    frames::picture,
    story::{Story, entry},
};

fn only(types: &[&str]) -> Query {
    Query::Only(types.iter().map(|name| Untrusted::new(*name)).collect())
}

/// The numbers of the entries on the screen.
fn shown(story: &Story) -> Vec<usize> {
    let numbers = |line: String| line.rsplit_once("entry ").and_then(|(_, number)| number.parse().ok());
    let rows = story.screen().into_iter().take_while(|line| !line.contains("── entry"));
    rows.filter_map(numbers).collect()
}

/// A story of a ticket that is opened narrowed.
fn narrowed(entries: usize, narrow: impl FnOnce(&mut Narrowing)) -> Story {
    let mut story = Story::unopened(entries);
    let mut narrowing = Narrowing::everything(&story.model.catalogue);
    narrow(&mut narrowing);
    story.model.reader.begin(narrowing);
    story.open();
    story
}

#[test]
fn the_type_at_the_cursor_is_hidden_at_once_and_one_request_follows() {
    let mut story = Story::new(190);
    story.settle().keys("jx");
    assert!(shown(&story).iter().all(|n| n % 5 != 0 && n % 5 != 3), "{:#?}", story.screen());
    assert!(story.shows("without read"), "{:#?}", story.screen());
    assert!(story.shows("30 shown, 20 hidden of 50 loaded · Oslo"), "{:#?}", story.screen());
    assert_eq!(story.requests.len(), 1);
    story.rest();
    assert_eq!(story.requests[1..], [(Query::All, Window { skip: 0, take: 50 })]);
}

#[test]
fn a_burst_of_hidden_types_is_one_request() {
    let mut story = Story::new(40);
    story.settle().keys("xxxu=x");
    story.rest();
    assert_eq!(story.requests.len(), 2);
}

#[test]
fn the_type_at_the_cursor_alone_is_a_query_of_its_own_and_the_same_key_leads_back() {
    let mut story = Story::new(190);
    story.settle().keys("jjjX");
    assert!(shown(&story).iter().all(|n| n % 5 == 1), "{:#?}", story.screen());
    story.rest();
    assert_eq!(story.requests[1], (only(&["reply_created"]), Window { skip: 0, take: 50 }));
    assert!(story.shows("only reply"), "{:#?}", story.screen());
    assert!(story.shows("38 loaded of these types"), "{:#?}", story.screen());
    let at = story.at();
    story.keys("X").rest();
    assert_eq!(story.requests.last().unwrap().0, Query::All);
    assert_eq!((story.at(), story.shows("without")), (at, false));
}

#[test]
fn one_persons_entries_alone_cost_no_request_and_the_same_key_leads_back() {
    let mut story = Story::new(190);
    story.settle();
    let asked = story.requests.len();
    story.keys("p");
    assert!(shown(&story).iter().all(|n| n % 3 == 0), "{:#?}", story.screen());
    assert!(story.shows("Garrick Ollivander only"), "{:#?}", story.screen());
    assert!(story.shows("17 shown, 33 hidden of 50 loaded · Oslo"), "{:#?}", story.screen());
    story.rest();
    assert_eq!(story.requests.len(), asked);
    story.keys("p").rest();
    assert!(story.shows("50 loaded, back to"), "{:#?}", story.screen());
    assert_eq!(story.requests.len(), asked);
}

#[test]
fn two_people_of_one_name_are_told_apart() {
    let mut story = Story::new(30);
    for entry in &mut story.server {
        let mut user = (**entry.actor.as_ref().unwrap()).clone();
        user.name = Untrusted::new("Garrick Ollivander");
        entry.actor = Some(user.into());
    }
    story.settle().keys("p");
    // Two and two of them are neighbours that fold.
    assert_eq!(shown(&story), [29, 26, 17, 14, 11, 2]);
    assert_eq!(story.model.reader.timeline().shown(), 10);
}

#[test]
fn what_a_narrowing_leaves_of_the_screen_is_filled_when_the_user_goes_on() {
    let mut story = Story::new(500);
    story.server.iter_mut().filter(|entry| entry.action.raw_for_export() != "entry 499").for_each(|entry| {
        entry.actor = None;
    });
    story.settle();
    let asked = story.requests.len();
    story.keys("p").rest();
    assert_eq!((shown(&story), story.requests.len()), (vec![499], asked));
    assert!(story.shows("older entries not loaded · j reads on"), "{:#?}", story.screen());
    story.keys("j").settle();
    assert!(story.requests.len() > asked);
}

#[test]
fn all_of_it_goes_off_and_on_again_and_the_place_is_kept() {
    let mut story = Story::new(40);
    story.settle().keys("jxjp");
    story.rest();
    let narrow = (story.at(), story.cursor_line(), shown(&story));
    assert!(story.shows("without read · Harry Potter only"), "{:#?}", story.screen());
    story.keys("=").rest();
    assert!(story.shows("narrowing off, = puts it on · 40 loaded"), "{:#?}", story.screen());
    assert_eq!((story.at(), story.model.reader.timeline().shown()), (narrow.0, 40));
    story.keys("=").rest();
    assert_eq!((story.at(), story.cursor_line(), shown(&story)), narrow);
    assert!(story.shows("without read · Harry Potter only"), "{:#?}", story.screen());
}

#[test]
fn steps_are_undone_one_by_one_and_the_cursor_comes_back() {
    let mut story = Story::new(40);
    story.settle().keys("j");
    let counts = |story: &Story| story.model.reader.timeline().shown();
    let mut before = vec![counts(&story)];
    for key in ["x", "x", "p", "x"] {
        story.keys(key);
        before.push(counts(&story));
    }
    assert!(before.windows(2).all(|pair| pair[0] > pair[1]), "{before:?}");
    for expected in before.into_iter().rev().skip(1) {
        story.keys("u");
        assert_eq!(counts(&story), expected);
    }
    assert_eq!(story.at(), Some(38));
    story.keys("u");
    assert!(story.shows("no narrowing to undo"), "{:#?}", story.screen());
}

#[test]
fn keys_that_find_nothing_to_narrow_say_so() {
    let mut story = Story::new(3);
    story.server[2].actor = None;
    story.settle().keys("p");
    assert!(story.shows("this entry names nobody"), "{:#?}", story.screen());
    story.keys("=");
    assert!(story.shows("nothing narrows the view"), "{:#?}", story.screen());
    let mut story = Story::new(0);
    story.settle().keys("x");
    assert!(story.shows("no entry is at the cursor"), "{:#?}", story.screen());
}

#[test]
fn an_empty_view_names_everything_in_force_with_the_keys_that_lift_it() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut story = Story::sized(40, width, height);
        // Reads name nobody.
        for entry in &mut story.server {
            if entry.action_type.raw_for_export() == "ticket_read" {
                entry.actor = None;
            }
        }
        story.settle().keys("pf");
        while !story.screen().iter().any(|line| line.starts_with("▌[") && line.contains("ticket read")) {
            story.keys("j");
        }
        story.keys("o<enter>").rest();
        insta::assert_snapshot!(format!("nothing_left_{width}x{height}"), picture(&story.buffer()));
        story.keys("p").rest();
        assert_eq!(story.model.reader.timeline().shown(), 16);
    }
}

#[test]
fn an_entry_that_arrives_hidden_is_counted_as_hidden() {
    let mut story = Story::new(190);
    story.settle().keys("jx");
    story.rest();
    for _ in 0..5 {
        story.keys("<c-d>").settle();
    }
    let hidden = |story: &Story| story.model.reader.log().loaded() - story.model.reader.timeline().shown();
    let (before, at) = (hidden(&story), story.at());
    // 190 and 193 are read, 191 and 192 are not.
    story.arrive(4).keys("r").settle();
    assert_eq!((hidden(&story), story.at()), (before + 2, at));
    assert!(story.shows("2 new above, g, 2 hidden · "), "{:#?}", story.screen());
    story.server.push(entry(195));
    story.keys("g").settle();
    assert_eq!(story.at(), Some(192));
    story.keys("<c-d><c-d><c-d>r").settle();
    assert!(story.shows("1 new, hidden · "), "{:#?}", story.screen());
}

#[test]
fn what_is_hidden_does_not_ring() {
    let mut story = Story::new(20);
    story.model.follow.bell = true;
    story.settle().keys("jx").rest();
    story.keys("gF").settle();
    let rings = |story: &Story| {
        story.others.iter().filter(|effect| **effect == ticketlog::message::Effect::Bell).count()
    };
    story.server.push(entry(20));
    story.wake();
    story.settle();
    assert_eq!(rings(&story), 0, "a read is hidden");
    story.server.push(entry(21));
    story.wake();
    story.settle();
    assert_eq!((rings(&story), story.at()), (1, Some(21)));
}

#[test]
fn a_jump_lands_on_an_entry_that_is_shown() {
    let mut story = Story::new(2_000);
    story.settle().keys("jjp");
    assert_eq!(story.at(), Some(1_997));
    // 12:00 UTC is entry 0; the minute is that of entry 1000, which is Harry Potter's.
    story.keys("t2023-08-07 01:20<enter>").settle();
    assert_eq!(story.at(), Some(998), "{:#?}", story.screen());
    assert!(story.shows("no entry shown between 01:10 and 01:25"), "{:#?}", story.screen());
    story.keys("G").settle();
    assert_eq!(story.at(), Some(2), "{:#?}", story.screen());
}

#[test]
fn the_oldest_entry_of_somebody_who_left_long_before_the_end_is_looked_for_from_below() {
    let mut story = Story::new(2_000);
    for (n, entry) in story.server.iter_mut().enumerate() {
        if n < 60 {
            entry.actor = None;
        }
    }
    story.settle().keys("p").keys("G").settle();
    assert_eq!(story.at(), Some(61), "{:#?}", story.screen());
}

#[test]
fn types_named_at_the_start_are_asked_for_alone_and_off_leads_to_all() {
    let mut story = narrowed(190, |narrowing| {
        let types = ["reply_created", "never_seen"].map(Untrusted::new);
        narrowing.types.learn(types.iter());
        narrowing.types.set(&types, &[], false);
    });
    story.settle();
    assert_eq!(story.requests, [(only(&["never_seen", "reply_created"]), Window { skip: 0, take: 50 })]);
    assert!(story.shows("only reply, never seen"), "{:#?}", story.screen());
    story.keys("=").rest();
    assert_eq!(story.requests[1..], [(Query::All, Window { skip: 0, take: 50 })]);
    assert_eq!(shown(&story).len(), 15);
}

#[test]
fn another_ticket_begins_with_everything() {
    let mut story = Story::new(190);
    story.settle().keys("pO4711<enter>").settle();
    assert!(story.model.reader.narrowing().is_everything());
    story.keys("u");
    assert!(story.shows("no narrowing to undo"), "{:#?}", story.screen());
}
