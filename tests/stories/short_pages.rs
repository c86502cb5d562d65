//! A server gives fewer entries than it has, once or always for one place: that is no end of the log for good.

use ticketlog::{
    message::{Effect, Message},
    model::{
        query::Window,
        text::Untrusted,
        time_words::{Moment, Unit},
    },
};

use crate::{
    days::{NO_DAY, spaced},
    story::Story,
};

/// Answers until nothing is asked any more; the windows that are chosen get only so many entries, so many times. Tells how
/// many log requests there were.
fn settle(story: &mut Story, chosen: impl Fn(Window) -> bool, length: u16, times: usize) -> usize {
    let (mut left, mut count) = (times, 0);
    while let Some(asked) = story.asked.pop_front() {
        let Effect::FetchLog { generation, ref query, window, .. } = asked else {
            story.answer_to(asked);
            continue;
        };
        count += 1;
        assert!(count < 400, "the model never stops asking");
        let is_short = left > 0 && chosen(window);
        left -= usize::from(is_short);
        let take = if is_short { window.take.min(length) } else { window.take };
        let answer = Ok(story.page(query, Window { take, ..window }));
        story.tell(Message::Log { generation, window, answer });
    }
    count
}

/// The last page of a jump.
fn is_landing(window: Window) -> bool {
    window.take == 50 && window.skip > 0
}

/// The requests of a jump, and the entry that it lands on.
fn jump(length: u16, times: usize) -> (usize, Option<usize>) {
    let mut story = Story::new(3_000);
    story.settle().keys("t2023-08-10 13:13<enter>");
    let landing = std::cell::Cell::new(None);
    let is_first = |window: Window| {
        is_landing(window)
            && landing.replace(landing.get().or(Some(window.skip))).is_none_or(|at| at == window.skip)
    };
    let count = settle(&mut story, is_first, length, times);
    assert!(!story.model.reader.log().reaches_start(), "{length}, {times}: {:#?}", story.screen());
    assert!(!story.shows("no entry before"), "{length}, {times}: {:#?}", story.screen());
    let at = story.at();
    story.keys("A").settle();
    assert_eq!(story.model.reader.log().total(), Some(3_000), "{length}, {times}");
    (count, at)
}

#[test]
fn a_short_page_at_the_end_of_a_jump_is_no_end_above_an_entry_that_the_jump_has_seen() {
    let (usual, at) = jump(50, 0);
    assert_eq!(at, Some(2_006));
    for length in [3, 12, 30] {
        assert_eq!(jump(length, 1), (usual + 1, at), "{length}: asked for once more");
        let (count, landed) = jump(length, 400);
        assert_eq!(landed, at, "{length}");
        assert!(count <= usual + 8, "{length}: {count} requests, {usual} usually");
    }
}

/// 700 entries, read from the head down to a page that comes short once.
fn cut_short(length: u16) -> Story {
    let mut story = Story::new(700);
    for _ in 0..20 {
        settle(story.keys("<space>"), |window| window.skip == 96, length, 1);
        if story.model.reader.log().reaches_start() {
            break;
        }
    }
    story
}

#[test]
fn an_end_that_was_a_short_page_is_found_to_be_none_by_whoever_asks() {
    for length in [30, 40] {
        let all = usize::from(96 + length);
        for (keys, most) in [("r", 2), ("A", 15), ("G", 20)] {
            let mut story = cut_short(length);
            assert_eq!(story.model.reader.log().total(), Some(all), "{length}");
            let count = settle(story.keys(keys), |_| false, 0, 0);
            assert_ne!(
                story.model.reader.log().total(),
                Some(all),
                "{length}, {keys}: {:#?}",
                story.screen()
            );
            assert!(story.shows("the log changed, read again"), "{length}, {keys}: {:#?}", story.screen());
            assert!(count <= most, "{length}, {keys}: {count} requests");
            if keys == "G" {
                assert_eq!(story.at(), Some(0), "{length}");
            }
            story.keys("A").settle();
            assert_eq!(story.model.reader.log().total(), Some(700), "{length}, {keys}");
        }
    }
}

#[test]
fn a_look_behind_the_end_that_arrivals_stood_in_the_way_of_is_taken_again() {
    for is_head_first in [true, false] {
        let mut story = cut_short(30);
        story.arrive(40).keys("r");
        if !is_head_first {
            story.asked.make_contiguous().reverse();
        }
        story.settle();
        assert!(!story.model.reader.log().reaches_start(), "{is_head_first}: {:#?}", story.screen());
    }
    // Whoever jumps there has not asked for the head.
    let mut story = cut_short(30);
    story.arrive(40).keys("G").settle();
    assert_eq!(story.at(), Some(0), "{:#?}", story.screen());
}

#[test]
fn a_page_that_brings_nothing_but_what_it_repeats_is_asked_for_once_more() {
    let mut story = cut_short(2);
    assert!(!story.shows("start of the ticket"), "{:#?}", story.screen());
    for _ in 0..40 {
        story.keys("<space>").settle();
    }
    assert_eq!(story.model.reader.log().total(), Some(700));
    assert_eq!(story.requests.len(), 16, "one more than 700 entries cost");
}

#[test]
fn a_log_that_is_whole_costs_one_request_more_to_look_behind_its_end() {
    let mut story = Story::new(190);
    story.settle().keys("A").settle();
    for (keys, asked) in [("r", 2), ("A", 1), ("G", 0), ("gj", 0)] {
        let before = story.requests.len();
        story.keys(keys).settle();
        assert_eq!(story.requests.len() - before, asked, "{keys}");
        assert_eq!(story.model.reader.log().total(), Some(190), "{keys}");
        assert!(!story.shows("the log changed"), "{keys}: {:#?}", story.screen());
    }
}

#[test]
fn what_arrives_is_not_taken_for_what_stands_behind_the_end() {
    for arrivals in [1, 2, 3, 49, 60, 200] {
        let mut story = Story::new(190);
        story.settle().keys("A").settle();
        story.arrive(arrivals).keys("r").settle();
        assert!(!story.shows("the log changed"), "{arrivals}: {:#?}", story.screen());
        assert!(story.model.reader.log().reaches_start(), "{arrivals}");
    }
}

#[test]
fn a_log_of_one_entry_is_asked_for_once() {
    let mut story = Story::new(1);
    story.settle();
    assert_eq!((story.requests.len(), story.model.reader.log().total()), (1, Some(1)));
    story.arrive(1).keys("r").settle();
    assert_eq!(story.model.reader.log().total(), Some(2), "{:#?}", story.screen());
}

#[test]
fn an_end_of_which_nobody_knows_the_place_any_more_is_looked_for_and_behind_it() {
    let mut story = cut_short(30);
    story.arrive(140).keys("r").settle();
    story.keys("G").settle();
    assert_eq!(story.at(), Some(0), "{:#?}", story.screen());
}

#[test]
fn a_log_of_two_entries_is_asked_for_once_where_the_older_one_is_the_creation() {
    let mut story = Story::new(2);
    story.settle();
    // Then what stands below the first one, and the head again: one entry alone does not tell that nothing moved.
    assert_eq!((story.requests.len(), story.model.reader.log().total()), (3, Some(2)));
    let mut story = Story::unopened(2);
    story.server[0].action_type = Untrusted::new("ticket_created");
    story.open();
    story.settle();
    assert_eq!((story.requests.len(), story.model.reader.log().total()), (1, Some(2)));
}

#[test]
fn a_day_of_which_nothing_is_shown_is_read_on_behind_a_short_page() {
    let mut story = spaced(700, 7);
    story.keys("J&/no entry/<enter>");
    assert!(story.model.reader.progress().is_some());
    settle(&mut story, |window| window.take == 50 && window.skip > 300, 12, 1);
    assert_eq!(story.model.reader.log().total(), Some(700), "{:#?}", story.screen());
    assert!(story.shows(NO_DAY), "{:#?}", story.screen());
}

#[test]
fn a_short_page_of_a_jump_that_was_given_up_is_no_end_above_what_is_loaded() {
    let mut story = Story::new(700);
    story.settle().arrive(84).keys("r").settle();
    assert_eq!(story.loaded().len(), 2, "{:?}", story.loaded());
    let wanted = story.server[701].stamp().unwrap().instant();
    story.tell(Message::GoTo(Moment { at: wanted, unit: Unit::Instant }));
    let is_last = |asked: &Effect| matches!(asked, Effect::FetchLog { window, .. } if is_landing(*window));
    while !story.asked.front().is_some_and(is_last) {
        assert!(story.answer(), "no page is asked for");
    }
    story.keys("<esc>");
    settle(&mut story, is_landing, 3, 1);
    assert!(!story.model.reader.log().reaches_start(), "{:?}", story.loaded());
    story.keys("G").settle();
    assert_eq!(story.at(), Some(0), "{:#?}", story.screen());
}

#[test]
fn a_short_page_is_no_end_above_an_entry_that_the_jump_under_way_has_seen() {
    // Also where it is known by then how many entries the server gives.
    for cut in [None, Some(20)] {
        let mut story = Story::new(700);
        story.settle();
        let least = if cut.is_some() { 150 } else { 50 };
        while story.loaded().concat().len() < least {
            settle(story.keys("<space>"), |window| window.skip == 48, cut.unwrap_or(50), 1);
        }
        while story.asked.is_empty() {
            story.keys("<space>");
        }
        let below = story.requests.last().unwrap().1;
        let wanted = 699 - usize::try_from(below.skip).unwrap() - 9;
        let instant = story.server[wanted].stamp().unwrap().instant();
        story.tell(Message::GoTo(Moment { at: instant, unit: Unit::Instant }));
        story.asked.make_contiguous().reverse();
        assert!(story.answer(), "the probe comes first");
        settle(&mut story, |window| window == below, 12, 1);
        assert_eq!(story.at(), Some(wanted), "{:#?}", story.screen());
        assert!(!story.model.reader.log().reaches_start(), "{cut:?}: {:?}", story.loaded());
        story.keys("A").settle();
        assert_eq!(story.model.reader.log().total(), Some(700), "{:#?}", story.screen());
    }
}
