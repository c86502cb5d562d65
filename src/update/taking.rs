//! Keys that take something from the screen to somewhere else, and what is gathered for it.

mod gathering;
mod saving;

use self::saving::{name_file, saved, write_or_tell};
pub(super) use self::saving::{save, write};
use crate::{
    export::{self, Format},
    message::{Action, Effect, Message},
    model::{Model, page::Page, snippet::Snippet, taking::Told, wanted::Wanted},
};

/// The most entries that are copied at once; a file takes all.
const MOST: usize = 5_000;

/// What one of these actions does.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::CopyMenu => {
            model.open_menu();
            Vec::new()
        }
        Action::InboxLink => take(model, Wanted::Link),
        Action::SaveAs => name_file(model),
        Action::Browse => browse(model),
        _ => take(model, Wanted::Lines),
    }
}

/// What became of what was taken, and what is to be taken without a key.
pub(super) fn hear(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Copied(delivery) => model.take_delivery(delivery),
        Message::Saved(outcome) => saved(model, outcome),
        Message::Take(wanted) => return take(model, wanted),
        Message::Write(name) => return write_or_tell(model, &name),
        _ => {}
    }
    Vec::new()
}

/// Copies something.
fn take(model: &mut Model, wanted: Wanted) -> Vec<Effect> {
    if model.stop_awaiting() {
        // What is wanted now takes its place.
        model.notice = None;
    }
    (model.taking.wanted, model.taking.told) = (Some(wanted), None);
    model.taking.aliases = model.aliases().filter(|_| wanted.is_of_entries());
    let count = model.selected().map(|selected| model.reader.timeline().count_in(selected));
    let count = count
        .or(matches!(wanted, Wanted::Markdown | Wanted::Nameless).then(|| model.reader.timeline().shown()));
    if let Some(count) = count.filter(|count| wanted.is_of_entries() && *count > MOST) {
        model.tell_taken(Told::TooMany(count));
        return Vec::new();
    }
    let text = match wanted {
        Wanted::Lines => model.lines_to_copy().ok_or(Told::NoEntry),
        Wanted::Sentences => model.sentences_to_copy().ok_or(Told::NoEntry),
        Wanted::Json => json(model).ok_or(Told::NoEntry),
        Wanted::Link => model.inbox_link().map_err(Told::Cannot),
        Wanted::Command => model.command().map_err(Told::Cannot),
        Wanted::Nameless if model.redacts().is_none() => return nameless(model),
        Wanted::Markdown | Wanted::Nameless => markdown(model).ok_or(Told::NoEntry),
    };
    match text {
        Ok(text) => vec![Effect::Copy(text)],
        Err(told) => {
            model.tell_taken(told);
            Vec::new()
        }
    }
}

fn markdown(model: &Model) -> Option<Snippet> {
    gathering::parcel(model, Format::Markdown).map(|parcel| Snippet::text(&parcel.text()))
}

/// The same with names replaced, where the screen shows them: everybody is to have the number of an export, so it may
/// have to wait.
fn nameless(model: &mut Model) -> Vec<Effect> {
    match model.gather() {
        Some(gathered) => model.await_numbers(gathered),
        None => model.tell_taken(Told::NoEntry),
    }
    Vec::new()
}

/// Copies what has waited for numbers, if they have come.
pub(super) fn grant(model: &mut Model) -> Option<Effect> {
    let parcel = gathering::numbered(model)?;
    Some(Effect::Copy(Snippet::text(&parcel.text())))
}

/// One entry as an object, several as an array.
fn json(model: &Model) -> Option<Snippet> {
    if model.selected().is_some() {
        return gathering::parcel(model, Format::Json).map(|parcel| Snippet::text(&parcel.text()));
    }
    let style = gathering::style(model, Format::Json);
    let here = model.reader.current().map(|entry| model.shown_entry(entry));
    here.map(|entry| Snippet::text(&export::one(&entry, &style)))
}

/// Keys while the menu is open; `None` for those of any page.
pub(super) fn in_menu(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let wanted = model.menu_mark().filter(|_| matches!(model.page, Some(Page::Menu { .. })))?;
    match action {
        Action::Step(by) | Action::Page(by) | Action::HalfPage(by) => model.step_menu(by.into()),
        Action::Newest => model.step_menu(isize::MIN),
        Action::Oldest => model.step_menu(isize::MAX),
        Action::Enter => {
            model.close_page();
            return Some(take(model, wanted));
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Sends what is selected, or all that is shown, to the pager.
fn browse(model: &mut Model) -> Vec<Effect> {
    if let Some(parcel) = gathering::parcel(model, Format::Table) {
        return vec![Effect::Browse(Box::new(parcel))];
    }
    model.tell_taken(Told::Cannot("no entry is shown"));
    Vec::new()
}
