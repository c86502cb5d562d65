//! Jumps where times are not in order: what is said is true, and the place is the best of what is loaded.

use ticketlog::{
    message::{Effect, Message},
    model::{entry::Entry, query::Window},
};

use crate::story::{Story, entry};

const NOTE: &str = "times are not in order";

/// A story whose server gives its entries in an order of its own.
fn ordered(entries: usize, order: impl Fn(usize) -> usize) -> Story {
    let mut story = Story::unopened(0);
    story.server = (0..entries).map(order).map(entry).collect();
    story.open();
    story
}

fn reversed(entries: usize) -> Story {
    ordered(entries, |at| entries - 1 - at)
}

fn shuffled() -> Story {
    ordered(1_500, |at| at * 701 % 1_500)
}

/// Goes to a moment of Oslo; the last line of the screen.
fn go(story: &mut Story, time: &str) -> String {
    story.settle().keys(&format!("t{time}<enter>")).settle();
    let last = story.screen().pop().unwrap();
    assert!(!last.contains("no entry") && last.chars().count() < 80, "{last}");
    last
}

#[test]
fn the_nearest_entry_that_is_not_later_is_found_whatever_the_order() {
    for make in [|| reversed(1_500), shuffled] {
        for (time, at, words) in [
            ("2023-08-04 12:03", 264, "the nearest before is 2023-08-04 12:00"),
            ("2023-08-04 12:00", 264, ""),
            ("1999-01-01", 0, "the earliest is 2023-08-03 14:00"),
            ("2030-01-01", 1_499, "the nearest before is 2023-08-08 18:55"),
        ] {
            let mut story = make();
            let said = go(&mut story, time);
            assert_eq!(story.at(), Some(at), "{time}: {said}");
            let words = if words.is_empty() { NOTE.to_owned() } else { format!("{NOTE}; {words}") };
            assert_eq!(said, words, "{time}");
            assert!(story.requests.len() <= 33, "read in sequence: {}", story.requests.len());
            let before = story.requests.len();
            assert_eq!(go(&mut story, time), words, "again");
            assert_eq!((story.at(), story.requests.len()), (Some(at), before), "all is loaded");
        }
    }
}

#[test]
fn reading_in_sequence_has_a_bound_and_the_next_jump_goes_on() {
    let mut story = reversed(12_000);
    assert_eq!(
        go(&mut story, "2030-01-01"),
        format!("{NOTE}; the nearest loaded before is 2023-09-06 02:05")
    );
    assert_eq!((story.at(), story.requests.len()), (Some(9_649), 202));
    assert_eq!(go(&mut story, "2030-01-01"), format!("{NOTE}; the nearest before is 2023-09-14 05:55"));
    assert_eq!(story.at(), Some(11_999));
}

#[test]
fn reading_in_sequence_can_be_cancelled() {
    let mut story = reversed(1_500);
    story.settle().keys("t2030-01-01<enter>");
    story.answer();
    assert!(story.shows("looking for Tue 1 Jan 2030 Oslo"), "{:#?}", story.screen());
    story.keys("<esc>").settle();
    assert_eq!(story.at(), Some(0));
    assert!(story.requests.len() <= 5 && !story.shows(NOTE), "{}", story.requests.len());
}

#[test]
fn two_entries_that_changed_places_do_not_end_the_jumps_by_probes() {
    let mut story = Story::new(10_000);
    story.server.swap(9_990, 9_991);
    let said = go(&mut story, "2023-08-20 22:42");
    assert_eq!(story.at(), Some(5_000), "{said}");
    assert_eq!(said, format!("{NOTE}; the nearest loaded before is 2023-08-20 22:40"));
    assert!(story.requests.len() <= 22, "{}", story.requests.len());
}

#[test]
fn where_the_two_stand_that_changed_places_the_later_one_is_found() {
    let mut story = Story::new(400);
    story.server.swap(100, 101);
    story.settle();
    let said = go(&mut story, "2023-08-03 22:27");
    assert_eq!(story.at(), Some(101), "{said}");
    assert!(said.starts_with(&format!("{NOTE}; the nearest loaded before is 2023-08-03 22:25")), "{said}");
}

#[test]
fn equal_times_are_no_disorder() {
    for same in [true, false] {
        for entries in [60, 120, 300] {
            let mut story = Story::unopened(entries);
            let first = entry(0);
            for known in &mut story.server {
                known.time = first.time.clone();
                if same {
                    *known = first.clone();
                }
            }
            story.open();
            for keys in ["G", "gt2023-08-03 14:00<enter>", "gt1999-01-01<enter>", "gt2030-01-01<enter>"] {
                story.settle().keys(keys).settle();
                assert!(!story.shows("not in order"), "{same} {entries} {keys}: {:#?}", story.screen());
            }
        }
    }
}

fn number(entry: &Entry) -> usize {
    entry.action.raw_for_export()[6..].parse().unwrap()
}

#[test]
fn windows_that_come_early_stand_where_they_were_asked_for() {
    for make in [|| reversed(700), shuffled] {
        let mut story = make();
        story.answer();
        story.keys("A");
        while let Some(last) = story.asked.pop_back() {
            story.answer_to(last);
            assert!(story.requests.len() < 40, "{:?}", story.loaded());
        }
        let held: Vec<usize> = story.server.iter().rev().map(number).collect();
        assert_eq!(story.loaded(), [held]);
        assert!(!story.shows("the log changed"), "{:#?}", story.screen());
    }
}

#[test]
fn a_whole_page_of_arrivals_with_earlier_times_is_no_log_that_lost_its_newest_entries() {
    let mut story = ordered(40, |at| 900 + at * 7 % 40);
    story.settle().keys("A").settle();
    story.server.extend((0..60).map(|at| entry(at * 7 % 60)));
    story.keys("r").settle();
    assert!(!story.shows("the log changed"), "{:#?}", story.screen());
    story.keys("A").settle();
    let held: Vec<usize> = story.server.iter().rev().map(number).collect();
    assert_eq!(story.loaded(), [held]);
}

#[test]
fn what_stands_below_equal_entries_stays_there_although_its_time_is_later() {
    for equal in 80..90 {
        let mut story = Story::unopened(0);
        story.server = (1..=30).chain(std::iter::repeat_n(0, equal)).map(entry).collect();
        story.open();
        story.keys("A");
        let mut count = 0;
        while let Some(asked) = story.asked.pop_front() {
            let Effect::FetchLog { generation, ref query, window, .. } = asked else {
                story.answer_to(asked);
                continue;
            };
            count += 1;
            let answer = Ok(story.page(query, Window { take: window.take.min(10), ..window }));
            story.tell(Message::Log { generation, window, answer });
        }
        let log = story.model.reader.log();
        assert_eq!(log.total(), Some(equal + 30), "{equal}: {:#?}", story.screen());
        assert!(count < 60, "{equal}: {count} requests");
    }
}

#[test]
fn who_goes_to_the_last_entry_is_told_what_that_need_not_be() {
    let mut story = Story::unopened(1_500);
    story.server[1_490].time = story.server[3].time.clone();
    story.open();
    story.settle().keys("G").settle();
    assert_eq!(story.at(), Some(0), "{:#?}", story.screen());
    let neighbours = story.loaded().pop().unwrap();
    assert!(neighbours.is_sorted_by(|newer, older| newer > older), "in order here: {neighbours:?}");
    assert!(!story.shows("not in order here"), "{:#?}", story.screen());
    let words = "times are not in order: the last entry need not be the oldest";
    assert!(story.screen().last().unwrap().starts_with(words), "{:#?}", story.screen());
    assert!(!go(&mut story, "2023-08-04 12:03").contains("here"));
}
