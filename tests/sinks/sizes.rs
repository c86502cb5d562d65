//! Every size and every string: nothing panics, nothing leaves its pane, no wide character is half (T07, T08).

use proptest::prelude::*;
use ratatui::layout::Size;
use ticketlog::model::text::Charset;

use crate::{
    fields::{Places, beginnings, ticket},
    watch::Watch,
};

const GROUPS: [&str; 10] = ["j", "k", "<enter>", "i", "P", "<esc>", "f", "G", "<tab>", "<space>"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_at_any_size_is_drawn_whole_or_not_at_all(
        string in prop::sample::select(beginnings()),
        (width, height) in (1..=80_u16, 1..=10_u16),
        tall in prop_oneof![3 => Just(0_u16), 1 => 0..30_u16],
        ascii in prop::bool::weighted(0.2),
        keys in prop::collection::vec(prop::sample::select(&GROUPS[..]), 0..6),
    ) {
        let (number, json) = string;
        let size = Size::new(width, height + tall);
        let entries = vec![Places::harmless().entry(), Places::all(&json).entry(), Places::harmless().entry()];
        let mut watch = Watch::of(entries, Some(ticket(&json)), size, &format!("string {number} at {size}, {keys:?}"));
        if ascii {
            watch.story.model.charset = Charset::Ascii;
            watch.look();
        }
        watch.keys(&keys);
    }
}

#[test]
fn a_wide_character_at_the_edge_of_every_width_is_never_half() {
    for text in ["\u{65E5}\u{672C}\u{8A9E}".repeat(40), "\u{1F469}\u{200D}\u{1F467}x".repeat(40)] {
        let json = format!("\"{text}\"");
        for width in 1..=80 {
            let entries = vec![Places::all(json.as_bytes()).entry()];
            let size = Size::new(width, 10);
            let mut watch =
                Watch::of(entries, Some(ticket(json.as_bytes())), size, &format!("width {width}"));
            if width % 8 == 0 {
                watch.keys(&["<enter>"]);
            }
        }
    }
}
