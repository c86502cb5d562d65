//! A page that covers the list: the entry at the cursor with all its fields, its raw JSON, or the keys.

use ratatui::{layout::Rect, style::Style};

use super::paint::Canvas;
use crate::model::Model;

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let lines = model.page_lines();
    let visible = lines.iter().skip(model.page_scroll());
    for (y, line) in (area.y..area.bottom()).zip(visible) {
        // One column of room at the left: a stranger's text never stands where our marks do.
        canvas.line((area.x + u16::from(area.width > 2), y), line, Style::new(), area);
    }
}
