//! A line that is typed: changes to it, and what it leads to.

use super::{asked, filter};
use crate::{
    message::{Action, Effect},
    model::{
        Model,
        input::{Input, Prompt},
        time_words,
    },
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
    read_along(model);
    Vec::new()
}

/// Takes a change to the time that is typed, or jumps to it. What is not understood stays to be corrected.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let now = model.time_words();
    let Some(input) = &mut model.input else {
        return Vec::new();
    };
    if let Action::Edit(edit) = action {
        input.edit(edit);
        read_along(model);
        return Vec::new();
    }
    match input.prompt() {
        Prompt::Jump => {}
        Prompt::Row => {
            model.input = None;
            return Vec::new();
        }
        Prompt::Phrase => return filter::narrow_by_text(model),
    }
    let Some(moment) = time_words::parse(&input.text(), now) else {
        return Vec::new();
    };
    model.input = None;
    let fetches = model.reader.to_moment(moment);
    asked(model, fetches)
}

/// What is typed acts before it is done.
fn read_along(model: &mut Model) {
    let row = model.input.as_ref().filter(|input| input.prompt() == Prompt::Row).map(Input::text);
    if let Some(typed) = row {
        filter::find(model, &typed);
    }
}
