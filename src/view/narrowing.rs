//! What narrows the view and what that hides: for the second line, and for a list that is empty because of it.

use super::paint::number;
use crate::{
    message::Action,
    model::{
        Model,
        keymap::Context,
        narrowing::{Lift, Part, Saying},
        query::Query,
        text::{Line, Untrusted},
    },
};

/// How much room there is for the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// `38 shown, 312 hidden of 350 loaded`
    Whole,
    /// `38 shown, 312 hidden of 350`
    Short,
    /// `38 of 350`
    Shortest,
}

/// `38 shown, 312 hidden of 350 loaded`
pub(super) fn counts(model: &Model, length: Counts) -> Line {
    let loaded = model.reader.log().loaded();
    let shown = model.reader.timeline().shown();
    let hidden = loaded.saturating_sub(shown);
    let [shown_words, hidden, loaded_words] = [shown, hidden, loaded].map(|count| number(count as u64));
    let word = if length == Counts::Whole { " loaded" } else { "" };
    // The server leaves other types out: nobody knows how many there are.
    let is_asked_for = matches!(model.reader.log().query(), Query::Only(_));
    let is_all_of_these = is_asked_for && shown == loaded;
    Line::own(&match length {
        Counts::Shortest if is_all_of_these => format!("{loaded_words} loaded"),
        Counts::Shortest => format!("{shown_words} of {loaded_words}"),
        _ if is_all_of_these => format!("{loaded_words}{word} of these types"),
        _ => format!("{shown_words} shown, {hidden} hidden of {loaded_words}{word}"),
    })
}

/// `without read · Garrick Ollivander only`, in a shorter form where that has no room: `without read +1`.
pub(super) fn line(model: &Model, cells: usize) -> Line {
    let whole = joined(model, parts(model, false));
    if whole.cells() <= cells {
        return whole;
    }
    let count = parts(model, true).len();
    let kept = (1..=count).rev().map(|kept| beginning(model, kept));
    let mut short = kept.into_iter().find(|line| line.cells() <= cells).unwrap_or_else(|| {
        let mut first = joined(model, parts(model, true).into_iter().take(1).collect());
        let more = more_words(count.saturating_sub(1));
        first.fit(cells.saturating_sub(more.len()), model.charset);
        first.push_own(&more);
        first
    });
    short.fit(cells, model.charset);
    short
}

/// How many cells its shortest form takes that can be understood.
pub(super) fn least_cells(model: &Model) -> usize {
    beginning(model, 1).cells()
}

/// The first parts in their short form, and how many more there are.
fn beginning(model: &Model, kept: usize) -> Line {
    let mut parts = parts(model, true);
    let more = more_words(parts.len().saturating_sub(kept));
    parts.truncate(kept);
    let mut line = joined(model, parts);
    line.push_own(&more);
    line
}

fn more_words(count: usize) -> String {
    if count > 0 { format!(" +{count}") } else { String::new() }
}

fn joined(model: &Model, parts: Vec<Part>) -> Line {
    let mut line = Line::default();
    for (at, part) in parts.into_iter().enumerate() {
        line.push_own(&if at > 0 { format!(" {} ", model.dot()) } else { String::new() });
        line.append(part.words);
    }
    line
}

fn parts(model: &Model, is_short: bool) -> Vec<Part> {
    let seen = |name: &Untrusted| model.reader.all().count(name) + model.reader.log().count(name) > 0;
    let saying = Saying {
        catalogue: &model.catalogue,
        charset: model.charset,
        zone: model.zone,
        seen: &seen,
        is_short,
        people: model.replaced_people(),
    };
    model.reader.narrowing().parts(saying)
}

/// One of the parts, in words.
pub(super) fn part_words(model: &Model, lift: Lift) -> Line {
    let part = parts(model, false).into_iter().find(|part| part.lift == lift);
    part.map(|part| part.words).unwrap_or_default()
}

/// What narrows an empty list, a line each with the keys that lift it, and the keys that lift all of it.
pub(super) fn lifts(model: &Model, width: usize) -> Vec<Line> {
    let parts = parts(model, width < 60);
    let room = parts.iter().map(|part| part.words.cells()).max().unwrap_or(0);
    let keys: Vec<String> = parts.iter().map(|part| lifting(model, part.lift)).collect();
    let room = room.min(width.saturating_sub(keys.iter().map(String::len).max().unwrap_or(0) + 2));
    let line = |(part, keys): (Part, String)| {
        let mut line = part.words;
        line.fit(room, model.charset);
        line.pad(room + 2);
        line.push_own(&keys);
        line.fit(width, model.charset);
        line
    };
    let mut lines: Vec<Line> = parts.into_iter().zip(keys).map(line).collect();
    let [all, undo] =
        [Action::ToggleNarrowing, Action::UndoNarrowing].map(|action| model.keys.on_list(action));
    let mut words = Line::own(&format!("{all} lifts all, {undo} the last step"));
    words.fit(width, model.charset);
    lines.push(words);
    lines
}

fn lifting(model: &Model, lift: Lift) -> String {
    let key = |action| model.keys.on_list(action);
    match lift {
        Lift::Types => format!("{}: all types", key(Action::Lift(lift))),
        Lift::Kinds => format!("{}: all kinds of actor", key(Action::Lift(lift))),
        Lift::Span => format!("{}: any time", key(Action::Lift(lift))),
        Lift::Phrase => {
            let done = model.keys.in_context(Context::Input, Action::Enter);
            format!("{}, then {done}: any text", key(Action::TypePhrase))
        }
        Lift::Person => format!("{}: everybody", key(Action::OnlyPerson)),
    }
}
