//! The log moves while it is read: nothing twice, nothing missing.

use ratatui::layout::Size;
use ticketlog::{
    message::{Effect, Message},
    model::{query::Window, text::Untrusted},
};

use crate::story::{Story, entry};

#[test]
fn arrivals_between_pages_are_never_shown_twice_and_nothing_is_missing() {
    for arrivals in (0..=60).chain([95, 96, 97, 150]) {
        let mut story = Story::new(190);
        story.settle();
        for round in 0..400 {
            if round % 30 == 0 && round < 90 {
                story.arrive(arrivals);
            }
            story.keys("j").settle();
        }
        let last = story.loaded().pop().unwrap();
        assert_eq!(last.last(), Some(&0), "{arrivals}: the start is reached");
        for run in story.loaded() {
            let expected: Vec<usize> = (*run.last().unwrap()..=run[0]).rev().collect();
            assert_eq!(run, expected, "{arrivals}: neighbours without a gap, none twice");
        }
    }
}

/// P18: entries are inserted above the cursor (P11 too).
#[test]
fn the_cursor_stays_on_its_entry_and_its_line_when_entries_arrive_above() {
    let mut story = Story::new(190);
    story.settle().keys("jjj");
    let (at, line) = (story.at(), story.cursor_line());
    story.arrive(3).keys("r").settle();
    assert_eq!((story.at(), story.cursor_line()), (at, line));
    assert!(story.shows("3 new above, g"), "{:#?}", story.screen());
    story.keys("g");
    assert_eq!(story.at(), Some(192));
    assert!(!story.shows("new above"));
}

#[test]
fn arrivals_at_the_top_of_the_list_do_not_push_it_down() {
    let mut story = Story::new(190);
    story.settle();
    let before = story.screen()[2..].to_vec();
    story.arrive(2).keys("r").settle();
    assert_eq!(story.at(), Some(189));
    assert_eq!(story.screen()[3..16], before[1..14]);
    assert!(story.shows("2 new above, g"));
}

#[test]
fn more_arrivals_than_a_page_leave_a_hole_that_is_read_when_it_is_seen() {
    let mut story = Story::new(190);
    story.settle().arrive(170).keys("r").settle();
    assert_eq!(story.at(), Some(189));
    story.keys("g").settle();
    assert_eq!(story.at(), Some(359));
    for _ in 0..200 {
        story.keys("j").settle();
    }
    assert_eq!(story.loaded().len(), 1, "the runs were joined");
    assert_eq!(story.loaded()[0], (140..360).rev().collect::<Vec<_>>());
}

/// P14: a server that gives one page again and again.
#[test]
fn a_server_that_repeats_a_page_is_noticed_and_no_longer_asked() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..20 {
        story.keys("G");
        while let Some(asked) = story.asked.pop_front() {
            let Effect::FetchLog { generation, query, window, .. } = asked else {
                continue;
            };
            let answer = Ok(story.page(&query, Window { skip: 0, ..window }));
            story.tell(Message::Log { generation, window, answer });
        }
    }
    assert!(story.requests.len() < 10, "{}", story.requests.len());
    assert_eq!(story.loaded(), [(140..190).rev().collect::<Vec<_>>()]);
    assert!(story.shows("The server gives the same page"), "{:#?}", story.screen());
    story.tell(Message::Resized(Size { width: 200, height: 24 }));
    let screen = story.screen();
    let row = screen.iter().find(|row| row.contains("The server gives the same page")).unwrap();
    assert_eq!(row.matches("tries again").count(), 1, "{row}");
}

/// P12: equal neighbours are as many entries as the server holds.
#[test]
fn truly_equal_neighbours_are_counted() {
    let mut story = Story::new(190);
    for at in 130..148 {
        story.server[at] = entry(130);
    }
    story.settle();
    for _ in 0..200 {
        story.keys("j").settle();
    }
    assert_eq!(story.model.reader.log().loaded(), 190);
}

#[test]
fn refreshing_an_empty_log_is_no_change_and_its_first_entry_appears() {
    let mut story = Story::new(0);
    story.settle().keys("r").settle();
    assert!(!story.shows("the log changed"), "{:#?}", story.screen());
    story.arrive(1).keys("r").settle();
    assert_eq!(story.loaded(), [[0]]);
    assert!(!story.shows("the log changed"), "{:#?}", story.screen());
}

/// P13: an edited entry.
#[test]
fn an_edited_entry_is_neither_shown_twice_nor_moves_the_cursor() {
    let mut story = Story::new(190);
    story.settle().keys("jjjjjjjjjj");
    let (at, line) = (story.at(), story.cursor_line());
    story.server[187].action_type = Untrusted::new("ticket_edited");
    story.keys("r").settle();
    assert_eq!((story.at(), story.cursor_line()), (at, line));
    let mut numbers = story.loaded().concat();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count, "no entry twice");
    story.keys("kkkkkkkkkkkkkk").settle();
    assert_eq!(story.at(), Some(189), "{:#?}", story.screen());
}

/// A story whose entries between two numbers all equal the first one of them.
fn with_equal(entries: usize, equal: std::ops::Range<usize>) -> Story {
    let mut story = Story::new(entries);
    for at in equal.clone() {
        story.server[at] = entry(equal.start);
    }
    story
}

/// The number of loaded entries, and of those that equal the one with this number.
fn count(story: &Story, number: usize) -> (usize, usize) {
    let all = story.loaded().concat();
    (all.len(), all.iter().filter(|n| **n == number).count())
}

/// P12: also where a page cannot hold them all.
#[test]
fn more_equal_neighbours_than_an_answer_holds_are_counted_wherever_they_stand() {
    for equal in [0..120, 40..100, 80..190, 130..190, 10..190, 0..190] {
        let mut story = with_equal(190, equal.clone());
        story.settle();
        for _ in 0..20 {
            story.keys("<space>").settle();
        }
        assert_eq!(count(&story, equal.start), (190, equal.len()), "{equal:?}");
        assert_eq!(story.model.reader.log().total(), Some(190), "{equal:?}: {:#?}", story.screen());
        // Twice the four of other logs, and a look at the head to begin with.
        assert!(story.requests.len() <= 9, "{equal:?}: {}", story.requests.len());
    }
}

#[test]
fn looking_again_at_a_head_of_equal_entries_reads_nothing_anew() {
    let mut story = with_equal(190, 100..190);
    story.settle();
    for _ in 0..20 {
        story.keys("<space>").settle();
    }
    assert_eq!(count(&story, 100), (190, 90));
    let before = story.requests.len();
    story.keys("r").settle();
    // The head, where the equal entries end, and what stands behind the end of the log.
    assert_eq!(story.requests.len(), before + 3);
    assert_eq!(count(&story, 100), (190, 90));
    for _ in 0..3 {
        story.server.push(entry(100));
    }
    story.keys("gr").settle();
    for _ in 0..20 {
        story.keys("<space>").settle();
    }
    assert_eq!(count(&story, 100), (193, 93));
    assert!(!story.shows("the log changed"), "{:#?}", story.screen());
}

#[test]
fn a_head_that_was_given_before_an_answer_does_not_prove_that_nothing_moved_between() {
    let mut story = with_equal(190, 100..160);
    story.settle();
    while story.requests.last().unwrap().1.skip < 76 {
        if !story.answer() {
            story.keys("<space>");
        }
    }
    // The answer to come begins and ends among equal entries. Beside it the head is asked for.
    story.keys("r");
    let (page, head) = (story.asked.pop_front().unwrap(), story.asked.pop_front().unwrap());
    let Effect::FetchLog { generation, query, window, .. } = head else { panic!() };
    let early = story.page(&query, window);
    story.arrive(3);
    story.answer_to(page);
    story.tell(Message::Log { generation, window, answer: Ok(early) });
    for _ in 0..20 {
        story.keys("<space>").settle();
    }
    assert_eq!(count(&story, 100).1, 60);
}

#[test]
fn an_edited_head_is_replaced_and_what_stands_below_it_is_not_read_again() {
    for (edited, lost, arrived) in [(187, 0, 0), (189, 0, 0), (187, 0, 3), (150, 2, 1)] {
        let mut story = Story::new(190);
        story.settle();
        for _ in 0..20 {
            story.keys("<space>").settle();
        }
        let before = story.requests.len();
        story.server[edited].action_type = Untrusted::new("ticket_edited");
        story.server.drain(edited - lost..edited);
        story.server.extend((190..190 + arrived).map(entry));
        story.keys("r").settle();
        // The head, and a look behind the end; once more where what arrived stood there.
        let asked = 2 + usize::from(arrived > lost);
        assert_eq!(story.requests.len(), before + asked, "{edited}");
        let log = story.model.reader.log();
        assert_eq!(log.total(), Some(190 - lost + arrived), "{edited}");
        let kinds = |entry: &ticketlog::model::entry::Entry| entry.action_type.clone();
        let loaded: Vec<Untrusted> = log.runs()[0].iter().map(kinds).collect();
        let held: Vec<Untrusted> = story.server.iter().rev().map(kinds).collect();
        assert!(loaded == held, "{edited}");
        assert_eq!(log.count(&Untrusted::new("ticket_edited")), 1);
        assert!(story.shows("the log changed"), "{:#?}", story.screen());
    }
}

#[test]
fn more_arrivals_than_a_page_after_a_jump_do_not_end_the_reading_of_what_stands_below() {
    for at in [219, 300, 657] {
        let mut story = Story::new(1144);
        let time = crate::story::start() + chrono::TimeDelta::minutes(5 * at);
        story.settle().keys(&format!("t{}<enter>", time.format("%Y-%m-%dT%H:%M:%SZ"))).settle();
        story.arrive(1).settle();
        story.arrive(98);
        for _ in 0..12 {
            story.keys("<space>").settle();
        }
        story.keys("r").settle();
        for _ in 0..12 {
            story.keys("<space>").settle();
        }
        assert!(story.model.reader.log().failure().is_none(), "{at}: {:#?}", story.screen());
    }
}

#[test]
fn a_narrower_query_deep_in_the_log_announces_nothing_that_did_not_arrive() {
    for at in [40, 1_500, 3_000] {
        let mut story = Story::new(5_000);
        let time = crate::story::start() + chrono::TimeDelta::minutes(5 * at);
        story.settle().keys(&format!("t{}<enter>", time.format("%Y-%m-%dT%H:%M:%SZ"))).settle();
        story.keys("f/reply<enter>o<enter>").settle();
        story.rest();
        story.settle();
        assert!(!story.shows("new above"), "{at}: {:#?}", story.screen());
    }
}

#[test]
fn all_that_arrived_is_announced_whatever_way_it_is_loaded() {
    let mut story = Story::new(190);
    story.settle().keys("jjj").arrive(170).keys("r").settle();
    assert!(story.shows("50+ new above, g"), "what is loaded of it: {:#?}", story.screen());
    story.keys("A").settle();
    assert!(story.shows("170 new above, g"), "{:#?}", story.screen());
    story.keys("g");
    assert!(!story.shows("new above"), "{:#?}", story.screen());
}

#[test]
fn where_more_arrived_than_is_loaded_the_number_says_so_and_nothing_is_hidden_that_is_not() {
    let mut story = Story::new(300);
    story.settle().keys("jjj").arrive(3).keys("r").settle();
    assert!(story.shows("3 new above, g"), "{:#?}", story.screen());
    story.arrive(100).keys("r").settle();
    assert!(story.shows("53+ new above, g"), "what is loaded of 103: {:#?}", story.screen());
    assert!(!story.shows("hidden"), "nothing is narrowed: {:#?}", story.screen());
    story.keys("A").settle();
    assert!(story.shows("103 new above, g"), "{:#?}", story.screen());
    assert!(!story.shows("hidden"), "{:#?}", story.screen());
}
