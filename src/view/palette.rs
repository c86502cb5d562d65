//! Every action with its keys, over the whole list.
//!
//! ```text
//! : day
//! ▌J }               next-day             to the next older day
//!  K {               previous-day         to the next newer day
//! ── not now ──
//!  n                 next-hit             to the next hit, down
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
        input::Input,
        keymap::Context,
        palette::{Choice, Listed, Palette, PaletteRow},
        text::Line,
    },
};

const PROMPT: &str = ": ";

/// Said where nothing is typed yet.
const ASKS: &str = "a word, a key, or a ticket's number";

/// Cells for the keys and for the names.
const KEYS: usize = 17;
const NAME: usize = 18;

/// The least width on which names have a column.
const WIDE: u16 = 60;

pub(super) fn draw(model: &Model, palette: &Palette, input: &Input, area: Rect, canvas: &mut Canvas<'_>) {
    let beside = beside_marks(area);
    let x = canvas.own((beside.x, area.y), PROMPT, canvas.theme.title(), beside);
    let end = draw_line(model, input, Rect { x, width: area.right().saturating_sub(x), ..area }, canvas);
    if input.is_empty() {
        canvas.own((end + 1, area.y), ASKS, canvas.theme.rule(), beside);
    }
    let mut y = area.y + 1;
    for line in palette.wrong.iter().flat_map(|why| own_block(why, usize::from(beside.width), model.charset))
    {
        if y < area.bottom() {
            canvas.line((beside.x, y), &line, canvas.theme.failure(), beside);
            y += 1;
        }
    }
    let rows = model.palette_rows();
    if rows.is_empty() && y < area.bottom() {
        canvas.own((beside.x, y), "no action is called so", Style::new(), beside);
    }
    let marked = model.palette_mark();
    let is_marked = |row: &PaletteRow<'_>| row.choice().is_some() && row.choice() == marked;
    let at = rows.iter().position(is_marked).unwrap_or(0);
    let first = (at + 1).saturating_sub(usize::from(area.bottom().saturating_sub(y)));
    for (y, row) in (y..area.bottom()).zip(rows.iter().skip(first)) {
        let line = Rect { y, height: 1, ..area };
        if let PaletteRow::Heading(words) = row {
            canvas.rule(y, &Line::own(words), canvas.theme.rule(), line);
        } else {
            let x = canvas.mark((area.x, y), is_marked(row), line);
            canvas.line((x, y), &row_line(model, row, area.width), Style::new(), line);
        }
    }
}

/// Keys, name where there is room, and what it does.
fn row_line(model: &Model, row: &PaletteRow<'_>, width: u16) -> Line {
    let is_wide = width >= WIDE;
    let cells = usize::from(width).saturating_sub(1);
    let keys = if is_wide { KEYS } else { (cells / 3).min(KEYS) };
    let (names, name, does) = match row {
        PaletteRow::Action(Listed { bound, .. }) => {
            (bound.names(), bound.described.name, bound.described.does.to_owned())
        }
        PaletteRow::Literal(Choice::Ticket(ticket)) => {
            (accept(model), "", format!("open the ticket #{ticket}"))
        }
        PaletteRow::Literal(Choice::Write) => {
            (accept(model), "", "write what is shown to the file".to_owned())
        }
        PaletteRow::Literal(_) => (accept(model), "", "quit".to_owned()),
        PaletteRow::Heading(words) => (String::new(), "", (*words).to_owned()),
    };
    let mut line = Line::own(&names);
    line.fit(keys, model.charset);
    line.pad(keys + 1);
    if is_wide {
        line.push_own(name);
        line.pad(keys + 1 + NAME + 1);
    }
    line.push_own(&does);
    line.fit(cells, model.charset);
    line
}

fn accept(model: &Model) -> String {
    model.keys.in_context(Context::Choose, Action::Enter).to_owned()
}
