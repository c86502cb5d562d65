//! The machine: a message changes the model and gives effects. Dispatch only; the logic lives in `model`.

use std::time::Duration;

use crate::{
    message::{Action, Effect, Message, Timer},
    model::{
        Model, Notice,
        entry::Entry,
        input::Input,
        page::{FilterPanel, Page},
        reader::{Fetch, Notice as Outcome},
        saved_view::{Resume, SavedView},
        time_words,
        timeline::{Direction, Leap},
        types::{TypeChoice, TypeRow},
    },
};

/// How long the filter must rest before the request goes out again: a burst of changes costs one request.
pub const FILTER_REST: Duration = Duration::from_millis(150);

/// Takes one message. Reproducible: the same messages give the same model and effects.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Start => start(model),
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
        Message::Asked(action) => {
            model.notice = None;
            model.seek = None;
            act(model, action)
        }
        Message::Pasted(text) => {
            if let Some(input) = &mut model.input {
                input.paste(&text);
            }
            Vec::new()
        }
        Message::NotQuit => {
            model.notice = Some(Notice::PastedQuit);
            Vec::new()
        }
        Message::NotSuspended => {
            model.notice = Some(Notice::NoJobControl);
            Vec::new()
        }
        Message::Log { generation, window, answer } => {
            let fetches = model.reader.accept(generation, window, answer, model.now);
            model.infer_summary();
            model.fit_list();
            let mut effects = asked(model, fetches);
            effects.extend(seek_on(model));
            effects
        }
        Message::Ticket { ticket, answer } => {
            if ticket == model.ticket {
                model.take_summary(answer);
            }
            Vec::new()
        }
        Message::GoTo(moment) => {
            let fetches = model.reader.to_moment(moment);
            asked(model, fetches)
        }
        Message::Waited(Timer::FilterSettled(generation)) => {
            let fetches = model.reader.settle(generation);
            asked(model, fetches)
        }
    }
}

fn start(model: &mut Model) -> Vec<Effect> {
    let fetches = model.reader.open();
    let mut effects = asked(model, fetches);
    effects.extend(model.ask_ticket());
    if matches!(model.resume, Resume::Open(_)) {
        effects.extend(resume(model));
    }
    effects
}

fn resume(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.resume) {
        Resume::Nothing => Vec::new(),
        Resume::Offer(view) | Resume::Open(view) => take_up(model, view),
    }
}

/// Opens a saved view: its ticket, its narrowing, and the way back to its entry.
fn take_up(model: &mut Model, view: SavedView) -> Vec<Effect> {
    let mut effects = Vec::new();
    if view.ticket != model.ticket {
        effects.extend(model.change_ticket(view.ticket).into_iter().map(Effect::Cancel));
        effects.extend(start(model));
    }
    if !view.types.is_everything() || !model.reader.choice().is_everything() {
        effects.extend(choose(model, |choice| view.types.choose(choice)));
    }
    model.seek(view.entry);
    model.taken_up = Some(view);
    effects.extend(seek_on(model));
    effects
}

fn seek_on(model: &mut Model) -> Vec<Effect> {
    let fetches = model.seek_on();
    asked(model, fetches)
}

fn asked(model: &Model, fetches: Vec<Fetch>) -> Vec<Effect> {
    let ticket = model.ticket;
    let effect = |Fetch { generation, query, window }| Effect::FetchLog { ticket, generation, query, window };
    fetches.into_iter().map(effect).collect()
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
        Action::Edit(_) | Action::Enter if model.input.is_some() => edit(model, action),
        _ if model.input.is_some() => Vec::new(),
        Action::Refresh => refresh(model),
        Action::ToggleRaw => toggle_raw(model),
        Action::TogglePersonal => toggle_personal(model),
        Action::Help => {
            model.page = Page::help_over(model.page);
            Vec::new()
        }
        _ if model.page.is_some() => act_on_page(model, action),
        _ if model.filter.is_some() => act_on_filter(model, action),
        Action::HalfBack if !half_back => {
            model.half_back = true;
            Vec::new()
        }
        _ => act_on_list(model, action),
    }
}

/// Takes a change to the time that is typed, or jumps to it. What is not understood stays to be corrected.
fn edit(model: &mut Model, action: Action) -> Vec<Effect> {
    let now = model.time_words();
    let Some(input) = &mut model.input else {
        return Vec::new();
    };
    if let Action::Edit(edit) = action {
        input.edit(edit);
        return Vec::new();
    }
    let Some(moment) = time_words::parse(&input.text(), now) else {
        return Vec::new();
    };
    model.input = None;
    let fetches = model.reader.to_moment(moment);
    asked(model, fetches)
}

/// Cancels what runs, else leaves.
fn interrupt(model: &mut Model) -> Vec<Effect> {
    if model.input.take().is_some() {
        return Vec::new();
    }
    cancel_journey(model).unwrap_or_else(|| vec![Effect::Quit(model.exit_code())])
}

fn cancel_journey(model: &mut Model) -> Option<Vec<Effect>> {
    if !model.reader.cancel_journey() {
        return None;
    }
    let fetches = model.reader.wants();
    Some(asked(model, fetches))
}

fn toggle_raw(model: &mut Model) -> Vec<Effect> {
    match model.page {
        Some(Page::Entry { raw, .. }) => model.page = Some(Page::Entry { scroll: 0, raw: !raw }),
        None if model.filter.is_none() => model.page = Some(Page::Entry { scroll: 0, raw: true }),
        _ => {}
    }
    ask_raw(model)
}

/// What is shown as JSON and was not kept is asked for again.
fn ask_raw(model: &mut Model) -> Vec<Effect> {
    let Some(Page::Entry { raw: true, .. }) = model.page else {
        return Vec::new();
    };
    let fetches = model.reader.ask_raw();
    asked(model, fetches)
}

fn toggle_personal(model: &mut Model) -> Vec<Effect> {
    model.personal = !model.personal;
    Vec::new()
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    let fetches = model.reader.refresh();
    let mut effects = asked(model, fetches);
    effects.extend(model.ask_ticket());
    effects
}

fn close(model: &mut Model, action: Action) -> Vec<Effect> {
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
        Action::Close => cancel_journey(model).unwrap_or_default(),
        _ => vec![Effect::Quit(model.exit_code())],
    }
}

/// The list has another height: what became visible may have to be fetched.
fn refit(model: &mut Model) -> Vec<Effect> {
    model.fit_list();
    let fetches = model.reader.wants();
    asked(model, fetches)
}

fn act_on_list(model: &mut Model, action: Action) -> Vec<Effect> {
    let page = isize::try_from(model.areas().body.height.max(1)).unwrap_or(1);
    let fetches = match action {
        Action::Step(by) => model.reader.travel(|list, log| list.step(log, by.into())),
        Action::HalfPage(by) => {
            model.reader.travel(|list, log| list.step(log, isize::from(by) * (page / 2).max(1)))
        }
        Action::Page(by) => {
            model.reader.travel(|list, log| list.step(log, isize::from(by) * (page - 1).max(1)))
        }
        Action::Newest => model.reader.to_newest(),
        Action::Oldest => model.reader.to_oldest(),
        Action::Back | Action::HalfBack => model.reader.go_back(),
        Action::Day(by) => leap_day(model, by),
        Action::Silence(by) => {
            let direction = if by < 0 { Direction::Newer } else { Direction::Older };
            model.reader.leap(|list, log| list.to_silence(log, direction), Outcome::NoSilence);
            model.reader.wants()
        }
        Action::TypeTime => {
            model.input = Some(Input::default());
            return Vec::new();
        }
        Action::Enter => {
            if model.reader.current().is_some() {
                model.page = Some(Page::Entry { scroll: 0, raw: false });
            }
            return Vec::new();
        }
        Action::ToggleDetail => {
            model.detail = !model.detail;
            return refit(model);
        }
        Action::OpenFilter => {
            model.filter = model.reader.choice().rows().into_iter().next().map(|row| FilterPanel { row });
            return refit(model);
        }
        _ => return Vec::new(),
    };
    asked(model, fetches)
}

/// Down to an older day, by a jump where it is not loaded; up to a newer one.
fn leap_day(model: &mut Model, by: i8) -> Vec<Fetch> {
    let zone = model.zone;
    if by < 0 {
        model.reader.leap(|list, log| list.to_newer_day(log, zone), Outcome::NoDay);
        return model.reader.wants();
    }
    let leap = model.reader.leap(|list, log| list.to_older_day(log, zone), Outcome::NoDay);
    let here = model.reader.current().and_then(Entry::stamp);
    let yesterday = here.and_then(|here| time_words::day_before(here.instant(), zone));
    match (leap, yesterday) {
        (Leap::NotLoaded, Some(moment)) => model.reader.to_moment(moment),
        _ => model.reader.wants(),
    }
}

fn act_on_page(model: &mut Model, action: Action) -> Vec<Effect> {
    let height = isize::try_from(model.areas().body.height.max(1)).unwrap_or(1);
    let by = match action {
        Action::Step(by) => by.into(),
        Action::HalfPage(by) => isize::from(by) * (height / 2).max(1),
        Action::Page(by) => isize::from(by) * (height - 1).max(1),
        Action::Newest => isize::MIN,
        Action::Oldest => isize::MAX,
        Action::OtherEntry(by) => return other_entry(model, by),
        Action::Enter => {
            model.page = None;
            return Vec::new();
        }
        _ => return Vec::new(),
    };
    model.scroll_page(by);
    Vec::new()
}

fn other_entry(model: &mut Model, by: i8) -> Vec<Effect> {
    let Some(Page::Entry { raw, .. }) = model.page else {
        return Vec::new();
    };
    let fetches = model.reader.travel(|list, log| list.step(log, by.into()));
    model.page = Some(Page::Entry { scroll: 0, raw });
    let mut effects = asked(model, fetches);
    effects.extend(ask_raw(model));
    effects
}

fn act_on_filter(model: &mut Model, action: Action) -> Vec<Effect> {
    let rows = model.reader.choice().rows();
    let Some(panel) = &mut model.filter else { return Vec::new() };
    let at = panel.place(&rows);
    let last = rows.len().saturating_sub(1);
    let moved = |by: isize| at.saturating_add_signed(by).min(last);
    let to = match action {
        Action::Step(by) => moved(by.into()),
        Action::HalfPage(by) => moved(isize::from(by) * 5),
        Action::Page(by) => moved(isize::from(by) * 10),
        Action::Newest => 0,
        Action::Oldest => last,
        Action::Enter | Action::OpenFilter => {
            model.filter = None;
            return refit(model);
        }
        Action::Tick => return choose_row(model, TypeChoice::toggle),
        Action::TickOnly => return choose_row(model, TypeChoice::only),
        Action::TickAll => return choose(model, TypeChoice::all),
        Action::TickNone => return choose(model, TypeChoice::none),
        _ => at,
    };
    if let Some(row) = rows.into_iter().nth(to) {
        panel.row = row;
    }
    Vec::new()
}

fn choose_row(model: &mut Model, change: impl FnOnce(&mut TypeChoice, &TypeRow)) -> Vec<Effect> {
    let row = model.filter.as_ref().map(|panel| panel.row.clone());
    row.map_or_else(Vec::new, |row| choose(model, |choice| change(choice, &row)))
}

fn choose(model: &mut Model, change: impl FnOnce(&mut TypeChoice)) -> Vec<Effect> {
    let (generation, cancelled) = model.reader.choose(change);
    let mut effects: Vec<Effect> = cancelled.map(Effect::Cancel).into_iter().collect();
    effects.push(Effect::Wait(Timer::FilterSettled(generation), FILTER_REST));
    effects
}
