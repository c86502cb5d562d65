//! Names that look like another's (T21): a hint beside the name, in a style that no name can take on.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Size},
    style::Modifier,
};

use crate::{fields::Places, watch::Watch};

/// Whether a text stands in a picture, and whether it is drawn as a marker.
fn find(buffer: &Buffer, text: &str) -> Option<bool> {
    let width = buffer.area.width;
    let end = u16::try_from(text.len()).expect("a short text");
    buffer.area.positions().find_map(|Position { x, y }| {
        let shown: String = (x..width.min(x + end)).map(|x| buffer[(x, y)].symbol()).collect();
        (shown == text).then(|| buffer[(x, y)].modifier.contains(Modifier::UNDERLINED))
    })
}

#[test]
fn a_name_that_mixes_scripts_is_marked_in_the_detail_pane_and_on_the_entrys_page() {
    for (name, marked) in [
        ("\u{430}d\u{43C}\u{456}n", Some(true)),
        ("Mallory", None),
        ("Mallory <mixed script>", Some(false)),
        ("\u{41E}\u{43B}\u{44C}\u{433}\u{430} Smith", None),
    ] {
        let json = format!("\"{name}\"");
        let entries = vec![Places::harmless().with("user_name", json.as_bytes()).entry()];
        let mut watch = Watch::of(entries, None, Size::new(100, 30), name);
        assert_eq!(find(&watch.look(), "<mixed script>"), marked, "{name} in the detail pane");
        watch.keys(&["<enter>"]);
        assert_eq!(find(&watch.look(), "<mixed script>"), marked, "{name} on the page");
    }
}
