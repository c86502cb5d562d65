//! Each of the hundred strings in every place of an answer, on everything that shows it (T05).

use ratatui::layout::Size;
use ticketlog::{demo::hostile_strings, model::text::Charset};

use crate::{
    fields::{NAMES, Places, beginnings, decoded, texts, texts_of_ticket, ticket},
    watch::{Watch, rows},
};

#[test]
fn every_string_reaches_every_place_of_the_model_as_it_was_written() {
    for (number, json) in hostile_strings() {
        let expected = decoded(&json);
        for name in NAMES {
            let entry = Places::harmless().with(name, &json).entry();
            let found = texts(&entry).into_iter().find(|(place, _)| place == name);
            match found {
                Some((_, text)) => assert!(*text == expected, "string {number} in {name}"),
                None => {
                    assert!(expected.is_empty() || name.starts_with("unknown"), "string {number} in {name}");
                }
            }
            assert_eq!(entry.flaw, None, "string {number} in {name}");
        }
        for text in texts_of_ticket(&ticket(&json)) {
            assert!(*text == expected, "string {number} in the ticket");
        }
    }
}

/// A page with the string in one place of each entry, and then in all places of one.
fn entries(json: &[u8]) -> Vec<ticketlog::model::entry::Entry> {
    let one_each = NAMES.iter().map(|name| Places::harmless().with(name, json).entry());
    [Places::all(json).entry()].into_iter().chain(one_each).collect()
}

fn walk(size: Size, charset: Charset, groups: &[&str]) {
    for (number, json) in beginnings() {
        let mut watch =
            Watch::of(entries(&json), Some(ticket(&json)), size, &format!("string {number} at {size}"));
        watch.story.model.charset = charset;
        watch.look();
        watch.keys(groups);
    }
}

/// List, entry page from top to bottom, personal data, raw JSON, filter panel with the string as a type; the string
/// as what narrows the view, and in the list that is empty because of it.
const TOUR: &[&str] =
    &["<enter>P", "f", "i", "f", "<esc>f", "Gkn<space><esc>", "f1<esc>pX", "&zz<enter>", "f/<esc><esc>="];

#[test]
fn every_string_in_every_place_is_text_on_every_screen_of_80_columns() {
    walk(Size::new(80, 30), Charset::Unicode, TOUR);
}

#[test]
fn every_string_in_every_place_is_text_on_small_and_large_screens_and_in_ascii() {
    walk(Size::new(33, 9), Charset::Unicode, &["j<enter>", "i", "<esc>f"]);
    walk(Size::new(140, 12), Charset::Unicode, &[]);
    walk(Size::new(60, 16), Charset::Ascii, &["<enter>P", "i"]);
}

#[test]
fn what_a_stranger_wrote_is_seen_or_counted_wherever_it_stands() {
    for (number, json) in beginnings() {
        let shown = decoded(&json).one_line(7, Charset::Unicode).plain();
        let mut watch = Watch::of(
            vec![Places::all(&json).entry(), Places::harmless().entry()],
            Some(ticket(&json)),
            Size::new(120, 40),
            &format!("string {number}"),
        );
        let seen = shown.trim_end_matches('\u{2026}').trim();
        let list = rows(&watch.look());
        let header = usize::from(number != 100) * 4;
        assert!(list[0].matches(seen).count() >= header, "string {number} in the header: {list:#?}");
        assert!(list[2].matches(seen).count() >= 3, "string {number} in the list: {list:#?}");
        watch.keys(&["f"]);
        let panel = rows(&watch.story.buffer());
        assert!(panel.iter().any(|row| row.contains(seen)), "string {number} in the panel");
    }
}
