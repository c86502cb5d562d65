//! The table of hostile strings against both ways of showing them (T01, T07).

use std::collections::BTreeSet;

use ticketlog::model::text::{Charset, Line, Origin, Untrusted};

use crate::{hostile_table::rows, oracle};

/// The budget of cells in which the table is written.
const CELLS: usize = 1000;

/// A line's text with its markers between « and ».
fn marked(line: &Line) -> String {
    line.segments()
        .iter()
        .map(|segment| match segment.origin {
            Origin::Marker => format!("«{}»", segment.text),
            Origin::Own | Origin::Data => segment.text.clone(),
        })
        .collect()
}

#[test]
fn a_list_shows_every_hostile_string_as_the_table_says() {
    for (number, text, shown) in rows() {
        let line = Untrusted::new(text).one_line(CELLS, Charset::Unicode);
        assert_eq!(marked(&line), shown, "row {number}");
        assert!(line.cells() <= CELLS, "row {number}");
        assert_eq!(oracle::check(&line, Charset::Unicode), Ok(()), "row {number}");
    }
}

#[test]
fn the_table_has_a_hundred_rows() {
    let numbers: BTreeSet<u8> = rows().into_iter().map(|(number, ..)| number).collect();
    assert!(numbers.into_iter().eq(1..=100));
}

#[test]
fn a_detail_shows_a_text_without_breaks_and_tabs_as_the_list_does() {
    for (number, text, shown) in rows() {
        let has_layout = text.contains(['\n', '\t', '\u{85}', '\u{2028}']);
        if text.len() > 60_000 || has_layout {
            continue;
        }
        let lines = Untrusted::new(text).block(20_000, Charset::Unicode);
        let whole: String = lines.iter().map(marked).collect();
        if number == 99 {
            assert_eq!(whole, "\u{1F600}".repeat(5000));
        } else {
            assert_eq!(whole, shown, "row {number}");
        }
    }
}

#[test]
fn every_hostile_string_is_safe_at_every_width_in_both_charsets() {
    for (number, text, _) in rows() {
        let short: String = text.chars().take(400).collect();
        let text = Untrusted::new(short);
        for charset in [Charset::Unicode, Charset::Ascii] {
            for width in (1..=80).step_by(if number % 7 == 0 { 1 } else { 13 }) {
                for line in text.block(width, charset).iter().chain([&text.one_line(width, charset)]) {
                    assert!(line.cells() <= width, "row {number} at {width}");
                    assert_eq!(oracle::check(line, charset), Ok(()), "row {number} at {width}");
                }
            }
        }
    }
}

#[test]
fn in_ascii_markers_and_escapes_are_told_from_typed_text() {
    for (text, shown) in [
        ("\x1b[31m", "«<1B>»[31m"),
        ("\x7f\u{9B}", "«<7F><9B>»"),
        ("caf\u{E9}", "caf«\\u{e9}»"),
        ("\\u{e9}", "\\u{e9}"),
        ("a\n\nb", "a«<NL x2>»b"),
        ("a\nb", "a«<NL>»b"),
        ("e\u{301}", "e«\\u{301}»"),
        ("\u{301}", "«\\u{301}»"),
        ("\u{25CC}\u{301}", "«\\u{25cc}\\u{301}»"),
        ("\u{200B}\u{200B}", "«<U+200B x2>»"),
        ("a\u{A0}b", "a b"),
    ] {
        let line = Untrusted::new(text).one_line(80, Charset::Ascii);
        assert_eq!(marked(&line), shown);
    }
    let cut = Untrusted::new("abcdef").one_line(4, Charset::Ascii);
    assert_eq!(marked(&cut), "abc«~»");
}

#[test]
fn a_real_break_of_every_kind_ends_a_line_of_a_detail() {
    let text = Untrusted::new("a\nb\r\nc\u{85}d\u{2028}e\u{2029}f\rg");
    let lines: Vec<String> = text.block(80, Charset::Unicode).iter().map(marked).collect();
    assert_eq!(lines, ["a", "b", "c", "d", "e", "f«␍»g"]);
}

#[test]
fn dropped_characters_do_not_part_a_line_break_or_a_cluster() {
    let text = Untrusted::new("a\r\u{FE0F}\nb\u{1100}\u{FE0F}\u{1161}");
    assert_eq!(marked(&text.one_line(80, Charset::Unicode)), "a«⏎»b\u{1100}\u{1161}");
    let merged = format!("{}\u{FE0F}", "\u{1100}".repeat(4)).repeat(20);
    let line = Untrusted::new(merged).one_line(500, Charset::Unicode);
    assert_eq!(oracle::check(&line, Charset::Unicode), Ok(()));
}

#[test]
fn a_long_field_ends_with_what_is_left() {
    let lines = Untrusted::new("x".repeat(65_536 + 123_456)).block(80, Charset::Unicode);
    let last = lines.last().map(marked);
    assert_eq!(last.as_deref(), Some("«<cut: 123,456 more characters>»"));
    let shown: usize = lines.iter().map(Line::cells).sum();
    assert_eq!(shown, 65_536 + "<cut: 123,456 more characters>".len());
}
