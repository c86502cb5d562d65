//! The last line: the keys that work now, as many as fit.

use ratatui::{layout::Rect, style::Style};

use super::paint::Canvas;
use crate::{
    keys::{self, Context},
    message::Action,
    model::{Model, Notice, page::Page, saved_view::Resume},
};

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.height == 0 {
        return;
    }
    let width = usize::from(area.width);
    let text = notice(model).map_or_else(|| hints(model, width), str::to_owned);
    canvas.own((area.x, area.y), &text, Style::new(), area);
}

fn notice(model: &Model) -> Option<&'static str> {
    let notice = model.notice.map(|notice| match notice {
        Notice::NoJobControl => "no shell could continue it: not suspended",
    });
    notice.or_else(|| model.seek.map(|_| "back to where the line dropped, any key stops"))
}

/// What a dropped line left behind, with the key that takes it up.
fn offer(model: &Model) -> Option<String> {
    let offered = matches!(model.resume, Resume::Offer(_)) && context(model) == Context::List;
    let key = keys::key_of(Action::Resume).filter(|_| offered)?;
    Some(format!("{key} resume (line dropped)"))
}

fn hints(model: &Model, width: usize) -> String {
    let mut hints: Vec<(String, u8)> = Vec::new();
    hints.extend(offer(model).map(|offer| (offer, 0)));
    if context(model) == Context::List {
        hints.push(("j k move".to_owned(), 3));
    }
    let help = matches!(model.page, Some(Page::Help { .. }));
    let useful = |word: &str| !help || matches!(word, "close");
    let here = keys::hints(context(model)).filter(|(_, word, _)| useful(word));
    hints.extend(here.map(|(key, word, left_out)| (format!("{key} {word}"), left_out)));
    while hints.iter().map(|(hint, _)| hint.len() + 2).sum::<usize>() > width + 2 {
        let last = hints.iter().map(|(_, left_out)| *left_out).max();
        let Some(at) = hints.iter().position(|(_, left_out)| Some(*left_out) == last) else {
            break;
        };
        hints.remove(at);
    }
    hints.into_iter().map(|(hint, _)| hint).collect::<Vec<_>>().join("  ")
}

/// What the keys act on now.
#[must_use]
pub fn context(model: &Model) -> Context {
    match (&model.page, &model.filter) {
        (Some(_), _) => Context::Page,
        (None, Some(_)) => Context::Filter,
        (None, None) => Context::List,
    }
}
