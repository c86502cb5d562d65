//! The filter panel: one row an action type, with a count of loaded entries.
//!
//! ```text
//! ── action types ──
//! ▌[x] reply                         12 loaded
//!  [ ] ticket read                   97 loaded
//!  [x] types not listed here
//! ```

use ratatui::{layout::Rect, style::Style};

use super::paint::{Canvas, number};
use crate::model::{Model, text::Line, types::TypeRow};

pub(super) fn draw(model: &Model, rule: Rect, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(panel) = &model.filter else { return };
    if rule.height > 0 {
        canvas.rule(rule.y, &Line::own("action types"), canvas.theme.rule(), rule);
    }
    let rows = model.reader.choice().rows();
    let height = usize::from(area.height);
    let at = panel.place(&rows);
    let first = (at + 1).saturating_sub(height);
    for (y, (index, row)) in (area.y..area.bottom()).zip(rows.iter().enumerate().skip(first)) {
        let line = Rect { y, height: 1, ..area };
        let x = canvas.mark((area.x, y), index == at, line);
        canvas.line((x, y), &row_line(model, row, usize::from(area.width)), Style::new(), line);
    }
}

/// Tick, label, count; where both have no room the count is left out.
fn row_line(model: &Model, row: &TypeRow, width: usize) -> Line {
    let counted = width >= 32;
    let label_cells = width.saturating_sub(if counted { 20 } else { 5 }).clamp(1, 40);
    let ticked = model.reader.choice().is_ticked(row);
    let mut line = Line::own(if ticked { "[x] " } else { "[ ] " });
    let count = match row {
        TypeRow::Unlisted => {
            let mut label = Line::own("types not listed here");
            label.fit(label_cells, model.charset);
            line.append(label);
            // Types are listed as soon as an entry of theirs is loaded.
            0
        }
        TypeRow::Type(name) => {
            line.append(model.catalogue.label(name).one_line(label_cells, model.charset));
            model.reader.log().count(name).max(model.reader.all().count(name))
        }
    };
    if counted {
        line.pad(label_cells + 4);
        line.push_own(&format!("{:>7} loaded", number(count as u64)));
    }
    line
}
