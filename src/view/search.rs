//! What there is to say of a search: the line in which it is typed, and how much was found.

use ratatui::{layout::Rect, style::Style};

use super::{
    footer::draw_line,
    paint::{Canvas, number},
};
use crate::{
    message::Action,
    model::{
        Model, input::Input, keymap::Context, pattern::Syntax, search::SearchLine, text::Line,
        timeline::Found,
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
        (None, Some(found)) => found_words(model, found),
        (None, None) => match line.syntax {
            Syntax::Plain => format!("{} for a regular expression", key(Action::Syntax)),
            Syntax::Regex => format!("{} for plain text", key(Action::Syntax)),
        },
    };
    let mut words = Line::own(&words);
    words.fit(usize::from(area.right().saturating_sub(end + 2)), model.charset);
    canvas.line((end + 2, area.y), &words, canvas.theme.rule(), area);
}

/// `3 of 17 loaded`, `17 loaded`, `no hit in 350 loaded, enter reads on`
fn found_words(model: &Model, Found { hits, number: here, complete }: Found) -> String {
    let more = if complete { "" } else { "+" };
    match (hits, here) {
        (0, _) if !complete => "looking".to_owned(),
        (0, _) => {
            let shown = number(model.reader.timeline().shown() as u64);
            if model.reader.log().total().is_some() {
                format!("no hit in all {shown}{}", so_far(model))
            } else {
                let key = model.keys.in_context(Context::Input, Action::Enter);
                format!("no hit in {shown} loaded, {key} reads on")
            }
        }
        (_, Some(here)) => format!("{} of {}{more} loaded", number(here as u64), number(hits as u64)),
        (_, None) => format!("{}{more} loaded", number(hits as u64)),
    }
}

/// `refund 3 of 17 loaded`: what is looked for while the list is read.
pub(super) fn standing(model: &Model, width: usize) -> Option<String> {
    let timeline = model.reader.timeline();
    let (pattern, found) = (timeline.pattern()?, timeline.found()?);
    let source = pattern.source().one_line((width / 4).max(4), model.charset).plain();
    let sign = if pattern.syntax() == Syntax::Regex { "/" } else { "" };
    Some(format!("{sign}{source}{sign} {}", found_words(model, found)))
}

/// Nothing was found and nothing is left to read; what is hidden was not looked at.
pub(super) fn not_found(model: &Model, shown: usize) -> String {
    let hidden = model.reader.log().loaded().saturating_sub(shown);
    let hidden = match hidden {
        0 => String::new(),
        hidden => format!("; {} more are hidden", number(hidden as u64)),
    };
    format!("not found in all {} entries shown{}{hidden}", number(shown as u64), so_far(model))
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
