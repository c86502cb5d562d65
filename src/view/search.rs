//! What there is to say of a search: the line in which it is typed, and how much was found.

use ratatui::{layout::Rect, style::Style};

use super::{
    footer::draw_line,
    paint::{Canvas, number},
};
use crate::{
    message::Action,
    model::{
        Model, counted, input::Input, keymap::Context, pattern::Syntax, query::Query, search::SearchLine,
        text::Line, timeline::Found,
    },
};

/// `search: refund   3 of 17 loaded`, with the character at the cursor marked.
pub(super) fn draw(model: &Model, line: &SearchLine, input: &Input, area: Rect, canvas: &mut Canvas<'_>) {
    let prompt = match line.syntax {
        Syntax::Plain => "search: ",
        Syntax::Regex => "regex: ",
    };
    let x = canvas.own((area.x, area.y), prompt, Style::new(), area);
    let room = Rect { x, width: area.right().saturating_sub(x), ..area };
    let end = draw_line(model, input, room, canvas);
    let key = |action| model.keys.in_context(Context::Input, action);
    let words = match (&line.fault, model.reader.timeline().found()) {
        (Some(fault), _) => format!("not an expression: {}", fault.words()),
        (None, Some(found)) => found_words(model, found, key(Action::Enter)),
        (None, None) => match line.syntax {
            Syntax::Plain => format!("{} for a regular expression", key(Action::Syntax)),
            Syntax::Regex => format!("{} for plain text", key(Action::Syntax)),
        },
    };
    let mut words = Line::own(&words);
    words.fit(usize::from(area.right().saturating_sub(end + 2)), model.charset);
    canvas.line((end + 2, area.y), &words, canvas.theme.rule(), area);
}

/// `3 of 17 loaded`, `3 of 17 in 55 shown, 312 hidden`, `no hit in 350 loaded, enter reads on`
fn found_words(model: &Model, Found { hits, number: here, complete }: Found, reads_on: &str) -> String {
    let more = if complete { "" } else { "+" };
    let scope = Scope::of(model);
    let hits_words = match (hits, here) {
        (0, _) if !complete => return "looking".to_owned(),
        (0, _) if model.reader.has_all() => {
            return format!("no hit in all {}{}{}", scope.looked_at, so_far(model), scope.rest);
        }
        (0, _) => {
            let words = format!("no hit in {} {}{}", scope.looked_at, scope.word, scope.rest);
            let is_reading = model.reader.searches_on();
            return words
                + &if is_reading { ", reading on".to_owned() } else { format!(", {reads_on} reads on") };
        }
        (_, Some(here)) => format!("{} of {}{more}", number(here as u64), number(hits as u64)),
        (_, None) => format!("{}{more}", number(hits as u64)),
    };
    if scope.is_all_loaded() {
        return format!("{hits_words} loaded");
    }
    format!("{hits_words} in {} {}{}", scope.looked_at, scope.word, scope.rest)
}

/// What a search looks at: the entries that are shown. What is hidden is not looked at, and said.
struct Scope {
    looked_at: String,
    entries: &'static str,
    word: &'static str,
    rest: String,
}

impl Scope {
    fn of(model: &Model) -> Self {
        let (shown, log) = (model.reader.timeline().shown(), model.reader.log());
        let (hidden, looked_at) = (log.loaded().saturating_sub(shown), number(shown as u64));
        let entries = counted::entries(shown as u64);
        match hidden {
            // The server leaves other types out: nobody knows how many there are.
            0 if matches!(log.query(), Query::Only(_)) => {
                Self { looked_at, entries, word: "of these types", rest: String::new() }
            }
            0 => Self { looked_at, entries, word: "loaded", rest: String::new() },
            hidden => {
                let rest = format!(", {} hidden", number(hidden as u64));
                Self { looked_at, entries, word: "shown", rest }
            }
        }
    }

    fn is_all_loaded(&self) -> bool {
        self.word == "loaded"
    }
}

/// `refund 3 of 17 loaded`: what is looked for while the list is read.
pub(super) fn standing(model: &Model, width: usize) -> Option<String> {
    let timeline = model.reader.timeline();
    let (pattern, found) = (timeline.pattern()?, timeline.found()?);
    let source = model.shown_text(pattern.source());
    let source = source.one_line((width / 4).max(4), model.charset).plain();
    let sign = if pattern.syntax() == Syntax::Regex { "/" } else { "" };
    let reads_on = model.keys.on_list(Action::Hit(1));
    Some(format!("{sign}{source}{sign} {}", found_words(model, found, reads_on)))
}

/// Nothing was found and nothing is left to read; what is hidden was not looked at.
pub(super) fn not_found(model: &Model) -> String {
    let scope = Scope::of(model);
    let word = if scope.is_all_loaded() { "shown" } else { scope.word };
    format!("not found in all {} {} {word}{}{}", scope.looked_at, scope.entries, so_far(model), scope.rest)
}

/// Reading on was stopped; what was under way then may have brought a hit.
pub(super) fn stopped(model: &Model) -> String {
    let key = model.keys.on_list(Action::Hit(1));
    if model.reader.timeline().found().is_some_and(|found| found.hits > 0) {
        return format!("stopped, {key} goes to a hit that came meanwhile");
    }
    let Scope { looked_at, entries, word, rest } = Scope::of(model);
    format!("stopped without a hit in the {looked_at} {entries} {word}{rest}, {key} goes on")
}

/// `no hit yet in 30 shown, reading on`
pub(super) fn reading_on(model: &Model) -> String {
    let scope = Scope::of(model);
    if scope.rest.is_empty() {
        return "no hit yet, reading on".to_owned();
    }
    format!("no hit yet in {} shown, reading on", scope.looked_at)
}

/// A pipe that is open may bring more.
fn so_far(model: &Model) -> &'static str {
    if model.reader.is_open() { " so far" } else { "" }
}

/// Which bytes of a line were found.
pub(super) struct Places(Vec<std::ops::Range<usize>>);

impl Places {
    /// The places in a line; none when nothing is looked for.
    pub(super) fn of(model: &Model, line: &Line) -> Self {
        let pattern = model.reader.timeline().pattern();
        Self(pattern.map(|pattern| pattern.places(&line.plain())).unwrap_or_default())
    }

    /// Whether a byte of the line belongs to one.
    pub(super) fn hold(&self, byte: usize) -> bool {
        self.0.iter().any(|place| place.contains(&byte))
    }
}
