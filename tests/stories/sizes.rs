//! Every size of the terminal.

use ratatui::layout::Size;
use ticketlog::message::{Effect, Message};

use crate::story::Story;

#[test]
fn every_size_draws_and_every_key_works_in_it() {
    for (width, height) in
        [(0, 0), (1, 1), (2, 3), (20, 3), (40, 12), (80, 24), (200, 50), (500, 300), (1, 200), (200, 1)]
    {
        let mut story = Story::sized(190, width, height);
        let _ = story.screen();
        story.settle();
        for keys in [
            "jjj",
            "G",
            "g",
            "<c-d><space>b",
            "<enter>jJ<esc>",
            "iP<esc>",
            "f<space>jjoa<esc>",
            "?G<esc>",
            "<tab><tab>",
            "r",
        ] {
            story.keys(keys).rest();
            assert_eq!(
                story.screen().len(),
                usize::from(if width == 0 { 0 } else { height }),
                "{width}x{height} {keys}"
            );
        }
        story.keys("Q");
        assert!(story.others.contains(&Effect::Quit(0)));
    }
}

#[test]
fn resizing_keeps_the_entry_at_the_cursor_on_the_screen() {
    let mut story = Story::new(190);
    story.settle();
    for _ in 0..40 {
        story.keys("j").settle();
    }
    for (width, height) in [(80, 10), (40, 30), (20, 4), (200, 50), (80, 24)] {
        story.tell(Message::Resized(Size { width, height }));
        story.settle();
        assert_eq!(story.at(), Some(149));
        assert!(story.cursor_line().is_some(), "{width}x{height}: {:#?}", story.screen());
    }
}
