//! Numbers of aliases in another log, in the linear mode, in a pipe that goes on, and where people are named only in JSON that was let go.

use ticketlog::{
    linear::{Linear, Turn},
    message::{Action, Effect, Message},
    model::{
        entry::{Entry, RawJson},
        failure::{Failure, FailureKind},
        redaction::Scope,
        text::Untrusted,
    },
};

use crate::{
    roll::{assert_as_exported, by, story_of, told},
    story::Story,
};

/// What the linear mode says now, or to a line.
fn said(story: &mut Story, linear: &mut Linear, line: Option<&str>) -> String {
    let mut said = Vec::new();
    let mut turn = line.map_or_else(Turn::default, |line| linear.hear(&story.model, line));
    loop {
        said.append(&mut turn.said);
        turn.messages.drain(..).for_each(|message| story.tell(message));
        turn = linear.look(&story.model);
        if turn.said.is_empty() && turn.messages.is_empty() {
            return said.join("\n");
        }
    }
}

fn linear() -> (Story, Linear) {
    let mut story = story_of(400, (80, 13));
    story.model.replace_names(Scope::Everyone);
    story.open();
    let mut linear = Linear::new(false);
    for _ in 0..3 {
        said(&mut story, &mut linear, None);
        story.answer();
    }
    said(&mut story, &mut linear, None);
    assert!(linear.is_idle());
    (story, linear)
}

#[test]
fn the_linear_mode_says_that_numbers_follow_and_once_that_they_have_come() {
    let (mut story, mut linear) = linear();
    let status = said(&mut story, &mut linear, Some("status"));
    assert!(status.contains("Names replaced, numbers follow."), "{status}");
    let mut told = Vec::new();
    while story.answer() {
        told.push(said(&mut story, &mut linear, None));
    }
    assert_eq!(told.last().unwrap(), "Everybody has a number now, the same as in an export.");
    assert_eq!(told.concat().matches("number").count(), 1, "{told:?}");
    let status = said(&mut story, &mut linear, Some("status"));
    assert!(status.contains("Names replaced.") && !status.contains("Everybody"), "{status}");
}

#[test]
fn the_linear_mode_says_why_there_are_none() {
    let (mut story, mut linear) = linear();
    story.fail(Failure::new(FailureKind::Trouble, "The server says: no."));
    let told = said(&mut story, &mut linear, None);
    assert_eq!(told, "Nobody gets a number: The server says: no. redact, twice, tries again.");
    let status = said(&mut story, &mut linear, Some("status"));
    assert!(status.contains("Names replaced, without numbers."), "{status}");
    for _ in 0..2 {
        said(&mut story, &mut linear, Some("redact"));
    }
    story.settle();
    assert_as_exported(&story, "tried again");
}

#[test]
fn a_pipe_that_goes_on_gives_no_numbers_before_its_end() {
    let mut story = story_of(80, (80, 24));
    let older: Vec<Entry> = story.server.drain(..20).collect();
    story.model.replace_names(Scope::Everyone);
    story.tell(Message::Paused);
    story.open();
    story.settle();
    assert!(
        story.shows("names replaced, numbers follow") && !story.shows("Agent 1"),
        "{:#?}",
        story.screen()
    );
    // Older entries come below what was the end.
    story.server.splice(..0, older);
    story.tell(Message::WentOn);
    story.settle();
    assert!(!story.shows("Agent 1"), "{:#?}", story.screen());
    story.tell(Message::Ended);
    story.settle();
    assert_as_exported(&story, "the end of the pipe");
}

#[test]
fn whoever_only_json_names_that_was_let_go_is_read_once_more() {
    let mut story = story_of(2_300, (80, 24));
    let named = &mut story.server[2_290];
    *named = Entry {
        flaw: Some(Untrusted::new("it is broken")),
        raw: Some(RawJson::new(r#"{"user":{"id":"person-x","name":"Xanthippe Xavier","status":"client"}}"#)),
        ..told(2_290)
    };
    named.actor = None;
    story.open();
    story.keys("A").settle();
    let asked = story.requests.len();
    story.keys("H").settle();
    assert_as_exported(&story, "with whom the JSON names");
    let more = story.requests.len() - asked;
    assert!((1..=3).contains(&more), "the page that is not whole, and no other: {more}");
}

#[test]
fn another_ticket_has_numbers_of_its_own() {
    let mut story = story_of(400, (80, 24));
    story.model.replace_names(Scope::Everyone);
    story.open();
    story.answer();
    story.keys("<space>");
    // What is under way of this ticket comes too late.
    let late: Vec<Effect> = story.asked.drain(..).collect();
    story.keys(":255762<enter>");
    let asked = std::mem::take(&mut story.asked);
    for effect in late {
        story.answer_to(effect);
    }
    story.asked = asked;
    // Others act here.
    story.server = (0..130).map(|n| by(n, 100 + n % 5)).collect();
    story.settle();
    assert_as_exported(&story, "the other ticket");
}

#[test]
fn a_file_that_is_replaced_has_numbers_of_its_own() {
    let mut story = story_of(130, (80, 24));
    story.model.replace_names(Scope::Everyone);
    story.open();
    story.settle();
    story.server.drain(..90);
    story.tell(Message::Replaced);
    assert_none_other_named(&story);
    story.settle();
    assert_as_exported(&story, "the new file");
    story.tell(Message::Asked(Action::ToggleNames));
    story.tell(Message::Asked(Action::ToggleNames));
    assert_as_exported(&story, "once more");
}

/// What is still shown of the file before names nobody.
fn assert_none_other_named(story: &Story) {
    assert!(!story.shows("Quentin") && !story.shows("Trimble"), "{:#?}", story.screen());
}
