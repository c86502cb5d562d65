//! A server that keeps to less than it should: its own order, its own pages.

use ticketlog::{
    message::{Effect, Message},
    model::{
        entry::{Entry, Time},
        query::Window,
        stamp::Stamp,
    },
};

use crate::story::Story;

/// Answers everything that is asked, as `page` says.
fn settle(story: &mut Story, page: impl Fn(&Story, Window) -> Vec<Entry>) {
    while let Some(asked) = story.asked.pop_front() {
        let Effect::FetchLog { generation, window, .. } = asked else { continue };
        let answer = Ok(page(story, window));
        story.tell(Message::Log { generation, window, answer });
        assert!(story.requests.len() < 200, "the model never stops asking");
    }
}

/// The server's entries from a place on, newest first.
fn from(story: &Story, skip: usize) -> Vec<Entry> {
    story.server.iter().rev().skip(skip).cloned().collect()
}

fn place(window: Window) -> usize {
    usize::try_from(window.skip).unwrap()
}

/// P16: the server's order stands.
#[test]
fn the_servers_order_is_kept_and_a_note_says_when_times_are_not_in_order() {
    let mut story = Story::new(190);
    let early = story.server[0].time.clone();
    story.server[100].time = early;
    story.settle();
    assert!(!story.shows("times not in order"), "{:#?}", story.screen());
    for _ in 0..15 {
        story.keys("<space>").settle();
    }
    assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()]);
    assert!(story.shows("times not in order"), "{:#?}", story.screen());
}

/// P16: equal times and other offsets are no disorder.
#[test]
fn equal_times_and_other_zones_are_in_order() {
    let mut story = Story::new(190);
    for (at, entry) in story.server.iter_mut().enumerate() {
        let zone = ["00:00:00Z", "03:00:00+03:00", "23:30:00-00:30"][at % 3];
        let day = if at % 3 == 2 { 1 } else { 2 };
        entry.time = Time::At(Stamp::parse(&format!("2024-01-0{day}T{zone}")).unwrap());
    }
    story.settle();
    for _ in 0..15 {
        story.keys("<space>").settle();
    }
    assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()]);
    assert!(!story.shows("times not in order"), "{:#?}", story.screen());
}

/// P14: a server that gives more.
#[test]
fn a_server_that_gives_more_than_is_asked_for_is_read_to_its_end() {
    for keys in ["<space>", "G"] {
        let mut story = Story::new(190);
        let all = |story: &Story, window: Window| from(story, place(window));
        settle(&mut story, all);
        for _ in 0..20 {
            story.keys(keys);
            settle(&mut story, all);
        }
        assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()], "{keys}");
        assert!(story.requests.len() <= 9, "{:?}", story.requests);
    }
}

/// P14: a server that ignores skip and take.
#[test]
fn a_server_that_gives_the_whole_log_for_every_place_is_noticed_and_no_longer_asked() {
    for keys in ["<space>", "G"] {
        let mut story = Story::new(190);
        settle(&mut story, |story, _| from(story, 0));
        for _ in 0..20 {
            story.keys(keys);
            settle(&mut story, |story, _| from(story, 0));
        }
        assert!(story.requests.len() <= 12, "{keys}: {:?}", story.requests);
        assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()], "nothing twice");
        assert!(story.shows("The server gives the same page"), "{keys}: {:#?}", story.screen());
    }
}

/// P13: an empty page in the middle.
#[test]
fn an_empty_answer_in_the_middle_ends_what_is_read_and_never_loops() {
    let mut story = Story::new(190);
    let broken = |story: &Story, window: Window| match place(window) {
        0 => story.server.iter().rev().take(window.take.into()).cloned().collect(),
        _ => Vec::new(),
    };
    settle(&mut story, broken);
    for _ in 0..20 {
        story.keys("<space>");
        settle(&mut story, broken);
    }
    assert!(story.requests.len() <= 12, "{:?}", story.requests);
    assert_eq!(story.loaded().concat(), (140..190).rev().collect::<Vec<_>>());
}

#[test]
fn as_many_equal_entries_as_servers_like_to_give_at_once_are_a_whole_log() {
    for count in [10, 20, 25] {
        let mut story = Story::new(count);
        for at in 0..count {
            story.server[at] = crate::story::entry(0);
        }
        story.settle().keys("G").settle().keys("<space>").settle();
        assert_eq!(story.model.reader.log().total(), Some(count), "{:#?}", story.screen());
        assert!(!story.shows("The server gives the same page"));
    }
}

#[test]
fn a_jump_in_an_empty_log_ends_with_its_first_answer() {
    let mut story = Story::new(0);
    story.keys("t2024-01-01 10:00<enter>").settle();
    let log = story.requests.len();
    assert!(log <= 2, "{:?}", story.requests);
    assert!(!story.shows("looking for"), "{:#?}", story.screen());
}

#[test]
fn an_answer_cut_short_is_no_end_when_another_one_shows_what_follows() {
    for order in [[0, 1], [1, 0]] {
        let mut story = Story::new(190);
        story.settle().keys("A");
        let mut under_way: Vec<Effect> = story.asked.drain(..).collect();
        assert_eq!(under_way.len(), 2, "{under_way:?}");
        let cut = under_way[0].clone();
        for at in order {
            let Effect::FetchLog { generation, window, .. } = under_way[at].clone() else { panic!() };
            let take = if under_way[at] == cut { 7 } else { 50 };
            let page = from(&story, place(window)).into_iter().take(take).collect();
            story.tell(Message::Log { generation, window, answer: Ok(page) });
        }
        under_way.clear();
        story.settle();
        assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()], "{order:?}");
    }
}

/// P14: a server that gives fewer.
#[test]
fn a_server_that_always_gives_fewer_than_asked_for_is_read_to_the_end() {
    for most in [7, 10, 25, 30, 49] {
        let mut story = Story::new(190);
        let page = |story: &Story, window: Window| {
            from(story, place(window)).into_iter().take(most.min(window.take.into())).collect()
        };
        story.keys("A");
        settle(&mut story, page);
        for _ in 0..3 {
            story.keys("GA");
            settle(&mut story, page);
        }
        assert_eq!(story.loaded(), [(0..190).rev().collect::<Vec<_>>()], "{most}: {:#?}", story.screen());
        assert_eq!(story.model.reader.log().total(), Some(190), "{most}");
    }
}

#[test]
fn equal_entries_that_are_no_neighbours_never_make_it_ask_for_ever() {
    let mut story = Story::new(0);
    let between = (6..131).chain(std::iter::repeat_n(131, 68));
    let repeated = std::iter::repeat_n(5, 52).chain([6]).chain(std::iter::repeat_n(5, 137));
    story.server = (0..5).chain(repeated).chain(between).map(crate::story::entry).collect();
    story.keys("A").settle();
    assert!(story.requests.len() <= 60, "{}", story.requests.len());
}

#[test]
fn entries_that_arrive_above_a_short_log_are_no_sign_that_the_server_gives_fewer_than_asked_for() {
    let mut story = Story::new(0);
    story.server.extend((1..3).map(crate::story::entry));
    for asked in story.asked.drain(..).collect::<Vec<_>>() {
        story.answer_to(asked);
    }
    assert_eq!(story.asked.len(), 1, "two entries may be all that the server gives at once");
    story.server.extend((3..6).map(crate::story::entry));
    story.settle();
    story.server.extend((6..400).map(crate::story::entry));
    story.keys("rG").settle();
    let before = story.requests.len();
    for _ in 0..100 {
        story.keys("k").settle();
    }
    assert_eq!(story.at(), Some(101));
    assert!(story.requests.len() <= before + 14, "{:?}", &story.requests[before..]);
}

#[test]
fn the_second_short_answer_of_a_server_that_gives_fewer_than_asked_for_is_no_end_either() {
    let mut story = Story::new(190);
    let few = |story: &Story, window: Window| from(story, place(window)).into_iter().take(7).collect();
    for _ in 0..8 {
        story.keys("<space>");
        settle(&mut story, few);
        assert!(!story.model.reader.log().reaches_start(), "{:?}", story.loaded());
    }
}

#[test]
fn times_are_in_order_again_once_what_was_not_is_gone() {
    let mut story = Story::new(30);
    let early = story.server[0].time.clone();
    story.server[25].time = early;
    story.settle();
    assert!(story.shows("times not in order"), "{:#?}", story.screen());
    story.server.remove(25);
    story.keys("r").settle();
    assert!(!story.shows("times not in order"), "{:#?}", story.screen());
    assert_eq!(story.loaded().concat(), (0..25).chain(26..30).rev().collect::<Vec<_>>());
}
