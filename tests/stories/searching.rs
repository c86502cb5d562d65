//! Looking for something: as it is typed, from hit to hit, on into what is not loaded; never "not found" too early.

use ratatui::style::Modifier;
use ticketlog::{
    message::Message,
    model::{
        pattern::{Pattern, Syntax},
        query::Query,
        search::Wish,
        text::Untrusted,
        time_words::{Moment, Unit},
    },
};

use crate::story::Story;

/// A ticket of so many entries with the first page loaded.
pub fn opened(entries: usize) -> Story {
    let mut story = Story::new(entries);
    story.answer();
    story.answer();
    story
}

pub fn footer(story: &Story) -> String {
    story.screen().last().cloned().unwrap_or_default()
}

/// The text that is marked as found on the rows of the list.
fn marked(story: &Story) -> Vec<String> {
    let buffer = story.buffer();
    let width = usize::from(buffer.area.width);
    let rows = buffer.content().chunks(width).skip(2).take(usize::from(story.model.areas().body.height));
    rows.map(|row| {
        let found = row.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        found.map(ratatui::buffer::Cell::symbol).collect::<String>()
    })
    .filter(|marked| !marked.is_empty())
    .collect()
}

#[test]
fn the_cursor_goes_to_the_nearest_hit_while_it_is_typed_and_back_when_it_is_given_up() {
    let mut story = opened(190);
    story.keys("jj");
    assert_eq!(story.at(), Some(187));
    story.keys("/18");
    assert_eq!((story.at(), footer(&story).as_str()), (Some(187), "search: 18   3 of 10 loaded"));
    story.keys("4");
    assert_eq!((story.at(), footer(&story).as_str()), (Some(184), "search: 184   1 of 1 loaded"));
    assert_eq!(marked(&story), ["184"]);
    story.keys("<back>");
    assert_eq!(story.at(), Some(187), "from where it began");
    story.keys("<esc>");
    assert_eq!((story.at(), marked(&story).len()), (Some(187), 0));
    story.keys("n");
    assert_eq!(footer(&story), "nothing is looked for yet, / begins");
    assert_eq!(story.requests.len(), 1);
}

#[test]
fn n_goes_down_through_the_hits_and_round_and_capital_n_up() {
    let mut story = opened(190);
    story.keys("/entry 15<enter>");
    let mut seen = vec![story.at().unwrap()];
    for key in ["n", "n", "N", "N", "N", "n"] {
        story.keys(key);
        seen.push(story.at().unwrap());
    }
    assert_eq!(seen, [159, 158, 157, 158, 159, 150, 159]);
    assert!(footer(&story).starts_with("entry 15 1 of 10 loaded"), "{}", footer(&story));
    story.keys("j");
    assert!(footer(&story).starts_with("entry 15 2 of 10 loaded"), "{}", footer(&story));
    story.keys("g");
    assert!(footer(&story).starts_with("entry 15 10 loaded"), "{}", footer(&story));
    story.keys("<esc>");
    assert!(footer(&story).starts_with("j k move"), "{}", footer(&story));
}

#[test]
fn types_people_and_sentences_are_looked_at_in_smart_case() {
    let mut story = opened(40);
    for (text, found) in [
        ("harry", "13"),
        ("Harry", "13"),
        ("hARRY", "no hit in 40 loaded"),
        ("reply", "8"),
        ("something", "8"),
    ] {
        story.keys("/").keys(text);
        assert!(footer(&story).contains(found), "{text}: {}", footer(&story));
        story.keys("<esc>");
    }
}

#[test]
fn what_is_not_loaded_is_read_until_something_is_found() {
    let mut story = opened(500);
    story.keys("/entry 333");
    assert_eq!(footer(&story), "search: entry 333   no hit in 50 loaded, enter reads on");
    assert_eq!(story.requests.len(), 1, "a word half typed asks for nothing");
    story.keys("<enter>");
    assert!(footer(&story).starts_with("no hit yet, reading on: 50 so far"), "{}", footer(&story));
    story.settle();
    assert_eq!(story.at(), Some(333));
    assert_eq!(marked(&story), ["entry 333"]);
    // 50, then 48 new ones each: it is on the fourth page, and the fifth was under way.
    assert_eq!(story.requests.len(), 5, "{:?}", story.requests);
    story.keys("'").keys("'");
    assert_eq!(story.at(), Some(499), "the way back");
}

#[test]
fn not_found_is_said_when_all_is_loaded_and_not_before() {
    let mut story = opened(190);
    story.keys("/nowhere<enter>");
    for _ in 0..3 {
        assert!(!footer(&story).contains("not found"), "{}", footer(&story));
        assert!(!footer(&story).contains("no hit in all"), "{}", footer(&story));
        story.answer();
    }
    story.settle();
    assert_eq!(footer(&story), "not found in all 190 entries shown");
    let asked = story.requests.len();
    story.keys("n").settle();
    assert_eq!(footer(&story), "not found in all 190 entries shown");
    assert!(story.requests.len() <= asked + 1);
}

#[test]
fn a_search_is_kept_over_narrowing_and_hits_are_those_shown() {
    let mut story = opened(50);
    story.keys("/entry 4<enter>");
    assert!(footer(&story).starts_with("entry 4 1 of 11 loaded"), "{}", footer(&story));
    // Every fifth is a reply.
    story.keys("jjjX");
    let shown = story.screen().iter().filter(|line| line.contains("reply")).count();
    assert!(shown > 0, "{:#?}", story.screen());
    story.rest();
    assert!(footer(&story).contains("of 2 in 10 of these types"), "{}", footer(&story));
    story.keys("fa<enter>").rest();
    assert!(footer(&story).contains("of 11 loaded"), "{}", footer(&story));
}

#[test]
fn what_is_hidden_is_not_looked_at_and_said() {
    let mut story = opened(50);
    story.keys("jjjx");
    story.rest();
    story.keys("/nowhere<enter>").settle();
    let hidden = 50 - story.model.reader.timeline().shown();
    assert!(
        hidden > 0 && footer(&story).ends_with(&format!("entries shown, {hidden} hidden")),
        "{}",
        footer(&story)
    );
}

#[test]
fn what_is_said_of_a_search_is_said_of_what_is_shown() {
    // Every fifth is a reply.
    let mut story = opened(190);
    story.keys("jjjx").rest();
    assert_eq!(story.model.reader.timeline().shown(), 40);
    story.keys("/entry 15");
    assert!(footer(&story).ends_with("   1 of 8 in 40 shown, 10 hidden"), "{}", footer(&story));
    story.keys("<c-u>nowhere");
    assert!(
        footer(&story).ends_with("   no hit in 40 shown, 10 hidden, enter reads on"),
        "{}",
        footer(&story)
    );
    story.keys("<enter>");
    assert!(
        footer(&story).starts_with("no hit yet in 40 shown, reading on: 50 so far"),
        "{}",
        footer(&story)
    );
    story.keys("<esc>");
    let stopped = "stopped without a hit in the 40 entries shown, 10 hidden, n goes on";
    assert_eq!(footer(&story), stopped);
    story.keys("j").settle();
    let (shown, loaded) = (story.model.reader.timeline().shown(), story.model.reader.log().loaded());
    let said = format!("nowhere no hit in {shown} shown, {} hidden, n reads on", loaded - shown);
    assert!(footer(&story).starts_with(&said), "{}", footer(&story));
    story.keys("A").settle().keys("gj");
    assert!(footer(&story).starts_with("nowhere no hit in all 152, 38 hidden"), "{}", footer(&story));
    story.keys("/entry 15<enter>j");
    assert!(footer(&story).starts_with("entry 15 "), "{}", footer(&story));
    assert!(footer(&story).contains(" of 9 in 152 shown, 38 hidden"), "{}", footer(&story));
}

#[test]
fn what_arrives_is_looked_at() {
    let mut story = opened(100);
    story.keys("/entry 9<enter>");
    assert!(footer(&story).starts_with("entry 9 1 of 10 loaded"), "{}", footer(&story));
    for n in 0..3 {
        story.server.push(crate::story::entry(900 + n));
    }
    story.keys("r").settle();
    assert!(footer(&story).starts_with("entry 9 4 of 13 loaded"), "{}", footer(&story));
    assert_eq!(story.at(), Some(99), "the cursor stays");
}

#[test]
fn an_expression_is_switched_on_and_its_fault_is_told() {
    let mut story = opened(50);
    story.keys("/(4|3)7$");
    assert_eq!(footer(&story), "search: (4|3)7$   no hit in 50 loaded, enter reads on");
    story.keys("<c-r>");
    assert_eq!(footer(&story), "regex: (4|3)7$   1 of 2 loaded");
    story.keys("(");
    assert_eq!(footer(&story), "regex: (4|3)7$(   not an expression: unclosed group");
    story.keys("<enter>");
    assert!(footer(&story).starts_with("regex: "), "it stays to be corrected");
    story.keys("<back><enter>/");
    assert!(footer(&story).starts_with("regex: "), "written like the last one");
    story.keys("<up>");
    assert!(footer(&story).starts_with("regex: (4|3)7$"), "{}", footer(&story));
}

#[test]
fn composed_and_decomposed_letters_find_each_other() {
    let mut story = opened(10);
    let mut entry = crate::story::entry(10);
    entry.action = Untrusted::new("entry A\u{30a}se");
    story.server.push(entry);
    story.keys("r").settle();
    story.keys("/\u{e5}s");
    assert!(footer(&story).ends_with("1 of 1 loaded"), "{}", footer(&story));
    assert_eq!(marked(&story), ["A\u{30a}s"]);
}

#[test]
fn a_long_log_is_looked_at_in_turns() {
    let mut story = opened(22_000);
    story.keys("A").settle();
    story.keys("/entry 7");
    let hits = (0..22_000).filter(|n: &usize| n.to_string().starts_with('7')).count();
    assert_eq!(footer(&story), format!("search: entry 7   1 of {},{:03} loaded", hits / 1000, hits % 1000));
    assert_eq!(story.requests.last().unwrap().0, Query::All);
}

fn wish(text: &str, stays: bool) -> Message {
    Message::Find(Wish { pattern: Pattern::new(text, Syntax::Plain).unwrap(), stays })
}

#[test]
fn what_the_command_line_wants_is_looked_for_as_soon_as_there_is_something_to_look_at() {
    let mut story = Story::new(500);
    story.tell(wish("entry 333", false));
    assert!(!story.model.reader.searches_on());
    story.settle();
    assert_eq!(story.at(), Some(333));
    assert!(footer(&story).starts_with("entry 333 1 of 1 loaded"), "{}", footer(&story));
    story.keys("/<up>");
    assert!(footer(&story).starts_with("search: entry 333"), "{}", footer(&story));
}

#[test]
fn a_time_of_the_command_line_goes_before_what_it_wants_to_be_found() {
    let mut story = Story::new(500);
    let at = crate::story::start() + chrono::TimeDelta::minutes(5 * 200);
    story.tell(Message::GoTo(Moment { at, unit: Unit::Minute }));
    story.tell(wish("entry 20", true));
    story.settle();
    assert_eq!(story.at(), Some(200));
    assert!(footer(&story).contains("loaded"), "{}", footer(&story));
    story.keys("j");
    assert!(footer(&story).starts_with("entry 20 "), "{}", footer(&story));
    story.keys("N");
    assert_eq!(story.at(), Some(200));
}
