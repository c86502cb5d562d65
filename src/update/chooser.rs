//! Keys while a ticket is chosen, and opening it.

use super::{asked, start};
use crate::{
    message::{Action, Edit, Effect},
    model::{Model, Notice, chooser::Choice, query::TicketNumber, subject::Subject, visit::Visit},
};

/// Asks which ticket. In a file there is no account to open one with.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if let Subject::File(_) = model.subject {
        model.notice = Some(Notice::NoTicketsHere);
        return Vec::new();
    }
    model.ask_which();
    vec![Effect::FindVisits]
}

/// Takes the tickets looked at lately; one request asks about all of them.
pub(super) fn offer(model: &mut Model, visits: Vec<Visit>) -> Vec<Effect> {
    let open = model.subject.ticket();
    let numbers = model.chooser.as_mut().map(|chooser| chooser.offer(visits, open)).unwrap_or_default();
    if numbers.is_empty() { Vec::new() } else { vec![Effect::FetchTickets(numbers)] }
}

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let typed = model.typed();
    let (Some(chooser), Some(input)) = (&mut model.chooser, &mut model.input) else {
        return Vec::new();
    };
    match action {
        // No number and no link begins so.
        Action::Edit(Edit::Insert('q')) if typed.is_empty() => return close(model),
        Action::Edit(edit) => {
            input.edit(edit);
            chooser.retype();
        }
        Action::Step(by) => chooser.step(&typed, by.into()),
        Action::Page(by) => chooser.step(&typed, isize::from(by) * 10),
        Action::Enter => match chooser.choice(&typed, &model.links) {
            Choice::Ticket(ticket) => return change_to(model, ticket),
            Choice::Nothing => {}
            Choice::Wrong(sentence) => chooser.wrong = Some(sentence),
        },
        _ => {}
    }
    Vec::new()
}

/// Back to what was open; where nothing was, out.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    model.stop_asking();
    if model.subject == Subject::Nothing { vec![Effect::Quit(model.exit_code())] } else { Vec::new() }
}

pub(super) fn change_to(model: &mut Model, ticket: TicketNumber) -> Vec<Effect> {
    let then = model.chooser.take().and_then(|chooser| chooser.then);
    model.stop_asking();
    if model.subject.ticket() == Some(ticket) {
        return Vec::new();
    }
    let mut effects: Vec<Effect> = model.change_ticket(ticket).into_iter().map(Effect::Cancel).collect();
    effects.extend(start(model));
    if let Some(moment) = then {
        let fetches = model.reader.visit_moment(moment, model.zone);
        effects.extend(asked(model, fetches));
    }
    effects
}
