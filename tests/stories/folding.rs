//! Reads fold: what stands on one line, what divides it, and what the line says.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ticketlog::model::{
    entry::{Entry, Time, User},
    saved_view::Resume,
    stamp::Stamp,
    text::{Charset, Untrusted},
};

use crate::{
    frames::picture,
    story::{Story, entry, start},
};

const PEOPLE: [&str; 4] = ["Garrick Ollivander", "Percy Weasley", "Luna Lovegood", "Hat Bot"];

/// A read by one of the people; the fourth is a bot.
pub fn read(number: usize, by: usize, at: DateTime<Utc>) -> Entry {
    Entry { action_type: Untrusted::new("ticket_read"), ..other(number, by, at) }
}

fn other(number: usize, by: usize, at: DateTime<Utc>) -> Entry {
    let mut user: User = (**entry(0).actor.as_ref().unwrap()).clone();
    user.id = Untrusted::new(format!("person-{by}"));
    user.name = Untrusted::new(PEOPLE[by]);
    user.is_bot = by == 3;
    Entry {
        action_type: Untrusted::new("reply_created"),
        actor: Some(Arc::new(user)),
        time: Time::At(Stamp::parse(&at.to_rfc3339()).unwrap()),
        ..entry(number)
    }
}

pub fn minutes(minutes: usize) -> DateTime<Utc> {
    seconds(60 * minutes)
}

fn seconds(seconds: usize) -> DateTime<Utc> {
    start() + TimeDelta::seconds(i64::try_from(seconds).unwrap())
}

#[test]
fn days_are_those_of_the_zone_that_is_shown() {
    // Two minutes before and after midnight in Oslo.
    let log = [598, 602].into_iter().enumerate().map(|(n, at)| read(n, n, minutes(at)));
    let mut story = Story::new(0);
    story.server = log.collect();
    story.settle();
    let folded = |story: &Story| story.screen().iter().filter(|line| line.contains("2 people")).count();
    assert_eq!(folded(&story), 0, "{:#?}", story.screen());
    story.keys("j");
    story.keys("Z");
    assert_eq!(folded(&story), 1, "{:#?}", story.screen());
    assert!(story.shows("enter unfold"), "{:#?}", story.screen());
    story.keys("Z");
    assert_eq!(folded(&story), 0);
    assert_eq!(story.at(), Some(0), "the cursor stays");
    assert!(story.shows("enter entry"), "{:#?}", story.screen());
}

/// A log in signs, oldest first: a digit is a read by that person, a dot a reply, `d` lets a day pass.
pub fn log(signs: &str) -> Vec<Entry> {
    let mut at = start();
    let mut entries = Vec::new();
    for sign in signs.chars() {
        at += TimeDelta::minutes(1);
        match sign.to_digit(10) {
            Some(by) => entries.push(read(entries.len(), by as usize, at)),
            None if sign == 'd' => at += TimeDelta::days(1),
            None => entries.push(other(entries.len(), 0, at)),
        }
    }
    entries
}

pub fn story_of(signs: &str) -> Story {
    sized(signs, 80, 24)
}

fn sized(signs: &str, width: u16, height: u16) -> Story {
    let mut story = Story::sized(0, width, height);
    story.server = log(signs);
    story.settle();
    story
}

/// The rows of the list without their times: `read 3 people 6 reads`.
pub fn rows(story: &Story) -> Vec<String> {
    let lines = story.screen().into_iter().skip(2).take_while(|line| !line.contains("── entry"));
    let entries = lines.filter(|line| line.chars().nth(1).is_some_and(|c| c.is_ascii_digit()));
    entries.map(|line| line.split_whitespace().skip(2).collect::<Vec<_>>().join(" ")).collect()
}

pub fn position(story: &Story) -> (Option<usize>, Option<usize>) {
    (story.at(), story.cursor_line())
}

#[test]
fn neighbouring_reads_are_one_row_at_the_time_of_the_newest() {
    let story = story_of(".012210.");
    assert_eq!(
        rows(&story),
        ["reply→ Garrick Ollivander entry 7", "read 3 people 6 reads", "reply→ Garrick Ollivander entry 0"]
    );
    assert!(story.shows("2023-08-03 14:07 read     3 people           6 reads"), "{:#?}", story.screen());
    assert!(story.shows("8 loaded, all of them"));
    assert!(story.shows("── entry 1 of 8 shown ──"));
    assert!(story.shows("start of the ticket · 8 entries in all"));
}

#[test]
fn one_read_stays_as_it_is_and_two_by_one_person_name_them() {
    let story = story_of("1.11.");
    assert_eq!(rows(&story)[1], "read Percy Weasley 2 reads");
    assert_eq!(rows(&story)[3], "read Percy Weasley entry 0");
}

#[test]
fn people_and_bots_do_not_share_a_row() {
    let story = story_of("0133.");
    assert_eq!(rows(&story)[1..], ["read Hat Bot 2 reads", "read 2 people 2 reads"]);
}

#[test]
fn what_names_nobody_has_no_time_or_cannot_be_read_stands_by_itself() {
    let mut story = Story::new(0);
    story.server = log("00.00.00.");
    story.server[1].actor = None;
    story.server[4].time = Time::Unreadable(Untrusted::new("soon"));
    story.server[7].flaw = Some(Untrusted::new("it has no end"));
    story.settle();
    assert_eq!(rows(&story).len(), 8, "and one without a time: {:#?}", story.screen());
}

#[test]
fn another_day_begins_another_row_because_the_row_has_one_date() {
    let story = story_of("001d012.");
    assert_eq!(rows(&story)[1..], ["read 3 people 3 reads", "read 2 people 3 reads"]);
    // The day is that of the zone shown: 22:00 in UTC is midnight in Oslo.
    let mut story = Story::new(0);
    story.server = (0..4).map(|n| read(n, n % 3, minutes(598 + n))).collect();
    story.settle();
    assert_eq!(rows(&story), ["read 2 people 2 reads", "read 2 people 2 reads"], "{:#?}", story.screen());
}

#[test]
fn hidden_entries_between_divide_nothing() {
    let mut story = story_of("0.1.2.");
    assert_eq!(rows(&story).len(), 6);
    story.keys("x").rest();
    assert_eq!(rows(&story), ["read 3 people 3 reads"]);
    assert!(story.shows("3 shown, 3 hidden of 6 loaded"), "{:#?}", story.screen());
    story.keys("=").rest();
    assert_eq!(rows(&story).len(), 6);
}

#[test]
fn arrivals_extend_a_row_and_the_cursor_stays_on_its_entry() {
    let mut story = story_of(".0122");
    let before = position(&story);
    for by in [1, 3, 0] {
        let next = story.server.len();
        story.server.push(read(next, by, minutes(5 + next)));
    }
    story.keys("r").settle();
    assert_eq!(story.at(), before.0);
    assert!(story.shows("entry 4 of 8 shown, one of 5 reads"), "{:#?}", story.screen());
    story.keys("g");
    // The bot divides: the newest read stands above it.
    assert_eq!(
        rows(&story),
        [
            "read Garrick Ollivander entry 7",
            "read Hat Bot entry 6",
            "read 3 people 5 reads",
            "reply→ Garrick Ollivander entry 0"
        ]
    );
}

#[test]
fn a_row_at_the_edge_of_what_is_loaded_may_hold_more_and_says_so() {
    let mut story = Story::sized(0, 80, 24);
    story.server = (0..120).map(|n| read(n, n % 3, minutes(n))).collect();
    story.server.extend((120..123).map(|n| other(n, 0, minutes(n))));
    story.answer();
    assert_eq!(rows(&story)[3], "read 3+ people 47+ reads");
    story.settle();
    assert_eq!(rows(&story)[3], "read 3 people 120 reads");
    assert!(story.shows("123 loaded, all of them"));
}

#[test]
fn hidden_entries_of_an_older_day_end_a_row() {
    let mut story = Story::sized(0, 80, 24);
    story.server = (0..100).map(|n| other(n, 0, minutes(n * 60))).collect();
    story.server.extend((100..103).map(|n| read(n, n % 3, minutes(100 * 60 + n))));
    story.answer();
    story.keys("jjjx");
    assert_eq!(rows(&story)[0], "read 3 people 3 reads", "{:#?}", story.screen());
}

#[test]
fn a_log_of_reads_alone_is_not_read_to_its_end_behind_the_users_back() {
    let mut story = Story::sized(0, 80, 24);
    story.server = (0..1_400).map(|n| read(n, n % 3, seconds(n))).collect();
    story.settle();
    let asked = story.requests.len();
    assert!(asked <= 6, "{asked}");
    assert!(story.shows("older entries not loaded · j reads on"), "{:#?}", story.screen());
    story.keys("j").settle();
    assert!(story.requests.len() > asked);
}

#[test]
fn a_hole_divides_a_row() {
    let mut story = Story::sized(0, 80, 24);
    story.server = (0..4_000).map(|n| read(n, n % 3, seconds(n))).collect();
    story.settle();
    story.keys("G").settle();
    let rows = rows(&story);
    assert!(rows.iter().filter(|row| row.ends_with("+ reads")).count() == 2, "{:#?}", story.screen());
    assert!(story.shows("not loaded"), "{:#?}", story.screen());
}

#[test]
fn what_came_since_the_last_look_does_not_fold_with_what_was_seen() {
    let mut story = story_of(".00");
    story.server.extend((3..6).map(|n| read(n, n % 3, minutes(10 + n))));
    let seen = ticketlog::model::visit::Seen {
        at: minutes(5),
        entry: ticketlog::model::saved_view::SavedEntry::of(&story.server[2]).unwrap(),
    };
    story.model.reader.recall(seen);
    story.keys("r").settle();
    story.keys("g");
    assert_eq!(rows(&story)[0], "read 3 people 3 reads", "{:#?}", story.screen());
    assert!(story.shows("── 3 new since"), "{:#?}", story.screen());
    assert!(story.shows("read     Garrick Ollivander 2 reads"), "{:#?}", story.screen());
}

#[test]
fn a_setting_gives_every_read_its_line() {
    let mut setup = Story::setup(ratatui::layout::Size { width: 80, height: 24 }, Resume::Nothing);
    setup.catalogue = setup.catalogue.unfolded();
    let mut story = Story::told(0, setup, Vec::new());
    story.server = log(".0122");
    story.settle();
    story.keys("r").settle();
    assert_eq!(rows(&story).len(), 5);
    story.keys("<enter>");
    assert!(story.model.page.is_some());
}

#[test]
fn a_row_has_its_words_in_ascii_too() {
    let mut setup = Story::setup(ratatui::layout::Size { width: 40, height: 12 }, Resume::Nothing);
    setup.charset = Charset::Ascii;
    let mut story = Story::told(0, setup, Vec::new());
    story.server = log(".0122");
    story.settle();
    story.keys("r").settle();
    assert!(story.screen().concat().is_ascii());
    assert!(story.shows("08-03 14:05 3 people  4 reads"), "{:#?}", story.screen());
}

#[test]
fn rows_at_three_sizes() {
    for (width, height) in [(40, 12), (80, 24), (200, 50)] {
        let mut story = sized("00.0122d3312.021", width, height);
        story.keys("/luna<enter>").keys("j");
        insta::assert_snapshot!(format!("folds_{width}x{height}"), picture(&story.buffer()));
    }
}
