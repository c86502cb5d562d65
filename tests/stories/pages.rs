//! Pages over the list and panes below it.

use ticketlog::{
    message::Effect,
    model::{
        entry::Time,
        failure::{Failure, FailureKind},
        stamp::Stamp,
        text::Untrusted,
    },
};

use crate::story::Story;

#[test]
fn enter_shows_the_entry_on_its_own_page_and_escape_closes_it() {
    let mut story = Story::new(190);
    story.settle().keys("j<enter>");
    assert!(story.shows("entry 188"), "{:#?}", story.screen());
    assert!(story.shows("hidden, P shows it"));
    story.keys("J");
    assert!(story.shows("entry 187"));
    story.keys("P");
    assert!(story.shows("someone@example.org"));
    story.keys("<esc>");
    assert_eq!(story.at(), Some(187));
    assert!(story.others.is_empty(), "nothing was quit");
}

#[test]
fn raw_json_hides_personal_data_until_it_is_asked_for() {
    let mut story = Story::new(190);
    story.settle().keys("i");
    assert!(story.shows("\"email\": null"), "{:#?}", story.screen());
    assert!(!story.shows("someone@example.org"));
    story.keys("P");
    assert!(story.shows("someone@example.org"));
    story.keys("q");
    assert!(story.others.is_empty());
}

#[test]
fn a_short_screen_starts_without_the_detail_pane_and_tab_opens_it() {
    let mut story = Story::sized(190, 80, 20);
    story.settle();
    assert!(!story.shows("entry 1 of"));
    story.keys("<tab>");
    assert!(story.shows("── entry 1 of 50 shown ──"), "{:#?}", story.screen());
    story.keys("<tab>");
    assert!(!story.shows("entry 1 of"));
}

#[test]
fn closing_and_quitting_follow_what_is_on_top() {
    let mut story = Story::new(190);
    story.settle().keys("f<esc><esc>?q<esc><enter>q");
    assert!(story.others.is_empty(), "{:?}", story.others);
    story.keys("q");
    assert_eq!(story.others, [Effect::Quit(0)]);
    for keys in ["Q", "<c-c>", "?q<enter>", "fQ", "<enter><c-c>"] {
        let mut story = Story::new(190);
        story.settle().keys(keys);
        assert_eq!(story.others, [Effect::Quit(0)], "{keys}");
    }
}

#[test]
fn nothing_is_asked_or_moved_by_keys_without_a_meaning() {
    let mut story = Story::new(190);
    story.settle();
    let before = story.screen();
    story.keys("§1<c-s><c-q>äU%");
    assert_eq!(story.screen(), before);
    assert_eq!(story.requests.len(), 1);
}

#[test]
fn help_over_an_entrys_page_gives_the_page_back() {
    let mut story = Story::new(190);
    story.settle().keys("j<enter>?");
    assert!(story.shows("one line down"));
    story.keys("<esc>");
    assert!(story.shows("entry 188"), "{:#?}", story.screen());
    story.keys("<esc>");
    assert!(story.shows("── entry 2 of 50 shown ──"));
}

#[test]
fn a_page_without_an_entry_says_why_it_is_empty() {
    let mut story = Story::new(190);
    story.keys("i");
    assert!(story.shows("not loaded yet"), "{:#?}", story.screen());
    story.fail(Failure::new(FailureKind::NotAuthorised, "example.org does not accept the token."));
    assert!(story.shows("example.org does not accept the token."), "{:#?}", story.screen());
    assert!(story.screen()[0].ends_with("not authorised"), "{}", story.screen()[0]);
}

#[test]
fn a_long_sentence_fills_the_pane_and_says_where_the_rest_is() {
    let mut story = Story::new(5);
    story.server[4].action = Untrusted::new("word ".repeat(200));
    story.settle();
    let screen = story.screen();
    let pane = &screen[18..23];
    assert!(pane.iter().any(|line| line.ends_with("… enter shows all")), "{pane:#?}");
    assert!(pane[4].contains("+00:00"), "the exact time stays: {pane:#?}");
}

#[test]
fn the_time_as_given_has_its_date_where_the_day_is_another() {
    let mut story = Story::new(5);
    story.server[4].time = Time::At(Stamp::parse("2023-12-14T02:24:40.5+03:00").unwrap());
    story.server[3].time = Time::At(Stamp::parse("2023-12-13T21:24:40.5-05:00").unwrap());
    story.settle();
    assert!(story.shows("02:24:40.5 +03:00 ·") && !story.shows("2023-12-14 02:24:40.5 +03:00"));
    story.keys("j");
    assert!(story.shows("2023-12-13 21:24:40.5 -05:00 ·"), "{:#?}", story.screen());
    story.keys("<enter>");
    assert!(story.shows("2023-12-13 21:24:40.5 -05:00"));
}

#[test]
fn the_owner_in_the_log_ends_with_an_unassignment() {
    let mut story = Story::new(5);
    story.server[4].action_type = Untrusted::new("ticket_unassigned");
    story.server[3].action_type = Untrusted::new("ticket_assigned_to_user");
    story.server[3].action = Untrusted::new("gave it to {User:user-0}");
    story.asked.rotate_left(1);
    story.fail(Failure::new(FailureKind::Trouble, "no"));
    story.settle();
    assert!(!story.screen()[0].contains("Garrick"), "{}", story.screen()[0]);
}
