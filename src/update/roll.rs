//! The roll of people, beside everything else that is asked for.

use super::{asked, taking};
use crate::{
    message::{Effect, Timer},
    model::{Model, backoff::Attempt, entry::Entry, failure::Failure, query::Window},
};

/// What the roll has under way takes its room from the reader, but never all of it.
pub(super) fn make_room(model: &mut Model) {
    let room = model.max_requests.saturating_sub(model.roll.under_way()).max(1);
    model.reader.set_room(room);
}

/// Goes on after a message, where aliases have no numbers yet.
pub(super) fn go_on(model: &mut Model, effects: &mut Vec<Effect>) {
    if effects.iter().any(|effect| matches!(effect, Effect::Quit(_))) {
        return;
    }
    let turn = model.call_roll();
    if let Some(generation) = turn.cancelled {
        // Before what is asked for in its place.
        effects.insert(0, Effect::Cancel(generation));
    }
    effects.extend(asked(model, turn.fetch.into_iter().collect()));
    effects.extend(turn.looks_on.then_some(Effect::LookOn));
    effects.extend(taking::grant(model));
}

/// Takes an answer. The reader may want the room that it leaves.
pub(super) fn take(model: &mut Model, window: Window, answer: Result<Vec<Entry>, Failure>) -> Vec<Effect> {
    let failed = answer.is_err();
    model.accept_for_roll(window, answer);
    make_room(model);
    let fetches = model.reader.wants();
    let mut effects = asked(model, fetches);
    effects.extend(model.roll.sleep(model.now).filter(|_| failed).map(wait));
    effects
}

/// A sleep is over.
pub(super) fn wake(model: &mut Model, attempt: Attempt) -> Vec<Effect> {
    model.wake_roll(attempt).map(wait).into_iter().collect()
}

fn wait((attempt, wait): (Attempt, std::time::Duration)) -> Effect {
    Effect::Wait(Timer::RetryRoll(attempt), wait)
}
