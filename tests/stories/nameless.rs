//! A copy without names from a screen that shows them: everybody in it has the number of an export, so it waits until the
//! whole log was read, and is of what was shown when it was asked for.

use ratatui::layout::Size;
use ticketlog::{
    message::{Effect, Message},
    model::{
        failure::{Failure, FailureKind},
        redaction::Scope,
        snippet::Snippet,
        taking::{Delivery, Route, Told},
        text::Untrusted,
        wanted::Wanted,
    },
};

use crate::{
    roll::{exported, told},
    story::Story,
};

fn story_of(entries: usize, size: (u16, u16)) -> Story {
    let mut story = Story::unopened_at(0, Size { width: size.0, height: size.1 });
    story.server = (0..entries).map(told).collect();
    story.open();
    story.settle();
    story
}

/// Asks for the copy by the menu.
fn ask(story: &mut Story) {
    story.keys(&format!("Y{}<enter>", "j".repeat(Wanted::ALL.len())));
}

fn copied(story: &mut Story) -> Option<String> {
    let at = story.others.iter().position(|effect| matches!(effect, Effect::Copy(_)))?;
    let Effect::Copy(text) = story.others.remove(at) else { return None };
    Some(text.as_str().to_owned())
}

fn footer(story: &Story) -> String {
    story.screen().last().cloned().unwrap_or_default()
}

/// The numbers of the entries in a copy.
fn numbers(text: &str) -> Vec<usize> {
    let rows = text.lines().filter_map(|line| line.rsplit_once("| entry "));
    rows.map(|(_, rest)| rest.trim_end_matches([' ', '|']).parse().unwrap()).collect()
}

/// The rows of a copy are those of an export of these entries.
fn assert_as_exported(story: &Story, text: &str) {
    assert!(text.contains("names replaced") && !text.contains("without numbers"), "{text}");
    assert!(!text.contains("Quentin") && !text.contains("Trimble"), "{text}");
    let exported = exported(story);
    let rows: Vec<&str> = text.lines().filter(|line| line.contains("| entry ")).collect();
    assert!(!rows.is_empty(), "{text}");
    for (row, number) in rows.into_iter().zip(numbers(text)) {
        let entry = exported.entry(&story.server[number]);
        let name = entry.actor.as_ref().map(|user| user.name.raw_for_export().to_owned()).unwrap();
        assert!(row.contains(&format!("| {name} |")), "{row}, not {name}");
    }
}

#[test]
fn a_copy_waits_until_everybody_has_the_number_of_an_export() {
    for size in [(80, 24), (200, 50)] {
        for keys in ["", "X", "jjjVjjjjjj", "G", "p"] {
            let mut story = story_of(400, size);
            story.keys(keys).rest();
            ask(&mut story);
            assert_eq!(copied(&mut story), None, "{keys}");
            story.answer();
            assert!(footer(&story).starts_with("copying without names: "), "{}", footer(&story));
            assert!(footer(&story).ends_with("entries read  esc gives up"), "{}", footer(&story));
            assert!(story.shows("Quentin") && !story.shows("names replaced"), "names stay shown");
            story.settle();
            let text = copied(&mut story).unwrap();
            assert_as_exported(&story, &text);
            assert!(story.most <= 2 && story.model.redacts().is_none());
            // Everybody is known now.
            let asked = story.requests.len();
            ask(&mut story);
            assert_eq!((copied(&mut story), story.requests.len()), (Some(text.clone()), asked));
            // What is on a screen without names is the same.
            story.keys("H").settle();
            ask(&mut story);
            assert_eq!(copied(&mut story), Some(text));
        }
    }
}

#[test]
fn what_was_shown_at_the_key_is_copied_whatever_comes_then() {
    let mut story = story_of(400, (80, 24));
    ask(&mut story);
    let entries = story.loaded().concat();
    story.keys("<space><space>X").arrive(4).rest();
    let text = copied(&mut story).unwrap();
    assert_eq!(numbers(&text), entries);
    assert!(!text.contains("only "), "{text}");
}

#[test]
fn it_is_given_up_by_esc_and_replaced_by_another_wish() {
    let mut story = story_of(400, (80, 24));
    ask(&mut story);
    assert_eq!(story.under_way(), 1);
    story.keys("<esc>");
    assert_eq!((footer(&story).as_str(), story.under_way()), ("nothing was copied", 0));
    story.settle();
    assert_eq!(copied(&mut story), None);
    ask(&mut story);
    story.keys("Vjj");
    ask(&mut story);
    story.settle();
    assert_eq!(numbers(&copied(&mut story).unwrap()).len(), 3);
    assert_eq!(copied(&mut story), None);
    let mut story = story_of(400, (80, 24));
    ask(&mut story);
    story.keys("y").settle();
    assert!(copied(&mut story).is_some_and(|text| text.contains("Quentin")));
    assert_eq!(copied(&mut story), None, "the line took its place");
}

#[test]
fn a_failure_says_that_nothing_was_copied_and_why() {
    let mut story = story_of(400, (80, 24));
    ask(&mut story);
    story.fail(Failure::new(FailureKind::Trouble, "The server says: no."));
    assert_eq!(footer(&story), "nothing was copied: The server says: no.");
    story.settle();
    assert_eq!(copied(&mut story), None);
    ask(&mut story);
    story.settle();
    assert!(copied(&mut story).is_some(), "it is tried again");
    story.tell(Message::Copied(Delivery::Sent(Route::Tmux, Snippet::text("a"))));
    assert!(footer(&story).starts_with("sent 1 character"), "{}", footer(&story));
}

#[test]
fn a_failure_names_nobody_when_names_are_replaced_meanwhile() {
    for keys in ["", "H"] {
        let mut story = story_of(400, (80, 24));
        ask(&mut story);
        story.keys(keys).fail(Failure::new(FailureKind::Trouble, "The server says: Quentin0 may not."));
        let footer = footer(&story);
        assert!(footer.starts_with("nothing was copied: The server says: "), "{footer}");
        assert_eq!(footer.contains("Quentin0"), keys.is_empty(), "{footer}");
    }
}

#[test]
fn another_ticket_ends_the_waiting() {
    let mut story = story_of(400, (80, 24));
    ask(&mut story);
    story.keys(":255762<enter>").settle();
    assert_eq!(copied(&mut story), None);
}

#[test]
fn names_replaced_meanwhile_change_nothing_of_it() {
    for keys in ["H", "HH"] {
        let mut story = story_of(400, (80, 24));
        ask(&mut story);
        story.answer();
        story.keys(keys).settle();
        let text = copied(&mut story).unwrap();
        assert_as_exported(&story, &text);
    }
}

#[test]
fn what_is_taken_from_a_screen_without_numbers_says_so() {
    let mut story = Story::unopened_at(0, Size { width: 80, height: 24 });
    story.server = (0..400).map(told).collect();
    story.model.replace_names(Scope::Everyone);
    story.open();
    for _ in 0..3 {
        story.answer();
    }
    ask(&mut story);
    story.keys("|").keys("elog.json<enter>");
    let taken: Vec<(String, bool)> = std::mem::take(&mut story.others)
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Copy(text) => {
                Some((text.as_str().to_owned(), text.as_str().contains("names replaced, without numbers")))
            }
            Effect::Browse(parcel) | Effect::Save { parcel, .. } => {
                let remarks = parcel.head.remarks.iter().map(Untrusted::raw_for_export);
                Some((parcel.text(), remarks.eq(["names replaced, without numbers"])))
            }
            _ => None,
        })
        .collect();
    assert_eq!(taken.len(), 3);
    for (text, says_so) in taken {
        assert!(says_so && !text.contains("Agent 1") && !text.contains("Quentin"), "{text}");
    }
}

#[test]
fn the_last_line_says_whether_what_was_taken_has_numbers_even_if_they_came_since() {
    for (entries, without, remark) in [(400, " (without numbers)", ", without numbers"), (20, "", "")] {
        let mut story = Story::unopened_at(0, Size { width: 100, height: 24 });
        story.server = (0..entries).map(told).collect();
        story.model.replace_names(Scope::Everyone);
        story.open();
        if without.is_empty() {
            story.settle();
        } else {
            story.answer();
        }
        story.keys("y");
        let Some(Effect::Copy(text)) = story.others.pop() else { panic!("nothing was copied") };
        story.keys("elog.csv<enter>");
        let Some(Effect::Save { parcel, .. }) = story.others.pop() else { panic!("nothing was written") };
        story.settle();
        let sent = format!("sent {} characters{without} to your terminal", text.characters());
        story.tell(Message::Copied(Delivery::Sent(Route::Terminal, text)));
        assert!(footer(&story).starts_with(&sent), "{}", footer(&story));
        let (names, aliases, personal) = (parcel.names(), parcel.aliases, parcel.personal);
        let file = Untrusted::new("log.csv");
        let told = Told::Wrote { entries: 20, is_whole: false, names, aliases, personal, file };
        story.tell(Message::Saved(Ok(told)));
        let wrote = format!("wrote 20 entries (not all) with names replaced{remark} to log.csv");
        assert!(footer(&story).starts_with(&wrote), "{}", footer(&story));
    }
}

#[test]
fn a_log_that_is_loaded_whole_is_copied_at_once() {
    let mut story = story_of(60, (80, 24));
    story.keys("A").settle();
    let asked = story.requests.len();
    ask(&mut story);
    let text = copied(&mut story).unwrap();
    assert_as_exported(&story, &text);
    assert_eq!(story.requests.len(), asked);
}
