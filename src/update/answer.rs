//! An answer to a question for entries: for the reader, and for all who go on with what it brought.

use super::{asked, follow, resume::seek_on, roll, search};
use crate::{
    message::{Effect, Timer},
    model::{
        Model,
        entry::Entry,
        failure::Failure,
        query::{Generation, Window},
    },
};

pub(super) fn take(
    model: &mut Model,
    generation: Generation,
    window: Window,
    answer: Result<Vec<Entry>, Failure>,
) -> Vec<Effect> {
    // What nobody waits for may be of another ticket.
    let of_reader = [model.reader.asked_log().asks_as(), model.reader.all().asks_as()].contains(&generation);
    if of_reader || model.roll.awaits(generation) {
        model.learn_people(answer.as_deref().unwrap_or_default());
    }
    if model.roll.awaits(generation) {
        return roll::take(model, window, answer);
    }
    let before = follow::Before::of(model);
    let failed = answer.is_err();
    let is_head = of_reader && !failed && window.skip == 0;
    let fetches = model.reader.accept(generation, window, answer, model.now);
    if is_head {
        model.note_head_came();
    }
    model.note_failure();
    model.infer_summary();
    model.fit_list();
    let mut effects: Vec<Effect> = model.reader.cancelled().map(Effect::Cancel).into_iter().collect();
    effects.extend(asked(model, fetches));
    effects.extend(follow::heard(model, &before));
    effects.extend(retry_wait(model, failed));
    effects.extend(search::grant(model));
    effects.extend(seek_on(model));
    effects
}

/// The sleep before what failed is tried again.
fn retry_wait(model: &Model, failed: bool) -> Option<Effect> {
    let (attempt, wait) = model.reader.sleep(model.now).filter(|_| failed)?;
    Some(Effect::Wait(Timer::Retry(attempt), wait))
}
