//! Names in every script: columns align in cells, and what is cut is cut between clusters, with an ellipsis.

use std::sync::Arc;

use ratatui::buffer::Cell;
use ticketlog::model::{entry::User, text::Untrusted};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::story::{Story, entry};

/// Short and long ones: plain, wide, with marks, right to left, joined, of many code points.
const NAMES: [&str; 12] = [
    "Ann",
    "Garrick Ollivander of Diagon Alley, London",
    "日本",
    "日本語の名前がとても長い人の例ですからここで切ります",
    "e\u{301}te\u{301}",
    "A\u{30a}sa O\u{308}stro\u{308}m e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
    "שלום",
    "אברהם יצחק יעקב בן אברהם אבינו מירושלים",
    "محمد عبد الله بن عبد الرحمن الطويل جدا",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦👍🏽🇳🇴👩\u{200d}👩\u{200d}👧\u{200d}👦👍🏽🇳🇴👩\u{200d}👩\u{200d}👧\u{200d}👦👍🏽🇳🇴 Lovegood",
    "नमस्ते क्षत्रिय विश्वविद्यालय के छात्र बहुत लंबा नाम",
];

/// Of several words the first and an initial are shown before anything is cut.
fn one_word(name: &str) -> String {
    name.replace(' ', "-")
}

fn story(width: u16) -> Story {
    let mut story = Story::sized(0, width, 24);
    story.server = (0..NAMES.len())
        .map(|number| {
            let mut entry = entry(number);
            let user = entry.actor.as_deref().unwrap();
            let named = User { name: Untrusted::new(one_word(NAMES[number])), is_bot: false, ..user.clone() };
            entry.actor = Some(Arc::new(named));
            entry.action_type = Untrusted::new("something_new");
            entry
        })
        .collect();
    story.settle();
    story
}

/// Where the column of what happened begins, and the text of the cells before it. Blanks tell nothing there: the second
/// half of a wide character is one as well.
fn columns(row: &[Cell], number: usize) -> Option<(usize, String)> {
    let what: Vec<String> = format!("entry {number} ").chars().map(String::from).collect();
    let begins = |at: &usize| row[*at..].iter().map(Cell::symbol).take(what.len()).eq(what.iter());
    let at = (0..row.len()).find(begins)?;
    Some((at, row[..at].iter().map(Cell::symbol).filter(|symbol| *symbol != " ").collect()))
}

/// Narrower screens have a shorter form of names.
const WHOLE_NAMES_FROM: u16 = 60;

#[test]
fn columns_align_and_names_are_cut_between_clusters() {
    for width in [40, 60, 80, 120, 200] {
        let story = story(width);
        let buffer = story.buffer();
        let rows: Vec<&[Cell]> = buffer.content().chunks(width.into()).collect();
        let mut places = Vec::new();
        let mut cuts = 0;
        for (number, name) in NAMES.iter().enumerate() {
            let found = rows.iter().find_map(|row| columns(row, number));
            let (at, before) = found.unwrap_or_else(|| panic!("{name} at {width}: {:#?}", story.screen()));
            places.push(at);
            if width < WHOLE_NAMES_FROM {
                continue;
            }
            let name = one_word(name);
            let first = name.graphemes(true).next().unwrap();
            let from = before.find(first).unwrap_or_else(|| panic!("{name} at {width}: {before}"));
            let shown = &before[from..];
            let Some(cut) = shown.strip_suffix('…') else {
                assert_eq!(shown, name, "at {width}");
                continue;
            };
            cuts += 1;
            assert!(name.starts_with(cut), "{name} at {width}: {cut}");
            let mut borders = name.grapheme_indices(true).map(|(at, _)| at);
            assert!(borders.any(|border| border == cut.len()), "{name} at {width}: {cut}");
        }
        places.dedup();
        assert_eq!(places.len(), 1, "what happened begins at one column at {width}: {:#?}", story.screen());
        assert!(width < WHOLE_NAMES_FROM || cuts > 3, "names are cut at {width}: {cuts}");
    }
}
