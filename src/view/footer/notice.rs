//! What the reader has to say until the next key, in words.

use super::{landing, number, search};
use crate::{
    message::Action,
    model::{Model, counted, narrowing::Lift, reader::Notice, text::Line},
};

/// What the reader has to say, if there are words for it.
pub(super) fn line(model: &Model, notice: &Notice, width: usize) -> Option<Line> {
    match notice {
        Notice::Landed(landed) => landing::words(model, landed).map(|words| Line::own(&words)),
        Notice::Stopped(failure) => {
            let mut line = Line::own("the jump was given up: ");
            line.append(model.shown_failure(failure).one_line(width, model.charset));
            Some(line)
        }
        Notice::AllLoaded(count) => {
            let entries = counted::noun(*count as u64, "entry is", "entries are");
            let so_far = if model.reader.is_open() { " so far" } else { "" };
            Some(Line::own(&format!("all {} {entries} loaded{so_far}", number(*count as u64))))
        }
        Notice::WindowLoaded => Some(Line::own("everything in the window of time is loaded")),
        Notice::OutsideWindow => {
            let key = model.keys.on_list(Action::Lift(Lift::Span));
            Some(Line::own(&format!("that is outside the window of time, {key} lifts it")))
        }
        Notice::NoPreset(number) => Some(Line::own(&format!("there is no preset {number}"))),
        Notice::LoadingStopped => {
            let count = model.reader.asked_log().loaded() as u64;
            let (loaded, entries) = (number(count), counted::entries(count));
            let key = model.keys.on_list(Action::LoadAll);
            Some(Line::own(&format!("stopped with {loaded} {entries} loaded, {key} goes on")))
        }
        Notice::CountedAnew => {
            let key = model.keys.on_list(Action::LoadAll);
            Some(Line::own(&format!("equal entries are read again to count them, {key} loads them all")))
        }
        Notice::SearchStopped => Some(Line::own(&search::stopped(model))),
        Notice::NotFound => Some(Line::own(&search::not_found(model))),
        Notice::NoSearch => {
            let key = model.keys.on_list(Action::Search);
            Some(Line::own(&format!("nothing is looked for yet, {key} begins")))
        }
        Notice::NoEntryHere => Some(Line::own("no entry is at the cursor")),
        Notice::NobodyNamed => Some(Line::own("this entry names nobody")),
        Notice::NoType => Some(Line::own("this entry has no type")),
        Notice::NoWayBack => Some(Line::own("no jump leads back")),
        Notice::NoTime => Some(Line::own("the time of this entry cannot be read")),
        Notice::NothingNarrowed => Some(Line::own("nothing narrows the view")),
        Notice::NothingToUndo => Some(Line::own("no narrowing to undo")),
        Notice::TypesNotAskedFor => {
            Some(Line::own("the server gives types that were not asked for; they are hidden here"))
        }
        Notice::NoEntries => Some(Line::own("there is no entry to go to")),
        Notice::NoDay => Some(Line::own("no other day in this direction")),
        Notice::NoLastLook => Some(Line::own("nothing is kept of an earlier look at this")),
        Notice::NoSilence => Some(Line::own("no long silence in this direction within what is loaded")),
    }
}
