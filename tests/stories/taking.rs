//! Taking things from the screen: the line at the cursor, what is selected, and what is said of it.

use ratatui::layout::Size;
use ticketlog::{
    message::{Effect, Message},
    model::{
        snippet::Snippet,
        taking::{ByHand, Delivery, Route},
        text::Untrusted,
    },
};

use crate::story::Story;

pub fn open() -> Story {
    let mut story = Story::new(190);
    story.settle();
    story
}

/// What was asked to be copied last.
pub fn copied(story: &Story) -> &str {
    let text = story.others.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    text.unwrap_or_else(|| panic!("nothing was copied")).as_str()
}

pub fn footer(story: &Story) -> String {
    story.screen().last().cloned().unwrap_or_default()
}

/// The lines with the sign of what is selected, and the line of the cursor.
fn marked(story: &Story) -> (Vec<usize>, Option<usize>) {
    let screen = story.screen();
    let marked = screen.iter().enumerate().filter(|(_, line)| line.starts_with('*'));
    (marked.map(|(at, _)| at).collect(), story.cursor_line())
}

#[test]
fn the_line_at_the_cursor_is_copied_whole_with_seconds_and_zone() {
    let mut story = open();
    story.keys("jy");
    let text = copied(&story);
    assert!(!text.contains('\n') && !text.ends_with(' '), "{text}");
    assert!(text.contains(" Oslo  ") && text.contains("entry 188"), "{text}");
    let seconds = text.split(' ').nth(1).unwrap().split(':').count();
    assert_eq!(seconds, 3, "{text}");
    story.keys("<enter>jy");
    assert!(copied(&story).contains("entry 188"), "on its page too");
}

#[test]
fn names_are_not_shortened_and_a_line_break_in_a_text_is_no_line_break() {
    let mut story = Story::unopened(1);
    let name = "Bartholomew Wolfeschlegelsteinhausenbergerdorff the Elder of Hogsmeade";
    let entry = &mut story.server[0];
    entry.action = Untrusted::new("sent\nrm -rf ~\r\n\u{1b}]52;c;x\u{7} a reply\0");
    let mut actor = entry.actor.as_deref().unwrap().clone();
    actor.name = Untrusted::new(name);
    entry.actor = Some(actor.into());
    story.open();
    story.settle().keys("y");
    let text = copied(&story);
    assert!(text.contains(name), "{text}");
    assert!(!text.contains(char::is_control), "{text:?}");
}

#[test]
fn the_footer_says_by_which_way_it_was_sent_and_never_that_it_arrived() {
    let mut story = open();
    assert!(footer(&story).contains("y copy"), "{}", footer(&story));
    for (route, words) in [
        (Route::Tmux, "sent 41 characters to tmux; paste where your terminal allows it"),
        (Route::OldTmux, "sent 41 characters to this tmux alone"),
        (Route::Terminal, "sent 41 characters to your terminal; paste where it allows it"),
        (Route::Command, "sent 41 characters to your copy_command"),
    ] {
        let text = Snippet::text(&"e\u{301}".repeat(41));
        story.tell(Message::Copied(Delivery::Sent(route, text)));
        assert!(footer(&story).starts_with(words), "{}", footer(&story));
        story.keys("j");
        assert!(footer(&story).contains("move"), "until the next key");
    }
}

#[test]
fn what_cannot_be_sent_stands_on_a_page_that_any_closing_key_closes() {
    let mut story = open();
    story.keys("<enter>");
    let page = story.screen();
    let text = Snippet::text("first line\n\nsecond line");
    let failed = ByHand::Failed(Route::Command, Untrusted::new("no \u{1b}display\nhere"));
    for (why, words) in [
        (ByHand::Asked, "select it by hand, esc closes"),
        (ByHand::NoClipboard, "this terminal has no clipboard"),
        (ByHand::TooLarge, "23 characters are too many"),
        (failed, "copy_command failed: no "),
    ] {
        for key in ["<esc>", "q", "<enter>"] {
            story.tell(Message::Copied(Delivery::ByHand(why.clone(), text.clone())));
            let screen = story.screen();
            assert_eq!(screen[2..6], ["first line", "", "second line", ""], "nothing else");
            assert!(footer(&story).contains(words), "{}", footer(&story));
            assert!(!story.shows("\u{1b}"));
            story.keys(key);
            assert_eq!(story.screen()[2..20], page[2..20], "what was there before");
        }
    }
}

#[test]
fn what_is_selected_by_hand_has_no_break_and_no_gap_that_is_not_in_the_text() {
    let mut story = Story::sized(3, 40, 12);
    story.settle();
    let long = "ticketlog 4711 --find 'long text' --types reply,note,status_changed --profile acme";
    let text = Snippet::text(&format!("{{\n  \"a\": 1\n}}\n{long}\n\u{65e5}x{}", "\u{65e5}".repeat(30)));
    story.tell(Message::Copied(Delivery::ByHand(ByHand::Asked, text)));
    let screen = story.screen();
    assert_eq!(screen[2..5], ["{", "  \"a\": 1", "}"]);
    assert_eq!(screen[5..8].concat(), long);
    assert!(screen[5].len() == 40 && screen[6].len() == 40, "{screen:#?}");
    assert_eq!(story.model.joined_rows(), [6, 7], "a wide one that does not fit begins a row of its own");
    assert!(footer(&story).starts_with("select it by hand, esc closes; full row"), "{}", footer(&story));
}

#[test]
fn a_text_that_fills_pages_scrolls_and_one_that_is_too_long_for_that_is_only_told_of() {
    let mut story = open();
    let lines = (0..100).map(|number| format!("line {number}"));
    story.tell(Message::Copied(Delivery::ByHand(ByHand::Asked, Snippet::lines(lines))));
    story.keys("G");
    assert!(story.shows("line 99") && !story.shows("line 0"));
    story.keys("<esc>");
    let list = story.screen();
    let huge = Snippet::lines((0..100_000).map(|number| format!("line {number}")));
    story.tell(Message::Copied(Delivery::ByHand(ByHand::TooLarge, huge)));
    assert!(footer(&story).contains("100,000 lines are too many to copy from here"), "{}", footer(&story));
    assert_eq!(story.screen()[..20], list[..20]);
}

#[test]
fn selecting_begins_at_the_cursor_goes_with_it_and_ends_with_esc_or_the_same_key() {
    for end in ["V", "<esc>", "q"] {
        let mut story = open();
        story.keys("jjVjj");
        assert_eq!(marked(&story), (vec![4, 5], Some(6)), "{:#?}", story.screen());
        assert!(footer(&story).starts_with("3 selected, esc ends"), "{}", footer(&story));
        story.keys("kkkk");
        assert_eq!(marked(&story), (vec![3, 4], Some(2)), "both ways: {:#?}", story.screen());
        story.keys("y");
        let lines: Vec<&str> = copied(&story).lines().collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[0].contains("entry 189") && lines[2].contains("entry 187"), "{lines:?}");
        assert!(!copied(&story).ends_with('\n'));
        story.keys(end);
        assert_eq!(marked(&story).0, Vec::<usize>::new(), "{end}");
        assert!(!story.others.contains(&Effect::Quit(0)));
    }
}

#[test]
fn arrivals_change_nothing_of_what_is_selected() {
    let mut story = open();
    story.keys("jVjj").keys("y");
    let before = copied(&story).to_owned();
    story.arrive(7).keys("r").settle().keys("y");
    assert_eq!(copied(&story), before);
    assert!(story.shows("3 selected") || footer(&story).starts_with("3 selected"), "{:#?}", story.screen());
}

#[test]
fn a_fold_is_selected_whole_and_copied_alone_as_the_line_it_is() {
    let mut story = Story::unopened(0);
    let read = |number: usize| {
        let mut entry = crate::story::entry(number);
        // Bots have rows of their own.
        entry.actor = crate::story::entry(number % 2).actor;
        entry.action_type =
            Untrusted::new(if (2..8).contains(&number) { "ticket_read" } else { "note_created" });
        entry
    };
    story.server = (0..10).map(read).collect();
    story.open();
    story.settle();
    let rows = story.screen();
    let fold = rows.iter().position(|row| row.contains("6 reads")).unwrap_or_else(|| panic!("no fold"));
    story.keys(&"j".repeat(fold - 2)).keys("y");
    assert!(copied(&story).contains("6 reads by"), "{}", copied(&story));
    assert_eq!(copied(&story).lines().count(), 1);
    story.keys("V");
    assert!(footer(&story).starts_with("6 selected"), "{}", footer(&story));
    story.keys("jy");
    assert_eq!(copied(&story).lines().count(), 7);
    story.keys("kky");
    assert_eq!(copied(&story).lines().count(), 7, "the line above and the fold");
}

#[test]
fn another_ticket_or_another_list_of_types_has_nothing_selected() {
    let mut story = open();
    story.keys("Vjj");
    story.keys(":255762<enter>").settle();
    assert!(!story.shows("selected") && marked(&story).0.is_empty());
    let mut story = open();
    story.keys("VjjX").rest();
    assert!(!story.shows("selected"), "{:#?}", story.screen());
}

#[test]
fn that_another_list_of_types_ends_selecting_is_said() {
    for keys in ["X", "f2<enter>"] {
        let mut story = open();
        story.keys("Vjj").keys(keys).settle();
        let footer = footer(&story);
        assert!(footer.contains("the selection ended: this is another list"), "{keys}: {footer}");
        story.keys("j");
        assert!(!story.shows("selection ended"), "until the next key");
        story.keys("X").settle();
        assert!(!story.shows("selection ended"), "once");
    }
    let mut story = open();
    story.keys("Vjj:255762<enter>").settle();
    assert!(!story.shows("selection ended"), "another ticket was asked for");
}

#[test]
fn without_an_entry_there_is_nothing_to_copy_or_to_select() {
    for keys in ["y", "V"] {
        let mut story = Story::new(0);
        story.settle().keys(keys);
        assert!(footer(&story).contains("no entry is at the cursor"), "{}", footer(&story));
        assert!(!story.others.iter().any(|effect| matches!(effect, Effect::Copy(_))));
    }
}

#[test]
fn every_size_takes_a_selection_and_a_page_of_text() {
    for (width, height) in [(1, 1), (20, 3), (40, 12), (80, 24), (200, 50)] {
        let mut story = Story::sized(190, width, height);
        story.settle().keys("Vjjjjjjjjj");
        let _ = story.screen();
        story.tell(Message::Copied(Delivery::ByHand(ByHand::NoClipboard, Snippet::text("a\nb\n\u{65e5}"))));
        let _ = story.screen();
        story.tell(Message::Resized(Size { width: 3, height: 3 }));
        let _ = story.screen();
    }
}
