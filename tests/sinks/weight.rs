//! Pages as heavy as they may be: what is drawn is bounded by the screen, what is kept by the page (T24).

use ratatui::layout::Size;
use ticketlog::{
    api::{Interner, decode_page},
    model::{
        entry::TOO_LARGE,
        text::{Charset, Untrusted},
    },
};

use crate::{fields::Places, watch::Watch};

const FIELD: usize = 64 * 1024;

fn page(unit: &str, entries: usize, bytes: usize) -> Vec<u8> {
    let text = unit.repeat(bytes / unit.len());
    let entry = |n: usize| {
        format!("{{\"actionString\":\"{n} {text}\",\"actionType\":\"x\",\"user\":{{\"name\":\"{text}\"}}}}")
    };
    let entries: Vec<String> = (0..entries).map(entry).collect();
    format!("{{\"errorCode\":-1,\"data\":[{}]}}", entries.join(",")).into_bytes()
}

#[test]
fn a_page_of_fifty_entries_of_64_kibibytes_each_draws_as_any_other() {
    for unit in ["\u{1100}", "\\u001b[2J"] {
        let body = page(unit, 50, FIELD / 2);
        let entries = decode_page(&body, &mut Interner::default()).unwrap();
        assert_eq!(entries.len(), 50);
        let mut watch = Watch::of(entries, None, Size::new(80, 24), &unit.escape_unicode().to_string());
        watch.keys(&["<c-d>", "G", "<enter>", "<esc>"]);
    }
}

#[test]
fn one_entry_of_seven_mebibytes_costs_no_other_entry() {
    let heavy = "a".repeat(7 * 1024 * 1024);
    let body = format!(
        "{{\"errorCode\":-1,\"data\":[{{\"actionString\":\"before\"}},{{\"actionString\":\"{heavy}\"}},{{\"actionString\":\"after\"}}]}}"
    );
    let entries = decode_page(body.as_bytes(), &mut Interner::default()).unwrap();
    let mut watch = Watch::of(entries, None, Size::new(80, 24), "7 MiB");
    for words in ["before", "aaaaaaaaa", "after"] {
        assert!(watch.story.shows(words), "{words}");
    }
    watch.keys(&["j<enter>", "G", "<esc>"]);
}

#[test]
fn a_block_of_a_field_of_any_weight_holds_a_bounded_number_of_lines_and_bytes() {
    for unit in ["a", "\n", "\u{1100}"] {
        let light = Untrusted::new(unit.repeat(FIELD / unit.len() + 1)).block(80, Charset::Unicode);
        let heavy = Untrusted::new(unit.repeat(1024 * 1024 / unit.len())).block(80, Charset::Unicode);
        let bytes = |lines: &[ticketlog::model::text::Line]| -> usize {
            lines.iter().map(|line| line.plain().len()).sum()
        };
        assert!(heavy.len() <= light.len() + 2, "{}", unit.escape_unicode());
        assert!(bytes(&heavy) <= bytes(&light) + 100, "{}", unit.escape_unicode());
        assert!(bytes(&light) <= 10 * FIELD, "{}", unit.escape_unicode());
    }
}

#[test]
fn an_entry_too_large_to_be_read_says_so_in_place_of_its_json_and_is_not_asked_for_again() {
    let mut unread = Places::harmless().entry();
    unread.raw = None;
    unread.flaw = Some(Untrusted::new(TOO_LARGE));
    let mut watch = Watch::of(vec![unread, Places::harmless().entry()], None, Size::new(80, 24), "unread");
    let asked = watch.story.requests.len();
    for (keys, is_there) in [("i", false), ("J", true), ("K", false)] {
        watch.keys(&[keys]);
        assert_eq!(watch.story.shows("\"actionString\""), is_there, "{keys}: {:#?}", watch.story.screen());
        assert_eq!(watch.story.shows("so there is no JSON to show"), !is_there, "{keys}");
    }
    assert_eq!(watch.story.requests.len(), asked);
}
