//! What the screen looks like, in cells: the reference's entries and a long log, in five sizes.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ticketlog::{
    api::{Interner, decode_page},
    model::{entry::Entry, text::Charset},
};

use crate::story::Story;

/// The entries of an answer, oldest first.
fn entries(body: &[u8]) -> Vec<Entry> {
    let mut entries = decode_page(body, &mut Interner::default()).unwrap();
    entries.reverse();
    entries
}

/// The five entries of the reference's example.
fn reference() -> Vec<Entry> {
    entries(include_bytes!("../data/ticket-log-example.json"))
}

fn of_reference(width: u16, height: u16) -> Story {
    let mut story = Story::sized(0, width, height);
    story.server = reference();
    story.settle();
    story
}

/// Text and styles: every row, then every stretch of cells whose style is not the plain one.
pub fn picture(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let mut out = String::new();
    for (y, row) in buffer.content().chunks(width).enumerate() {
        let text: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        let _ = write!(out, "{:>3} {}", y, text.trim_end());
        let mut x = 0;
        while x < row.len() {
            let style = row[x].style();
            let length = row[x..].iter().take_while(|cell| cell.style() == style).count();
            let plain = row[x].modifier.is_empty() && row[x].fg == ratatui::style::Color::Reset;
            if !plain {
                let _ = write!(out, "  ⟨{x}+{length} {:?} {:?}⟩", row[x].fg, row[x].modifier);
            }
            x += length;
        }
        out.push('\n');
    }
    out
}

#[test]
fn the_reference_at_five_sizes() {
    for (width, height) in [(1, 1), (20, 3), (40, 12), (80, 24), (200, 50)] {
        let mut story = of_reference(width, height);
        story.keys("j");
        insta::assert_snapshot!(format!("reference_{width}x{height}"), picture(&story.buffer()));
    }
}

#[test]
fn the_reference_in_ascii() {
    let mut story = of_reference(80, 24);
    story.model.charset = Charset::Ascii;
    let picture = picture(&story.buffer());
    assert!(picture.lines().all(|line| line.split('⟨').next().unwrap().is_ascii()), "{picture}");
    insta::assert_snapshot!("reference_ascii", picture);
}

#[test]
fn the_filter_panel_at_three_sizes() {
    for (width, height) in [(40, 12), (80, 24), (200, 50)] {
        let mut story = Story::sized(190, width, height);
        story.settle().keys("fjjj<space>").rest();
        insta::assert_snapshot!(format!("filter_{width}x{height}"), picture(&story.buffer()));
    }
}

#[test]
fn an_entry_on_its_own_page_and_as_json() {
    let mut story = of_reference(80, 24);
    story.keys("jj<enter>");
    insta::assert_snapshot!("entry_page", picture(&story.buffer()));
    story.keys("i");
    insta::assert_snapshot!("entry_json", picture(&story.buffer()));
}

#[test]
fn the_list_of_actions_at_three_sizes() {
    for (width, height) in [(40, 12), (80, 24), (200, 50)] {
        let mut story = of_reference(width, height);
        story.keys("?");
        insta::assert_snapshot!(format!("actions_{width}x{height}"), picture(&story.buffer()));
        story.keys("hit");
        insta::assert_snapshot!(format!("actions_found_{width}x{height}"), picture(&story.buffer()));
    }
}

#[test]
fn the_norwegian_example_shows_its_labels_and_its_sentences() {
    let mut story = Story::new(0);
    story.server = entries(include_bytes!("../data/get-ticket-log-example.json"));
    story.settle();
    assert_eq!(
        story.screen()[2..6],
        [
            "▌2022-10-28 14:41 read     Anton Checkhov     leste saken",
            "── 1 month without an entry ──",
            " 2022-09-28 01:05 status   Anton Checkhov     På vent → Åpen",
            "── start of the ticket · 2 entries in all ──",
        ]
    );
    story.keys("j");
    assert!(story.shows(r#"endret sakens status fra "På vent" til "Åpen""#), "{:#?}", story.screen());
    assert!(story.shows("2022-09-27 23:05:58.7768791 +00:00"));
}
