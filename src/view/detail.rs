//! The pane below the list: what the line of the entry at the cursor had no room for.

use ratatui::{layout::Rect, style::Style};

use super::{
    list,
    paint::{Canvas, beside_marks, number},
    search::Places,
};
use crate::{
    message::Action,
    model::{Model, counted, text::Line},
};

pub(super) fn draw(model: &Model, rule: Rect, area: Rect, canvas: &mut Canvas<'_>) {
    if rule.height == 0 {
        return;
    }
    let count = model.reader.timeline().shown() as u64;
    let shown = number(count);
    let words = match model.reader.timeline().number() {
        Some(at) => {
            // What a hole holds is counted nowhere: below one the number tells the place among those shown alone.
            let holes = if model.reader.log().runs().len() > 1 { ", holes between" } else { "" };
            format!("entry {} of {shown} shown{holes}{}", number(at as u64), fold_words(model))
        }
        None => format!("{shown} {} shown", counted::entries(count)),
    };
    canvas.rule(rule.y, &Line::own(&words), canvas.theme.rule(), rule);
    let area = beside_marks(area);
    let width = usize::from(area.width);
    let lines = match (model.reader.current(), model.reader.asked_log().failure()) {
        (Some(entry), _) => model.detail_lines(entry, width, usize::from(area.height)),
        (None, Some(failure)) if model.reader.log().is_answered() => {
            model.shown_failure(failure).block(width, model.charset)
        }
        _ => Vec::new(),
    };
    for (y, line) in (area.y..area.bottom()).zip(&lines) {
        let places = Places::of(model, line);
        canvas.line_with((area.x, y), line, Style::new(), area, |byte| places.hold(byte));
    }
}

/// `, one of 6 reads, enter unfolds`
fn fold_words(model: &Model) -> String {
    let Some(fold) = model.reader.timeline().fold_here(model.reader.log()) else { return String::new() };
    let (action, does) = if fold.is_open { (Action::Fold, "folds") } else { (Action::Enter, "unfolds") };
    let key = model.keys.on_list(action);
    format!(", one of {}, {key} {does}", list::reads(fold))
}
