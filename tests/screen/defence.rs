//! What is sent for cells that terminals treat differently, or that should never have been there.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use ticketlog::term::{colours::Colours, oracle, screen::Screen};

const SIZE: Size = Size::new(20, 3);

#[expect(clippy::disallowed_methods, reason = "a picture made by hand")]
fn line(text: &str) -> Buffer {
    let mut picture = Buffer::empty(Rect::from((Position::ORIGIN, SIZE)));
    picture.set_string(0, 0, text, ratatui::style::Style::new());
    picture
}

/// The frame that leads from one line to the other.
fn change(from: &str, to: &str, cursor: Option<Position>) -> String {
    let mut screen = Screen::new(SIZE, Colours::Sixteen);
    assert!(!screen.frame(&line(from), cursor).is_empty());
    let frame = screen.frame(&line(to), cursor);
    oracle::check(&frame).expect("the byte oracle");
    String::from_utf8(frame).expect("text").replace('\x1b', "^")
}

#[test]
fn the_cursor_is_placed_anew_after_an_emoji_and_blanks_go_under_it() {
    // Blanks first: a terminal that draws it narrow would leave the `d` beside it.
    assert_eq!(change("abcdef", "ab👍ef", None), "\rab  ^[3G👍");
    assert_eq!(change("abcdef", "ab👍eX", None), "\rab  ^[3G👍^[6GX");
}

#[test]
fn a_cursor_on_the_right_half_of_a_wide_character_is_no_place_to_write_on_from() {
    let frame = change("中abcd", "中abcX", Some(Position::new(1, 0)));
    assert_eq!(frame, "^[6GX^[2G");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "what must never be in a cell is put there")]
fn nothing_unprintable_leaves_a_cell() {
    for hostile in
        ["\x1b[2J", "\x07", "a\u{9b}31m", "\u{202e}", "\u{200b}", "\u{301}", "\u{e0041}", "\r", "\n"]
    {
        let mut picture = line("before and after");
        picture.cell_mut((7, 0)).expect("a cell").set_symbol(hostile);
        let frame = Screen::new(SIZE, Colours::True).frame(&picture, None);
        assert_eq!(oracle::check(&frame), Ok(()), "{}", hostile.escape_debug());
        let text = String::from_utf8(frame).expect("text");
        assert!(text.contains("before \u{fffd}\x1b[9Gnd after"), "{}", text.escape_debug());
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a picture made by hand")]
fn any_size_is_taken_and_cut() {
    for (width, height) in [(0, 0), (0, 5), (5, 0), (1, 1), (1, 9), (600, 1), (2, 400)] {
        let size = Size::new(width, height);
        let mut picture = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        for y in 0..height {
            picture.set_string(0, y, "中x".repeat(300), ratatui::style::Style::new());
        }
        let mut screen = Screen::new(size, Colours::None);
        let frame = screen.frame(&picture, Some(Position::new(u16::MAX, u16::MAX)));
        assert_eq!(frame.is_empty(), size.area() == 0, "{width}x{height}");
        oracle::check(&frame).expect("the byte oracle");
        let text = String::from_utf8(frame).expect("text");
        assert!(!text.contains("\x1b[301"), "{width}x{height}: a row beyond the last");
    }
}

#[test]
fn a_picture_smaller_than_the_screen_paints_in_full() {
    let mut screen = Screen::new(SIZE, Colours::Sixteen);
    assert!(!screen.frame(&line("text"), None).is_empty());
    let smaller = Buffer::empty(Rect::new(0, 0, 10, 2));
    assert!(screen.frame(&smaller, None).starts_with(b"\x1b[r\x1b[m\x1b[H\x1b[J"));
}
