//! The machine: a message changes the model and gives effects. Dispatch only; the logic lives in `model`.

mod answer;
mod chooser;
mod closing;
mod filter;
mod follow;
mod list;
mod page;
mod palette;
mod resume;
mod roll;
mod search;
mod taking;
mod times;
mod typing;

pub use self::filter::REST as FILTER_REST;
use self::{
    closing::{close, interrupt},
    resume::{resume, seek_on},
};
use crate::{
    message::{Action, Effect, Message, Timer},
    model::{Model, Notice, page::Page, reader::Fetch, saved_view::Resume, subject::Subject, visit::Visit},
};

/// The most times that a motion is made.
const MOST_TIMES: i16 = 9_999;

/// Takes one message. Reproducible: the same messages give the same model and effects. Once it has answered with
/// [`Effect::Quit`], nothing is done any more, whatever comes, unless [`Message::NotQuit`] takes that back.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    if model.leaves && !matches!(message, Message::NotQuit) {
        return Vec::new();
    }
    if !matches!(message, Message::Asked(_) | Message::UnboundKey | Message::Pasted(_) | Message::Clock(_)) {
        model.hold_palette_mark();
    }
    roll::make_room(model);
    let (looks_on, goes_on) = (model.reader.looks_on(), matches!(message, Message::LookOn));
    let mut effects = take(model, message);
    model.lose_selection();
    roll::go_on(model, &mut effects);
    if model.reader.looks_on() && (goes_on || !looks_on) {
        effects.push(Effect::LookOn);
    }
    model.leaves = effects.iter().any(|effect| matches!(effect, Effect::Quit(_)));
    model.note_on_screen();
    effects
}

fn take(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Start => {
            let mut effects = start(model);
            effects.extend(times::begin(model));
            effects
        }
        Message::Resized(size) => {
            model.size = size;
            model.fit_list();
            let fetches = model.reader.wants();
            let mut effects = asked(model, fetches);
            effects.push(Effect::Repaint);
            effects
        }
        Message::Clock(now) => {
            model.now = now;
            Vec::new()
        }
        Message::Asked(action) => obey(model, Some(action)),
        Message::UnboundKey => obey(model, None),
        Message::Pasted(text) => typing::paste(model, &text),
        Message::NotQuit => {
            model.notice = Some(Notice::PastedQuit);
            Vec::new()
        }
        Message::NotSuspended => {
            model.notice = Some(Notice::NoJobControl);
            Vec::new()
        }
        Message::Copied(_) | Message::Saved(_) | Message::Take(_) | Message::Write(_) => {
            taking::hear(model, message)
        }
        Message::Log { generation, window, answer } => answer::take(model, generation, window, answer),
        Message::Paused | Message::Grew | Message::WentOn | Message::Ended => follow::piped(model, &message),
        Message::Replaced => follow::replaced(model),
        Message::Ticket { ticket, answer } => {
            if model.subject.ticket() == Some(ticket) {
                model.take_summary(answer);
            }
            Vec::new()
        }
        Message::Tickets(answer) => {
            // Without an answer the numbers alone are offered.
            if let (Some(chooser), Ok(tickets)) = (&mut model.chooser, answer) {
                chooser.learn(tickets);
            }
            Vec::new()
        }
        Message::Visits(visits) => chooser::offer(model, visits),
        Message::Visit(visit) => recall(model, visit),
        Message::GoTo(moment) => {
            if let Some(chooser) = &mut model.chooser {
                chooser.then = Some(moment);
                return Vec::new();
            }
            // What the command line names wins over where a dropped line was.
            model.stop_seek();
            let fetches = model.reader.visit_moment(moment, model.zone);
            asked(model, fetches)
        }
        Message::Find(wish) => {
            model.wish = Some(wish);
            search::grant(model)
        }
        Message::Follow => follow::begin(model),
        Message::GoToEntry(id) => list::go_to(model, id),
        Message::Narrow(narrowing) => filter::replace(model, *narrowing),
        Message::LookOn => {
            model.roll.note_turn();
            search::look_on(model)
        }
        Message::Waited(Timer::Retry(attempt)) => {
            let (fetches, sleep) = model.reader.wake(attempt, model.now);
            let mut effects = asked(model, fetches);
            effects.extend(sleep.map(|(attempt, wait)| Effect::Wait(Timer::Retry(attempt), wait)));
            effects
        }
        Message::Waited(Timer::RetryRoll(attempt)) => roll::wake(model, attempt),
        Message::Waited(Timer::SearchRested(search)) => search::rested(model, search),
        Message::Waited(Timer::Ages(turn)) => times::passed(model, turn),
        Message::Waited(Timer::Poll(turn)) => follow::due(model, turn),
        Message::Waited(Timer::FilterSettled(generation)) => {
            let fetches = model.reader.settle(generation);
            asked(model, fetches)
        }
    }
}

fn start(model: &mut Model) -> Vec<Effect> {
    if model.subject == Subject::Nothing {
        return chooser::open(model);
    }
    let fetches = model.reader.open();
    let mut effects = asked(model, fetches);
    effects.extend(model.ask_ticket());
    effects.extend(model.subject.ticket().map(Effect::FindVisit));
    if matches!(model.resume, Resume::Open(_)) {
        effects.extend(resume(model));
    }
    effects
}

fn asked(model: &Model, fetches: Vec<Fetch>) -> Vec<Effect> {
    let Some(source) = model.subject.source() else {
        return Vec::new();
    };
    let effect = |Fetch { generation, query, window }| Effect::FetchLog { source, generation, query, window };
    fetches.into_iter().map(effect).collect()
}

/// A key was pressed: somebody is there, has read what was said, and asks for something, unless no key stands for that.
fn obey(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    model.notice = None;
    // What moves nothing, and asking again for what failed, leave the way back to a dropped line alone.
    let goes_on = matches!(action, Some(Action::Refresh | Action::Repaint | Action::Suspend));
    let stopped = !goes_on && model.stop_seek();
    model.note_look();
    model.reader.note_looked();
    let mut effects = Vec::new();
    if model.follow.key(model.now) {
        effects = follow::begin(model);
        if action == Some(Action::Follow) {
            return effects;
        }
    }
    if stopped && matches!(action, None | Some(Action::Close | Action::Interrupt)) {
        let fetches = model.reader.wants();
        effects.extend(asked(model, fetches));
        return effects;
    }
    if let Some(action) = action {
        effects.extend(act(model, action));
    } else {
        model.reader.clear_notice();
        model.half_back = false;
        model.count = None;
    }
    effects.extend(seek_on(model));
    effects
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.reader.clear_notice();
    let half_back = std::mem::take(&mut model.half_back);
    let action = match (action, model.count.take()) {
        (Action::Digit(digit), count) => return count_on(model, count, digit),
        // What is typed of a count is what is on top.
        (Action::Close, Some(_)) => return Vec::new(),
        (action, count) => count.and_then(|count| action.times(count)).unwrap_or(action),
    };
    match action {
        Action::Repaint => vec![Effect::Repaint],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => vec![Effect::Quit(model.exit_code())],
        Action::Interrupt => interrupt(model),
        Action::CloseOrQuit | Action::Close => close(model, action),
        _ if model.palette.is_some() => palette::act(model, action),
        Action::Resume => resume(model),
        _ if model.chooser.is_some() => chooser::act(model, action),
        Action::Edit(_) | Action::Enter | Action::Recall(_) | Action::Syntax if model.input.is_some() => {
            typing::act(model, action)
        }
        _ if model.input.is_some() => Vec::new(),
        Action::Refresh => refresh(model),
        Action::Follow => follow::toggle(model),
        Action::LoadAll => load_all(model),
        Action::ToggleRaw => page::toggle_raw(model),
        Action::TogglePersonal => toggle_personal(model),
        Action::ToggleNames => {
            model.toggle_names();
            Vec::new()
        }
        Action::Copy | Action::CopyMenu | Action::InboxLink if !is_text_by_hand(model) => {
            taking::act(model, action)
        }
        Action::ToggleAges | Action::ToggleZone => times::act(model, action),
        Action::OpenPalette => {
            model.open_palette();
            Vec::new()
        }
        _ if model.page.is_some() => page::act(model, action),
        _ if model.filter.is_some() => filter::act(model, action),
        Action::HalfBack if !half_back => {
            model.half_back = true;
            Vec::new()
        }
        _ => list::act(model, action),
    }
}

/// What is copied by hand is not copied once more.
fn is_text_by_hand(model: &Model) -> bool {
    matches!(model.page, Some(Page::Text { .. }))
}

/// Takes when the ticket was last looked at.
fn recall(model: &mut Model, visit: Visit) -> Vec<Effect> {
    if let (Some(ticket), Some(seen)) = (model.subject.ticket(), visit.seen)
        && ticket == visit.ticket
    {
        model.reader.recall(seen);
    }
    Vec::new()
}

/// One more digit of a count; one that would make it too large is not taken, nor a count that begins with 0.
fn count_on(model: &mut Model, so_far: Option<i16>, digit: u8) -> Vec<Effect> {
    let count = so_far.unwrap_or(0).saturating_mul(10).saturating_add(digit.into());
    model.count = if (1..=MOST_TIMES).contains(&count) { Some(count) } else { so_far };
    Vec::new()
}

fn toggle_personal(model: &mut Model) -> Vec<Effect> {
    model.personal = !model.personal;
    Vec::new()
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    model.roll.retry();
    let fetches = model.reader.refresh();
    let mut effects = asked(model, fetches);
    effects.extend(model.ask_ticket());
    effects
}

fn load_all(model: &mut Model) -> Vec<Effect> {
    let fetches = model.reader.load_all();
    asked(model, fetches)
}

/// The list has another height: what became visible may have to be fetched.
fn refit(model: &mut Model) -> Vec<Effect> {
    model.fit_list();
    let fetches = model.reader.wants();
    asked(model, fetches)
}
