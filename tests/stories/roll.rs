//! The roll of people: with names replaced on the screen everybody has the number of an export, whatever was loaded,
//! narrowed or scrolled; until that is known, nobody has any.

use std::sync::Arc;

use ratatui::layout::Size;
use ticketlog::{
    assets,
    message::Effect,
    model::{
        entry::{Entry, User},
        failure::{Failure, FailureKind, Retry},
        log::Run,
        query::Query,
        redaction::{Redaction, Scope},
        text::Untrusted,
    },
};

use crate::story::{Story, entry};

/// So many people act in the story, each of whom first comes somewhere else in the log.
const PEOPLE: usize = 40;

/// An entry of one of many.
pub fn told(n: usize) -> Entry {
    by(n, (n * 7 + n / 90) % PEOPLE)
}

pub fn by(n: usize, who: usize) -> Entry {
    let text = |words: String| Untrusted::new(words);
    let user = User {
        id: text(format!("person-{who}")),
        name: text(format!("Quentin{who} Trimble{who}")),
        email: None,
        status: text(if who.is_multiple_of(3) { "client" } else { "team" }.to_owned()),
        is_bot: false,
        custom_identifier: None,
    };
    Entry { actor: Some(Arc::new(user)), ..entry(n) }
}

pub fn story_of(entries: usize, size: (u16, u16)) -> Story {
    let mut story = Story::unopened_at(0, Size { width: size.0, height: size.1 });
    story.server = (0..entries).map(told).collect();
    story
}

/// What an export calls whoever acts in an entry: everybody is known before anybody is called anything.
pub fn exported(story: &Story) -> Redaction {
    let mut redaction = Redaction::new(Scope::Everyone, &assets::action_types().unwrap());
    story.server.iter().for_each(|entry| redaction.learn(entry));
    redaction
}

fn actor(entry: &Entry) -> String {
    entry.actor.as_ref().map(|user| user.name.raw_for_export().to_owned()).unwrap_or_default()
}

/// Everybody who is loaded is called what an export calls them.
pub fn assert_as_exported(story: &Story, when: &str) {
    let exported = exported(story);
    let log = story.model.reader.log();
    assert!(log.loaded() > 0, "{when}");
    for entry in log.runs().iter().flat_map(Run::iter) {
        let shown = actor(&story.model.shown_entry(entry));
        assert_eq!(shown, actor(&exported.entry(entry)), "{when}");
    }
    let people = story.model.known_people().unwrap();
    assert_eq!(people.legend(), exported.legend(), "{when}");
    assert!(!story.shows("numbers follow") && story.shows("names replaced"), "{when}: {:#?}", story.screen());
}

/// The same, but that numbers may still be held back.
fn assert_none_other(story: &Story, when: &str) {
    if story.model.redacts().is_none() {
        return;
    }
    let exported = exported(story);
    for entry in story.model.reader.log().runs().iter().flat_map(|run| run.iter().take(60)) {
        let (shown, told) = (actor(&story.model.shown_entry(entry)), actor(&exported.entry(entry)));
        let word = told.split(' ').next().unwrap();
        assert!(shown == word || shown == told, "{when}: {shown}, not {told}");
    }
}

#[test]
fn everybody_has_the_number_of_an_export_whatever_is_loaded() {
    for size in [(80, 24), (200, 50)] {
        for before in ["", "H"] {
            for keys in ["", "X", "G", "t2023-08-03 22:00<enter>", "pG", "<space><space>", "xfa<esc>g"] {
                let when = format!("{size:?} {before} {keys}");
                let mut story = story_of(300, size);
                if before == "H" {
                    story.model.replace_names(Scope::Everyone);
                }
                story.open();
                story.answer();
                assert_none_other(&story, &when);
                story.keys(keys);
                if before.is_empty() {
                    story.rest().keys("H");
                }
                while !story.asked.is_empty() {
                    assert_none_other(&story, &when);
                    story.answer();
                }
                story.rest();
                assert_as_exported(&story, &when);
            }
        }
    }
}

#[test]
fn nobody_has_a_number_before_everybody_is_known_and_that_is_said() {
    for size in [(80, 24), (40, 12)] {
        let mut story = story_of(700, size);
        story.model.replace_names(Scope::Everyone);
        story.open();
        let second = story.screen()[1].clone();
        assert!(second.contains("names replaced, numbers follow  "), "{second}");
        for _ in 0..5 {
            story.answer();
        }
        assert!(story.shows("Agent ") && !story.shows("Agent 1"), "{:#?}", story.screen());
        assert!(story.shows("names replaced"), "{:#?}", story.screen());
        assert!(story.shows("names replaced, numbers follow"), "{:#?}", story.screen());
        let footer = story.screen().last().cloned().unwrap();
        assert!(footer.starts_with("numbers follow: "), "{footer}");
        story.settle();
        assert_as_exported(&story, "the end");
        assert!(story.screen().iter().any(|line| line.contains("Agent 1")), "{:#?}", story.screen());
    }
}

#[test]
fn entries_that_arrive_meanwhile_change_nothing() {
    for every in [1, 3, 7] {
        let mut story = story_of(600, (80, 24));
        story.model.replace_names(Scope::Everyone);
        story.open();
        let mut turn = 0;
        while story.answer() {
            turn += 1;
            if turn % every == 0 && turn < 40 {
                let next = story.server.len();
                // Some of them are new here.
                story.server.extend((next..next + 3).map(|n| by(n, PEOPLE + n % 5)));
            }
            if turn == 20 {
                story.keys("r");
            }
            assert_none_other(&story, "on the way");
        }
        story.keys("r").settle();
        assert_as_exported(&story, &format!("every {every}"));
    }
}

#[test]
fn who_comes_later_waits_until_all_that_is_newer_was_read() {
    let mut story = story_of(150, (80, 24));
    story.model.replace_names(Scope::Everyone);
    story.open();
    story.settle();
    assert_as_exported(&story, "the start");
    // More than one answer holds: the first of them to be seen is not the first who came.
    story.server.extend((150..230).map(|n| by(n, PEOPLE + 1)));
    story.server.extend((230..310).map(|n| by(n, PEOPLE + 2)));
    story.keys("r").answer();
    assert_none_other(&story, "the head");
    // As many again while they are read.
    story.answer();
    story.server.extend((310..430).map(|n| by(n, PEOPLE + 3)));
    story.server.extend((430..520).map(|n| by(n, PEOPLE + 4)));
    story.settle();
    story.keys("r").settle();
    assert_as_exported(&story, "the end");
    story.keys("Ar").settle();
    let asked = story.requests.len();
    story.keys("r").settle();
    assert!(story.requests.len() <= asked + 2, "nothing is read once more where nobody is new");
}

#[test]
fn at_most_two_requests_are_under_way_whatever_the_reader_asks_meanwhile() {
    for (max_requests, keys) in
        [(2, "A"), (2, "G"), (2, "<space><space>"), (1, "A"), (1, "G"), (1, "<space>")]
    {
        let mut story = story_of(900, (200, 50));
        story.model.max_requests = max_requests;
        story.model.replace_names(Scope::Everyone);
        story.open();
        for round in 0..12 {
            story.answer();
            if round % 3 == 1 {
                story.keys(keys);
            }
        }
        story.settle();
        assert!(story.most <= max_requests, "{} at once with {max_requests} {keys}", story.most);
        assert_as_exported(&story, keys);
    }
}

#[test]
fn a_log_that_is_loaded_whole_is_not_asked_for_again() {
    for entries in [0, 1, 2, 3, 49, 50, 51] {
        let mut story = story_of(entries, (200, 50));
        story.open();
        story.keys("A").settle();
        let asked = story.requests.len();
        story.keys("H").settle();
        assert_eq!(story.requests.len(), asked, "{entries}");
        assert!(story.model.has_numbers() && !story.shows("numbers follow"));
    }
}

#[test]
fn a_long_log_costs_what_reading_it_once_costs() {
    for (entries, before, requests) in [(2_000, "", 42), (2_000, "A", 42), (10_000, "", 209)] {
        let mut story = story_of(entries, (80, 24));
        story.model.replace_names(Scope::Everyone);
        story.open();
        story.keys(before).settle();
        assert_as_exported(&story, before);
        assert!(story.requests.iter().all(|(query, _)| *query == Query::All));
        // Two at once may meet at the end.
        let more = story.requests.len() - requests;
        assert!(more <= before.len(), "{entries} {before}: {more} more");
    }
}

#[test]
fn a_failure_for_good_leaves_numbers_out_says_so_once_and_is_tried_again_by_the_key() {
    let trouble = |retry| Failure::new(FailureKind::Trouble, "The server says: no.").with_retry(retry);
    let mut story = story_of(400, (80, 24));
    story.open();
    story.settle();
    story.keys("H");
    for _ in 0..3 {
        assert_eq!(story.under_way(), 1);
        story.fail(trouble(Retry::Soon));
        assert_eq!((story.under_way(), story.shows("no numbers")), (0, false), "it is tried again");
        story.pass(std::time::Duration::from_secs(5));
    }
    story.fail(trouble(Retry::Soon));
    let footer = |story: &Story| story.screen().last().cloned().unwrap();
    assert!(
        footer(&story).starts_with("no numbers, H twice tries again: The server says: no."),
        "{}",
        footer(&story)
    );
    assert!(story.shows("names replaced, no numbers"), "{:#?}", story.screen());
    story.keys("j");
    assert!(!footer(&story).contains("no numbers"), "{}", footer(&story));
    assert!(story.asked.is_empty() && story.shows("names replaced, no numbers"));
    assert_none_other(&story, "without numbers");
    story.keys("HH").settle();
    assert_as_exported(&story, "tried again");
}

#[test]
fn names_shown_again_end_the_reading() {
    let mut story = story_of(400, (80, 24));
    story.open();
    story.settle();
    story.keys("H").answer();
    assert_eq!(story.under_way(), 1);
    story.keys("H");
    assert_eq!(story.under_way(), 0, "what is under way is not waited for");
    assert!(story.others.iter().any(|effect| matches!(effect, Effect::Cancel(_))));
    let asked = story.requests.len();
    story.settle();
    assert_eq!(story.requests.len(), asked);
    story.keys("H").settle();
    assert_as_exported(&story, "once more");
}
