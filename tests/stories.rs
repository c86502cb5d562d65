//! Messages in, effects out: what a user sees the program do, without a terminal and without a network.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "support/story.rs"]
mod story;

use std::collections::BTreeSet;

use ratatui::layout::Size;
use story::{Story, entry};
use ticketlog::{
    message::{Effect, Message},
    model::{
        failure::{Failure, FailureKind},
        query::{Query, Window},
        text::Untrusted,
    },
};

fn trouble() -> Failure {
    Failure::new(
        FailureKind::Trouble,
        "The server at example.org did not answer within 15 s.",
    )
}

fn only(types: &[&str]) -> Query {
    Query::Only(
        types
            .iter()
            .map(|name| Untrusted::new(*name))
            .collect::<BTreeSet<_>>(),
    )
}

/// Moves the filter panel's cursor to the row with this label and presses keys there.
fn filter(story: &mut Story, label: &str, keys: &str) {
    story.keys("fg");
    for _ in 0..40 {
        if story
            .screen()
            .iter()
            .any(|line| line.starts_with("▌[") && line.contains(label))
        {
            story.keys(keys).keys("<enter>");
            return;
        }
        story.keys("j");
    }
    panic!("no row {label} in {:#?}", story.screen());
}

// Start

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
    assert!(
        story.screen()[0].ends_with("as of 14:00"),
        "{}",
        story.screen()[0]
    );
}

#[test]
fn a_short_page_is_the_start_of_the_ticket() {
    let mut story = Story::new(5);
    story.settle();
    assert!(
        story.shows("── start of the ticket · 5 entries in all ──"),
        "{:#?}",
        story.screen()
    );
    story.keys("G");
    assert_eq!(story.at(), Some(0));
    assert_eq!(story.requests.len(), 1);
}

#[test]
fn an_empty_log_says_so() {
    let mut story = Story::new(0);
    story.settle();
    assert!(
        story.shows("This ticket's log is empty."),
        "{:#?}",
        story.screen()
    );
    story.keys("jkGg<enter>i<c-d>");
    assert_eq!(story.requests.len(), 1);
}

// Scrolling

#[test]
fn reading_190_entries_to_the_end_costs_four_requests() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..200 {
        story.keys("j").settle();
    }
    assert_eq!(story.at(), Some(0));
    let skips: Vec<u64> = story.requests.iter().map(|(_, window)| window.skip).collect();
    assert_eq!(skips, [0, 48, 96, 144]);
    assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()]);
}

#[test]
fn pages_are_asked_for_one_screen_ahead_and_never_twice() {
    let mut story = Story::new(1_000);
    story.settle();
    let mut asked_at = None;
    for step in 1..50 {
        story.keys("j");
        if story.requests.len() > 1 && asked_at.is_none() {
            asked_at = Some(step);
        }
    }
    // The list is 15 lines high: after 35 steps line 36 is its last, and line 51, not loaded, is a screen ahead.
    assert_eq!(asked_at, Some(35));
    assert_eq!(story.requests.len(), 2, "held-down keys ask for nothing twice");
}

#[test]
fn a_row_that_is_not_loaded_is_drawn_and_the_answer_replaces_it() {
    let mut story = Story::new(190);
    story.settle().keys("G");
    assert!(story.shows("loading older entries"), "{:#?}", story.screen());
    assert_eq!(story.at(), None);
    let line = story.cursor_line();
    assert!(line.is_some());
    story.answer();
    assert_eq!(story.at(), Some(139), "the first entry that the answer brought");
    assert_eq!(story.cursor_line(), line);
}

#[test]
fn a_failure_is_a_row_with_its_sentence_and_r_tries_again() {
    let mut story = Story::new(190);
    story.settle().keys("G");
    story.fail(trouble());
    assert!(
        story.shows("r tries again · The server at example.org did not answer"),
        "{:#?}",
        story.screen()
    );
    assert!(story.screen()[0].contains("offline since"));
    assert_eq!(story.model.reader.log().loaded(), 50, "what was loaded stays");
    let before = story.requests.len();
    story.keys("jkjk");
    assert_eq!(
        story.requests.len(),
        before,
        "nothing is asked until the user says so"
    );
    story.keys("r").settle();
    assert!(!story.shows("tries again"));
    assert!(story.model.reader.log().loaded() > 50);
}

#[test]
fn a_failure_before_anything_was_loaded_fills_the_list_and_decides_the_exit_code() {
    for (kind, code) in [
        (FailureKind::NotAuthorised, 3),
        (FailureKind::Trouble, 4),
        (FailureKind::NoSuchTicket, 5),
    ] {
        let mut story = Story::new(190);
        story.fail(Failure::new(kind, "There is no ticket 4478963."));
        assert!(story.shows("There is no ticket 4478963."));
        assert!(story.shows("r tries again, q leaves."));
        story.keys("q");
        assert_eq!(story.others, [Effect::Quit(code)]);
    }
}

#[test]
fn leaving_after_something_was_loaded_is_no_failure() {
    let mut story = Story::new(190);
    story.settle().keys("G");
    story.fail(trouble());
    story.keys("q");
    assert_eq!(story.others, [Effect::Quit(0)]);
}

#[test]
fn g_asks_for_the_next_page_from_wherever_the_list_ends() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..4 {
        story.keys("G").settle();
    }
    story.keys("G");
    assert_eq!(story.at(), Some(0));
    assert_eq!(story.requests.len(), 4);
    story.keys("g");
    assert_eq!(story.at(), Some(189));
}

// The log moves

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

#[test]
fn a_log_that_lost_entries_is_read_again_and_says_so() {
    let mut story = Story::new(190);
    story.settle();
    story.server.drain(150..160);
    for _ in 0..250 {
        story.keys("j").settle();
    }
    let expected: Vec<usize> = (0..150).chain(160..190).rev().collect();
    assert_eq!(story.loaded().concat(), expected);
    assert!(
        story.shows("the log changed, read again"),
        "{:#?}",
        story.screen()
    );
}

#[test]
fn a_server_that_repeats_a_page_is_noticed_and_no_longer_asked() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..20 {
        story.keys("G");
        while let Some(asked) = story.asked.pop_front() {
            let Effect::FetchLog {
                generation,
                query,
                window,
                ..
            } = asked
            else {
                continue;
            };
            let answer = Ok(story.page(&query, Window { skip: 0, ..window }));
            story.tell(Message::Log {
                generation,
                window,
                answer,
            });
        }
    }
    assert!(story.requests.len() < 10, "{}", story.requests.len());
    assert_eq!(story.loaded(), [(140..190).rev().collect::<Vec<_>>()]);
    assert!(
        story.shows("The server gives the same page"),
        "{:#?}",
        story.screen()
    );
}

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

// The filter

#[test]
fn hiding_a_type_acts_at_once_and_asks_for_all_types_again() {
    let mut story = Story::new(190);
    story.settle();
    filter(&mut story, "ticket read", "<space>");
    assert!(
        !story.screen()[2..].iter().any(|line| line.contains(" read ")),
        "{:#?}",
        story.screen()
    );
    assert!(story.shows("without read"));
    assert!(
        story.shows("30 shown, 20 hidden of 50 loaded · Oslo"),
        "{:#?}",
        story.screen()
    );
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
    assert_eq!(
        story.requests[1],
        (only(&["reply_created"]), Window { skip: 0, take: 50 })
    );
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
    assert!(
        story.shows("No action type is chosen, so nothing is shown. f opens the filter"),
        "{:#?}",
        story.screen()
    );
    story.keys("fa<enter>").rest();
    assert_eq!(story.model.reader.timeline().shown(), 50);
}

#[test]
fn a_late_answer_to_an_older_choice_never_shows() {
    let mut story = Story::new(500);
    story.settle();
    filter(&mut story, "reply", "o");
    for timer in 1..20 {
        story.tell(Message::Waited(ticketlog::message::Timer::FilterSettled(
            ticketlog::model::query::Generation(timer),
        )));
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
    assert_eq!(
        story.loaded()[0].len(),
        story.model.reader.all().loaded(),
        "the log of all types was kept"
    );
}

#[test]
fn an_unknown_type_is_listed_and_shown_and_can_be_hidden() {
    let mut story = Story::new(190);
    story.settle();
    assert!(story.shows("somethi"), "{:#?}", story.screen());
    filter(&mut story, "something_new", "<space>");
    assert_eq!(story.model.reader.timeline().shown(), 40);
    filter(&mut story, "types not listed here", "<space>");
    story.rest();
    let Query::Only(types) = &story.requests.last().unwrap().0 else {
        panic!("all types were asked for")
    };
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
    assert!(
        story.shows("The ticket has no entry of the chosen types."),
        "{:#?}",
        story.screen()
    );
    assert!(story.shows("only note"));
}

#[test]
fn a_narrowing_that_hides_everything_does_not_read_the_whole_log_behind_the_users_back() {
    let mut story = Story::new(10_000);
    story.settle();
    filter(&mut story, "types not listed here", "o");
    story.rest();
    let asked = story.requests.len();
    assert!(asked <= 7, "{asked}");
    assert!(
        story.shows("older entries not loaded · j reads on"),
        "{:#?}",
        story.screen()
    );
    story.keys("j").settle();
    assert!(story.requests.len() > asked);
}

// Pages and panes

#[test]
fn enter_shows_the_entry_on_its_own_page_and_escape_closes_it() {
    let mut story = Story::new(190);
    story.settle().keys("j<enter>");
    assert!(story.shows("entry 188"), "{:#?}", story.screen());
    assert!(story.shows("hidden, P shows it"));
    story.keys("J");
    assert!(story.shows("entry 187"));
    story.keys("P");
    assert!(story.shows("someone@example.org"));
    story.keys("<esc>");
    assert_eq!(story.at(), Some(187));
    assert!(story.others.is_empty(), "nothing was quit");
}

#[test]
fn raw_json_hides_personal_data_until_it_is_asked_for() {
    let mut story = Story::new(190);
    story.settle().keys("i");
    assert!(story.shows("\"email\": null"), "{:#?}", story.screen());
    assert!(!story.shows("someone@example.org"));
    story.keys("P");
    assert!(story.shows("someone@example.org"));
    story.keys("q");
    assert!(story.others.is_empty());
}

#[test]
fn a_short_screen_starts_without_the_detail_pane_and_tab_opens_it() {
    let mut story = Story::sized(190, 80, 20);
    story.settle();
    assert!(!story.shows("entry 1 of"));
    story.keys("<tab>");
    assert!(story.shows("── entry 1 of 50 shown ──"), "{:#?}", story.screen());
    story.keys("<tab>");
    assert!(!story.shows("entry 1 of"));
}

#[test]
fn closing_and_quitting_follow_what_is_on_top() {
    let mut story = Story::new(190);
    story.settle().keys("f<esc><esc>?q<enter>q");
    assert!(story.others.is_empty(), "{:?}", story.others);
    story.keys("q");
    assert_eq!(story.others, [Effect::Quit(0)]);
    for keys in ["Q", "<c-c>", "?Q", "fQ", "<enter><c-c>"] {
        let mut story = Story::new(190);
        story.settle().keys(keys);
        assert_eq!(story.others, [Effect::Quit(0)], "{keys}");
    }
}

#[test]
fn nothing_is_asked_or_moved_by_keys_without_a_meaning() {
    let mut story = Story::new(190);
    story.settle();
    let before = story.screen();
    story.keys("§1<c-s><c-q>äX%");
    assert_eq!(story.screen(), before);
    assert_eq!(story.requests.len(), 1);
}

// Sizes

#[test]
fn every_size_draws_and_every_key_works_in_it() {
    for (width, height) in [
        (0, 0),
        (1, 1),
        (2, 3),
        (20, 3),
        (40, 12),
        (80, 24),
        (200, 50),
        (500, 300),
        (1, 200),
        (200, 1),
    ] {
        let mut story = Story::sized(190, width, height);
        let _ = story.screen();
        story.settle();
        for keys in [
            "jjj",
            "G",
            "g",
            "<c-d><space>b",
            "<enter>jJ<esc>",
            "iP<esc>",
            "f<space>jjoa<esc>",
            "?G<esc>",
            "<tab><tab>",
            "r",
        ] {
            story.keys(keys).rest();
            assert_eq!(
                story.screen().len(),
                usize::from(if width == 0 { 0 } else { height }),
                "{width}x{height} {keys}"
            );
        }
        story.keys("Q");
        assert!(story.others.contains(&Effect::Quit(0)));
    }
}

#[test]
fn resizing_keeps_the_entry_at_the_cursor_on_the_screen() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..40 {
        story.keys("j").settle();
    }
    for (width, height) in [(80, 10), (40, 30), (10, 4), (200, 50), (80, 24)] {
        story.tell(Message::Resized(Size { width, height }));
        story.settle();
        assert_eq!(story.at(), Some(149));
        assert!(
            story.cursor_line().is_some(),
            "{width}x{height}: {:#?}",
            story.screen()
        );
    }
}
