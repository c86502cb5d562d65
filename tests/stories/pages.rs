//! Pages over the list and panes below it.

use ticketlog::message::Effect;

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
    story.settle().keys("f<esc><esc>?q<enter>q");
    assert!(story.others.is_empty(), "{:?}", story.others);
    story.keys("q");
    assert_eq!(story.others, [Effect::Quit(0)]);
    for keys in ["Q", "<c-c>", "?Q", "fQ", "<enter><c-c>"] {
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
    story.keys("§1<c-s><c-q>äX%");
    assert_eq!(story.screen(), before);
    assert_eq!(story.requests.len(), 1);
}
