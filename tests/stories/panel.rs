//! The filter panel: groups, kinds of actor, presets, what else is in force, and finding a row.

use chrono::TimeDelta;
use ratatui::layout::Size;
use ticketlog::model::{
    entry::ActorKind,
    narrowing::{Bound, Kinds, Narrowing, Person, Phrase},
    query::Query,
    text::Untrusted,
    time_words::{Moment, Unit},
};

use crate::{
    frames::picture,
    story::{Story, start},
};

/// Moves the panel's cursor to the row that this text finds and presses keys there.
fn panel(story: &mut Story, typed: &str, keys: &str) {
    story.keys("f/").keys(typed).keys("<enter>").keys(keys).keys("<enter>");
    assert!(story.model.filter.is_none(), "{:#?}", story.screen());
}

fn counts(story: &Story) -> (usize, usize) {
    (story.model.reader.timeline().shown(), story.model.reader.log().loaded())
}

/// The panel's row at the cursor, its columns one blank apart.
fn row(story: &Story) -> String {
    let line = story.screen().into_iter().find(|line| line.starts_with("▌[")).unwrap_or_default();
    line.trim_start_matches('▌').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A story whose reads are tags: a group with two types of which entries are loaded.
fn tagged() -> Story {
    let mut story = Story::new(40);
    for (n, entry) in story.server.iter_mut().enumerate() {
        if n % 5 == 0 {
            entry.action_type = Untrusted::new("tag_added");
        } else if n % 5 == 3 {
            entry.action_type = Untrusted::new("tag_removed");
        }
    }
    story.settle();
    story
}

#[test]
fn a_group_is_toggled_as_one_and_shows_when_a_part_of_it_is_chosen() {
    let mut story = tagged();
    story.keys("f/tags<enter>");
    assert_eq!(row(&story), "[x] tags 16 of 16 loaded");
    story.keys("j<space>k");
    assert_eq!(row(&story), "[-] tags 8 of 16 loaded");
    assert_eq!(counts(&story), (32, 40));
    story.keys("<space>");
    assert_eq!(row(&story), "[x] tags 16 of 16 loaded");
    story.keys("<space>");
    assert_eq!(row(&story), "[ ] tags 0 of 16 loaded");
    assert_eq!(counts(&story), (24, 40));
    story.keys("<enter>").rest();
    assert_eq!(story.requests.last().unwrap().0, Query::All, "hidden here");
    panel(&mut story, "tags", "o");
    story.rest();
    let types = ["tag_added", "tag_removed"].map(Untrusted::new);
    assert_eq!(story.requests.last().unwrap().0, Query::Only(types.into()));
}

#[test]
fn kinds_of_actor_are_hidden_without_a_request() {
    let mut story = Story::new(30);
    story.settle();
    panel(&mut story, "bots", "<space>");
    assert_eq!(counts(&story), (20, 30));
    assert!(story.shows("no bots"), "{:#?}", story.screen());
    panel(&mut story, "clients", "o");
    assert!(story.shows("clients only"), "{:#?}", story.screen());
    assert_eq!(counts(&story), (10, 30));
    story.rest();
    assert_eq!(story.requests.len(), 1);
    story.keys("fa<enter>");
    assert_eq!(counts(&story), (30, 30));
}

#[test]
fn counts_are_of_what_is_in_view_whatever_narrows_it() {
    let mut story = Story::new(30);
    story.settle().keys("pf/reply<enter>");
    assert_eq!(row(&story), "[x] reply 2 of 6 loaded");
}

#[test]
fn presets_choose_types_and_the_second_line_tells_their_names() {
    let mut story = Story::new(40);
    story.settle().keys("f3");
    assert_eq!(counts(&story), (24, 40));
    assert!(story.shows("changes    "), "{:#?}", story.screen());
    story.keys("<enter>").rest();
    assert_eq!(story.requests.last().unwrap().0, Query::All, "types that nobody knows are changes too");
    story.keys("f2<enter>").rest();
    assert!(story.shows("conversation"), "{:#?}", story.screen());
    let types = ["note_created", "reply_created"].map(Untrusted::new);
    assert_eq!(story.requests.last().unwrap().0, Query::Only(types.into()));
    story.keys("x").rest();
    assert!(story.shows("only note"), "no name any more: {:#?}", story.screen());
    story.keys("uf4<enter>").rest();
    assert!(story.shows("status and owner"), "{:#?}", story.screen());
    story.keys("pf1<enter>").rest();
    assert!(story.model.reader.narrowing().is_everything(), "{:#?}", story.screen());
    assert_eq!(story.requests.last().unwrap().0, Query::All);
}

#[test]
fn what_else_is_in_force_has_a_row_that_lifts_it() {
    let mut story = Story::new(30);
    story.settle().keys("pfG");
    assert_eq!(row(&story), "[x] Hat Bot only");
    story.keys("<space>");
    assert_eq!(counts(&story), (30, 30));
    assert_eq!(row(&story), "[x] by others, or nobody named");
    story.keys("u=");
    assert_eq!(counts(&story), (30, 30));
    story.keys("=");
    assert_eq!(counts(&story), (10, 30));
}

#[test]
fn a_row_is_found_as_its_name_is_typed() {
    let mut story = Story::new(30);
    story.settle().keys("f/unas");
    assert_eq!(row(&story), "[x] unassigned none loaded");
    assert!(story.shows("find: unas"), "{:#?}", story.screen());
    story.keys("<c-u>something_n");
    assert_eq!(row(&story), "[x] something_new 6 of 6 loaded");
    story.keys("<c-u>zz");
    assert!(story.shows("no such row"), "{:#?}", story.screen());
    assert_eq!(row(&story), "[x] something_new 6 of 6 loaded");
    story.keys("<esc>");
    assert!(story.shows("enter done"), "the panel is still open: {:#?}", story.screen());
    story.keys("<enter>");
    assert!(story.shows("enter entry"), "{:#?}", story.screen());
}

#[test]
fn the_panel_with_everything_in_force_at_three_sizes() {
    for (width, height) in [(40, 12), (80, 24), (200, 50)] {
        let mut story = Story::sized(190, width, height);
        story.settle().keys("pf/bots<enter><space>/ticket read<enter><space>").rest();
        insta::assert_snapshot!(format!("panel_{width}x{height}"), picture(&story.buffer()));
    }
}

#[test]
fn where_presets_have_no_room_the_rule_counts_them_and_names_the_one_in_force() {
    let mut story = Story::sized(30, 40, 12);
    story.settle().keys("f");
    assert!(story.shows("── 1-4 presets · everything ──"), "{:#?}", story.screen());
    story.keys("3");
    assert!(story.shows("── 1-4 presets · changes ──"), "{:#?}", story.screen());
    story.keys("<space>");
    assert!(story.shows("── 1-4 presets ──"), "{:#?}", story.screen());
    story.keys("5");
    assert!(story.shows("there is no preset 5"), "{:#?}", story.screen());
    story.keys("j");
    assert!(!story.shows("there is no preset"), "{:#?}", story.screen());
}

#[test]
fn a_narrow_second_line_tells_what_narrows_the_view() {
    for (keys, words) in [
        ("f/ticket read<enter><space><enter>", "without read"),
        ("f/ticket read<enter><space>/bots<enter><space><enter>&entry<enter>", "without read +2"),
    ] {
        let mut story = Story::sized(190, 40, 12);
        story.settle().keys(keys).rest();
        let line = &story.screen()[1];
        assert!(line.starts_with(words), "{line}");
    }
}

#[test]
fn one_narrowing_and_five_at_40x12() {
    let mut story = Story::sized(190, 40, 12);
    story.settle().keys("f/ticket read<enter><space><enter>").rest();
    insta::assert_snapshot!("narrow_one_40x12", picture(&story.buffer()));
    let mut story = Story::unopened(190);
    story.model.size = Size { width: 40, height: 12 };
    let mut narrowing = Narrowing::everything(&story.model.catalogue);
    narrowing.types.hide(&Untrusted::new("ticket_read"));
    narrowing.kinds = Kinds::only(&[ActorKind::Team, ActorKind::Client]);
    narrowing.person = Some(Person::named("a").unwrap());
    let until = Moment { at: start() + TimeDelta::days(9), unit: Unit::Day };
    narrowing.span.until = Some(Bound::up_to(until));
    narrowing.phrase = Phrase::parse("entry", &story.model.catalogue).unwrap();
    story.model.reader.begin(narrowing);
    story.open();
    story.settle();
    insta::assert_snapshot!("narrow_five_40x12", picture(&story.buffer()));
}
