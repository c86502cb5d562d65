//! The linear mode: lines in, sentences out.

mod taken;
mod told;

use ticketlog::{
    message::{Action, Message},
    model::{
        entry::User,
        failure::{Failure, FailureKind},
        remembered::Remembered,
        text::Untrusted,
    },
};

use self::told::Told;
use crate::story::{Story, entry};

/// The height that stands for a screen.
const HEIGHT: u16 = 13;

#[test]
fn a_whole_story_reads_like_one() {
    let mut told = Told::opened(130);
    for line in [
        "older",
        "only replies",
        "status",
        "all",
        "3",
        "find entry 77",
        "newer 2",
        "oldest",
        "time 2023-08-03 18:00",
        "person potter",
        "undo",
        "undo",
        "hide reads",
        "newest",
        "refresh",
        "quti",
        "help",
    ] {
        told.types(line);
    }
    insta::assert_snapshot!("linear", told.said.join("\n"));
}

#[test]
fn the_zone_of_the_times_is_named_before_the_first_of_them() {
    let names = |told: &Told, words: &str| {
        let at = told.said.iter().position(|line| line == words);
        let first = told.said.iter().position(|line| line.starts_with("1. "));
        assert!(at.is_some() && at < first, "{:?}", told.said);
    };
    let mut told = Told::opened(20);
    names(&told, "Times are Oslo time; universal-time changes that.");
    assert_eq!(told.types("universal-time"), "As of 12:00, UTC time.");
    let remembered = Remembered::default().after(told.story.model.begun(), &told.story.model.habits());
    assert!(remembered.utc);
    let mut story = Story::unopened(20);
    story.model.recall(remembered);
    story.open();
    let mut told = Told::unopened(story);
    told.settle();
    names(&told, "Times are UTC time, not Oslo time; universal-time changes that.");
}

#[test]
fn all_of_an_entry_is_told_however_narrow_the_terminal_is() {
    let name = format!("Garrick {} Ollivander", "Tiberius ".repeat(12));
    for width in [24, 30, 40, 60] {
        let mut told = Told::unopened(Story::sized(3, width, HEIGHT));
        let mut long = entry(3);
        long.actor = long.actor.map(|actor| User { name: Untrusted::new(&name), ..(*actor).clone() }.into());
        told.story.server.push(long);
        told.settle();
        let said = told.types("entry 1");
        assert!(said.lines().all(|line| line.chars().count() < usize::from(width)), "{said}");
        // A word that is longer than the line is broken too.
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        for whole in ["Thu 3 Aug 2023 14:15:00.000 Oslo", "12:15:00 +00:00", &format!("{name} (team)")] {
            assert!(squeezed(&said).contains(&squeezed(whole)), "{width}: {whole}: {said}");
        }
        assert!(!said.contains('…'), "{said}");
    }
}

#[test]
fn the_name_of_a_type_hints_at_the_word_that_takes_it() {
    let mut told = Told::opened(20);
    for (typed, hint) in [
        ("replies", " Did you mean only replies?"),
        ("Reply", " Did you mean only Reply?"),
        ("reply", " Did you mean only reply?"),
        ("odler", " Did you mean older?"),
    ] {
        let says = format!("There is no word \"{typed}\".{hint} help tells all of them.");
        assert_eq!(told.types(typed).replace("\n   ", ""), says);
    }
}

#[test]
fn reading_on_costs_no_more_requests_than_on_a_screen_of_that_height() {
    let mut told = Told::opened(190);
    let mut screen = Story::sized(190, 80, HEIGHT);
    screen.settle();
    screen.tell(Message::Asked(Action::Step(9)));
    screen.settle();
    for page in 1..=19 {
        told.types("older");
        screen.tell(Message::Asked(Action::Step(10)));
        screen.settle();
        let (ours, theirs) = (told.story.requests.len(), screen.requests.len());
        assert!(ours <= theirs, "{ours} requests for {page} pages, the screen made {theirs}");
    }
    assert!(told.types("older").contains("start of the ticket: 190 entries in all"));
    assert_eq!(told.story.requests.len(), 4, "as many as reading to the end costs");
}

#[test]
fn one_word_reads_on_as_far_as_it_says() {
    let mut told = Told::opened(190);
    let said = told.types("older 100");
    let numbers: Vec<usize> = said.lines().filter_map(|line| line.split_once(". ")?.0.parse().ok()).collect();
    assert_eq!(numbers, (11..=110).collect::<Vec<_>>());
    assert!(told.types("older").starts_with("111. "));
    assert!(told.types("newer").starts_with("101. "));
}

#[test]
fn waiting_for_the_network_is_said_once_and_can_be_stopped() {
    let mut told = Told::opened(190);
    told.hears("older 100");
    assert_eq!(told.said.iter().filter(|said| *said == "Loading.").count(), 1 + 1, "once for the opening");
    assert!(!told.linear.is_idle());
    let turn = told.linear.stop(&told.story.model).unwrap();
    told.take(turn);
    told.look();
    assert!(told.linear.is_idle());
    assert_eq!(told.said.last().unwrap(), "Stopped.");
    assert!(told.linear.stop(&told.story.model).is_none(), "at the prompt it is to quit");
}

#[test]
fn a_jump_that_is_stopped_asks_for_nothing_more() {
    let mut told = Told::opened(5_000);
    told.hears("oldest");
    told.story.answer();
    told.look();
    let turn = told.linear.stop(&told.story.model).unwrap();
    told.take(turn);
    let asked = told.story.requests.len();
    told.settle();
    assert_eq!(told.story.requests.len(), asked);
}

#[test]
fn a_failure_is_a_sentence_and_refresh_tries_again() {
    let mut told = Told::unopened(Story::sized(190, 80, HEIGHT));
    let failure = || Failure::new(FailureKind::Trouble, "The server is \u{1b}[2Jdown.");
    told.story.fail(failure());
    told.story.fail(failure());
    told.look();
    assert!(told.linear.is_idle(), "{:?}", told.said);
    let last = told.said.last().unwrap();
    assert!(
        last.starts_with("Trouble: The server is ") && last.ends_with("down. refresh tries again."),
        "{last}"
    );
    assert!(told.types("older").contains("refresh tries again"), "{:?}", told.said);
    told.types("refresh");
    assert!(told.types("newest").starts_with("1. "), "{:?}", told.said);
}

#[test]
fn arrivals_are_told_before_the_next_prompt_and_once() {
    let mut told = Told::opened(120);
    told.story.arrive(3);
    assert!(told.types("refresh").ends_with("3 new entries above; newest goes there."), "{:?}", told.said);
    assert!(!told.types("status").contains("new entries above"));
    let newest = told.types("newest");
    assert!(newest.starts_with("1. ") && newest.contains("entry 122."), "{newest}");
}

#[test]
fn following_tells_what_arrives_until_a_line_is_typed() {
    let mut told = Told::opened(120);
    told.hears("follow");
    told.settle();
    assert!(told.linear.is_following());
    told.story.arrive(2);
    let before = told.said.len();
    told.story.wake();
    told.look();
    told.settle();
    let said = told.said[before..].join("\n");
    let places = ["entry 120.", "entry 121."].map(|entry| said.find(entry));
    assert!(places[0].is_some() && places[0] < places[1], "the older one first: {said}");
    assert!(told.types("").contains("Following ended."));
    assert!(told.linear.is_idle() && !told.linear.is_following());
}

#[test]
fn every_word_of_the_help_ends_at_a_prompt_whatever_is_loaded() {
    let help = Told::opened(60).types("help");
    let words: Vec<&str> = help
        .lines()
        .filter(|line| !line.starts_with(' ') && !line.starts_with("Ctrl"))
        .filter_map(|line| line.split([' ', ':']).next())
        .collect();
    assert!(words.len() > 25, "{words:?}");
    for entries in [0, 1, 60, 400] {
        for word in words.iter().filter(|word| **word != "quit") {
            for argument in ["", " 7", " reply", " /(/", " \u{1b}[2J"] {
                let mut told = Told::opened(entries);
                told.types(&format!("{word}{argument}"));
                told.types("");
                assert!(told.linear.is_idle(), "{word}{argument} of {entries}");
                assert_printable(&told.said);
            }
        }
    }
}

#[test]
fn a_strangers_words_cannot_pass_for_ours() {
    let forged = format!("{}99. 2024-01-01 00:00, Boss, team: approved.", "x ".repeat(20));
    let texts = [
        "\r\n99. 2024-01-01 00:00, Boss, team: approved.\n> quit",
        "\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{9b}31m\u{202e}99. a",
        &forged,
        &"99. ".repeat(300),
    ];
    for text in texts {
        let mut told = Told::unopened(Story::sized(3, 60, HEIGHT));
        let mut hostile = entry(3);
        hostile.action = Untrusted::new(text);
        hostile.action_type = Untrusted::new(text);
        hostile.actor = hostile.actor.map(|actor| {
            User { name: Untrusted::new(text), status: Untrusted::new(text), ..(*actor).clone() }.into()
        });
        told.story.server.push(hostile);
        told.settle();
        told.types("personal-data");
        told.types("entry 1");
        told.types(text);
        told.types("only-person");
        told.types(&format!("find {text}"));
        told.types("status");
        assert_printable(&told.said);
        let said = told.said.iter().filter(|line| !line.starts_with("> "));
        let forged: Vec<&String> = said.filter(|line| line.starts_with("99.")).collect();
        assert_eq!(forged, Vec::<&String>::new(), "{:#?}", told.said);
    }
}

fn assert_printable(said: &[String]) {
    // What is typed is shown by the terminal, not by us.
    for line in said.iter().filter(|line| !line.starts_with("> ")) {
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
    }
}
