//! The machine: a message changes the model and gives effects. Dispatch only; the logic lives in `model`.

mod chooser;
mod filter;
mod follow;
mod list;
mod page;
mod resume;
mod search;
mod times;
mod typing;

pub use self::filter::REST as FILTER_REST;
use self::resume::{resume, seek_on};
use crate::{
    message::{Action, Effect, Message, Timer},
    model::{Model, Notice, page::Page, reader::Fetch, saved_view::Resume, subject::Subject},
};

/// Takes one message. Reproducible: the same messages give the same model and effects. Once it has answered with
/// [`Effect::Quit`], nothing is done any more, whatever comes, unless [`Message::NotQuit`] takes that back.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    if model.leaves && !matches!(message, Message::NotQuit) {
        return Vec::new();
    }
    let (looks_on, goes_on) = (model.reader.looks_on(), matches!(message, Message::LookOn));
    let mut effects = take(model, message);
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
        Message::Log { generation, window, answer } => {
            let before = follow::Before::of(model);
            let failed = answer.is_err();
            let fetches = model.reader.accept(generation, window, answer, model.now);
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
        Message::Visit(visit) => {
            if let (Some(ticket), Some(seen)) = (model.subject.ticket(), visit.seen)
                && ticket == visit.ticket
            {
                model.reader.recall(seen);
            }
            Vec::new()
        }
        Message::GoTo(moment) => {
            if let Some(chooser) = &mut model.chooser {
                chooser.then = Some(moment);
                return Vec::new();
            }
            // What the command line names wins over where a dropped line was.
            model.stop_seek();
            let fetches = model.reader.to_moment(moment);
            asked(model, fetches)
        }
        Message::Find(wish) => {
            model.wish = Some(wish);
            search::grant(model)
        }
        Message::Follow => follow::begin(model),
        Message::LookOn => search::look_on(model),
        Message::Waited(Timer::Retry(attempt)) => {
            let (fetches, sleep) = model.reader.wake(attempt, model.now);
            let mut effects = asked(model, fetches);
            effects.extend(sleep.map(|(attempt, wait)| Effect::Wait(Timer::Retry(attempt), wait)));
            effects
        }
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
    }
    effects.extend(seek_on(model));
    effects
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.reader.clear_notice();
    let half_back = std::mem::take(&mut model.half_back);
    match action {
        Action::Repaint => vec![Effect::Repaint],
        Action::Suspend => vec![Effect::Suspend],
        Action::Resume => resume(model),
        Action::Quit => vec![Effect::Quit(model.exit_code())],
        Action::Interrupt => interrupt(model),
        Action::CloseOrQuit | Action::Close => close(model, action),
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
        Action::ToggleAges | Action::ToggleZone => times::act(model, action),
        Action::Help => {
            model.page = Page::help_over(model.page);
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

/// Cancels what runs, else leaves.
fn interrupt(model: &mut Model) -> Vec<Effect> {
    if model.chooser.is_some() {
        return chooser::close(model);
    }
    if model.search.is_some() {
        return search::close(model);
    }
    if model.input.take().is_some() {
        return Vec::new();
    }
    cancel(model).unwrap_or_else(|| vec![Effect::Quit(model.exit_code())])
}

/// Gives up the jump or the loading under way; `None` when there is none.
fn cancel(model: &mut Model) -> Option<Vec<Effect>> {
    if !model.reader.cancel_retry() && !model.reader.cancel_journey() && !model.reader.stop_loading() {
        return None;
    }
    let fetches = model.reader.wants();
    Some(asked(model, fetches))
}

fn toggle_personal(model: &mut Model) -> Vec<Effect> {
    model.personal = !model.personal;
    Vec::new()
}

/// The sleep before what failed is tried again.
fn retry_wait(model: &Model, failed: bool) -> Option<Effect> {
    let (attempt, wait) = model.reader.sleep(model.now).filter(|_| failed)?;
    Some(Effect::Wait(Timer::Retry(attempt), wait))
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    let fetches = model.reader.refresh();
    let mut effects = asked(model, fetches);
    effects.extend(model.ask_ticket());
    effects
}

fn load_all(model: &mut Model) -> Vec<Effect> {
    let fetches = model.reader.load_all();
    asked(model, fetches)
}

fn close(model: &mut Model, action: Action) -> Vec<Effect> {
    if model.chooser.is_some() {
        return chooser::close(model);
    }
    if model.search.is_some() {
        return search::close(model);
    }
    if model.input.take().is_some() {
        return Vec::new();
    }
    if let Some(page) = model.page {
        model.page = page.under();
        return Vec::new();
    }
    if model.filter.take().is_some() {
        return refit(model);
    }
    match action {
        Action::Close => cancel(model).unwrap_or_else(|| {
            model.reader.end_search();
            Vec::new()
        }),
        _ => vec![Effect::Quit(model.exit_code())],
    }
}

/// The list has another height: what became visible may have to be fetched.
fn refit(model: &mut Model) -> Vec<Effect> {
    model.fit_list();
    let fetches = model.reader.wants();
    asked(model, fetches)
}
