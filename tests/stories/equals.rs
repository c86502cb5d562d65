//! Equal entries that the log begins with, more than an answer holds: what arrives is counted, and nothing that is
//! loaded is read again for it.

use ticketlog::{
    message::{Effect, Message},
    model::failure::{Failure, FailureKind, Retry},
};

use crate::story::{Story, entry};

/// A story of so many entries that all are equal but for some older ones, all of them loaded.
fn loaded(older: usize, equal: usize) -> Story {
    let mut story = Story::new(older + equal);
    for at in older..older + equal {
        story.server[at] = entry(older);
    }
    story.settle().keys("A").settle();
    assert_eq!(story.model.reader.log().total(), Some(older + equal));
    story
}

/// So many entries arrive that equal the newest one.
fn arrive(story: &mut Story, count: usize) {
    let newest = story.server.last().unwrap().clone();
    story.server.extend(vec![newest; count]);
}

#[test]
fn equal_entries_that_arrive_above_equal_ones_are_counted_and_nothing_is_read_again() {
    for (older, equal) in [(0, 300), (40, 260), (3, 50)] {
        for arrived in [1, 7, 23, 24, 30, 50] {
            let mut story = loaded(older, equal);
            let (before, count) = (story.requests.len(), older + equal + arrived);
            arrive(&mut story, arrived);
            story.keys("r");
            while story.answer() {
                assert!(story.model.reader.log().loaded() >= older + equal, "{older}, {equal}, {arrived}");
            }
            assert_eq!(story.model.reader.log().total(), Some(count), "{older}, {equal}, {arrived}");
            // The head before and after, where the equal ones end, and what is behind the end; which is read on from
            // where that is an equal one, too.
            let asked = story.requests.len() - before;
            assert!(asked <= 9, "{older}, {equal}, {arrived}: {asked}");
            assert!(!story.shows("read again"), "{:#?}", story.screen());
        }
    }
}

#[test]
fn where_more_of_them_arrive_than_an_answer_holds_it_is_said_that_they_are_read_again() {
    for (older, equal) in [(0, 300), (40, 260)] {
        let mut story = loaded(older, equal);
        arrive(&mut story, 90);
        story.keys("jr").settle();
        assert!(
            story.shows("equal entries are read again to count them, A loads them all"),
            "{:#?}",
            story.screen()
        );
        story.keys("A").settle();
        assert_eq!(
            story.model.reader.log().total(),
            Some(390 - 300 + older + equal),
            "{:#?}",
            story.screen()
        );
    }
}

#[test]
fn an_entry_that_arrives_above_equal_ones_while_they_are_counted_is_no_equal_one() {
    for after in 0..3 {
        let mut story = loaded(40, 260);
        arrive(&mut story, 5);
        story.keys("r");
        for _ in 0..after {
            story.answer();
        }
        story.server.push(entry(700));
        story.settle();
        story.keys("rA").settle();
        let loaded = story.loaded().concat();
        assert_eq!((loaded.len(), loaded[0], loaded[1]), (306, 700, 40), "{after}: {:#?}", story.screen());
    }
}

#[test]
fn an_answer_cut_short_above_where_equal_entries_are_known_to_end_breaks_nothing() {
    let mut story = loaded(0, 63);
    arrive(&mut story, 64);
    story.keys("r");
    let mut was_cut = false;
    while let Some(asked) = story.asked.pop_front() {
        let Effect::FetchLog { generation, ref query, window, .. } = asked else {
            story.answer_to(asked);
            continue;
        };
        let mut page = story.page(query, window);
        if window.skip > 0 && window.take == 50 && !was_cut {
            page.truncate(25);
            was_cut = true;
        }
        story.tell(Message::Log { generation, window, answer: Ok(page) });
    }
    story.keys("rA").settle();
    assert!(was_cut);
    assert_eq!(story.model.reader.log().total(), Some(127), "{:#?}", story.screen());
}

#[test]
fn what_arrives_before_the_head_is_asked_for_again_is_counted_too() {
    for fails in [true, false] {
        let mut story = loaded(40, 69);
        arrive(&mut story, 15);
        // The head and what is behind the end, where the equal ones end, and the head again.
        let so_far = story.requests.len();
        story.keys("r");
        while story.requests.len() < so_far + 4 {
            assert!(story.answer());
        }
        if fails {
            let no = Failure::new(FailureKind::Trouble, "No.").with_retry(Retry::Never);
            while !story.asked.is_empty() {
                story.fail(no.clone());
            }
        }
        arrive(&mut story, 30);
        story.keys("r").settle();
        let log = story.model.reader.log();
        assert_eq!((log.total(), log.failure()), (Some(154), None), "{fails}: {:#?}", story.screen());
    }
}

#[test]
fn a_log_that_ends_with_equal_entries_and_grows_now_and_then_is_none_that_changes() {
    for pattern in 0..3_usize.pow(6) {
        let mut story = Story::new(12);
        story.server[..9].fill(entry(0));
        story.settle().keys("r");
        // How many arrive after each of the first answers.
        let arrivals: Vec<usize> = (0..6).map(|at| [0, 1, 13][pattern / 3_usize.pow(at) % 3]).collect();
        for count in &arrivals {
            story.answer();
            story.arrive(*count);
        }
        story.settle();
        let log = story.model.reader.log();
        assert!(log.failure().is_none(), "{arrivals:?}: {:#?}", story.screen());
        story.keys("r").settle().keys("A").settle();
        let log = story.model.reader.log();
        assert_eq!(log.total(), Some(story.server.len()), "{arrivals:?}: {:#?}", story.screen());
        assert!(!story.model.reader.was_reread(), "{arrivals:?}");
    }
}
