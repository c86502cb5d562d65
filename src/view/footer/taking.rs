//! What is selected, and what became of what was taken: by which way it went, never that it arrived.

use super::number;
use crate::{
    message::Action,
    model::{
        Model, counted,
        gathered::Aliases,
        input::Input,
        json::Personal,
        keymap::Context,
        taking::{ByHand, Told},
        text::{Line, Untrusted},
    },
};

/// The longest reason.
const LONGEST: usize = 300;

/// What became of what was taken last.
pub(super) fn line(model: &Model) -> Option<Line> {
    Some(match model.taking.told.as_ref()? {
        Told::Sent(route, count) => {
            let without = model.without_numbers();
            Line::own(&format!("sent {}{without} {}", characters(*count), route.words()))
        }
        Told::ByHand(why, count) => by_hand(model, why, *count),
        Told::TooMuch(lines) => {
            Line::own(&format!("{} lines are too many to copy from here", number(*lines as u64)))
        }
        Told::SentLink(route, link) => Line::own(&format!("{}: sent {}", link.as_str(), route.words())),
        Told::TooMany(count) => {
            let key = model.keys.on_list(Action::SaveAs);
            Line::own(&format!("{} entries are too many to copy, {key} writes a file", number(*count as u64)))
        }
        Told::NotCopied(None) => Line::own("nothing was copied"),
        Told::NotCopied(Some(why)) => because("nothing was copied: ", &model.shown_failure(why), model),
        Told::Cannot(why) => Line::own(why),
        Told::Wrote { entries, is_whole, names, aliases, personal, file } => {
            let with = with(*names, *aliases, *personal);
            let (word, all) = (counted::entries(*entries as u64), if *is_whole { "all" } else { "not all" });
            let mut line = Line::own(&format!("wrote {} {word} ({all}) {with} to ", number(*entries as u64)));
            line.append(file.one_line(LONGEST, model.charset));
            line
        }
        Told::NotWritten(why) => because("not written: ", why, model),
        Told::NoPager(why) => another(because("no pager: ", why, model)),
        Told::PagerFailed(how) => another(because("the pager ", how, model)),
        Told::SelectionLost => Line::own("the selection ended: this is another list"),
        Told::NoEntry => Line::own("no entry is at the cursor"),
    })
}

/// `with 6 names, personal data shown,`: whether any is in the texts nobody has looked.
fn with(names: usize, aliases: Option<Aliases>, personal: Personal) -> String {
    let names = match aliases {
        Some(aliases) => aliases.words().to_owned(),
        None => format!("{} {}", number(names as u64), counted::noun(names as u64, "name", "names")),
    };
    let personal = if personal == Personal::Shown { ", personal data shown," } else { "" };
    format!("with {names}{personal}")
}

fn because(what: &str, why: &Untrusted, model: &Model) -> Line {
    let mut line = Line::own(what);
    line.append(why.one_line(LONGEST, model.charset));
    line
}

fn another(mut line: Line) -> Line {
    line.push_own("; set PAGER to another one");
    line
}

/// Which names a file may have, or that there is one already.
pub(super) fn echo(model: &Model, input: &Input) -> String {
    match &model.taking.taken_name {
        Some(name) if *name == input.text() => "is there already; ! at the end writes over it".to_owned(),
        _ if model.takes_personal() == Personal::Shown => {
            let key = model.keys.on_list(Action::TogglePersonal);
            format!(".md .csv .json .ndjson .txt, personal data is shown: {key} hides it")
        }
        _ => ".md .csv .json .ndjson .txt".to_owned(),
    }
}

fn characters(count: usize) -> String {
    format!("{} {}", number(count as u64), counted::noun(count as u64, "character", "characters"))
}

fn by_hand(model: &Model, why: &ByHand, count: usize) -> Line {
    let close = model.keys.in_context(Context::Page, Action::Close);
    let below = if model.has_joined_rows() { "; full rows go on below" } else { "" };
    let select = format!("select it by hand{}, {close} closes{below}", model.without_numbers());
    match why {
        ByHand::Asked => Line::own(&select),
        ByHand::NoClipboard => Line::own(&format!("this terminal has no clipboard: {select}")),
        ByHand::TooLarge => {
            Line::own(&format!("{} are too many for a terminal: {select}", characters(count)))
        }
        ByHand::Failed(route, said) => {
            let mut line = Line::own(&format!("{} failed: ", route.name()));
            line.append(said.one_line(LONGEST, model.charset));
            line
        }
    }
}

/// `3 selected, esc ends`
pub(super) fn selected(model: &Model) -> Option<String> {
    let count = model.reader.timeline().count_in(model.selected()?);
    let close = model.keys.on_list(Action::Close);
    Some(format!("{} selected, {close} ends", number(count as u64)))
}
