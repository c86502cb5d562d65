//! Where everything stands: one pure function, used by `update` (how high is the list?) and by `view`.
//!
//! Rows run over the full width and panes are stacked, because a terminal can scroll whole rows only.

use ratatui::layout::{Rect, Size};

/// The largest screen that is drawn on; the rest of a larger terminal stays blank.
pub const LARGEST: Size = Size { width: 500, height: 300 };

/// The smallest screen with room for an entry.
pub const SMALLEST: Size = Size { width: 20, height: 3 };

/// Which panes want room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// What stands below the list.
    pub below: Below,
    /// Whether a page covers everything between header and footer.
    pub page: bool,
}

/// What stands below the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Below {
    /// Nothing.
    #[default]
    Nothing,
    /// The detail pane, with this many lines where there is room; without a wish as the screen suggests.
    Detail(Option<u16>),
    /// The filter panel with this many rows.
    Filter(u16),
}

/// The areas of the screen, top to bottom. Areas without room have no height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The two lines that say what is shown.
    pub header: Rect,
    /// The list, or the page that covers it.
    pub body: Rect,
    /// The rule above the pane below the list.
    pub rule: Rect,
    /// The pane below the list.
    pub below: Rect,
    /// The line of keys.
    pub footer: Rect,
}

/// The height from which the detail pane is open at the start.
pub const DETAIL_FROM: u16 = 24;

/// Divides the screen. Total for every size, from nothing to [`LARGEST`] and beyond.
#[must_use]
pub fn areas(size: Size, panes: Panes) -> Areas {
    let width = size.width.min(LARGEST.width);
    let height = size.height.min(LARGEST.height);
    let header = match height {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let footer = u16::from(height >= 3);
    let between = height - header - footer;
    let below = match panes.below {
        _ if panes.page => 0,
        Below::Nothing => 0,
        Below::Detail(wished) => detail_height(between, wished),
        Below::Filter(rows) => filter_height(between, rows),
    };
    let rule = u16::from(below > 0);
    let body = between - below - rule;
    let at = |y: u16, height: u16| Rect { x: 0, y, width, height };
    Areas {
        header: at(0, header),
        body: at(header, body),
        rule: at(header + body, rule),
        below: at(header + body + rule, below),
        footer: at(height - footer, footer),
    }
}

/// What a list needs to be one: a line with one above and one below it.
const LEAST_LIST: u16 = 3;

/// A third of the screen at most, five lines on a standard terminal, eight on a high one, or what is wished; nothing
/// where the list would have less than it needs.
fn detail_height(between: u16, wished: Option<u16>) -> u16 {
    let most = between.saturating_sub(LEAST_LIST + 1);
    let usual = (between / 3).clamp(3, if between < 30 { 5 } else { 8 });
    let usual = if usual <= most { usual } else { 0 };
    wished.map_or(usual, |wished| wished.max(1).min(most))
}

/// As many rows as the panel has, but the list keeps a third, and at least two lines where there is room.
fn filter_height(between: u16, rows: u16) -> u16 {
    let list = (between / 3).max(2).min(between.saturating_sub(2)).max(1);
    rows.min(between.saturating_sub(list + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_areas_fill_the_screen_without_overlap_at_every_size() {
        for width in [0, 1, 40, 80, 65535] {
            for height in (0..120).chain([300, 301, 65535]) {
                for below in [
                    Below::Nothing,
                    Below::Detail(None),
                    Below::Detail(Some(u16::MAX)),
                    Below::Filter(12),
                    Below::Filter(1),
                ] {
                    for page in [false, true] {
                        let areas = areas(Size { width, height }, Panes { below, page });
                        let stacked = [areas.header, areas.body, areas.rule, areas.below, areas.footer];
                        let mut y = 0;
                        for area in stacked {
                            assert_eq!(area.y, y, "{width}x{height} {below:?}");
                            y += area.height;
                        }
                        assert_eq!(y, height.min(LARGEST.height));
                        assert!(height == 0 || areas.body.height > 0, "{width}x{height} {below:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_standard_terminal_shows_fifteen_lines_and_a_detail_pane() {
        let areas = areas(Size { width: 80, height: 24 }, Panes { below: Below::Detail(None), page: false });
        assert_eq!((areas.header.height, areas.body.height, areas.below.height), (2, 15, 5));
    }

    #[test]
    fn a_pane_of_any_wish_leaves_the_list_what_it_needs() {
        for height in 0..=120 {
            for wished in (0..130).map(Some) {
                let panes = |below| Panes { below, page: false };
                let areas = areas(Size { width: 80, height }, panes(Below::Detail(wished)));
                let (list, pane) = (areas.body.height, areas.below.height);
                assert!(pane == 0 || list >= LEAST_LIST, "{height} {wished:?}");
                assert!(pane <= wished.unwrap_or(0).max(1), "{height} {wished:?}");
                let has_room = height >= 3 && height - areas.header.height - 1 > LEAST_LIST + 1;
                assert_eq!(pane > 0, has_room, "{height} {wished:?}");
            }
        }
    }
}
