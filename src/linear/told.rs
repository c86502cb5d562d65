//! What there is to say beside what a command was for: failures, arrivals, what became of a jump. Each is said once.

use super::{Turn, entry::end, landing, status::entries};
use crate::model::{
    self, Model, counted,
    query::Query,
    reader::Notice,
    roll::Numbers,
    subject::Subject,
    text::{Line, Untrusted},
};

/// The longest sentence of a failure, in cells.
const LONGEST: usize = 1_000;

/// What was said already.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// A failure, and when it is tried again.
    failure: Option<(Untrusted, Option<chrono::DateTime<chrono::Utc>>)>,
    arrived: u64,
    /// Aliases were told that had no numbers yet.
    awaits_numbers: bool,
}

impl Told {
    /// Somebody asks for something: what stands in the way is worth saying again.
    pub(super) fn forget(&mut self) {
        self.failure = None;
    }

    /// The failure that stands, with what can be done.
    pub(super) fn failure(&mut self, model: &Model, turn: &mut Turn) {
        let Some(failure) = model.reader.asked_log().failure() else {
            self.failure = None;
            return;
        };
        let retries = model.reader.retries_at();
        let known = Some((failure.sentence.clone(), retries));
        if self.failure == known {
            return;
        }
        self.failure = known;
        let mut line = Line::own("Trouble: ");
        line.append(model.shown_failure(failure).one_line(LONGEST, model.charset));
        end(&mut line);
        line.push_own(&match retries {
            Some(at) => {
                let seconds = (at - model.now).num_seconds().max(0) + 1;
                format!(" The next try is in {seconds} s; refresh tries again now.")
            }
            None => " refresh tries again.".to_owned(),
        });
        turn.say(model, &line);
    }

    /// Whether aliases have their numbers by now, where some were told without.
    pub(super) fn numbers(&mut self, model: &Model, turn: &mut Turn) {
        let numbers = model.numbers();
        let was_awaited =
            std::mem::replace(&mut self.awaits_numbers, matches!(numbers, Some(Numbers::Follow(_))));
        match numbers {
            Some(Numbers::Given) if was_awaited => {
                turn.own(model, "Everybody has a number now, the same as in an export.");
            }
            Some(Numbers::Missing(failure)) if was_awaited => {
                let mut line = Line::own("Nobody gets a number: ");
                line.append(model.shown_failure(failure).one_line(LONGEST, model.charset));
                end(&mut line);
                line.push_own(" redact, twice, tries again.");
                turn.say(model, &line);
            }
            _ => {}
        }
    }

    /// All that there is to say before the next prompt.
    pub(super) fn beside(&mut self, model: &Model, turn: &mut Turn) {
        if let Some(notice) = model.reader.notice() {
            say(model, notice, turn);
        }
        if let Some(words) = model.notice.and_then(|notice| standing(model, notice)) {
            turn.own(model, &words);
        }
        self.failure(model, turn);
        if model.reader.log().is_out_of_order() && model.reader.was_reread() {
            turn.own(model, "Times are not in order in this log.");
        }
        let hidden = model.reader.arrived_hidden();
        let arrived = model.reader.arrived().saturating_sub(hidden);
        if arrived > 0 && arrived != self.arrived {
            let more = if model.reader.has_more_arrived() { " or more" } else { "" };
            let word = if more.is_empty() { counted::entries(arrived) } else { "entries" };
            turn.own(model, &format!("{arrived}{more} new {word} above; newest goes there."));
        }
        self.arrived = arrived;
    }
}

fn say(model: &Model, notice: &Notice, turn: &mut Turn) {
    let loaded = model.reader.log().loaded();
    let words = match notice {
        Notice::Landed(landed) => match landing::sentence(model, landed) {
            Some(words) => words,
            None => return,
        },
        Notice::Stopped(failure) => {
            let mut line = Line::own("Given up: ");
            line.append(model.shown_failure(failure).one_line(LONGEST, model.charset));
            return turn.say(model, &line);
        }
        Notice::NotFound => format!("Not found in all {} shown.", entries(model.reader.timeline().shown())),
        Notice::SearchStopped => {
            format!("No hit in the {} shown; next goes on.", entries(model.reader.timeline().shown()))
        }
        Notice::LoadingStopped => format!("{} loaded; load-all goes on.", entries(loaded)),
        Notice::AllLoaded(count) => format!("{} loaded, all of them.", entries(*count)),
        Notice::CountedAnew => {
            "Equal entries are read again to count them; load-all loads them all.".to_owned()
        }
        Notice::WindowLoaded => "All that lies in the window of time is loaded.".to_owned(),
        Notice::NoSearch => "Nothing is looked for yet; find begins.".to_owned(),
        Notice::NoEntryHere => "There is no entry here.".to_owned(),
        Notice::NobodyNamed => "This entry names nobody.".to_owned(),
        Notice::NoType => "This entry has no type.".to_owned(),
        Notice::NoWayBack => "No jump leads back.".to_owned(),
        Notice::NothingNarrowed => "Nothing narrows the view.".to_owned(),
        Notice::NothingToUndo => "There is no narrowing to undo.".to_owned(),
        Notice::TypesNotAskedFor => {
            "The server gives types that were not asked for; they are hidden here.".to_owned()
        }
        Notice::NoEntries => "There is no entry to go to.".to_owned(),
        Notice::NoTime => "The time of this entry cannot be read.".to_owned(),
        Notice::OutsideWindow => "That is outside the window of time.".to_owned(),
        Notice::NoPreset(number) => format!("There is no preset {number}."),
        Notice::NoDay => "There is no other day in this direction.".to_owned(),
        Notice::NoLastLook => "Nothing is kept of an earlier look at this.".to_owned(),
        Notice::NoSilence => "There is no long silence in this direction within what is loaded.".to_owned(),
    };
    turn.own(model, &words);
}

fn standing(model: &Model, notice: model::Notice) -> Option<String> {
    let words = match notice {
        model::Notice::FollowingEnded => "Following ended; follow begins it again.",
        model::Notice::NoTicketsHere => "A file is open; a ticket is opened by ticketlog NUMBER.",
        model::Notice::EntryGone => "The entry where the line dropped is gone; this is the nearest.",
        model::Notice::EntryNotReached => "Where the line dropped was not reached; this is the nearest.",
        model::Notice::OpenedWithPreset => {
            let name = model.reader.choice().name().unwrap_or_default();
            return Some(format!("Opened with your preset {name}; all shows everything."));
        }
        model::Notice::UniversalAlready => "Your zone is universal time.",
        model::Notice::PresetUnknown => "The preset of the last time is not configured any more.",
        model::Notice::FileReplaced => "The file was replaced or written anew: it is read from its start.",
        model::Notice::NoNumbers
        | model::Notice::NoJobControl
        | model::Notice::PastedQuit
        | model::Notice::Taken => return None,
    };
    Some(words.to_owned())
}

/// Nothing is older.
pub(super) fn start(model: &Model, turn: &mut Turn) {
    let kind = match model.reader.log().query() {
        Query::All => "in all",
        Query::Only(_) => "of these types",
    };
    let count = model.reader.log().total().map(|count| format!(": {} {kind}", entries(count)));
    let place = match (&model.subject, model.reader.is_open()) {
        (_, true) => "This is all that has come so far",
        (Subject::File(_), false) => "This is the end of the file",
        (_, false) => "This is the start of the ticket",
    };
    turn.own(model, &format!("{place}{}.", count.unwrap_or_default()));
}

/// Why a page is empty.
pub(super) fn nothing_to_tell(model: &Model) -> &'static str {
    let (reader, log) = (&model.reader, model.reader.log());
    if reader.choice().query().is_none() {
        "No action type is chosen, so nothing is shown; all shows everything."
    } else if !log.is_answered() {
        "Nothing is loaded."
    } else if log.loaded() > 0 {
        "All that is loaded is hidden; older reads on, all shows everything."
    } else if reader.narrowing().is_everything() {
        "This log is empty."
    } else {
        "There is no entry of these types; all shows everything."
    }
}
