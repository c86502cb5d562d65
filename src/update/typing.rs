//! A line that is typed: changes to it, and what it leads to.

use super::{asked, filter, search, taking};
use crate::{
    message::{Action, Effect},
    model::{Model, input::Prompt, time_words},
};

/// Takes text that was pasted; without a line to put it on it is nothing.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    model.note_look();
    if let Some(input) = &mut model.input {
        input.paste(text);
    }
    if let Some(chooser) = &mut model.chooser {
        chooser.retype();
    }
    model.retype_palette();
    read_along(model)
}

/// Takes a change to the time that is typed, or jumps to it. What is not understood stays to be corrected.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if model.search.is_some() {
        return search::act(model, action);
    }
    let now = model.time_words();
    let Some(input) = &mut model.input else {
        return Vec::new();
    };
    if let Action::Edit(edit) = action {
        input.edit(edit);
        return read_along(model);
    }
    match input.prompt() {
        Prompt::Jump => {}
        Prompt::Row => {
            model.input = None;
            return Vec::new();
        }
        Prompt::File => return taking::save(model),
        Prompt::Phrase => return filter::narrow_by_text(model),
        Prompt::Search | Prompt::Action => return Vec::new(),
    }
    let Some(moment) = time_words::parse(&input.text(), now) else {
        return Vec::new();
    };
    model.input = None;
    let fetches = model.reader.visit_moment(moment, model.zone);
    asked(model, fetches)
}

/// What is typed acts before it is done.
fn read_along(model: &mut Model) -> Vec<Effect> {
    match model.input.as_ref().map(|input| (input.prompt(), input.text())) {
        Some((Prompt::Row, typed)) => {
            filter::find(model, &typed);
            Vec::new()
        }
        Some((Prompt::Search, _)) => search::look(model),
        _ => Vec::new(),
    }
}
