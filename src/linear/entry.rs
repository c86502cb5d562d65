//! An entry in a sentence, and in full.

use super::Turn;
use crate::model::{
    Model,
    entry::{ActorKind, Entry, Time},
    log::EntryId,
    text::{Charset, Line},
};

/// The longest field in a sentence, in cells.
const LONGEST: usize = 2_000;

/// The longest name.
const NAME: usize = 80;

/// `12. 2023-12-13 23:11, Garrick Ollivander, team: sent a reply.`
pub(super) fn tell(model: &Model, id: EntryId, turn: &mut Turn) {
    let (timeline, log) = (model.reader.timeline(), model.reader.log());
    if let (Some(number), Some(entry)) = (timeline.number_of(log, id), log.entry(id)) {
        let mut line = Line::own(&format!("{number}. "));
        line.append(sentence(model, &model.shown_entry(entry)));
        turn.say(model, &line);
    }
}

fn sentence(model: &Model, entry: &Entry) -> Line {
    let charset = model.charset;
    let mut line = match &entry.time {
        Time::At(stamp) => Line::own(&model.times.form().of(stamp.instant(), model.zone)),
        Time::Unreadable(text) => {
            let mut line = Line::own("time not readable, ");
            line.append(text.one_line(NAME, charset));
            line
        }
    };
    line.push_own(", ");
    match &entry.actor {
        Some(actor) => {
            line.append(actor.name.name(NAME, charset));
            line.push_own(", ");
            match actor.kind() {
                ActorKind::Team => line.push_own("team"),
                ActorKind::Client => line.push_own("client"),
                ActorKind::Bot => line.push_own("bot"),
                ActorKind::Other => line.append(actor.status.one_line(20, charset)),
            }
        }
        None => line.push_own("nobody named"),
    }
    line.push_own(": ");
    match &entry.flaw {
        Some(flaw) => {
            line.push_own("unreadable entry, ");
            line.append(flaw.one_line(LONGEST, charset));
        }
        None => line.append(entry.sentence().one_line(LONGEST, charset)),
    }
    end(&mut line);
    line
}

/// Ends a sentence, where a stranger's text does not do so itself.
pub(super) fn end(line: &mut Line) {
    if !line.plain().ends_with(['.', '!', '?']) {
        line.push_own(".");
    }
}

/// Number, then every field on lines of its own, with the fields' names at the left.
pub(super) fn whole(model: &Model, id: EntryId, turn: &mut Turn) {
    let (timeline, log) = (model.reader.timeline(), model.reader.log());
    let (Some(number), Some(entry)) = (timeline.number_of(log, id), log.entry(id)) else { return };
    turn.own(model, &format!("Entry {number} of {} shown.", timeline.shown()));
    let width = usize::from(model.size.width.max(super::NARROWEST) - 1);
    for line in model.field_lines(entry, width, "hidden, personal-data shows it") {
        turn.said.push(line.plain().trim_end().to_owned());
    }
}

/// What somebody typed, in quotation marks, cleaned.
pub(super) fn quoted(text: &str, charset: Charset) -> Line {
    let mut line = Line::own("\"");
    line.append(crate::model::text::Untrusted::new(text).one_line(40, charset));
    line.push_own("\"");
    line
}
