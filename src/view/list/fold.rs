//! Neighbours on one line: `read     3 people           6 reads`.

use ratatui::{layout::Rect, style::Style};

use super::{Columns, actor, head, searched};
use crate::{
    model::{Model, text::Line, timeline::Folded},
    view::paint::{Canvas, number},
};

/// The row without the mark of the cursor: as the one of its newest entry, but for who and what.
pub(super) fn row(model: &Model, fold: Folded<'_>, columns: Columns, area: Rect, canvas: &mut Canvas<'_>) {
    let y = area.y;
    let entry = &*model.shown_entry(fold.entry);
    let mut x = head(model, entry, columns, area, canvas);
    if columns.actor > 0 {
        x = if fold.people == 1 {
            searched(model, (x, y), &actor(model, entry, columns), Style::new(), area, canvas)
        } else {
            let mut line = Line::own(&people(fold));
            line.fit(columns.actor, model.charset);
            line.pad(columns.actor);
            canvas.line((x, y), &line, Style::new(), area)
        };
        x = canvas.own((x, y), " ", Style::new(), area);
    }
    canvas.own((x, y), &reads(fold), Style::new(), area);
}

/// `3 people`, `3+ people` where what is not loaded may hold more.
fn people(fold: Folded<'_>) -> String {
    let is_bot = fold.entry.actor.as_ref().is_some_and(|actor| actor.is_bot);
    counted(fold.people, fold, if is_bot { "bots" } else { "people" })
}

/// `6 reads`
pub(in crate::view) fn reads(fold: Folded<'_>) -> String {
    counted(fold.count, fold, "reads")
}

fn counted(count: usize, fold: Folded<'_>, what: &str) -> String {
    let more = if fold.may_grow { "+" } else { "" };
    format!("{}{more} {what}", number(count as u64))
}
