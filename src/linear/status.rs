//! Where one is, in words: what the two lines above the list say on the screen.

use super::{Turn, entry::end};
use crate::model::{
    Model, Summary, counted,
    entry::Entry,
    follow::Following,
    log::Run,
    narrowing::Saying,
    query::Query,
    reader::Freshness,
    roll::Numbers,
    subject::Subject,
    text::{Line, Untrusted},
};

/// The longest fact, in cells.
const LONGEST: usize = 200;

/// All of it.
pub(super) fn tell(model: &Model, turn: &mut Turn) {
    subject(model, turn);
    freshness(model, turn);
    narrowing(model, turn);
    search(model, turn);
}

/// `Ticket 4478963, open, with Garrick Ollivander, category Sales: New car price list.`
pub(super) fn subject(model: &Model, turn: &mut Turn) {
    let mut line = match &model.subject {
        Subject::Nothing => return,
        Subject::Ticket(number) => Line::own(&format!("Ticket {number}")),
        Subject::File(name) => {
            let mut line = Line::own("Log of ");
            line.append(model.shown_text(name).one_line(LONGEST, model.charset));
            line
        }
    };
    let (ticket, source) = match &model.summary {
        Summary::Asked => return turn.say(model, &ended(line)),
        Summary::Known(ticket) => (ticket, ""),
        Summary::FromLog(ticket) => (ticket, " (from the log)"),
    };
    let ticket = &*model.shown_ticket(ticket);
    let before = line.cells();
    let facts = [(", ", &ticket.status), (", with ", &ticket.owner), (", category ", &ticket.category)];
    for (word, fact) in facts {
        if let Some(fact) = fact.as_ref().filter(|fact| !fact.is_empty()) {
            line.push_own(word);
            line.append(fact.one_line(LONGEST, model.charset));
        }
    }
    line.push_own(if line.cells() > before { source } else { "" });
    if let Some(title) = &ticket.title {
        line.push_own(": ");
        line.append(title.one_line(LONGEST, model.charset));
    }
    turn.say(model, &ended(line));
}

fn ended(mut line: Line) -> Line {
    end(&mut line);
    line
}

/// `Times are Oslo time; universal-time changes that.` What an earlier run left otherwise is said.
pub(super) fn zone(model: &Model, turn: &mut Turn) {
    let home = model.times.home();
    let instead = if model.zone == home { String::new() } else { format!(", not {} time", home.name()) };
    let changes = if home.is_universal() { "" } else { "; universal-time changes that" };
    turn.own(model, &format!("Times are {} time{instead}{changes}.", model.zone.name()));
}

/// `As of 14:02, Oslo time.`
pub(super) fn freshness(model: &Model, turn: &mut Turn) {
    let following = match model.follow.following() {
        Following::Off => "",
        Following::On => " Following.",
        Following::Paused => " Following pauses.",
    };
    let words = match (model.reader.freshness(), &model.subject) {
        (Freshness::Waiting, _) => "Nothing has come yet".to_owned(),
        (Freshness::AsOf(at), Subject::File(_)) => format!("Read at {}", model.zone.clock(at)),
        (Freshness::AsOf(at), _) => format!("As of {}", model.zone.clock(at)),
        (Freshness::OfflineSince(at), _) => format!("Offline since {}", model.zone.clock(at)),
    };
    let replaced = match model.numbers() {
        None => "",
        Some(Numbers::Given) => " Names replaced.",
        Some(Numbers::Follow(_)) => " Names replaced, numbers follow.",
        Some(Numbers::Missing(_)) => " Names replaced, without numbers.",
    };
    turn.own(model, &format!("{words}, {} time.{following}{replaced}", model.zone.name()));
}

/// What narrows the view and what that hides, or how much is loaded.
pub(super) fn narrowing(model: &Model, turn: &mut Turn) {
    let reader = &model.reader;
    let (log, shown) = (reader.log(), reader.timeline().shown());
    let loaded = log.loaded();
    let extent = match (log.total(), reader.is_open()) {
        (Some(_), true) => ", all so far".to_owned(),
        (Some(_), false) => ", all of them".to_owned(),
        (None, _) if log.runs().len() > 1 => format!(" in {} stretches", log.runs().len()),
        (None, _) => {
            let oldest = log.runs().first().and_then(Run::oldest).and_then(Entry::stamp);
            oldest.map_or_else(String::new, |at| format!(", back to {}", model.zone.day(at.instant())))
        }
    };
    if reader.narrowing().is_everything() {
        return turn.own(model, &format!("{} loaded{extent}. Nothing is hidden.", entries(loaded)));
    }
    let seen = |name: &Untrusted| reader.all().count(name) + log.count(name) > 0;
    let (catalogue, charset, zone) = (&model.catalogue, model.charset, model.zone);
    let saying =
        Saying { catalogue, charset, zone, seen: &seen, is_short: false, people: model.replaced_people() };
    let mut line = Line::own("Shown: ");
    for (at, part) in reader.narrowing().parts(saying).into_iter().enumerate() {
        line.push_own(if at > 0 { ", " } else { "" });
        line.append(part.words);
    }
    let hidden = loaded.saturating_sub(shown);
    // The server leaves other types out: nobody knows how many there are.
    let of_these = matches!(log.query(), Query::Only(_)) && hidden == 0;
    line.push_own(&if of_these {
        format!(". {} of these types loaded{extent}.", entries(loaded))
    } else {
        format!(". {shown} shown, {hidden} hidden of {loaded} loaded{extent}.")
    });
    turn.say(model, &line);
}

fn search(model: &Model, turn: &mut Turn) {
    let timeline = model.reader.timeline();
    if let (Some(pattern), Some(found)) = (timeline.pattern(), timeline.found()) {
        let mut line = Line::own("Looked for: ");
        line.append(model.shown_text(pattern.source()).one_line(LONGEST, model.charset));
        line.push_own(&format!("; {} found in what is loaded.", found.hits));
        turn.say(model, &line);
    }
}

/// `1 entry`, `50 entries`
pub(super) fn entries(count: usize) -> String {
    format!("{count} {}", counted::entries(count as u64))
}
