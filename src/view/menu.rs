//! The question what to copy, over the whole list.
//!
//! ```text
//!  copy
//! ▌line         the entry at the cursor, a line each
//!  sentence     the entry at the cursor, in sentences
//!  command      ticketlog 4478963 --at 2023-12-13T22:11:52Z
//! ```

use ratatui::{layout::Rect, style::Style};

use super::paint::{Canvas, beside_marks};
use crate::model::{Model, text::Line, wanted::Wanted};

/// Cells for the names.
const NAME: usize = 12;

pub(super) fn draw(model: &Model, marked: Wanted, area: Rect, canvas: &mut Canvas<'_>) {
    let beside = beside_marks(area);
    canvas.own((beside.x, area.y), "copy", canvas.theme.title(), beside);
    // The mark is seen on every screen.
    let at = Wanted::ALL.iter().position(|wanted| *wanted == marked).unwrap_or_default();
    let room = usize::from(area.height.saturating_sub(1));
    let first = (at + 1).saturating_sub(room.max(1));
    for (y, wanted) in (area.y + 1..area.bottom()).zip(Wanted::ALL.iter().skip(first)) {
        let row = Rect { y, height: 1, ..area };
        let x = canvas.mark((area.x, y), *wanted == marked, row);
        let mut line = Line::own(wanted.name());
        line.pad(NAME + 1);
        line.push_own(&model.wanted_words(*wanted));
        line.fit(usize::from(area.right().saturating_sub(x)), model.charset);
        canvas.line((x, y), &line, Style::new(), row);
    }
}
