//! A page that covers the list: the entry at the cursor with all its fields, or its raw JSON.

use ratatui::{layout::Rect, style::Style};

use super::{
    paint::{Canvas, beside_marks},
    search::Places,
};
use crate::model::Model;

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let area = beside_marks(area);
    let lines = model.page_lines();
    let visible = lines.iter().skip(model.page_scroll());
    for (y, line) in (area.y..area.bottom()).zip(visible) {
        let places = Places::of(model, line);
        canvas.line_with((area.x, y), line, Style::new(), area, |byte| places.hold(byte));
    }
}
