//! Names replaced on the screen: from the start no name is in any cell of any frame, and what is toggled is toggled back.

use std::sync::Arc;

use ratatui::layout::Size;
use ticketlog::{
    linear::{Linear, Turn},
    message::{Action, Effect, Message},
    model::{
        entry::{Entry, Included, Label, RawJson},
        failure::{Failure, FailureKind},
        narrowing::{Bound, Narrowing},
        redaction::Scope,
        text::Untrusted,
        time_words::{Moment, Unit},
        wanted::Wanted,
    },
};

use crate::story::{Story, entry};

/// What tells who somebody is in the entries of a story.
const SECRETS: [&str; 10] = [
    "garrick",
    "ollivander",
    "harry",
    "potter",
    "hat bot",
    "someone@",
    "user-0",
    "user-1",
    "131052",
    "5551234",
];

/// The same entries as ever, with their people named wherever an entry can name somebody.
fn told(n: usize) -> Entry {
    let plain = entry(n);
    let user = plain.actor.clone().unwrap();
    let (id, name) = (user.id.raw_for_export(), user.name.raw_for_export());
    let action = match n % 5 {
        0 => format!("gave it to {{User:{id}}}, as HARRY POTTER and ga\u{200b}rrick asked, 131052-308T"),
        2 => "changed the status from \"With Potter\" to \"With Ollivander\"".to_owned(),
        4 => "call +47 555 1234 or someone@example.org, Ollivander's {Tag:4711}".to_owned(),
        _ => plain.action.raw_for_export().to_owned(),
    };
    let json = format!(
        r#"{{"actionType":"t","actionString":"for Potter","user":{{"id":"{id}","name":"{name}","email":"someone@example.org"}},"of Garrick":["Hat Bot"]}}"#
    );
    let is_flawed = n.is_multiple_of(17);
    Entry {
        action_type: if n % 5 == 4 { Untrusted::new("potter_called") } else { plain.action_type.clone() },
        action: Untrusted::new(action),
        included: Some(Arc::new(Included {
            users: vec![user],
            tags: vec![Label { id: Untrusted::new("4711"), name: Untrusted::new("car of Potter") }],
            categories: vec![Label { id: Untrusted::new(""), name: Untrusted::new("Ollivander's") }],
        })),
        raw: Some(RawJson::new(json)),
        flaw: is_flawed.then(|| Untrusted::new("it names Harry Potter")),
        ..plain
    }
}

fn story(width: u16, height: u16) -> Story {
    let mut story = Story::unopened_at(0, Size { width, height });
    story.server = (0..190).map(told).collect();
    story
}

fn assert_no_name(story: &Story, when: &str) {
    let screen = story.screen().join("\n");
    let found = SECRETS.iter().find(|secret| screen.to_lowercase().contains(**secret));
    assert_eq!(found, None, "after {when}:\n{screen}");
}

#[test]
fn no_name_is_in_any_frame_of_a_whole_story() {
    for (width, height) in [(80, 24), (40, 16), (200, 50)] {
        let mut story = story(width, height);
        story.titles = vec![(255_762, "Where is Potter?"), (1, "Severus Snape")];
        story.model.replace_names(Scope::Everyone);
        story.open();
        assert_no_name(&story, "the start");
        // The ticket is answered before its log.
        story.asked.rotate_left(1);
        while story.answer() {
            assert_no_name(&story, "an answer");
        }
        for keys in [
            "j", "j", "<tab>", "<tab>", "<enter>", "i", "P", "J", "J", "J", "J", "i", "<c-d>", "<esc>", "p",
            "p", "X", "=", "u", "u", "f", "G", "<esc>", "<c-d>", "G", "g", "<left>", "n", "?", "<esc>", "x",
            "<c-u>", "r", "z", "Z", "<space>",
        ] {
            story.keys(keys);
            assert_no_name(&story, keys);
            story.rest();
            assert_no_name(&story, keys);
        }
        assert!(story.shows("names replaced"), "{:?}", story.screen());
        assert_eq!(story.model.redacts(), Some(Scope::Everyone));
    }
}

#[test]
fn what_is_looked_for_and_what_narrows_are_told_without_names() {
    let mut story = story(80, 24);
    story.model.replace_names(Scope::Everyone);
    story.open();
    story.settle();
    for typed in ["/Potter", "&Garrick"] {
        story.keys(typed).keys("<enter>");
        story.rest();
        assert_no_name(&story, typed);
    }
    story.keys("p");
    story.rest();
    assert!(story.shows(" only"), "{:?}", story.screen());
    assert_no_name(&story, "p");
}

#[test]
fn times_and_types_that_narrow_are_our_own_words() {
    let mut story = story(200, 24);
    let mut narrowing = Narrowing::everything(&story.model.catalogue);
    let at = "2024-05-31T12:34:56Z".parse().unwrap();
    narrowing.span.until = Some(Bound::up_to(Moment { at, unit: Unit::Second }));
    story.model.reader.begin(narrowing);
    story.open();
    let words = "until 31 May 2024 14:34";
    assert!(story.settle().shows(words), "{:?}", story.screen());
    story.tell(Message::Asked(Action::ToggleNames));
    assert!(story.shows(words), "{:?}", story.screen());
}

#[test]
fn the_address_of_the_server_stays_in_a_failure() {
    let mut story = story(120, 24);
    story.model.replace_names(Scope::Everyone);
    story.open();
    story.settle();
    for keys in ["G", "r"] {
        story.keys(keys);
        while !story.asked.is_empty() {
            let words = "192.168.10.1:8443 refuses Harry Potter, 1234567.";
            story.fail(Failure::new(FailureKind::Trouble, words).naming("192.168.10.1:8443"));
        }
        let screen = story.screen().join("\n");
        let lines =
            screen.lines().filter(|line| line.contains("192.168.10.1:8443 refuses Client 1, (number)"));
        assert!(lines.count() > 0 && !screen.contains("1234567"), "after {keys}:\n{screen}");
        assert!(!screen.contains("(number) refuses"), "after {keys}:\n{screen}");
        assert_no_name(&story, keys);
    }
}

#[test]
fn a_failure_of_the_server_names_nobody() {
    let mut story = story(80, 24);
    story.model.replace_names(Scope::Everyone);
    story.open();
    story.settle();
    story.keys("r");
    while !story.asked.is_empty() {
        story.fail(Failure::new(FailureKind::Trouble, "The server says: locked by Harry Potter."));
        assert_no_name(&story, "a failure");
    }
    story.keys("G");
    assert_no_name(&story, "a failure above");
}

#[test]
fn names_are_replaced_and_shown_again() {
    let mut story = story(80, 24);
    story.open();
    story.settle();
    let before = story.screen();
    assert!(story.shows("Garrick Ollivander"));
    story.tell(Message::Asked(Action::ToggleNames));
    assert_no_name(&story, "the action");
    story.settle();
    assert!(story.shows("names replaced") && story.shows("Agent 1") && story.shows("Client 1"));
    story.tell(Message::Asked(Action::ToggleNames));
    assert_eq!(story.screen(), before);
}

#[test]
fn the_names_of_clients_alone_are_replaced_where_that_is_asked_for() {
    let mut story = story(80, 24);
    story.model.replace_names(Scope::Clients);
    story.open();
    story.settle();
    let screen = story.screen().join("\n").to_lowercase();
    assert!(!screen.contains("potter") && screen.contains("garrick ollivander"), "{screen}");
}

#[test]
fn folds_count_people_as_before() {
    let reads = |story: &Story| -> Vec<String> {
        story.screen().into_iter().filter(|line| line.contains(" people ")).collect()
    };
    let mut story = story(80, 24);
    story.server = (0..20)
        .map(|n| Entry { action_type: Untrusted::new("ticket_read"), flaw: None, ..told(n) })
        .collect();
    story.open();
    story.settle();
    let before = reads(&story);
    assert!(!before.is_empty(), "{:?}", story.screen());
    story.tell(Message::Asked(Action::ToggleNames));
    assert_eq!(reads(&story), before);
}

/// Says what the linear mode says to these lines.
fn said(story: &mut Story, lines: &[&str]) -> String {
    let mut linear = Linear::new(false);
    let mut said = Vec::new();
    for line in [None].into_iter().chain(lines.iter().map(Some)) {
        let mut turn = line.map_or_else(Turn::default, |line| linear.hear(&story.model, line));
        while !linear.is_idle() || !turn.messages.is_empty() || !turn.said.is_empty() {
            said.append(&mut turn.said);
            turn.messages.drain(..).for_each(|message| story.tell(message));
            story.rest();
            turn = linear.look(&story.model);
        }
    }
    said.join("\n").to_lowercase()
}

#[test]
fn the_linear_mode_names_nobody_either() {
    let mut story = story(80, 13);
    story.model.replace_names(Scope::Everyone);
    story.open();
    let lines =
        ["older", "status", "2", "entry 4", "only reply", "status", "all", "oldest", "redact", "status"];
    let said = said(&mut story, &lines);
    let (replaced, shown) = said.split_once("names are shown from now on").unwrap();
    let found: Vec<&&str> = SECRETS.iter().filter(|secret| replaced.contains(**secret)).collect();
    assert!(found.is_empty(), "{found:?} in {replaced}");
    assert!(replaced.contains("agent 1") && replaced.contains("names replaced"), "{replaced}");
    assert!(shown.contains("garrick ollivander"), "{shown}");
}

#[test]
fn what_is_taken_from_the_screen_names_nobody() {
    let mut story = story(80, 24);
    story.model.replace_names(Scope::Everyone);
    story.open();
    story.settle();
    let mut taken = 0;
    for before in ["", "P", "Vjjj"] {
        story.keys(before);
        let menu = (0..Wanted::ALL.len()).map(|row| format!("Y{}<enter>", "j".repeat(row)));
        for keys in menu.chain(["y", "|", "elog.json<enter>", "elog.ndjson!<enter>"].map(str::to_owned)) {
            story.keys(&keys);
            assert_no_name(&story, &keys);
            for effect in std::mem::take(&mut story.others) {
                let text = match effect {
                    Effect::Copy(text) => text.as_str().to_owned(),
                    Effect::Browse(parcel) | Effect::Save { parcel, .. } => parcel.text(),
                    _ => continue,
                };
                taken += 1;
                let found = SECRETS.iter().find(|secret| text.to_lowercase().contains(**secret));
                assert_eq!(found, None, "after {keys}:\n{text}");
            }
        }
    }
    // All but the link, which a ticket without a community does not have.
    assert_eq!(taken, 3 * (Wanted::ALL.len() - 1 + 4));
}
