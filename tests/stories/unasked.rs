//! A server that gives all types, whatever is asked.

use ticketlog::{
    message::{Effect, Message},
    model::{query::Query, text::Untrusted},
};

use crate::story::Story;

/// Answers the oldest request with entries of all types. False when nothing is asked.
fn answer(story: &mut Story) -> bool {
    let Some(asked) = story.asked.pop_front() else { return false };
    if let Effect::FetchLog { generation, window, .. } = asked {
        let answer = Ok(story.page(&Query::All, window));
        story.tell(Message::Log { generation, window, answer });
    }
    assert!(story.requests.len() < 200, "the model never stops asking");
    true
}

fn settle(story: &mut Story) {
    while answer(story) {}
}

#[test]
fn types_that_were_not_asked_for_are_said_and_hidden() {
    for keys in ["", "G", "A", "t2023-08-04 00:00<enter>"] {
        let mut story = Story::new(400);
        settle(&mut story);
        story.keys("jjjX");
        story.wake();
        assert!(matches!(story.requests.last(), Some((Query::Only(_), _))), "{:?}", story.requests);
        story.keys(keys);
        settle(&mut story);
        assert!(!story.shows("the log changed"), "{keys}: {:#?}", story.screen());
        let log = story.model.reader.log();
        assert!(log.failure().is_none(), "{keys}: {:?}", log.failure());
        assert_eq!(log.query(), &Query::All, "{keys}");
        let rows = story.screen();
        let shown: Vec<&String> = rows[2..15].iter().filter(|row| row.contains(" entry ")).collect();
        assert!(!shown.is_empty() && shown.iter().all(|row| row.contains("reply")), "{keys}: {rows:#?}");
        match keys {
            "" => {
                let words = "the server gives types that were not asked for; they are hidden here";
                assert!(story.shows(words), "{rows:#?}");
            }
            "G" => assert_eq!(story.at(), Some(1), "{rows:#?}"),
            "A" => assert_eq!(log.total(), Some(400), "{rows:#?}"),
            _ => assert_eq!(story.at(), Some(116), "{rows:#?}"),
        }
        story.keys("fa<enter>");
        story.wake();
        settle(&mut story);
        assert!(!story.shows("the log changed") && story.shows(" read "), "{keys}: {:#?}", story.screen());
    }
}

#[test]
fn what_else_was_asked_of_it_is_given_up() {
    let mut story = Story::new(400);
    for entry in &mut story.server[340..] {
        entry.action_type = Untrusted::new("reply_created");
    }
    settle(&mut story);
    story.keys("X");
    story.wake();
    settle(&mut story);
    story.keys("A");
    let generation = story.model.reader.log().asks_as();
    let of = |effect: &Effect| matches!(effect, Effect::FetchLog { generation: of, .. } if *of == generation);
    assert_eq!(story.asked.iter().filter(|effect| of(effect)).count(), 2, "{:?}", story.asked);
    // The first one below the newest page shows what the server does.
    answer(&mut story);
    assert_eq!(story.model.reader.log().query(), &Query::All);
    assert!(story.asked.iter().any(of), "{:?}", story.asked);
    assert!(story.others.contains(&Effect::Cancel(generation)), "{:?}", story.others);
    story.asked.retain(|effect| !of(effect));
    assert!((1..=2).contains(&story.asked.len()), "{:?}", story.asked);
}

#[test]
fn it_is_not_asked_for_some_types_again_until_another_ticket_is_opened() {
    let mut story = Story::new(400);
    settle(&mut story);
    story.keys("X");
    story.wake();
    settle(&mut story);
    assert!(story.requests.iter().any(|(query, _)| matches!(query, Query::Only(_))));
    story.requests.clear();
    for keys in ["X", "jX", "u"] {
        story.keys(keys);
        story.wake();
        settle(&mut story);
    }
    assert!(story.requests.iter().all(|(query, _)| *query == Query::All), "{:?}", story.requests);
    assert!(!story.requests.is_empty());
    story.keys("O1234<enter>");
    settle(&mut story);
    story.keys("X");
    story.wake();
    assert!(matches!(story.requests.last(), Some((Query::Only(_), _))), "{:?}", story.requests);
}

#[test]
fn an_end_that_is_known_is_not_looked_behind_when_the_log_of_all_types_is_shown_instead() {
    let mut story = Story::new(400);
    settle(&mut story);
    story.keys("G");
    settle(&mut story);
    story.keys("g");
    story.requests.clear();
    story.keys("X");
    story.wake();
    settle(&mut story);
    assert!(matches!(story.requests.first(), Some((Query::Only(_), _))), "{:?}", story.requests);
    assert!(story.requests.iter().all(|(_, window)| window.take > 1), "{:?}", story.requests);
}
