//! The timeline: one line an entry or a fold of them, rules for silences and for what is not loaded.

mod columns;
mod fold;

use self::columns::{Columns, actor, head, searched};
pub(super) use self::fold::reads;
use ratatui::{layout::Rect, style::Style};

use super::{
    cache::{Name, RowCache},
    empty::{is_file, nothing_to_see},
    paint::{Canvas, beside_marks, number},
};
use crate::{
    message::Action,
    model::{
        Model, counted,
        entry::Entry,
        log::EntryId,
        query::Query,
        text::Line,
        timeline::{Count, Item, News, Row, Rule, Silence, Stretch, Tail},
        zone::span,
    },
};

/// Stands beside an entry that arrived since the user last looked.
const NEW: &str = "+";

/// Stands beside an entry that is selected.
const SELECTED: &str = "*";

pub(super) fn draw(model: &Model, area: Rect, cache: &mut RowCache, canvas: &mut Canvas<'_>) {
    cache.prepare(model, *canvas.theme, area.width);
    let columns = Columns::of(area.width);
    let mut y = area.y;
    let marks = Marks { has_new: model.reader.has_new(), selected: model.selected() };
    for row in model.reader.timeline().rows(model.reader.log()) {
        let line = Rect { y, height: 1, ..area };
        match row {
            Row::Entry { id, entry, cursor } => {
                if !cache.recall(Name::Entry(id), y, canvas.buffer) {
                    entry_row(model, &model.shown_entry(entry), columns, line, canvas);
                    cache.keep(Name::Entry(id), y, canvas.buffer);
                }
                marks.beside(model, (cursor, id), line, canvas);
            }
            Row::Fold { fold, cursor } => {
                if !cache.recall(fold.into(), y, canvas.buffer) {
                    fold::row(model, fold, columns, line, canvas);
                    cache.keep(fold.into(), y, canvas.buffer);
                }
                marks.beside(model, (cursor, fold.newest), line, canvas);
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

/// What is looked for before each row.
struct Marks {
    has_new: bool,
    selected: Option<Stretch>,
}

impl Marks {
    /// The mark before a row: of the cursor, that it is selected, or that it is new.
    fn beside(&self, model: &Model, (cursor, id): (bool, EntryId), line: Rect, canvas: &mut Canvas<'_>) {
        let at = (line.x, line.y);
        let is_selected =
            || self.selected.is_some_and(|selected| model.reader.timeline().is_in(selected, id));
        if cursor {
            canvas.mark(at, true, line);
        } else if is_selected() {
            canvas.own(at, SELECTED, canvas.theme.gutter(), line);
        } else if self.has_new && model.reader.is_new(id) {
            canvas.own(at, NEW, canvas.theme.news(), line);
        }
    }
}

/// The row without the mark of the cursor.
fn entry_row(model: &Model, entry: &Entry, columns: Columns, area: Rect, canvas: &mut Canvas<'_>) {
    let y = area.y;
    if entry.is_blank() {
        let x = canvas.mark((area.x, y), false, area);
        // Empty columns would only take room from why it cannot be read.
        let room = usize::from(area.right().saturating_sub(x));
        let why = entry.what_line(&model.catalogue, room, model.charset);
        canvas.line((x, y), &why, Style::new(), area);
        return;
    }
    let mut x = head(model, entry, columns, area, canvas);
    if columns.actor > 0 {
        x = searched(model, (x, y), &actor(model, entry, columns), Style::new(), area, canvas);
        x = canvas.own((x, y), " ", Style::new(), area);
    }
    let room = usize::from(area.right().saturating_sub(x));
    let what = entry.what_line(&model.catalogue, room, model.charset);
    searched(model, (x, y), &what, Style::new(), area, canvas);
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
            let count = model.reader.log().total();
            let count = count.map(|count| {
                format!(" {dot} {} {} {kind}", number(count as u64), counted::entries(count as u64))
            });
            if model.reader.is_open() {
                return Line::own(&format!("the pipe is open{}", count.unwrap_or_default()));
            }
            // A file may hold a part of a ticket's log.
            let start = if is_file(model) { "end of the file" } else { "start of the ticket" };
            Line::own(&format!("{start}{}", count.unwrap_or_default()))
        }
        Tail::Loading => Line::own("loading older entries"),
        Tail::NotLoaded(Some(count)) => {
            Line::own(&format!("not loaded: about {} {}", number(count), counted::entries(count)))
        }
        Tail::NotLoaded(None) if model.reader.is_waiting_for_user() => Line::own(&format!(
            "older entries not loaded {dot} {} reads on",
            model.keys.on_list(Action::Step(1))
        )),
        Tail::NotLoaded(None) => Line::own("older entries not loaded"),
        Tail::Failed(failure) => {
            let mut line = Line::own(&format!("{} {dot} ", tries_again(model)));
            line.append(model.shown_failure(failure).one_line(400, model.charset));
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
