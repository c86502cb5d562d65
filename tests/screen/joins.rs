//! Rows that are one line, as a terminal keeps them for whoever selects them.

use std::num::NonZero;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
    style::Style,
};
use ticketlog::term::{
    colours::Colours,
    oracle,
    screen::{Screen, ScrollUse},
};

const SIZE: Size = Size::new(10, 4);

#[expect(clippy::disallowed_methods, reason = "a picture made by hand")]
fn rows(texts: [&str; 4]) -> Buffer {
    let mut picture = Buffer::empty(Rect::from((Position::ORIGIN, SIZE)));
    for (y, text) in (0..).zip(texts) {
        picture.set_string(0, y, text, Style::new());
    }
    picture
}

fn cells(many: u16) -> NonZero<u16> {
    NonZero::new(many).expect("a size")
}

#[test]
fn rows_that_are_one_line_no_more_are_none_for_the_terminal_either() {
    let long = ["one line o", "f two rows", "and", "another"];
    for scroll in [ScrollUse::On, ScrollUse::Off] {
        for (next, joined) in [
            // The end of the upper row stays.
            (["one line_o", "f two rows", "and", "another"], vec![]),
            (["one line o", "f two rows", "and", "another"], vec![]),
            (["f two rows", "and", "another", "one"], vec![]),
            (["above_____", "one line o", "f two rows", "and"], vec![2]),
            (["short", "f two rows", "and", "another"], vec![]),
        ] {
            let mut terminal = vt100::Parser::new(cells(SIZE.height), cells(SIZE.width), 0);
            let mut screen = Screen::new(SIZE, Colours::Sixteen);
            screen.set_scroll(scroll);
            for (texts, joined) in [(long, vec![1]), (next, joined)] {
                screen.set_joined(joined.clone());
                let bytes = screen.frame(&rows(texts), None);
                oracle::check(&bytes).expect("the byte oracle");
                terminal.process(&bytes);
                for (y, text) in (0..SIZE.height).zip(texts) {
                    let row = terminal.screen().contents_between(y, 0, y, SIZE.width);
                    assert_eq!(row.trim_end(), text, "{next:?}");
                    let is_joined = joined.contains(&(y + 1));
                    assert_eq!(
                        terminal.screen().row_wrapped(y),
                        is_joined,
                        "row {y} of {texts:?}, {scroll:?}"
                    );
                }
            }
        }
    }
}
