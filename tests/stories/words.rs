//! Words that are typed into the list of every action lead to the action that is meant, and to nothing else.

use ticketlog::{
    linear::Linear,
    message::Effect,
    model::{
        keymap::{Context, words::WORDS},
        palette::Choice,
    },
};

use crate::story::Story;

/// The list is open over the timeline, an entry's page or the panel, and this was typed.
fn typed(before: &str, words: &str) -> Story {
    let mut story = Story::new(190);
    story.settle().keys(before).keys(":").keys(words);
    story
}

fn marked(story: &Story) -> &'static str {
    match story.model.palette_mark() {
        Some(Choice::Action(_, name, _)) => name,
        Some(Choice::Quit) => "quit at once",
        Some(Choice::Ticket(_)) => "ticket",
        Some(Choice::Write) => "file",
        None => "nothing",
    }
}

const BELOW: [(&str, Context); 3] = [("", Context::List), ("<enter>", Context::Page), ("f", Context::Filter)];

/// What somebody types who never read the README, on the list, and the action that stands first.
const NEWCOMERS: &[(&str, &str)] = &[
    ("help", "actions"),
    ("yank", "copy"),
    ("clipboard", "copy"),
    ("share", "copy-menu"),
    ("export", "save-as"),
    ("write", "save-as"),
    ("less", "pager"),
    ("url", "inbox-link"),
    ("names", "redact"),
    ("Help", "actions"),
    ("commands", "actions"),
    ("keys", "actions"),
    ("man", "actions"),
    ("exit", "quit"),
    ("leave", "quit"),
    ("quit", "quit"),
    ("q!", "quit at once"),
    ("qa", "quit at once"),
    ("wq", "quit at once"),
    ("find", "search"),
    ("grep", "search"),
    ("search", "search"),
    ("again", "next-hit"),
    ("top", "newest"),
    ("bottom", "oldest"),
    ("first", "oldest"),
    ("up", "newer"),
    ("down", "older"),
    ("move", "older"),
    ("scroll", "page-down"),
    ("time", "jump-to-time"),
    ("date", "jump-to-time"),
    ("goto", "jump-to-time"),
    ("go to", "jump-to-time"),
    ("jump", "jump-to-time"),
    ("utc", "universal-time"),
    ("UTC", "universal-time"),
    ("timezone", "universal-time"),
    ("time zone", "universal-time"),
    ("age", "ages"),
    ("filter", "filter"),
    ("type", "filter"),
    ("types", "filter"),
    ("bots", "filter"),
    ("hide", "hide-type"),
    ("only", "only-type"),
    ("person", "only-person"),
    ("who", "only-person"),
    ("text", "only-text"),
    ("since", "since-here"),
    ("before", "until-here"),
    ("reset", "narrowing-on-off"),
    ("undo", "undo-narrowing"),
    ("entry", "open-entry"),
    ("view", "open-entry"),
    ("Enter", "open-entry"),
    ("CTRL-D", "half-page-down"),
    ("details", "detail-pane"),
    ("taller", "pane-taller"),
    ("json", "raw-json"),
    ("raw", "raw-json"),
    ("e-mail", "personal-data"),
    ("email", "personal-data"),
    ("reload", "refresh"),
    ("retry", "refresh"),
    ("tail", "follow"),
    ("watch", "follow"),
    ("load", "load-all"),
    ("Load all", "load-all"),
    ("tickets", "other-ticket"),
    ("ticket", "other-ticket"),
    ("unread", "last-seen"),
    ("silence", "next-silence"),
    ("stop", "cancel"),
    ("redraw", "repaint"),
    // No action of here, and nothing else instead.
    ("theme", "nothing"),
    ("find refund", "nothing"),
];

#[test]
fn words_of_a_newcomer_lead_to_what_is_meant() {
    for (words, action) in NEWCOMERS {
        let story = typed("", words);
        assert_eq!(marked(&story), *action, "{words}: {:#?}", story.screen());
    }
}

#[test]
fn every_word_of_the_footer_leads_to_its_action() {
    for (before, context) in BELOW {
        for described in context.actions() {
            let Some((word, _)) = described.hint else { continue };
            // Of two actions that quit, one is called so.
            let named = context.actions().find(|known| known.name == word);
            let named = named.filter(|known| known.does == described.does).unwrap_or(described);
            assert_eq!(marked(&typed(before, word)), named.name, "{word} {context:?}");
        }
    }
    // Where a line is typed, the list cannot be opened.
    for (word, action) in [
        ("go", "jump-to-time"),
        ("open", "open-entry"),
        ("next", "next-hit"),
        ("previous", "previous-hit"),
        ("leave", "quit"),
        ("cancel", "cancel"),
        ("unfold", "open-entry"),
    ] {
        assert_eq!(marked(&typed("", word)), action, "{word}");
    }
}

#[test]
fn every_word_of_the_linear_mode_leads_to_its_action() {
    let help = Linear::new(false).hear(&Story::new(0).model, "help");
    let words = help.said.iter().filter(|line| !line.starts_with([' ', 'C']));
    let words: Vec<&str> = words.filter_map(|line| line.split([' ', ':']).next()).collect();
    assert!(words.len() > 25, "{words:?}");
    for word in words {
        let action = match word {
            "entry" => "open-entry",
            "time" => "jump-to-time",
            "only" => "only-type",
            "hide" => "hide-type",
            "person" => "only-person",
            "text" => "only-text",
            "all" => "narrowing-on-off",
            "undo" => "undo-narrowing",
            "find" => "search",
            "next" => "next-hit",
            "previous" => "previous-hit",
            // The two lines above the list say it; what else has it in its sentence does not work here.
            "status" => "preset-4",
            "help" => "actions",
            "link" => "inbox-link",
            "command" => "copy-menu",
            "save" => "save-as",
            same => same,
        };
        assert_eq!(marked(&typed("", word)), action, "{word}");
    }
    let mut story = typed("", "status<enter>");
    assert!(story.shows("preset-4 works in the filter panel"), "{:#?}", story.screen());
    story.keys("<c-u>?");
    assert_eq!(marked(&story), "actions");
}

#[test]
fn what_works_here_goes_before_what_works_elsewhere() {
    for (before, words, action) in [
        ("<enter>", "back", "back-to-list"),
        ("<enter>", "older", "older-entry"),
        ("<enter>", "top", "top"),
        ("<enter>", "utc", "universal-time"),
        ("f", "find", "find-row"),
        ("f", "search", "find-row"),
        ("f", "all", "show-all"),
        ("f", "bottom", "bottom"),
        ("f", "help", "actions"),
    ] {
        assert_eq!(marked(&typed(before, words)), action, "{before}:{words}");
    }
}

#[test]
fn every_key_of_the_list_leads_to_its_action() {
    let story = Story::new(190);
    for row in story.model.keys.rows(Context::List) {
        // Editors quit with `:x`; its key stands below.
        for key in row.keys().iter().map(ToString::to_string).filter(|key| !["q", "x"].contains(&&**key)) {
            assert_eq!(marked(&typed("", &key)), row.described.name, "{key}");
        }
    }
    let mut story = typed("", "x");
    assert_eq!(marked(&story), "quit at once");
    story.keys("<down>");
    assert_eq!(marked(&story), "hide-type");
}

#[test]
fn what_is_only_guessed_is_run_when_it_is_said_twice() {
    for (words, action) in [("ldal", "load-all"), ("verything", "load-all")] {
        let mut story = typed("", words);
        assert_eq!(marked(&story), action, "{words}");
        story.keys("<enter>");
        let says = format!("no action is called so; enter again runs {action}");
        assert!(story.shows(&says), "{:#?}", story.screen());
        assert!(!story.model.reader.loads_all());
        story.keys("<c-h><enter>");
        assert!(!story.model.reader.loads_all() && story.model.palette.is_some(), "something else is typed");
        story.keys("<enter>");
        assert!(story.model.reader.loads_all() && story.model.palette.is_none(), "{words}");
    }
    let mut story = typed("", "ldal<down><up><enter>");
    assert!(story.model.reader.loads_all(), "who goes to a row means it");
    story.keys("<esc>:lo<enter>");
    assert!(story.model.palette.is_none(), "the beginning of a word is no guess");
    story.keys("<esc>:run<enter>");
    assert!(story.others.is_empty() && story.shows("enter again runs cancel"), "{:#?}", story.screen());
    story.keys("<esc>:wq<enter>");
    assert!(story.others.contains(&Effect::Quit(0)));
}

#[test]
fn words_are_those_of_actions_and_stand_there_once() {
    for (at, (name, words)) in WORDS.iter().enumerate() {
        let is_action = Context::ALL.iter().any(|context| context.actions().any(|known| known.name == *name));
        assert!(is_action, "{name}");
        assert!(WORDS[at + 1..].iter().all(|(other, _)| other != name), "{name}");
        assert!(words.split(' ').all(|word| !word.is_empty() && word == word.to_lowercase()), "{words}");
    }
}

#[test]
fn one_request_is_told_as_one() {
    let mut story = Story::new(4_000);
    story.settle().keys("G");
    let mut told = Vec::new();
    while story.model.reader.progress().is_some() {
        told.push(story.screen().pop().unwrap());
        story.answer();
    }
    let counts = |count: &str| told.iter().any(|line| line.contains(&format!("· {count}  esc")));
    assert!(counts("1 request") && counts("2 requests") && !counts("1 requests"), "{told:#?}");
}

#[test]
fn one_entry_is_told_as_one() {
    let mut story = Story::new(1);
    story.settle();
    assert!(story.shows("1 entry in all") && !story.shows("1 entries"), "{:#?}", story.screen());
    story.keys("Y");
    assert!(story.shows("the one entry shown, as a table"), "{:#?}", story.screen());
    story.keys("<esc>").keys("V").keys("<esc>");
    assert!(!story.shows("1 entries"), "{:#?}", story.screen());
}
