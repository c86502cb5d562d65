//! Keys in the filter panel, and what a choice of types leads to.

use std::time::Duration;

use super::refit;
use crate::{
    message::{Action, Effect, Timer},
    model::{
        Model,
        reader::Change,
        types::{TypeChoice, TypeRow},
    },
};

/// How long the filter must rest before the request goes out again: a burst of changes costs one request.
pub const REST: Duration = Duration::from_millis(150);

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = narrow(model, action) {
        return effects;
    }
    let rows = model.reader.choice().rows();
    let Some(panel) = &mut model.filter else { return Vec::new() };
    let at = panel.place(&rows);
    let last = rows.len().saturating_sub(1);
    let moved = |by: isize| at.saturating_add_signed(by).min(last);
    let to = match action {
        Action::Step(by) => moved(by.into()),
        Action::HalfPage(by) => moved(isize::from(by) * 5),
        Action::Page(by) => moved(isize::from(by) * 10),
        Action::Newest => 0,
        Action::Oldest => last,
        Action::Enter | Action::OpenFilter => {
            model.filter = None;
            return refit(model);
        }
        Action::Tick => return choose_row(model, TypeChoice::toggle),
        Action::TickOnly => return choose_row(model, TypeChoice::only),
        Action::TickAll => return choose(model, TypeChoice::all),
        Action::TickNone => return choose(model, TypeChoice::none),
        _ => at,
    };
    if let Some(row) = rows.into_iter().nth(to) {
        panel.row = row;
    }
    Vec::new()
}

fn choose_row(model: &mut Model, change: impl FnOnce(&mut TypeChoice, &TypeRow)) -> Vec<Effect> {
    let row = model.filter.as_ref().map(|panel| panel.row.clone());
    row.map_or_else(Vec::new, |row| choose(model, |choice| change(choice, &row)))
}

pub(super) fn choose(model: &mut Model, change: impl FnOnce(&mut TypeChoice)) -> Vec<Effect> {
    let change = model.reader.choose(change);
    narrowed(change)
}

/// Keys that narrow; `None` for others.
pub(super) fn narrow(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let change = match action {
        Action::HideType => model.reader.hide_type(),
        Action::OnlyType => model.reader.only_type(),
        Action::OnlyPerson => model.reader.only_person(),
        Action::ToggleNarrowing => model.reader.toggle_narrowing(),
        Action::UndoNarrowing => model.reader.undo_narrowing(),
        _ => return None,
    };
    Some(narrowed(change))
}

fn narrowed(change: Change) -> Vec<Effect> {
    let cancelled = change.cancelled.map(Effect::Cancel);
    let settles = change.settles.map(|generation| Effect::Wait(Timer::FilterSettled(generation), REST));
    cancelled.into_iter().chain(settles).collect()
}
