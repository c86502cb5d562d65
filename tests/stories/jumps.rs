//! Jumps: any moment in a handful of requests, what is said on landing, and the way back.

use ticketlog::{
    message::{Effect, Message},
    model::{
        entry::Time,
        failure::{Failure, FailureKind},
        query::Window,
        stamp::Stamp,
    },
};

use crate::story::{Story, start};

/// `2·ceil(log2(n / 50)) + 5`
fn bound(entries: usize) -> usize {
    2 * entries.div_ceil(50).next_power_of_two().trailing_zeros() as usize + 5
}

#[test]
fn g_goes_to_the_oldest_entry_without_loading_all_between() {
    for entries in [51, 90, 190, 1_000, 10_000, 12_849, 25_601] {
        let mut story = Story::new(entries);
        story.settle().keys("G").settle();
        assert_eq!(story.at(), Some(0), "{entries}");
        assert!(story.shows("── start of the ticket"), "{entries}: {:#?}", story.screen());
        let asked = story.requests.len();
        assert!(asked <= bound(entries), "{entries}: {asked}");
        story.keys("g").settle();
        assert_eq!(story.at(), Some(entries - 1));
    }
}

#[test]
fn every_moment_of_a_log_is_found_within_the_bound() {
    for at in [9_990, 9_940, 9_899, 7_000, 5_000, 1_234, 60, 49, 7, 0] {
        let mut story = Story::new(10_000);
        let moment = start() + chrono::TimeDelta::minutes(5 * i64::try_from(at).unwrap() + 2);
        let words = moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        story.settle().keys(&format!("t{words}<enter>")).settle();
        assert_eq!(story.at(), Some(at), "{words}");
        assert!(story.requests.len() <= 21, "{at}: {}", story.requests.len());
        assert!(story.shows("no entry between"), "{:#?}", story.screen());
    }
}

#[test]
fn the_line_echoes_what_it_understood_and_escape_leaves_it() {
    let mut story = Story::new(190);
    story.settle().keys("t");
    assert!(story.shows("time:    14:02, yesterday, -3d"), "{:#?}", story.screen());
    story.keys("13.8. 9:");
    assert!(story.shows("not a time yet"), "{:#?}", story.screen());
    story.keys("30");
    assert!(story.shows("time: 13.8. 9:30   Tue 13 Aug 2024 09:30 Oslo"), "{:#?}", story.screen());
    story.keys("<esc>");
    assert!(story.shows("j k move"));
    assert_eq!(story.requests.len(), 1);
}

#[test]
fn a_paste_goes_to_the_line_that_is_typed_and_nowhere_else() {
    let mut story = Story::new(190);
    let paste = |text: &str| Message::Pasted(text.to_owned());
    story.settle();
    let (screen, asked) = (story.screen(), story.requests.len());
    story.tell(paste("q\rG"));
    assert_eq!((story.screen(), story.requests.len()), (screen, asked));
    assert_eq!(story.others, []);
    story.keys("t");
    story.tell(paste("\n13.8.\r\n9:30 \u{1b}\r"));
    assert!(story.shows("time: 13.8. 9:30   Tue 13 Aug 2024 09:30 Oslo"), "{:#?}", story.screen());
    story.keys("<esc>");
    assert_eq!(story.others, [], "pasted line breaks are no Enter");
}

#[test]
fn the_hole_that_a_jump_leaves_is_honest_and_back_leads_to_where_it_began() {
    let mut story = Story::new(10_000);
    story.settle().keys("jjjjj");
    let (at, line) = (story.at(), story.cursor_line());
    story.keys("G").settle();
    for _ in 0..120 {
        story.keys("k").settle();
    }
    assert_eq!(story.at(), Some(120), "upwards, runs are extended at their newest end");
    story.keys("g").settle().keys("G").settle().keys("<c-o>").settle();
    assert_eq!(story.at(), Some(9_999));
    let mut story = Story::new(10_000);
    story.settle().keys("jjjjjG").settle();
    let runs: Vec<_> = story.loaded().iter().map(|run| (run[0], run.len())).collect();
    assert_eq!(runs.len(), 2, "{runs:?}");
    story.keys("''").settle();
    assert_eq!((story.at(), story.cursor_line()), (at, line));
    story.keys(&"j".repeat(46));
    assert!(story.shows("── loading older entries ──"), "{:#?}", story.screen());
    story.keys("<c-o>").settle();
    assert_eq!(story.at(), Some(0), "and back again");
}

#[test]
fn a_jump_shows_its_progress_and_can_be_cancelled() {
    for key in ["<esc>", "<c-c>"] {
        let mut story = Story::new(10_000);
        story.settle().keys("G");
        assert!(
            story.shows("looking for the oldest entry · 1 request  esc cancels"),
            "{:#?}",
            story.screen()
        );
        story.answer();
        story.keys(key).settle();
        assert!(!story.shows("looking for"), "{:#?}", story.screen());
        assert_eq!(story.at(), Some(9_999));
        assert!(story.others.is_empty(), "{:?}", story.others);
        story.keys("<c-c>");
        assert_eq!(story.others, [Effect::Quit(0)]);
    }
}

#[test]
fn a_failure_ends_a_jump_with_its_sentence() {
    let mut story = Story::new(10_000);
    story.settle().keys("G");
    story.fail(Failure::new(FailureKind::Trouble, "The server did not answer."));
    assert!(story.shows("the jump was given up: The server did not answer."), "{:#?}", story.screen());
    story.keys("rG").settle();
    assert_eq!(story.at(), Some(0));
}

#[test]
fn times_out_of_order_are_noticed_and_the_log_is_read_in_sequence() {
    let mut story = Story::new(900);
    let early = story.server[0].time.clone();
    for entry in &mut story.server[300..800] {
        entry.time = early.clone();
    }
    story.server[700].time = Time::At(Stamp::parse("2025-01-01T00:00:00Z").unwrap());
    story.server[500].time = Time::At(Stamp::parse("2025-01-01T00:00:00Z").unwrap());
    story.settle().keys("t2023-08-03T12:30:00Z<enter>").settle();
    assert!(story.at().is_some());
    assert!(story.requests.len() < 60, "{}", story.requests.len());
}

#[test]
fn arrivals_during_a_jump_do_not_lead_it_astray() {
    for arrivals in [1, 7, 60] {
        let mut story = Story::new(3_000);
        story.settle();
        let moment = start() + chrono::TimeDelta::minutes(5 * 1_000);
        story.keys(&format!("t{}<enter>", moment.format("%Y-%m-%dT%H:%M:%SZ")));
        let mut answers = 0;
        while story.answer() {
            answers += 1;
            if answers % 3 == 0 {
                story.arrive(arrivals);
            }
            assert!(answers < 200, "{arrivals}");
        }
        assert_eq!(story.at(), Some(1_000), "{arrivals}");
        for run in story.loaded() {
            let expected: Vec<usize> = (*run.last().unwrap()..=run[0]).rev().collect();
            assert_eq!(run, expected);
        }
    }
}

#[test]
fn days_and_silences_are_leaps() {
    let mut story = Story::new(2_000);
    story.settle().keys("J").settle();
    let first = story.at().unwrap();
    assert!(story.requests.len() <= 9, "{:?}", story.requests);
    story.keys("J").settle();
    assert_eq!(first - story.at().unwrap(), 288, "a day of entries every five minutes");
    story.keys("K").settle();
    assert!(story.at().unwrap() > first - 288);
    story.keys(")");
    assert!(story.shows("no long silence"));
}

/// P09: the change from summer time.
#[test]
fn of_an_hour_that_the_clocks_show_twice_the_later_one_is_meant_and_the_day_has_25_hours() {
    let mut story = Story::new(26_000);
    // Oslo puts its clocks back on 29 October 2023 at 01:00 UTC.
    story.settle().keys("t2023-10-29 02:30<enter>").settle();
    assert_eq!(story.at(), Some(24_930), "01:30 UTC: {:#?}", story.screen());
    story.keys("J").settle();
    assert_eq!(story.at(), Some(24_887), "21:55 UTC, the last of the day before: {:#?}", story.screen());
    story.keys("t2023-10-29 01:55<enter>").settle();
    assert_eq!(story.at(), Some(24_911), "23:55 UTC: {:#?}", story.screen());
}

#[test]
fn a_server_that_caps_its_pages_is_not_taken_for_the_end_of_the_log() {
    let mut story = Story::new(190);
    let capped = |story: &mut Story| {
        for _ in 0..40 {
            story.keys("jjjjjj");
            while let Some(Effect::FetchLog { generation, query, window, .. }) = story.asked.pop_front() {
                let answer = Ok(story.page(&query, Window { take: window.take.min(25), ..window }));
                story.tell(ticketlog::message::Message::Log { generation, window, answer });
            }
        }
    };
    capped(&mut story);
    story.asked.clear();
    capped(&mut story);
    assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()]);
}

#[test]
fn deep_in_the_log_a_narrower_query_is_found_by_a_jump() {
    let mut story = Story::new(10_000);
    let moment = start() + chrono::TimeDelta::minutes(5 * 5_001);
    story.settle().keys(&format!("t{}<enter>", moment.format("%Y-%m-%dT%H:%M:%SZ"))).settle();
    assert_eq!(story.at(), Some(5_001), "a reply");
    let before = story.requests.len();
    story.keys("fg");
    while !story.screen().iter().any(|line| line.starts_with("▌[") && line.contains("reply")) {
        story.keys("j");
    }
    story.keys("o<enter>").rest();
    assert_eq!(story.at(), Some(5_001));
    assert!(story.requests.len() - before <= 22, "{}", story.requests.len() - before);
    let loaded = story.loaded();
    let run = loaded.iter().find(|run| run.contains(&5_001)).unwrap();
    assert!(run.len() >= 50, "the window round the cursor was read: {}", run.len());
    story.keys("fa<enter>").rest();
    assert_eq!(story.at(), Some(5_001));
}

#[test]
fn after_a_jump_the_header_claims_no_more_than_is_true() {
    let mut story = Story::new(2_000);
    story.settle();
    assert!(story.screen()[1].starts_with("50 loaded, back to "), "{}", story.screen()[1]);
    story.keys("G").settle();
    assert!(story.screen()[1].contains("loaded in 2 stretches"), "{}", story.screen()[1]);
    assert!(story.shows(" shown, holes between"), "{:#?}", story.screen());
}

/// Answers everything that is asked while so many entries arrive after each answer; tells how many there were.
fn settle_while_it_grows(story: &mut Story, arrivals: usize) -> usize {
    let mut answers = 0;
    while answers < 1_000 && story.answer() {
        story.arrive(arrivals);
        answers += 1;
    }
    answers
}

#[test]
fn a_jump_in_a_log_that_grows_by_a_page_a_request_is_given_up_with_a_sentence() {
    for arrivals in [30, 47, 48, 49, 50, 60, 200] {
        for keys in ["G", "t2023-08-04 12:00<enter>"] {
            let mut story = Story::new(3_000);
            story.settle().keys(keys);
            let answers = settle_while_it_grows(&mut story, arrivals);
            assert!(answers <= 40, "{arrivals} {keys}: {answers}");
            let told = "the jump was given up: The log grows too fast. Try again later.";
            assert!(story.shows(told), "{arrivals} {keys}: {:#?}", story.screen());
            assert_eq!(story.at(), Some(2_999), "where it began");
            story.keys(keys).settle();
            assert!(!story.shows("given up") && story.at() < Some(300), "it rests: {:#?}", story.screen());
        }
    }
}

#[test]
fn a_log_that_grows_by_a_page_a_request_is_not_read_for_ever() {
    for arrivals in [48, 49, 50, 60, 200] {
        let mut story = Story::new(3_000);
        story.settle().keys("A");
        let answers = settle_while_it_grows(&mut story, arrivals);
        assert!(answers <= 30, "{arrivals}: {answers}");
        story.keys("GG");
        assert!(
            story.shows("The log grows faster than it can be read."),
            "{arrivals}: {:#?}",
            story.screen()
        );
        story.keys("rA").settle();
        let total = story.server.len();
        assert_eq!(story.model.reader.log().total(), Some(total), "it rests");
    }
}

#[test]
fn without_an_earlier_jump_the_way_back_says_that_there_is_none() {
    for keys in ["<c-o>", "''"] {
        let mut story = Story::new(190);
        story.settle().keys(keys);
        assert!(story.shows("no jump leads back"), "{keys}: {:#?}", story.screen());
        assert!(story.asked.is_empty(), "{keys}");
    }
}
