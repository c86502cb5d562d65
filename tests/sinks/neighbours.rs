//! A hostile entry between ordinary ones: nothing but its own text differs, in any frame (T06, T22).

use ratatui::{buffer::Buffer, layout::Size};
use ticketlog::model::entry::Entry;

use crate::{
    fields::{Places, beginnings},
    watch::Watch,
};

const SIZE: Size = Size::new(60, 24);
/// Where the hostile entry stands among the others.
const PLACE: usize = 5;
/// Keys that scroll, move onto the entry and away from it, cover it and uncover it.
const WAY: &[&str] = &["jjjj", "j", "j", "<c-d>", "<c-u>", "G", "g", "jjjj<tab>"];

fn ordinary() -> Vec<Entry> {
    let entry = |n: usize| Places::harmless().with("action", format!("\"ordinary {n}\"").as_bytes()).entry();
    (0..30).map(entry).collect()
}

/// Every frame of the way.
fn frames(ordinary: &[Entry], entry: &Entry, about: &str) -> Vec<Buffer> {
    let mut entries = ordinary.to_vec();
    entries[PLACE] = entry.clone();
    let mut watch = Watch::of(entries, None, SIZE, about);
    let mut frames = vec![watch.look()];
    for keys in WAY {
        watch.story.keys(keys).settle();
        frames.push(watch.look());
    }
    frames
}

/// The first cell beside the entry's own text that is not the same in both frames.
fn differs_outside(own: &[Vec<bool>], one: &Buffer, other: &Buffer) -> Option<(u16, u16)> {
    one.area.positions().find_map(|at| {
        let hidden = own[usize::from(at.y)][usize::from(at.x)];
        (!hidden && one[at] != other[at]).then_some((at.x, at.y))
    })
}

/// Where text of the entry may stand: in its own row behind the first column, and in the detail pane while it is
/// at the cursor. Found by drawing the entry with two harmless sentences that fill what they get.
fn own_cells(ordinary: &[Entry]) -> Vec<Vec<Vec<bool>>> {
    let filled = |letter: &str| {
        let text = format!("\"{}\"", letter.repeat(500));
        let all = ["action", "user_name", "action_type", "time"];
        let places = all.iter().fold(Places::harmless(), |places, name| places.with(name, text.as_bytes()));
        frames(ordinary, &places.entry(), "harmless")
    };
    let harmless = frames(ordinary, &Places::harmless().entry(), "harmless");
    let (one, other) = (filled("x"), filled("y"));
    let of_frame = |frame: usize| -> Vec<Vec<bool>> {
        let own =
            |at: (u16, u16)| one[frame][at] != other[frame][at] || one[frame][at] != harmless[frame][at];
        let touched: Vec<bool> = (0..SIZE.height).map(|y| (0..SIZE.width).any(|x| own((x, y)))).collect();
        let text = crate::watch::rows(&harmless[frame]);
        let pane =
            text.iter().position(|row| row.starts_with("\u{2500}\u{2500} entry")).unwrap_or(text.len());
        let is_in_pane = |y: usize| y > pane && y + 1 < text.len();
        let pane_is_own = (0..text.len()).any(|y| is_in_pane(y) && touched[y]);
        let is_own = |y: usize| touched[y] || (pane_is_own && is_in_pane(y));
        // All of a row but its mark: gaps between columns move with the text.
        (0..text.len()).map(|y| (0..SIZE.width).map(|x| x > 0 && is_own(y)).collect()).collect()
    };
    (0..harmless.len()).map(of_frame).collect()
}

#[test]
fn a_hostile_entry_changes_nothing_but_its_own_text_in_any_frame() {
    let ordinary = ordinary();
    let own = own_cells(&ordinary);
    let columns = own.iter().flatten().filter(|row| row.iter().any(|own| *own)).count();
    assert!(columns < own.len() * 6, "an entry's own text stands in few rows");
    let harmless = frames(&ordinary, &Places::harmless().entry(), "harmless");
    for (number, json) in beginnings() {
        for name in [["action", "user_name"], ["action_type", "time"]][usize::from(number % 2)] {
            let about = format!("string {number} as {name}");
            let hostile = frames(&ordinary, &Places::harmless().with(name, &json).entry(), &about);
            for (frame, (one, other)) in harmless.iter().zip(&hostile).enumerate() {
                assert_eq!(differs_outside(&own[frame], one, other), None, "{about}, frame {frame}");
            }
        }
    }
}
