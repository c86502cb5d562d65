//! What became of what was to be copied or written, in sentences. A text that no way takes is told as it is, each line
//! on one of its own and not wrapped: whoever selects it means the whole of it.

use super::Turn;
use crate::{
    message::{Action, Message},
    model::{
        Model, counted,
        json::Personal,
        taking::{ByHand, Told},
        text::{Line, Untrusted},
    },
};

/// The longest reason.
const LONGEST: usize = 300;

/// What the model has to say of it.
pub(super) fn tell(model: &Model, turn: &mut Turn) {
    let Some(told) = &model.taking.told else { return };
    let mut line = match told {
        Told::Sent(route, count) => {
            let (characters, without) = (of(*count, "character", "characters"), model.without_numbers());
            Line::own(&format!("Sent {characters}{without} {}", route.words()))
        }
        Told::SentLink(route, link) => Line::own(&format!("{} was sent {}", link.as_str(), route.words())),
        Told::ByHand(why, _) => return by_hand(model, why, turn),
        Told::TooMuch(lines) => Line::own(&format!("{lines} lines are too many to copy")),
        Told::TooMany(count) => Line::own(&format!("{count} entries are too many to copy; save writes them")),
        Told::SelectionLost => Line::own("The selection ended: this is another list"),
        Told::NoEntry => Line::own("There is no entry here"),
        Told::NotCopied(None) => Line::own("Nothing was copied"),
        Told::NotCopied(Some(why)) => because("Nothing was copied: ", &model.shown_failure(why), model),
        Told::Cannot(why) => Line::own(&capital(why)),
        Told::Wrote { entries, is_whole, names, aliases, personal, file } => {
            let all = if *is_whole { "all there are" } else { "not all there are" };
            let names = match aliases {
                Some(aliases) => aliases.words().to_owned(),
                None => format!("with {}", of(*names, "name", "names")),
            };
            let personal = if *personal == Personal::Shown { ", personal data shown" } else { "" };
            let mut line = Line::own(&format!(
                "Wrote {}, {all}, {names}{personal}, to ",
                of(*entries, "entry", "entries")
            ));
            line.append(file.one_line(LONGEST, model.charset));
            line
        }
        Told::NotWritten(why) => because("Not written: ", why, model),
        Told::NoPager(why) => because("No pager: ", why, model),
        Told::PagerFailed(how) => because("The pager ", how, model),
    };
    super::entry::end(&mut line);
    turn.say(model, &line);
}

fn of(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", counted::noun(count as u64, one, many))
}

fn because(what: &str, why: &Untrusted, model: &Model) -> Line {
    let mut line = Line::own(what);
    line.append(why.one_line(LONGEST, model.charset));
    line
}

fn by_hand(model: &Model, why: &ByHand, turn: &mut Turn) {
    if let ByHand::Failed(route, said) = why {
        let mut line = Line::own(&format!("{} failed: ", route.name()));
        line.append(said.one_line(LONGEST, model.charset));
        super::entry::end(&mut line);
        turn.say(model, &line);
    }
    turn.own(model, &format!("Select it by hand{}:", model.without_numbers()));
    let text = model.text_by_hand().map(crate::model::snippet::Snippet::as_str).unwrap_or_default();
    turn.said.extend(text.lines().map(|line| format!(" {line}")));
    // Nothing covers anything here.
    turn.messages.push(Message::Asked(Action::Close));
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
