//! Following.

use std::time::Duration;

use ratatui::layout::Size;
use ticketlog::{
    message::{Effect, Message},
    model::{
        Setup,
        failure::{Failure, FailureKind},
        follow::{Follow, Following},
        saved_view::Resume,
        subject::Subject,
        text::Untrusted,
    },
};

use crate::story::Story;

fn opened(entries: usize) -> Story {
    let mut story = Story::new(entries);
    story.settle();
    story
}

fn following(entries: usize) -> Story {
    let mut story = opened(entries);
    story.keys("F").settle();
    story
}

#[test]
fn following_is_said_in_the_header_and_ended_by_the_same_key() {
    let mut story = following(20);
    assert!(story.screen()[0].ends_with("following, as of 14:00"), "{}", story.screen()[0]);
    story.keys("F");
    assert!(
        story.screen()[0].ends_with(" as of 14:00") && !story.shows("following"),
        "{}",
        story.screen()[0]
    );
    let asked = story.requests.len();
    story.rest();
    assert_eq!(story.requests.len(), asked, "a wait that was begun before asks for nothing any more");
}

#[test]
fn what_arrives_comes_on_the_screen_with_a_mark_until_the_next_key() {
    let mut story = following(20);
    story.arrive(2).rest();
    assert_eq!(story.at(), Some(21));
    let rows = story.screen();
    assert!(rows[2].starts_with('▌') && rows[2].ends_with("entry 21"), "{}", rows[2]);
    assert!(rows[3].starts_with('+') && rows[4].starts_with(' '), "{rows:#?}");
    story.keys("j");
    let rows = story.screen();
    assert!(rows[2].starts_with(' ') && rows[3].starts_with('▌'), "looked at: {rows:#?}");
}

#[test]
fn the_screen_stands_still_for_whoever_has_moved_away_and_polling_goes_on() {
    let mut story = following(60);
    story.keys("jjj").settle();
    let before = story.screen();
    story.arrive(3).rest();
    let after = story.screen();
    assert_eq!(after[2..16], before[2..16]);
    assert!(after[1].starts_with("3 new above, g"), "{}", after[1]);
    story.keys("g");
    assert_eq!(story.at(), Some(62));
    assert!(story.screen()[3].starts_with('+'), "not looked at until a key after it was shown");
    story.arrive(1).rest();
    assert_eq!(story.at(), Some(63), "back at the newest entry, the screen moves along again");
}

/// The newest entry was edited while four arrived above it.
fn edited_head(story: &mut Story) {
    let newest = story.server.last_mut().unwrap();
    newest.action = Untrusted::new(format!("{}, edited", newest.action.raw_for_export()));
    story.arrive(4);
}

#[test]
fn what_arrives_with_an_edited_head_is_followed_all_the_same() {
    for entries in [60, 2, 1] {
        let mut story = opened(entries);
        story.model.follow = Follow::new(Duration::from_secs(15), true);
        story.keys("F").settle();
        edited_head(&mut story);
        story.rest();
        assert!(story.screen()[2].ends_with(&format!("entry {}", entries + 3)), "{:#?}", story.screen());
        assert_eq!(story.cursor_line(), Some(2));
        let marked = story.screen().iter().filter(|row| row.starts_with('+')).count();
        assert_eq!(marked, 3, "beside the one at the cursor, which is new, too: {:#?}", story.screen());
        assert_eq!(story.others.iter().filter(|effect| **effect == Effect::Bell).count(), 1);
        story.arrive(1).rest();
        assert_eq!(story.at(), Some(entries + 4), "it goes on");
    }
}

#[test]
fn a_refresh_counts_what_arrived_above_an_edited_head() {
    for entries in [60, 2, 1] {
        let mut story = opened(entries);
        edited_head(&mut story);
        story.keys("r").settle();
        let rows = story.screen();
        assert!(rows[1].starts_with("4 new above, g"), "{rows:#?}");
        let cursor = story.cursor_line().unwrap();
        assert!(rows[cursor].ends_with(&format!("entry {}, edited", entries - 1)), "{rows:#?}");
        story.keys("g");
        assert!(!story.shows("new above"));
    }
}

#[test]
fn an_edited_head_alone_is_no_arrival() {
    let mut story = opened(60);
    story.model.follow = Follow::new(Duration::from_secs(15), true);
    story.keys("F").settle();
    edited_head(&mut story);
    story.server.truncate(60);
    story.rest();
    assert!(story.shows("the log changed, read again") && !story.shows("new above"), "{:#?}", story.screen());
    assert!(!story.others.contains(&Effect::Bell));
}

#[test]
fn an_open_page_keeps_its_entry_while_others_arrive() {
    let mut story = following(20);
    story.keys("<enter>");
    let before = story.screen();
    story.arrive(2).rest();
    assert_eq!(story.at(), Some(19));
    assert_eq!(story.screen()[2..], before[2..]);
}

#[test]
fn the_bell_rings_once_an_answer_and_only_for_whoever_asked() {
    let mut story = following(20);
    story.arrive(2).rest();
    assert!(!story.others.contains(&Effect::Bell));
    story.model.follow = Follow::new(Duration::from_secs(15), true);
    story.keys("F").settle().arrive(3).rest().rest();
    assert_eq!(story.others.iter().filter(|effect| **effect == Effect::Bell).count(), 1);
}

#[test]
fn a_poll_that_fails_is_said_and_tried_again_by_itself() {
    let mut story = following(20);
    story.wake();
    story.fail(Failure::new(FailureKind::Trouble, "The server cannot be reached."));
    assert!(story.screen()[0].ends_with("offline since 14:00"), "{}", story.screen()[0]);
    assert_eq!(story.model.follow.following(), Following::On);
    story.arrive(1).rest();
    assert!(story.screen()[0].ends_with("following, as of 14:00"), "{}", story.screen()[0]);
    assert_eq!(story.at(), Some(20));
}

#[test]
fn a_refusal_ends_following_and_that_is_said_until_the_next_key() {
    let mut story = following(20);
    story.wake();
    story.fail(Failure::new(FailureKind::NotAuthorised, "The token is not valid any more."));
    assert_eq!(story.model.follow.following(), Following::Off);
    assert!(story.shows("following ended, F begins it again"), "{:#?}", story.screen());
    let asked = story.requests.len();
    story.rest();
    assert_eq!(story.requests.len(), asked);
    story.keys("j");
    assert!(!story.shows("following ended"));
    story.keys("F");
    assert_eq!(story.model.follow.following(), Following::On);
}

/// Whoever writes a file anew empties it first.
#[test]
fn a_file_that_cannot_be_read_for_a_moment_is_followed_on() {
    let size = Size { width: 80, height: 24 };
    for kind in [FailureKind::NoLog, FailureKind::Input] {
        let file = Subject::File(Untrusted::new("file log.ndjson"));
        let setup = Setup { subject: file, ..Story::setup(size, Resume::Nothing) };
        let mut story = Story::told(20, setup, Vec::new());
        story.settle().keys("F").settle();
        story.wake();
        story.fail(Failure::new(kind, "log.ndjson is empty."));
        assert_eq!(story.model.follow.following(), Following::On);
        assert!(story.screen()[0].contains("following, no"), "{}", story.screen()[0]);
        assert!(!story.shows("following ended"));
        story.arrive(1).rest();
        assert!(story.screen()[0].contains("following, read at"), "{}", story.screen()[0]);
        assert_eq!((story.at(), story.model.reader.log().loaded()), (Some(20), 21));
    }
}

#[test]
fn a_refresh_keeps_what_is_loaded_and_the_cursor_in_its_place() {
    let mut story = opened(120);
    for _ in 0..70 {
        story.keys("j").settle();
    }
    let before = (story.screen(), story.at(), story.model.reader.log().loaded());
    story.arrive(4).keys("r").settle();
    assert_eq!((story.at(), story.model.reader.log().loaded()), (before.1, before.2 + 4));
    assert_eq!(story.screen()[2..17], before.0[2..17]);
}

#[test]
fn following_goes_on_under_a_narrowing_and_after_it() {
    let mut story = following(60);
    story.keys("f o<enter>").rest();
    story.arrive(5).rest();
    story.keys("fa<enter>").rest();
    story.arrive(1).rest();
    assert_eq!(story.model.follow.following(), Following::On);
    assert_eq!(story.loaded()[0][0], 65);
}

#[test]
fn what_the_command_line_asks_for_is_followed_from_the_start() {
    let mut story = Story::new(20);
    story.tell(Message::Follow);
    story.settle();
    story.arrive(1).rest();
    assert_eq!((story.at(), story.model.follow.following()), (Some(20), Following::On));
}

/// So many minutes, in which everything is answered at once.
fn live(story: &mut Story, minutes: u64) {
    for _ in 0..6 * minutes {
        story.pass(Duration::from_secs(10));
        story.settle();
    }
}

/// Somebody is there, whatever the key is good for.
#[test]
fn without_a_key_for_half_an_hour_following_pauses_and_any_key_goes_on() {
    for key in ["j", "!", "<c-l>", "<c-b>"] {
        let mut story = following(20);
        live(&mut story, 29);
        story.keys(key).settle();
        live(&mut story, 29);
        assert_eq!(
            story.model.follow.following(),
            Following::On,
            "{key}: a key counts from when it was pressed"
        );
        live(&mut story, 3);
        assert_eq!(story.model.follow.following(), Following::Paused, "{key}");
        assert!(story.screen()[0].contains("follow paused, as of"), "{}", story.screen()[0]);
        story.arrive(1);
        let asked = story.requests.len();
        story.keys(key).settle();
        assert_eq!(story.model.follow.following(), Following::On, "{key}");
        assert_eq!(story.requests.len(), asked + 1, "{key}: at once");
        assert_eq!(story.model.reader.log().loaded(), 21, "{key}");
    }
}

#[test]
fn a_key_that_stands_for_nothing_is_one_that_looks_reads_and_stops_as_any_key_does() {
    let mut story = following(20);
    story.arrive(2).rest();
    assert!(story.screen()[3].starts_with('+'), "{:#?}", story.screen());
    story.keys("!");
    assert!(story.screen().iter().all(|row| !row.starts_with('+')), "looked at: {:#?}", story.screen());
    story.wake();
    story.fail(Failure::new(FailureKind::NotAuthorised, "The token is not valid any more."));
    assert!(story.shows("following ended"));
    story.keys("!");
    assert!(!story.shows("following ended"), "read");
    let mut story = opened(20);
    story.keys("G").settle();
    assert_eq!(story.at(), Some(0));
    story.keys("'!'").settle();
    assert_eq!(story.at(), Some(0), "not the two keys that lead back");
    assert_eq!(story.others, []);
}
