//! The negative control: without cleaning, the same checks refuse what is drawn (T25).
//!
//! There is no switch in the product. The test puts raw text where the view puts cleaned clusters, and past the
//! screen's own defence, and counts which of the hundred strings each check refuses.

use std::collections::BTreeSet;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect, Size},
};
use ticketlog::{
    demo::hostile_strings,
    model::text::Charset,
    term::{colours::Colours, oracle, screen::Screen},
};

use crate::{emulator::Emulator, fields::decoded, watch::check_cells};

const SIZE: Size = Size::new(80, 6);

/// Strings that are shown as they are: nothing is to be refused.
const HONEST: &[u8] =
    &[29, 49, 50, 64, 71, 72, 73, 75, 76, 77, 78, 79, 84, 86, 87, 88, 89, 90, 91, 93, 94, 95, 96, 99, 100];

fn picture() -> Buffer {
    Buffer::filled(Rect::from((Position::ORIGIN, SIZE)), Cell::new("x"))
}

/// A picture with raw text in one cell, as a view without cleaning would leave it.
#[expect(clippy::disallowed_methods, reason = "the negative control: what the product never does")]
fn raw_cell(text: &str) -> Buffer {
    let mut picture = picture();
    picture.cell_mut((7, 2)).expect("a cell").set_symbol(text);
    picture
}

/// The bytes of a frame as a screen without its own defence would send them.
fn raw_bytes(text: &str) -> Vec<u8> {
    let frame = Screen::new(SIZE, Colours::None).frame(&raw_cell("\u{2603}"), None);
    let frame = String::from_utf8(frame).expect("text");
    assert!(frame.contains('\u{2603}'));
    frame.replace('\u{2603}', text).into_bytes()
}

fn refused(is_refused: impl Fn(&str) -> bool) -> BTreeSet<u8> {
    // The beginning will do, and the segmenter is slow without optimisation.
    let beginning = |json: &[u8]| decoded(json).raw_for_export().chars().take(120).collect::<String>();
    let strings = hostile_strings().into_iter();
    strings.filter(|(_, json)| is_refused(&beginning(json))).map(|(number, _)| number).collect()
}

fn hostile() -> BTreeSet<u8> {
    (1..=100).filter(|number| !HONEST.contains(number)).collect()
}

#[test]
fn without_cleaning_each_hostile_string_is_refused_by_the_bytes_or_by_the_cells() {
    let by_bytes = refused(|text| oracle::check(&raw_bytes(text)).is_err());
    let by_cells = refused(|text| check_cells(&raw_cell(text), Charset::Unicode).is_err());
    let passes: Vec<u8> =
        hostile().into_iter().filter(|n| !by_bytes.contains(n) && !by_cells.contains(n)).collect();
    assert_eq!(passes, [0_u8; 0]);
    // The byte oracle cannot tell CSI m, H and J, CR and LF from ours, nor count marks and jamo: 14 strings.
    let only_by_cells: Vec<u8> = hostile().difference(&by_bytes).copied().collect();
    assert_eq!(only_by_cells, [1, 2, 32, 34, 35, 36, 61, 62, 63, 65, 66, 67, 68, 70]);
    assert!(by_bytes.len() >= 60, "{by_bytes:?}");
}

#[test]
fn without_cleaning_the_emulator_shows_something_else_than_the_neighbours_expect() {
    let harmed = refused(|text| {
        let bytes = raw_bytes(text);
        let neighbours = std::panic::catch_unwind(|| {
            let mut emulator = Emulator::used(SIZE);
            emulator.take_unchecked(&bytes);
            emulator.expect(&raw_cell("\u{2603}"), None, Colours::None);
        });
        neighbours.is_err()
    });
    for number in [2, 3, 5, 12, 15, 31, 32, 34, 36, 65] {
        assert!(harmed.contains(&number), "string {number} harms nothing: {harmed:?}");
    }
}

#[test]
fn the_screens_own_defence_replaces_what_a_view_without_cleaning_would_send() {
    for (number, json) in hostile_strings() {
        let frame = Screen::new(SIZE, Colours::None).frame(&raw_cell(decoded(&json).raw_for_export()), None);
        assert_eq!(oracle::check(&frame), Ok(()), "string {number}");
    }
}
