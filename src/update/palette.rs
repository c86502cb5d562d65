//! Keys while the list of every action is open, and running what is chosen there.

use super::chooser;
use crate::{
    message::{Action, Effect},
    model::{
        Model,
        palette::{Choice, file_name},
    },
};

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Edit(edit) => {
            if let Some(input) = &mut model.input {
                input.edit(edit);
            }
            model.retype_palette();
        }
        Action::Step(by) => model.step_palette(by.into()),
        Action::Page(by) => {
            let height = isize::try_from(model.areas().body.height).unwrap_or(isize::MAX);
            model.step_palette(isize::from(by) * (height - 2).max(1));
        }
        Action::Enter => return run(model),
        _ => {}
    }
    Vec::new()
}

/// Runs what is marked where it means something; else says why not and stays, as it does to ask about a guess.
fn run(model: &mut Model) -> Vec<Effect> {
    let Some(choice) = model.palette_mark() else { return Vec::new() };
    if let Some(sentence) = model.palette_obstacle(choice) {
        if let Some(palette) = &mut model.palette {
            palette.wrong = Some(sentence);
        }
        return Vec::new();
    }
    if model.ask_for_guess(choice) {
        return Vec::new();
    }
    let typed = model.typed();
    model.close_palette();
    match choice {
        Choice::Quit => vec![Effect::Quit(model.exit_code())],
        Choice::Write => super::taking::write(model, file_name(&typed).unwrap_or_default()),
        Choice::Ticket(ticket) => chooser::change_to(model, ticket),
        // The key is one that is pressed twice.
        Choice::Action(_, _, Action::HalfBack) => super::act(model, Action::Back),
        Choice::Action(_, _, action) => super::act(model, action),
    }
}
