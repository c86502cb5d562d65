//! The timeline: one line an entry, rules for silences and for what is not loaded.

use ratatui::{layout::Rect, style::Style};

use super::{
    cache::RowCache,
    empty::{is_file, nothing_to_see},
    paint::{Canvas, beside_marks, number},
    search::Places,
};
use crate::{
    message::Action,
    model::{
        Model,
        entry::{Entry, Time},
        query::Query,
        sentence::{Direction, short_name},
        text::Line,
        timeline::{Count, Item, News, Row, Rule, Silence, Tail},
        zone::span,
    },
};

/// Stands beside an entry that arrived since the user last looked.
const NEW: &str = "+";

pub(super) fn draw(model: &Model, area: Rect, cache: &mut RowCache, canvas: &mut Canvas<'_>) {
    cache.prepare(model, *canvas.theme, area.width);
    let columns = Columns::of(area.width);
    let mut y = area.y;
    let has_new = model.reader.has_new();
    for row in model.reader.timeline().rows(model.reader.log()) {
        let line = Rect { y, height: 1, ..area };
        match row {
            Row::Entry { id, entry, cursor } => {
                if !cache.recall(id, y, canvas.buffer) {
                    entry_row(model, entry, columns, line, canvas);
                    cache.keep(id, y, canvas.buffer);
                }
                if cursor {
                    canvas.mark((area.x, y), true, line);
                } else if has_new && model.reader.is_new(id) {
                    canvas.own((area.x, y), NEW, canvas.theme.news(), line);
                }
            }
            Row::Rule(rule) => {
                let style = if rule.news.is_some() { canvas.theme.news() } else { canvas.theme.rule() };
                canvas.rule(y, &Line::own(&rule_words(model, rule)), style, line);
            }
            Row::Tail { tail, item, cursor } => tail_row(model, (tail, item), line, canvas, cursor),
        }
        y += 1;
    }
    let beside = beside_marks(area);
    for line in nothing_to_see(model, usize::from(beside.width)) {
        if y < area.bottom() {
            canvas.line((beside.x, y), &line, Style::new(), beside);
            y += 1;
        }
    }
}

/// Which columns a line has; they depend on the width alone, so that all lines align.
#[derive(Clone, Copy)]
struct Columns {
    date: Date,
    action: usize,
    actor: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Date {
    Full,
    Short,
    Clock,
}

impl Columns {
    fn of(width: u16) -> Self {
        match width {
            0..28 => Self { date: Date::Clock, action: 0, actor: 0 },
            28..60 => Self { date: Date::Short, action: 0, actor: 9 },
            60..120 => Self { date: Date::Full, action: 8, actor: 18 },
            _ => Self { date: Date::Full, action: 14, actor: 26 },
        }
    }
}

/// The row without the mark of the cursor.
fn entry_row(model: &Model, entry: &Entry, columns: Columns, area: Rect, canvas: &mut Canvas<'_>) {
    let y = area.y;
    let x = canvas.mark((area.x, y), false, area);
    if entry.is_blank() {
        // Empty columns would only take room from why it cannot be read.
        let room = usize::from(area.right().saturating_sub(x));
        let why = entry.what_line(&model.catalogue, room, model.charset);
        canvas.line((x, y), &why, Style::new(), area);
        return;
    }
    let x = canvas.line((x, y), &when(model, entry, columns.date), Style::new(), area);
    let x = canvas.own((x, y), " ", Style::new(), area);
    let mut x = x;
    if columns.action > 0 {
        let style = canvas.theme.role(model.catalogue.role(&entry.action_type));
        let word = entry.word_line(&model.catalogue, columns.action, model.charset);
        x = searched(model, (x, y), &word, style, area, canvas);
        x = canvas
            .own((area.x + 18 + u16::try_from(columns.action).unwrap_or(0), y), " ", Style::new(), area)
            .max(x);
    }
    if columns.actor > 0 {
        x = searched(model, (x, y), &actor(model, entry, columns), Style::new(), area, canvas);
        x = canvas.own((x, y), " ", Style::new(), area);
    }
    let room = usize::from(area.right().saturating_sub(x));
    let what = entry.what_line(&model.catalogue, room, model.charset);
    searched(model, (x, y), &what, Style::new(), area, canvas);
}

/// A line with what is looked for marked in it.
fn searched(
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

/// The time column, always of the same width.
fn when(model: &Model, entry: &Entry, date: Date) -> Line {
    let cells = match date {
        Date::Full => 16,
        Date::Short => 11,
        Date::Clock => 5,
    };
    let mut line = match &entry.time {
        Time::At(stamp) => Line::own(&match date {
            Date::Full => model.zone.minute(stamp.instant()),
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
fn actor(model: &Model, entry: &Entry, columns: Columns) -> Line {
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

/// `7 new since Tue 14:02 · 4 months without an entry`
fn rule_words(model: &Model, rule: Rule) -> String {
    let news = rule.news.map(|news| news_words(model, news));
    let silence = rule.silence.map(|silence| silence_words(model, silence));
    let words: Vec<String> = news.into_iter().chain(silence).collect();
    words.join(&format!(" {} ", model.dot()))
}

/// Of what is narrowed the shown ones are counted.
fn news_words(model: &Model, news: News) -> String {
    let narrowed = !model.reader.narrowing().is_everything();
    let of = if narrowed { ", of those shown" } else { "" };
    format!("{}{of}", news_since(model, news))
}

/// `7 new since Tue 14:02`, `50+ new since 14:02`
pub(super) fn news_since(model: &Model, news: News) -> String {
    let count = match news.count {
        Count::Exactly(count) => number(count as u64),
        Count::AtLeast(count) => format!("{}+", number(count as u64)),
    };
    format!("{count} new since {}", model.zone.recently(news.since, model.now))
}

/// Entries that are hidden here, or that the query leaves out, break a silence without being seen.
fn silence_words(model: &Model, silence: Silence) -> String {
    let length = span(silence.to.instant() - silence.from.instant());
    match (model.reader.log().query(), silence.unbroken) {
        (Query::All, true) => format!("{length} without an entry"),
        (Query::All, false) => format!("{length} without an entry shown here"),
        (Query::Only(_), _) => format!("{length} without an entry of these types"),
    }
}

fn tail_row(
    model: &Model,
    (tail, item): (Tail<'_>, Item),
    area: Rect,
    canvas: &mut Canvas<'_>,
    cursor: bool,
) {
    let mut area = area;
    if cursor {
        let x = canvas.mark((area.x, area.y), true, area);
        area = Rect { x, width: area.right() - x, ..area };
    }
    let style = match tail {
        Tail::Failed(_) => canvas.theme.failure(),
        _ => canvas.theme.rule(),
    };
    let words = match (tail, item) {
        (Tail::NotLoaded(_), Item::Gap(run)) if model.reader.is_outside(run) => {
            Line::own("outside the window of time")
        }
        _ => tail_words(model, tail),
    };
    canvas.rule(area.y, &words, style, area);
}

fn tail_words(model: &Model, tail: Tail<'_>) -> Line {
    let dot = model.dot();
    match tail {
        Tail::Start => {
            let kind = match (model.reader.log().query(), model.reader.is_open()) {
                (Query::All, false) => "in all",
                (Query::All, true) => "so far",
                (Query::Only(_), false) => "of these types",
                (Query::Only(_), true) => "of these types so far",
            };
            let entries = |count: usize| if count == 1 { "entry" } else { "entries" };
            let count = model.reader.log().total();
            let count =
                count.map(|count| format!(" {dot} {} {} {kind}", number(count as u64), entries(count)));
            if model.reader.is_open() {
                return Line::own(&format!("the pipe is open{}", count.unwrap_or_default()));
            }
            // A file may hold a part of a ticket's log.
            let start = if is_file(model) { "end of the file" } else { "start of the ticket" };
            Line::own(&format!("{start}{}", count.unwrap_or_default()))
        }
        Tail::Loading => Line::own("loading older entries"),
        Tail::NotLoaded(Some(count)) => Line::own(&format!("not loaded: about {} entries", number(count))),
        Tail::NotLoaded(None) if model.reader.is_waiting_for_user() => Line::own(&format!(
            "older entries not loaded {dot} {} reads on",
            model.keys.on_list(Action::Step(1))
        )),
        Tail::NotLoaded(None) => Line::own("older entries not loaded"),
        Tail::Failed(failure) => {
            let mut line = Line::own(&format!("{} {dot} ", tries_again(model)));
            line.append(failure.sentence.one_line(400, model.charset));
            line
        }
    }
}

/// `r tries again`, `r tries again, or wait 3 s (esc stops)`
pub(super) fn tries_again(model: &Model) -> String {
    let key = model.keys.on_list(Action::Refresh);
    let Some(at) = model.reader.retries_at() else {
        return format!("{key} tries again");
    };
    let left = (at - model.now).to_std().unwrap_or_default();
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    let stop = model.keys.on_list(Action::Close);
    format!("{key} tries again, or wait {} s ({stop} stops)", number(seconds.max(1)))
}
