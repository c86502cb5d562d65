//! Words that narrow the view.

use super::{Doing, Linear, Then, Turn, entry::quoted};
use crate::{
    message::{Action, Message},
    model::{
        Model,
        narrowing::{Narrowing, Person, Phrase},
        text::{Line, Untrusted},
        types::{Catalogue, singulars},
    },
};

impl Linear {
    /// Shows these types alone.
    pub(super) fn only(&mut self, model: &Model, words: &str, turn: &mut Turn) {
        if words.is_empty() {
            return turn.own(model, "Which types? Such as only reply, status.");
        }
        let types = match named(model, words) {
            Ok(types) => types,
            Err(sentence) => return turn.say(model, &sentence),
        };
        self.narrow(model, turn, |narrowing| {
            narrowing.types.learn(types.iter());
            narrowing.types.set(&types, &[], false);
        });
    }

    /// Hides these types.
    pub(super) fn hide(&mut self, model: &Model, words: &str, turn: &mut Turn) {
        if words.is_empty() {
            return turn.own(model, "Which types? Such as hide reads.");
        }
        match named(model, words) {
            Ok(types) => self.narrow(model, turn, |narrowing| {
                for name in &types {
                    narrowing.types.hide(name);
                }
            }),
            Err(sentence) => turn.say(model, &sentence),
        }
    }

    /// Shows the entries of people with a name alone; without one, of whoever acted in the entry told last.
    pub(super) fn person(&mut self, model: &Model, name: &str, turn: &mut Turn) {
        if name.is_empty() {
            turn.messages.push(Message::Asked(Action::OnlyPerson));
            self.doing = Some(Doing::Wait(Then::Narrowed));
            return;
        }
        match Person::named(name) {
            Ok(person) => self.narrow(model, turn, |narrowing| narrowing.person = Some(person)),
            Err(fault) => turn.own(model, &format!("This cannot be looked for: {}.", fault.words())),
        }
    }

    /// Shows entries with a text alone; nothing lifts that.
    pub(super) fn text(&mut self, model: &Model, typed: &str, turn: &mut Turn) {
        match Phrase::parse(typed, &model.catalogue) {
            Ok(phrase) => self.narrow(model, turn, |narrowing| narrowing.phrase = phrase),
            Err(fault) => turn.own(model, &format!("This cannot be looked for: {}.", fault.words())),
        }
    }

    /// Shows everything again.
    pub(super) fn all(&mut self, model: &Model, turn: &mut Turn) {
        if model.reader.narrowing().is_everything() {
            return turn.own(model, "Nothing narrows the view.");
        }
        self.narrow(model, turn, |narrowing| *narrowing = narrowing.lifted());
    }

    fn narrow(&mut self, model: &Model, turn: &mut Turn, change: impl FnOnce(&mut Narrowing)) {
        let mut narrowing = model.reader.narrowing().clone();
        change(&mut narrowing);
        turn.messages.push(Message::Narrow(Box::new(narrowing)));
        self.doing = Some(Doing::Wait(Then::Narrowed));
    }
}

/// The types that somebody names, between commas, or a word each.
fn named(model: &Model, words: &str) -> Result<Vec<Untrusted>, Line> {
    let parts = words.split(',').map(str::trim).filter(|part| !part.is_empty());
    let mut types = Vec::new();
    for part in parts {
        if let Some(name) = one(&model.catalogue, part) {
            types.push(name);
            continue;
        }
        for word in part.split_whitespace().filter(|word| *word != "and") {
            types.push(one(&model.catalogue, word).ok_or_else(|| unknown(model, word))?);
        }
    }
    Ok(types)
}

/// A type by its word, or by that of many: `replies`, `reads`.
pub(super) fn one(catalogue: &Catalogue, word: &str) -> Option<Untrusted> {
    let mut forms = [word.to_owned()].into_iter().chain(singulars(word));
    forms.find_map(|form| catalogue.named(&form).ok())
}

fn unknown(model: &Model, word: &str) -> Line {
    let mut line = Line::own("There is no type ");
    line.append(quoted(word, model.charset));
    line.push_own(".");
    if let Err(Some(near)) = model.catalogue.named(word) {
        line.push_own(&format!(" Did you mean {near}?"));
    }
    let words: Vec<&str> = model.catalogue.iter().map(|known| known.word.as_str()).collect();
    line.push_own(&format!(" Words are {}; a name of the API has an underscore.", words.join(", ")));
    line
}
