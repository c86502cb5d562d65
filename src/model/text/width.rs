//! How many cells a cluster takes, and whether two pieces of text would grow into one cluster.
//!
//! The answers are those of the drawing library, or lines would be cut where it does not expect it. Called by
//! everything in this module that counts cells; refuses to measure more than one cluster at a time, because the
//! width of a string is not the sum of its clusters (Arabic lam and alef count 1 together, 2 as drawn).

use super::classify::is_sprawling;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// The cells of one cluster: `unicode-width`, and one more for each half-width voiced sound mark, as ratatui
/// 0.30 counts them (`ratatui-core/src/buffer/cell_width.rs`).
pub(super) fn cells(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    let sound_marks = cluster.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    cluster.width() + sound_marks
}

/// Whether the glyph of a cluster reaches beyond its cells: then the cell behind it stays blank.
pub(super) fn sprawls(cluster: &str) -> bool {
    !cluster.is_ascii() && cluster.chars().any(is_sprawling)
}

/// The clusters of a text, each with its cells. In printable ASCII, most of what is drawn, every character is one.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let plain = is_plain(text);
    let singles = if plain { text } else { "" };
    let others = if plain { "" } else { text };
    let singles = singles.char_indices().filter_map(|(at, _)| Some((singles.get(at..=at)?, 1)));
    singles.chain(others.graphemes(true).map(|cluster| (cluster, cells(cluster))))
}

/// Whether a text is printable ASCII alone.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The cells of all clusters of a text.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    clusters(text).map(|(_, cells)| cells).sum()
}

/// Whether a cluster's border lies at `place` of `text`.
pub(super) fn is_border(text: &str, place: usize) -> bool {
    GraphemeCursor::new(place, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

/// Whether text ending in `left` and text beginning with `right` would share a cluster.
pub(super) fn joins(left: &str, right: char) -> bool {
    if left.is_empty() {
        return false;
    }
    let mut both = String::with_capacity(left.len() + right.len_utf8());
    both.push_str(left);
    both.push(right);
    !is_border(&both, left.len())
}
