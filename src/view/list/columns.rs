//! The columns of a row: when, what kind, who.

use ratatui::{layout::Rect, style::Style};

use crate::{
    model::{
        Model,
        entry::{Entry, Time},
        sentence::{Direction, short_name},
        text::Line,
        times::{Room, age},
    },
    view::{paint::Canvas, search::Places},
};

/// Which columns a line has; they depend on the width alone, so that all lines align.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    date: Date,
    action: usize,
    pub(super) actor: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Date {
    Full,
    Short,
    Clock,
}

impl Columns {
    pub(super) fn of(width: u16) -> Self {
        match width {
            0..28 => Self { date: Date::Clock, action: 0, actor: 0 },
            28..60 => Self { date: Date::Short, action: 0, actor: 9 },
            60..120 => Self { date: Date::Full, action: 8, actor: 18 },
            _ => Self { date: Date::Full, action: 14, actor: 26 },
        }
    }
}

/// Time and type. Gives the column behind them.
pub(super) fn head(
    model: &Model,
    entry: &Entry,
    columns: Columns,
    area: Rect,
    canvas: &mut Canvas<'_>,
) -> u16 {
    let y = area.y;
    let x = canvas.mark((area.x, y), false, area);
    let x = canvas.line((x, y), &when(model, entry, columns.date), Style::new(), area);
    let action_at = canvas.own((x, y), " ", Style::new(), area);
    let mut x = action_at;
    if columns.action > 0 {
        let style = canvas.theme.role(model.catalogue.role(&entry.action_type));
        let word = entry.word_line(&model.catalogue, columns.action, model.charset);
        x = searched(model, (x, y), &word, style, area, canvas);
        x = canvas
            .own((action_at + u16::try_from(columns.action).unwrap_or(0), y), " ", Style::new(), area)
            .max(x);
    }
    x
}

/// A line with what is looked for marked in it.
pub(super) fn searched(
    model: &Model,
    at: (u16, u16),
    line: &Line,
    style: Style,
    area: Rect,
    canvas: &mut Canvas<'_>,
) -> u16 {
    let places = Places::of(model, line);
    canvas.line_with(at, line, style, area, |byte| places.hold(byte))
}

/// How wide the time column is.
fn date_cells(model: &Model, date: Date) -> usize {
    match date {
        _ if model.times.are_ages() => room_of(date).cells(),
        Date::Full => model.times.form().cells(),
        Date::Short => 11,
        Date::Clock => 5,
    }
}

fn room_of(date: Date) -> Room {
    match date {
        Date::Full => Room::Words,
        Date::Short => Room::Short,
        Date::Clock => Room::Letters,
    }
}

/// The time column, always of the same width.
fn when(model: &Model, entry: &Entry, date: Date) -> Line {
    let cells = date_cells(model, date);
    let mut line = match &entry.time {
        Time::At(stamp) if model.times.are_ages() => {
            Line::own(&age(stamp.instant(), model.now, room_of(date)))
        }
        Time::At(stamp) => Line::own(&match date {
            Date::Full => model.times.form().of(stamp.instant(), model.zone),
            Date::Short => model.zone.short_minute(stamp.instant()),
            Date::Clock => model.zone.clock(stamp.instant()),
        }),
        Time::Unreadable(text) => text.one_line(cells, model.charset),
    };
    line.fit(cells, model.charset);
    line.pad(cells);
    line
}

/// The actor column; where there is no column for the type, the direction stands before the name.
pub(super) fn actor(model: &Model, entry: &Entry, columns: Columns) -> Line {
    let mut line = Line::default();
    if columns.action == 0
        && let Some(Direction::In(sign) | Direction::Out(sign)) =
            entry.direction(&model.catalogue, model.charset)
    {
        line.push_own(sign);
    }
    let room = columns.actor - line.cells();
    match &entry.actor {
        Some(actor) => line.append(short_name(&actor.name, room).one_line(room, model.charset)),
        None => line.push_own("-"),
    }
    line.pad(columns.actor);
    line
}
