//! A page that covers the list: the entry at the cursor with all its fields, its raw JSON, or a text to be selected.

use ratatui::{layout::Rect, style::Style};

use super::{
    paint::{Canvas, beside_marks},
    search::Places,
};
use crate::model::{Model, page::Page};

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    // What is selected holds nothing but the text.
    let area = if matches!(model.page, Some(Page::Text { .. })) { area } else { beside_marks(area) };
    let lines = model.page_lines();
    canvas.put_cursor((area.x, area.y), area);
    let visible = lines.iter().skip(model.page_scroll());
    for (y, line) in (area.y..area.bottom()).zip(visible) {
        let places = Places::of(model, line);
        canvas.line_with((area.x, y), line, Style::new(), area, |byte| places.hold(byte));
    }
}
