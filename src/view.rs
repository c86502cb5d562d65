//! Draws a model into cells. Pure: the same model gives the same cells, and nothing is changed.
//!
//! ```text
//! #4478963 open · Garrick Ollivander · Sales · New car price list.     as of 14:02   header
//! 350 loaded, back to 3 Mar 2023 · ticket created 3 Aug 2022                  Oslo
//!  2023-12-13 23:11 status   Garrick Ollivander Open → Pending                       list
//! ▌2023-12-13 23:11 reply→   Garrick Ollivander sent a reply
//! ── 4 months without an entry ──
//!  2023-08-03 19:39 created  Harry Potter       created the ticket
//! ── start of the ticket · 350 entries in all ──
//! ── entry 2 of 350 shown ──                                                         detail, or the filter panel
//!  reply_created  Garrick Ollivander (team)  Wed 13 Dec 2023 23:11:52.782 Oslo
//!  sent a reply
//!  22:11:52.7825391 +00:00 · 2 years ago
//! j k move  enter entry  tab pane  f filter  ? help                                  footer
//! ```
//!
//! An entry's own page, the list of actions and the question which ticket to open cover everything between header and
//! footer. A stranger's text never stands in the first column: it is our marks' alone.

mod cache;
mod chooser;
mod detail;
mod empty;
mod filter;
mod footer;
mod header;
mod list;
mod menu;
mod narrowing;
mod page;
mod paint;
mod palette;
mod search;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

use crate::{layout::SMALLEST, message::Action, model::Model, theme::Theme};

/// Draws the whole screen. The buffer's area is the screen; it is cleared first.
/// Gives where the terminal's own cursor stands.
pub fn draw(model: &Model, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    draw_again(model, theme, &mut RowCache::default(), buffer)
}

/// Draws the whole screen like [`draw`], for whoever draws frame after frame and keeps the buffer: rows that were
/// drawn before are copied. Gives where the terminal's own cursor stands: on the text of the row at the cursor, where
/// something is typed there, nowhere where nothing can be pointed at.
pub fn draw_again(
    model: &Model,
    theme: &Theme,
    rows: &mut RowCache,
    buffer: &mut Buffer,
) -> Option<Position> {
    buffer.reset();
    let areas = model.areas();
    let fits = |area: Rect| area.intersection(buffer.area) == area;
    if ![areas.header, areas.body, areas.rule, areas.below, areas.footer].into_iter().all(fits) {
        // The terminal changed its size and the model has not heard of it: the next frame fits.
        return None;
    }
    let mut canvas = paint::Canvas { buffer, theme, charset: model.charset, cursor: None };
    if (model.size.width < SMALLEST.width || model.size.height < SMALLEST.height)
        && too_small(model, &mut canvas)
    {
        return None;
    }
    header::draw(model, areas.header, &mut canvas);
    if let (Some(palette), Some(input)) = (&model.palette, &model.input) {
        palette::draw(model, palette, input, areas.body, &mut canvas);
    } else if let (Some(chooser), Some(input)) = (&model.chooser, &model.input) {
        chooser::draw(model, chooser, input, areas.body, &mut canvas);
    } else if let Some(marked) = model.menu_mark() {
        menu::draw(model, marked, areas.body, &mut canvas);
    } else if model.page.is_some() {
        page::draw(model, areas.body, &mut canvas);
    } else {
        list::draw(model, areas.body, rows, &mut canvas);
        if model.filter.is_some() {
            filter::draw(model, areas.rule, areas.below, &mut canvas);
        } else {
            detail::draw(model, areas.rule, areas.below, &mut canvas);
        }
    }
    footer::draw(model, areas.footer, &mut canvas);
    canvas.cursor
}

/// Says what is needed, over as many rows as it takes; false where not even that has room.
fn too_small(model: &Model, canvas: &mut paint::Canvas<'_>) -> bool {
    let area = canvas.buffer.area;
    let quit = model.keys.on_list(Action::CloseOrQuit);
    let hint = format!("needs {}x{}; {quit} quits", SMALLEST.width, SMALLEST.height);
    let width = usize::from(area.width.max(1));
    let characters: Vec<char> = hint.chars().collect();
    if characters.len() > width * usize::from(area.height) {
        return false;
    }
    for (y, piece) in (area.y..area.bottom()).zip(characters.chunks(width)) {
        canvas.own((area.x, y), &piece.iter().collect::<String>(), Style::new(), area);
    }
    true
}

pub use cache::RowCache;
