//! Looking for something: the line in which it is typed, and the keys that go from hit to hit.

use std::time::Duration;

use super::asked;
use crate::{
    message::{Action, Effect, Timer},
    model::{
        Model,
        finder::Finder,
        input::{Input, Prompt},
        search::{SearchLine, Wish},
    },
};

/// How long what is typed must rest before more is read for it: nobody pays for a word half typed.
const REST: Duration = Duration::from_millis(700);

/// A search begins to be typed.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    model.search = Some(SearchLine::new(model.searches.syntax()));
    model.input = Some(Input::asking(Prompt::Search));
    model.reader.begin_search();
    Vec::new()
}

/// Keys while a search is typed.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let (Some(line), Some(input)) = (&mut model.search, &mut model.input) else { return Vec::new() };
    match action {
        Action::Edit(edit) => input.edit(edit),
        Action::Recall(by) => line.recall(by, input, &model.searches),
        Action::Syntax => line.syntax = line.syntax.other(),
        Action::Enter if line.fault.is_none() && !input.is_empty() => return keep(model),
        Action::Enter if line.fault.is_none() => return close(model),
        _ => return Vec::new(),
    }
    look(model)
}

/// The line has changed: it is looked for at once.
pub(super) fn look(model: &mut Model) -> Vec<Effect> {
    let (Some(line), Some(input)) = (&mut model.search, &model.input) else { return Vec::new() };
    let pattern = line.read(input);
    let finder = pattern.map(|pattern| Finder::new(pattern, model.catalogue.clone()));
    let fetches = model.reader.type_search(finder);
    let mut effects = asked(model, fetches);
    if model.reader.searches_further() {
        let rested = Timer::SearchRested(model.reader.timeline().searches());
        effects.push(Effect::Wait(rested, REST));
    }
    effects
}

/// Nothing was typed for a while. Where what stands in the line has not been found, more is read.
pub(super) fn rested(model: &mut Model, search: u64) -> Vec<Effect> {
    if model.search.is_none() || model.reader.timeline().searches() != search {
        return Vec::new();
    }
    let fetches = model.reader.search_further();
    asked(model, fetches)
}

fn keep(model: &mut Model) -> Vec<Effect> {
    let (line, input) = (model.search.take(), model.input.take());
    if let (Some(line), Some(input)) = (line, input) {
        model.searches.remember(input.text(), line.syntax);
    }
    let fetches = model.reader.keep_search();
    asked(model, fetches)
}

/// What was typed is given up.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    (model.search, model.input) = (None, None);
    let fetches = model.reader.drop_search();
    asked(model, fetches)
}

/// What the command line wants to be found is looked for when the first entries are there and no jump is under way.
pub(super) fn grant(model: &mut Model) -> Vec<Effect> {
    if !model.reader.log().is_answered() || model.reader.progress().is_some() {
        return Vec::new();
    }
    let Some(Wish { pattern, stays }) = model.wish.take() else { return Vec::new() };
    model.searches.remember_pattern(&pattern);
    let finder = Finder::new(pattern, model.catalogue.clone());
    let fetches = model.reader.search_for(finder, stays);
    asked(model, fetches)
}

/// Entries that the turns before had no time for.
pub(super) fn look_on(model: &mut Model) -> Vec<Effect> {
    let fetches = model.reader.look_on();
    asked(model, fetches)
}
