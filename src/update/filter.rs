//! Keys in the filter panel, and what a narrowing leads to.

use std::time::Duration;

use super::refit;
use crate::{
    message::{Action, Effect, Timer},
    model::{
        Model,
        input::{Input, Prompt},
        narrowing::{Narrowing, Phrase},
        panel::{FilterPanel, tick_all, tick_none},
        reader::Change,
        types::TypeChoice,
    },
};

/// How long the filter must rest before the request goes out again: a burst of changes costs one request.
pub const REST: Duration = Duration::from_millis(150);

/// Opens the panel.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    model.filter = model.panel_rows().into_iter().next().map(|row| FilterPanel { row });
    refit(model)
}

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = narrow(model, action) {
        return effects;
    }
    let rows = model.panel_rows();
    let Some(panel) = &mut model.filter else { return Vec::new() };
    let at = panel.place(&rows);
    let row = rows.get(at).cloned();
    let last = rows.len().saturating_sub(1);
    let moved = |by: isize| at.saturating_add_signed(by).min(last);
    let to = match (action, row) {
        (Action::Step(by), _) => moved(by.into()),
        (Action::HalfPage(by), _) => moved(isize::from(by) * 5),
        (Action::Page(by), _) => moved(isize::from(by) * 10),
        (Action::Newest, _) => 0,
        (Action::Oldest, _) => last,
        (Action::Enter | Action::OpenFilter, _) => {
            model.filter = None;
            return refit(model);
        }
        (Action::FindRow, _) => {
            model.input = Some(Input::asking(Prompt::Row));
            return Vec::new();
        }
        (Action::Tick, Some(row)) => return change(model, model.toggling(row)),
        (Action::TickOnly, Some(row)) => return change(model, model.choosing_only(row)),
        (Action::TickAll, _) => return change(model, tick_all),
        (Action::TickNone, _) => return change(model, tick_none),
        (Action::Preset(number), _) => {
            let preset = model.choosing_preset(number);
            if let Some(preset) = preset {
                return change(model, preset);
            }
            model.reader.note_no_preset(number);
            return Vec::new();
        }
        _ => at,
    };
    if let Some(row) = rows.into_iter().nth(to) {
        panel.row = row;
    }
    Vec::new()
}

/// Moves the panel's cursor to the row that is typed.
pub(super) fn find(model: &mut Model, typed: &str) {
    let found = model.panel_row_named(typed);
    if let (Some(panel), Some(row)) = (&mut model.filter, found) {
        panel.row = row;
    }
}

/// Makes a change that may have given or taken rows of the panel.
fn change(model: &mut Model, change: impl FnOnce(&mut Narrowing)) -> Vec<Effect> {
    let before = model.filter.as_ref().map(|panel| panel.place(&model.panel_rows()));
    let change = model.reader.narrow(change);
    let rows = model.panel_rows();
    if let (Some(panel), Some(before)) = (&mut model.filter, before)
        && !rows.contains(&panel.row)
        && let Some(row) = rows.get(before).or(rows.last())
    {
        panel.row = row.clone();
    }
    let mut effects = narrowed(change);
    effects.extend(refit(model));
    effects
}

/// Narrows in one step to what was named.
pub(super) fn replace(model: &mut Model, narrowing: Narrowing) -> Vec<Effect> {
    let change = model.reader.narrow(|current| *current = narrowing);
    narrowed(change)
}

pub(super) fn choose(model: &mut Model, change: impl FnOnce(&mut TypeChoice)) -> Vec<Effect> {
    let change = model.reader.choose(change);
    narrowed(change)
}

/// Shows only what has the text that is typed; nothing typed lifts that. What cannot be used stays to be corrected.
pub(super) fn narrow_by_text(model: &mut Model) -> Vec<Effect> {
    let typed = model.input.as_ref().map(Input::text).unwrap_or_default();
    let Ok(phrase) = Phrase::parse(&typed, &model.catalogue) else {
        return Vec::new();
    };
    model.input = None;
    let change = model.reader.narrow(|narrowing| narrowing.phrase = phrase);
    narrowed(change)
}

/// Keys that narrow; `None` for others.
pub(super) fn narrow(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let change = match action {
        Action::HideType => model.reader.hide_type(),
        Action::OnlyType => model.reader.only_type(),
        Action::OnlyPerson => model.reader.only_person(),
        Action::SinceHere => model.reader.since_here(),
        Action::UntilHere => model.reader.until_here(),
        Action::Lift(lift) => model.reader.lift(lift),
        Action::ToggleNarrowing => model.reader.toggle_narrowing(),
        Action::UndoNarrowing => model.reader.undo_narrowing(),
        _ => return None,
    };
    Some(narrowed(change))
}

pub(super) fn narrowed(change: Change) -> Vec<Effect> {
    let cancelled = change.cancelled.map(Effect::Cancel);
    let settles = change.settles.map(|generation| Effect::Wait(Timer::FilterSettled(generation), REST));
    cancelled.into_iter().chain(settles).collect()
}
