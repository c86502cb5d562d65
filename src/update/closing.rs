//! Closing what is on top, cancelling what runs, leaving.

use super::{asked, chooser, filter, refit, search};
use crate::{
    message::{Action, Effect},
    model::Model,
};

/// Cancels what runs, else leaves.
pub(super) fn interrupt(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = close_line(model) {
        return effects;
    }
    cancel(model).unwrap_or_else(|| vec![Effect::Quit(model.exit_code())])
}

/// Closes what is typed, and whatever it is typed for; `None` where nothing is.
fn close_line(model: &mut Model) -> Option<Vec<Effect>> {
    if model.palette.is_some() {
        model.close_palette();
        return Some(Vec::new());
    }
    if model.chooser.is_some() {
        return Some(chooser::close(model));
    }
    if model.search.is_some() {
        return Some(search::close(model));
    }
    model.input.take().map(|_| Vec::new())
}

/// Gives up the jump or the loading under way; `None` when there is none.
fn cancel(model: &mut Model) -> Option<Vec<Effect>> {
    if let Some(change) = model.reader.stay() {
        return Some(filter::narrowed(change));
    }
    let reader = &mut model.reader;
    let is_stopped = reader.cancel_retry() || reader.cancel_journey() || reader.stop_locating();
    if !is_stopped && !reader.stop_loading() {
        return model.stop_awaiting().then(Vec::new);
    }
    let fetches = model.reader.wants();
    Some(asked(model, fetches))
}

/// Closes what is on top; on the timeline it depends on the key.
pub(super) fn close(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = close_line(model) {
        return effects;
    }
    if model.close_page() {
        return Vec::new();
    }
    if model.filter.take().is_some() {
        return refit(model);
    }
    if model.end_selection() {
        return Vec::new();
    }
    match action {
        Action::Close => cancel(model).unwrap_or_else(|| {
            model.reader.end_search();
            Vec::new()
        }),
        _ => vec![Effect::Quit(model.exit_code())],
    }
}
