//! The last line: the keys that work now, as many as fit.

use ratatui::{layout::Rect, style::Style};

use super::paint::Canvas;
use crate::{
    keys::{self, Context},
    model::{Model, page::Page},
};

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.height == 0 {
        return;
    }
    canvas.own((area.x, area.y), &hints(model, usize::from(area.width)), Style::new(), area);
}

fn hints(model: &Model, width: usize) -> String {
    let mut hints: Vec<(String, u8)> = Vec::new();
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
