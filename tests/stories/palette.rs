//! The list of every action: found by word or key, run from there, in every context.

use ticketlog::{
    message::{Action, Effect, Message},
    model::{
        keymap::Context,
        palette::{Choice, PaletteRow},
        subject::Subject,
        ticket::Links,
    },
};

use crate::story::Story;

fn open(keys: &str) -> Story {
    let mut story = Story::new(190);
    story.settle().keys(keys);
    story
}

fn marked(story: &Story) -> Option<&'static str> {
    match story.model.palette_mark() {
        Some(Choice::Action(_, name, _)) => Some(name),
        _ => None,
    }
}

#[test]
fn every_key_that_opens_it_opens_it_wherever_something_is_read() {
    for before in ["", "<enter>", "f"] {
        for key in ["?", "h", ":", "<c-k>"] {
            let mut story = open(before);
            story.keys(key);
            assert!(story.model.palette.is_some(), "{before}{key}");
            story.keys("<esc>");
            assert!(story.model.palette.is_none() && story.model.input.is_none());
            assert_eq!(story.model.page.is_some(), before == "<enter>", "what was below is there again");
            assert_eq!(story.model.filter.is_some(), before == "f");
        }
    }
}

#[test]
fn an_action_is_found_by_word_or_by_key_and_run() {
    for (typed, name) in [
        ("load everything", "load-all"),
        ("loadall", "load-all"),
        ("ldal", "load-all"),
        ("A", "load-all"),
        ("ctrl-d", "half-page-down"),
        ("J", "next-day"),
        ("yesterday", "jump-to-time"),
        ("quit", "quit"),
        ("UNDO", "undo-narrowing"),
        ("back", "back"),
        // Not now, but meant.
        ("hit", "next-hit"),
        ("n", "next-hit"),
        ("close", "close"),
    ] {
        let mut story = open(":");
        story.keys(typed);
        assert_eq!(marked(&story), Some(name), "{typed}: {:#?}", story.screen());
    }
    let mut story = open(":loadall<enter>");
    assert!(story.model.palette.is_none() && story.model.reader.loads_all());
    story.rest();
    story.keys(":half<down>");
    assert_eq!(marked(&story), Some("half-page-up"));
    story.keys("<up><up><enter>");
    assert_eq!(story.at(), Some(182), "half a screen");
}

#[test]
fn a_ticket_and_q_are_taken_as_they_are() {
    let mut story = open(":255762");
    assert_eq!(story.model.palette_mark(), Some(Choice::Ticket(255_762)));
    assert!(story.shows("open the ticket #255762"), "{:#?}", story.screen());
    story.keys("<enter>");
    assert_eq!(story.model.subject, Subject::Ticket(255_762));
    assert!(story.model.palette.is_none() && story.model.input.is_none());
    let mut story = open("f:1<enter>");
    assert_eq!(story.model.subject, Subject::Ticket(1), "before the key of a preset");
    assert!(story.model.filter.is_none());
    story.keys(":q");
    assert!(!story.others.contains(&Effect::Quit(0)), "not before it is done");
    story.keys("<enter>");
    assert!(story.others.contains(&Effect::Quit(0)));
}

#[test]
fn a_link_of_another_community_and_a_ticket_beside_a_file_are_refused() {
    let link = "https://inbox.socialboards.com/other/tickets?ticketId=7";
    let mut story = open(":");
    story.model.links = Links::Of(Some("acme".to_owned()));
    story.tell(Message::Pasted(link.to_owned()));
    story.keys("<enter>");
    assert!(story.shows("the link is not of this account's community"), "{:#?}", story.screen());
    assert_eq!(story.model.subject, Subject::Ticket(4_478_963));
    story.keys("<c-u>");
    assert!(!story.shows("the link is not"), "until the next key");
}

#[test]
fn what_works_here_stands_first_and_what_does_not_says_why() {
    let first = |before: &str| {
        let mut story = open(before);
        story.keys(":");
        let rows: Vec<(Context, &str, bool)> = story
            .model
            .palette_rows()
            .iter()
            .filter_map(|row| match row {
                PaletteRow::Action(listed) => {
                    Some((listed.context, listed.bound.described.name, listed.obstacle.is_none()))
                }
                _ => None,
            })
            .collect();
        let works = rows.iter().take_while(|(_, _, works)| *works).count();
        assert!(rows[works..].iter().all(|(_, _, works)| !works), "{rows:?}");
        rows[..works].to_vec()
    };
    for (before, context, name) in [
        ("", Context::List, "follow"),
        ("<enter>", Context::Page, "older-entry"),
        ("f", Context::Filter, "only-this"),
    ] {
        let first = first(before);
        assert!(first.iter().all(|(of, _, _)| *of == context), "{first:?}");
        assert!(first.iter().any(|(_, told, _)| *told == name), "{first:?}");
    }
    let mut story = open(":next-hit<enter>");
    assert!(story.shows("next-hit does nothing now: nothing is looked for yet"), "{:#?}", story.screen());
    story.keys("<c-u>only-this<enter>");
    assert!(story.shows("only-this works in the filter panel"), "{:#?}", story.screen());
    story.keys("<c-u>xyzzy<enter>");
    assert!(story.shows("no action is called so") && story.model.palette.is_some(), "{:#?}", story.screen());
}

#[test]
fn every_action_is_reached_from_the_list() {
    for (before, context) in [("", Context::List), ("<enter>", Context::Page), ("f", Context::Filter)] {
        for described in context.actions() {
            let mut story = open(before);
            story.keys(":").keys(described.name);
            assert_eq!(marked(&story), Some(described.name), "{context:?}: {:#?}", story.screen());
            let can = story.model.obstacle(context, described.action).is_none();
            story.keys("<enter>");
            let wrong = story.model.palette.as_ref().and_then(|palette| palette.wrong.clone());
            let reopened = described.action == Action::OpenPalette;
            assert_eq!(wrong.is_none(), can, "{} {wrong:?}", described.name);
            assert_eq!(story.model.palette.is_none(), can && !reopened, "{}", described.name);
        }
    }
    for context in [Context::Input, Context::Choose] {
        for described in context.actions() {
            let mut story = open(":");
            story.keys(described.name);
            let told = story.model.palette_rows().iter().any(|row| match row {
                PaletteRow::Action(listed) => listed.bound.described.name == described.name,
                _ => false,
            });
            assert!(told, "{context:?} {}", described.name);
        }
    }
}

#[test]
fn the_mark_stays_on_its_action_when_answers_change_what_works() {
    let first = |story: &Story| story.model.palette_rows().iter().find_map(PaletteRow::choice);
    let mut story = Story::new(190);
    story.keys(":typ");
    let before = marked(&story);
    assert_eq!(before, Some("filter"), "without entries there is no type to hide");
    story.settle();
    assert_ne!(first(&story), story.model.palette_mark(), "now there is, and it fits better");
    assert_eq!(marked(&story), before, "what was marked is what enter runs");
    story.keys("<enter>");
    assert!(story.model.filter.is_some());
}

#[test]
fn every_size_shows_the_mark_and_steps_stop_at_both_ends() {
    for (width, height) in [(20, 3), (20, 5), (40, 12), (80, 24), (200, 50)] {
        let mut story = Story::sized(190, width, height);
        story.settle().keys(":");
        for _ in 0..130 {
            if height > 4 {
                assert!(story.cursor_line().is_some(), "{width}x{height}: {:#?}", story.screen());
            }
            story.keys("<down>");
        }
        let last = story.model.palette_mark();
        story.keys("<down>");
        assert_eq!(story.model.palette_mark(), last);
        for _ in 0..140 {
            story.keys("<up>");
        }
        assert_eq!(marked(&story), Some("older"));
    }
}

#[test]
fn ctrl_c_closes_it_and_nothing_else() {
    let mut story = open("<enter>:x<c-c>");
    assert!(story.model.palette.is_none() && story.model.page.is_some());
    story.keys("<esc>");
    assert!(story.others.is_empty());
}
