//! Keys on what covers the list.

use super::asked;
use crate::{
    message::{Action, Effect},
    model::{Model, page::Page},
};

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = super::taking::in_menu(model, action) {
        return effects;
    }
    let height = isize::try_from(model.areas().body.height.max(1)).unwrap_or(1);
    let by = match action {
        Action::Step(by) => by.into(),
        Action::HalfPage(by) => isize::from(by) * (height / 2).max(1),
        Action::Page(by) => isize::from(by) * (height - 1).max(1),
        Action::Newest => isize::MIN,
        Action::Oldest => isize::MAX,
        Action::OtherEntry(by) => return other_entry(model, by),
        Action::Enter => {
            model.close_page();
            return Vec::new();
        }
        _ => return Vec::new(),
    };
    model.scroll_page(by);
    Vec::new()
}

fn other_entry(model: &mut Model, by: i16) -> Vec<Effect> {
    let Some(Page::Entry { raw, .. }) = model.page else {
        return Vec::new();
    };
    let fetches = model.reader.travel(|list, log| list.step_entries(log, by.into()));
    model.page = Some(Page::Entry { scroll: 0, raw });
    let mut effects = asked(model, fetches);
    effects.extend(ask_raw(model));
    effects
}

pub(super) fn toggle_raw(model: &mut Model) -> Vec<Effect> {
    match model.page {
        Some(Page::Entry { raw, .. }) => model.page = Some(Page::Entry { scroll: 0, raw: !raw }),
        None if model.filter.is_none() => model.page = Some(Page::Entry { scroll: 0, raw: true }),
        _ => {}
    }
    ask_raw(model)
}

/// What is shown as JSON and was not kept is asked for again.
fn ask_raw(model: &mut Model) -> Vec<Effect> {
    let Some(Page::Entry { raw: true, .. }) = model.page else {
        return Vec::new();
    };
    let fetches = model.reader.ask_raw();
    asked(model, fetches)
}
