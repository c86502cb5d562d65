//! The question which ticket to open, over the whole list.
//!
//! ```text
//! Ticket number or inbox link: 447
//!
//!  ctrl-r  #4484618 (line dropped)
//! ▌4478963  Tue 14:02    open       New car price list.
//!  255762   13 Dec 2023  completed  Delivery of the broom
//! ```

use ratatui::{layout::Rect, style::Style};

use super::{
    empty::own_block,
    footer::draw_line,
    paint::{Canvas, beside_marks},
};
use crate::{
    message::Action,
    model::{
        Model,
        chooser::{Chooser, Recent},
        input::Input,
        keymap::Context,
        saved_view::Resume,
        text::Line,
    },
};

const QUESTION: &str = "Ticket number or inbox link: ";

/// Cells for the words of a time, and for a status.
const WHEN: usize = 11;
const STATUS: usize = 9;

/// The least width on which the line stands behind the question and a status has a column.
const WIDE: u16 = 60;

pub(super) fn draw(model: &Model, chooser: &Chooser, input: &Input, area: Rect, canvas: &mut Canvas<'_>) {
    let mut y = question(model, input, area, canvas);
    let beside = beside_marks(area);
    let width = usize::from(beside.width);
    if let Some(sentence) = chooser.wrong {
        for line in own_block(sentence, width, model.charset) {
            if y < area.bottom() {
                canvas.line((beside.x, y), &line, canvas.theme.failure(), beside);
                y += 1;
            }
        }
    }
    // A blank line where there is room for one.
    y += u16::from(area.height >= 5);
    if let Some(words) = offer(model).filter(|_| y < area.bottom()) {
        canvas.own((beside.x, y), &words, Style::new(), beside);
        y += 1;
    }
    let typed = model.typed();
    let rows: Vec<&Recent> = chooser.rows(&typed).collect();
    let numbers = rows.iter().map(|row| row.ticket.to_string().len()).max().unwrap_or(0);
    let marked = chooser.marked(&typed);
    let at = marked.and_then(|marked| rows.iter().position(|row| row.ticket == marked)).unwrap_or(0);
    let first = (at + 1).saturating_sub(usize::from(area.bottom().saturating_sub(y)));
    for (y, row) in (y..area.bottom()).zip(rows.into_iter().skip(first)) {
        let line = Rect { y, height: 1, ..area };
        let x = canvas.mark((area.x, y), marked == Some(row.ticket), line);
        canvas.line((x, y), &row_line(model, row, numbers, area.width), Style::new(), line);
    }
}

/// What a dropped line left behind, with the key that takes it up.
fn offer(model: &Model) -> Option<String> {
    let Resume::Offer(view) = &model.resume else { return None };
    let key = model.keys.key(Context::Choose, Action::Resume)?;
    Some(format!("{key}  #{} (line dropped)", view.ticket))
}

/// Draws the question and the line behind it, or below it where that leaves too little room. Gives the next row.
fn question(model: &Model, input: &Input, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let beside = beside_marks(area);
    let x = canvas.own((beside.x, area.y), QUESTION, canvas.theme.title(), beside);
    let below = area.width < WIDE && area.height > 1;
    let (x, y) = if below { (beside.x, area.y + 1) } else { (x, area.y) };
    draw_line(model, input, Rect { x, y, width: area.right().saturating_sub(x), height: 1 }, canvas);
    y + 1
}

/// Number, time, status, title: what the server did not tell is left out.
fn row_line(model: &Model, row: &Recent, numbers: usize, width: u16) -> Line {
    let mut line = Line::own(&row.ticket.to_string());
    line.pad(numbers + 2);
    line.push_own(&model.zone.recently(row.looked, model.now));
    let Some(about) = &row.about else { return line };
    let about = &*model.shown_other_ticket(about);
    line.pad(numbers + 2 + WHEN + 2);
    if width >= WIDE {
        if let Some(status) = &about.status {
            line.append(status.one_line(STATUS, model.charset));
        }
        line.pad(numbers + 2 + WHEN + 2 + STATUS + 2);
    }
    let left = usize::from(width).saturating_sub(1 + line.cells());
    if let Some(title) = &about.title {
        line.append(title.one_line(left, model.charset));
    }
    line
}
