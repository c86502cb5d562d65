//! Taking up the view that a dropped line interrupted.

use super::{asked, filter, start};
use crate::{
    message::Effect,
    model::{
        Model,
        saved_view::{Resume, SavedView},
    },
};

/// Takes up what a dropped line left behind, if anything.
pub(super) fn resume(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.resume) {
        Resume::Nothing => Vec::new(),
        Resume::Offer(view) | Resume::Open(view) => take_up(model, view),
    }
}

/// Opens a saved view: its ticket, its narrowing, and the way back to its entry.
fn take_up(model: &mut Model, view: SavedView) -> Vec<Effect> {
    let mut effects = Vec::new();
    model.stop_asking();
    if model.subject.ticket() != Some(view.ticket) {
        effects.extend(model.change_ticket(view.ticket).into_iter().map(Effect::Cancel));
        effects.extend(start(model));
    }
    if !view.types.is_everything() || !model.reader.choice().is_everything() {
        effects.extend(filter::choose(model, |choice| view.types.choose(choice)));
    }
    model.seek(view);
    effects.extend(seek_on(model));
    effects
}

/// Goes on with the way back to the entry of a view, if there is one.
pub(super) fn seek_on(model: &mut Model) -> Vec<Effect> {
    let fetches = model.seek_on();
    asked(model, fetches)
}
