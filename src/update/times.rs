//! Keys that change how times are told.

use crate::{
    message::{Action, Effect, Timer},
    model::{
        Model, Notice,
        times::{AgeTurn, MINUTE},
        zone::Zone,
    },
};

/// Obeys a key that changes how times are told.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::ToggleAges {
        return show_ages(model, !model.times.are_ages());
    }
    let home = model.times.home();
    if home.is_universal() {
        model.notice = Some(Notice::UniversalAlready);
    } else {
        model.set_zone(if model.zone == home { Zone::UTC } else { home });
    }
    Vec::new()
}

/// Shows ages, which are counted anew each minute, or clock times.
pub(super) fn show_ages(model: &mut Model, ages: bool) -> Vec<Effect> {
    wait(model.times.show_ages(ages)).into_iter().collect()
}

/// Waits for the first minute, where ages are shown from the start.
pub(super) fn begin(model: &Model) -> Option<Effect> {
    wait(model.times.turn())
}

/// A minute has passed: the frame after this message counts the ages anew.
pub(super) fn passed(model: &Model, turn: AgeTurn) -> Vec<Effect> {
    wait(model.times.turn().filter(|now| *now == turn)).into_iter().collect()
}

fn wait(turn: Option<AgeTurn>) -> Option<Effect> {
    turn.map(|turn| Effect::Wait(Timer::Ages(turn), MINUTE))
}
