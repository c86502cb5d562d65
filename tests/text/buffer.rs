//! What ratatui does with our lines: every cluster lands in the cell where we count it (T08).

use proptest::prelude::*;
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line as Drawn, Span},
};
use ticketlog::model::text::{Charset, Line, Segment, Untrusted};

use crate::{hostile_table::rows, oracle};

#[expect(clippy::disallowed_methods, reason = "what ratatui makes of a line is looked at")]
fn draw(line: &Line) -> Buffer {
    let width = u16::try_from(line.cells()).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, width + 4, 1));
    let spans: Vec<Span> = line.segments().iter().map(|segment| Span::raw(&segment.text)).collect();
    buffer.set_line(2, 0, &Drawn::from(spans), width);
    buffer
}

/// Every cluster is in its cell, the cells it covers are blank, and nothing else changed.
fn lands(line: &Line) {
    let buffer = draw(line);
    let mut x = 2;
    for (cluster, cells) in line.segments().iter().flat_map(Segment::clusters) {
        assert_eq!(buffer[(x, 0)].symbol(), cluster);
        for covered in 1..u16::try_from(cells).unwrap() {
            assert_eq!(buffer[(x + covered, 0)].symbol(), " ");
        }
        x += u16::try_from(cells).unwrap();
    }
    assert_eq!(usize::from(x), line.cells() + 2);
    for outside in [0, 1, x, x + 1] {
        assert_eq!(buffer[(outside, 0)].symbol(), " ");
    }
}

#[test]
fn every_cluster_of_the_table_lands_in_its_cell() {
    for (_, text, _) in rows() {
        lands(&Untrusted::new(text).one_line(300, Charset::Unicode));
    }
}

#[test]
fn a_wide_character_is_never_half() {
    let text = Untrusted::new("\u{65E5}\u{672C}\u{8A9E}");
    let shown: Vec<String> = (0..=6).map(|cells| text.one_line(cells, Charset::Unicode).plain()).collect();
    assert_eq!(
        shown,
        [
            "",
            "\u{2026}",
            "\u{2026}",
            "\u{65E5}\u{2026}",
            "\u{65E5}\u{2026}",
            "\u{65E5}\u{672C}\u{2026}",
            "\u{65E5}\u{672C}\u{8A9E}"
        ]
    );
    let narrow: Vec<String> = text.block(1, Charset::Unicode).iter().map(Line::plain).collect();
    assert_eq!(narrow, ["\u{2026}"; 3]);
    let odd: Vec<String> = text.block(3, Charset::Unicode).iter().map(Line::plain).collect();
    assert_eq!(odd, ["\u{65E5}", "\u{672C}", "\u{8A9E}"]);
}

#[expect(clippy::disallowed_methods, reason = "the negative control: drawn without cleaning")]
#[test]
fn uncleaned_text_is_refused_by_the_oracle_and_by_its_cells() {
    let mut refused = 0;
    for (number, text, shown) in rows() {
        if text == shown || text.len() > 1000 {
            continue;
        }
        let is_blank = text.trim().is_empty();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 1));
        buffer.set_line(0, 0, &Drawn::from(Span::raw(&text)), 200);
        let drawn: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        let is_changed = drawn.trim_end() != text;
        let is_unsafe = oracle::check_text(&text, Charset::Unicode).is_err();
        let stands_alone = number == 63;
        assert!(is_blank || stands_alone || is_unsafe, "the oracle lets row {number} through: {text:?}");
        assert!(
            is_blank || stands_alone || is_changed || oracle::check_text(&drawn, Charset::Unicode).is_err()
        );
        refused += usize::from(is_unsafe);
    }
    assert!(refused >= 60, "only {refused} rows are refused");
}

proptest! {
    #[test]
    fn random_text_lands_in_its_cells(text in any::<String>(), width in 1..80_usize) {
        let text = Untrusted::new(text);
        lands(&text.one_line(width, Charset::Unicode));
        text.block(width, Charset::Unicode).iter().for_each(lands);
    }
}
