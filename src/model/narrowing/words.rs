//! What narrows the view, in words: for the second line, and for a list that is empty because of it.

use std::borrow::Cow;

use super::{Kinds, Narrowing, Span};
use crate::model::{
    redaction::Redaction,
    sentence::short_name,
    text::{Charset, Line, Untrusted},
    types::{Catalogue, TypeChoice},
    zone::Zone,
};

/// What the words are made with.
#[derive(Clone, Copy)]
pub struct Saying<'a> {
    /// The words of the types.
    pub catalogue: &'a Catalogue,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// The zone of times.
    pub zone: Zone,
    /// Whether a type has been seen in the log: those that have are named first.
    pub seen: &'a dyn Fn(&Untrusted) -> bool,
    /// Whether there is little room: then lists of types are counted.
    pub is_short: bool,
    /// What people are called, where their names are replaced: in what was typed, and in types that nobody knows.
    pub people: Option<&'a Redaction>,
}

impl<'a> Saying<'a> {
    /// For whoever has room and knows of no log: no type is named before another.
    #[must_use]
    pub fn in_full(catalogue: &'a Catalogue, charset: Charset, zone: Zone) -> Self {
        Self { catalogue, charset, zone, seen: &|_| true, is_short: false, people: None }
    }

    /// The same with these people's names replaced.
    #[must_use]
    pub fn without_names(self, people: Option<&'a Redaction>) -> Self {
        Self { people, ..self }
    }

    /// What somebody typed.
    pub(super) fn typed<'b>(&self, text: &'b Untrusted) -> Cow<'b, Untrusted> {
        self.people.map_or(Cow::Borrowed(text), |people| Cow::Owned(people.text(text)))
    }
}

/// One of the things that narrow the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it says: `without read`, `Garrick Ollivander only`.
    pub words: Line,
    /// How it is lifted.
    pub lift: Lift,
}

/// How a part is lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lift {
    /// All types are chosen.
    Types,
    /// All kinds are chosen.
    Kinds,
    /// Everybody is shown.
    Person,
    /// The window of time goes.
    Span,
    /// The text goes.
    Phrase,
}

/// The most types that are named.
const MOST_NAMES: usize = 4;

impl Narrowing {
    /// What narrows the view; nothing when nothing does.
    #[must_use]
    pub fn parts(&self, saying: Saying<'_>) -> Vec<Part> {
        self.lifts().map(|lift| Part { words: self.words(lift, saying).unwrap_or_default(), lift }).collect()
    }

    fn words(&self, lift: Lift, saying: Saying<'_>) -> Option<Line> {
        match lift {
            Lift::Types => Some(type_words(&self.types, saying)),
            Lift::Kinds => self.kinds.words().map(|words| Line::own(&words)),
            Lift::Person => {
                let cells = if saying.is_short { 10 } else { 24 };
                let name = &self.person.as_ref()?.name;
                let mut words = match saying.people {
                    // An alias is short, and nothing without its number.
                    Some(people) => people.text(name).one_line(24, saying.charset),
                    None => short_name(name, cells).one_line(cells, saying.charset),
                };
                words.push_own(" only");
                Some(words)
            }
            Lift::Span => Some(Line::own(&self.span.words(saying.zone))),
            Lift::Phrase => {
                let cells = if saying.is_short { 10 } else { 24 };
                Some(self.phrase.as_ref()?.words(cells, saying))
            }
        }
    }

    /// What is in force.
    pub fn lifts(&self) -> impl Iterator<Item = Lift> + use<> {
        let parts = [
            (!self.types.is_everything(), Lift::Types),
            (!self.kinds.is_everything(), Lift::Kinds),
            (self.person.is_some(), Lift::Person),
            (!self.span.is_everything(), Lift::Span),
            (self.phrase.is_some(), Lift::Phrase),
        ];
        parts.into_iter().filter_map(|(is_in_force, lift)| is_in_force.then_some(lift))
    }

    /// Lifts a part.
    pub fn lift(&mut self, lift: Lift) {
        match lift {
            Lift::Types => self.types.all(),
            Lift::Kinds => self.kinds = Kinds::default(),
            Lift::Person => self.person = None,
            Lift::Span => self.span = Span::default(),
            Lift::Phrase => self.phrase = None,
        }
    }
}

/// The preset's name, else the shorter list of types that are shown or hidden.
fn type_words(types: &TypeChoice, saying: Saying<'_>) -> Line {
    if let Some(name) = types.name() {
        return Line::own(name);
    }
    let (word, mut names): (&str, Vec<&Untrusted>) = match (types.shows_unlisted(), types.ticked().is_empty())
    {
        (true, true) => return Line::own("only types not listed"),
        (true, false) => ("without ", types.unticked().collect()),
        (false, true) => return Line::own("no type chosen"),
        (false, false) => ("only ", types.ticked().iter().collect()),
    };
    names.sort_by_key(|name| !(saying.seen)(name));
    let most = if saying.is_short { 1 } else { MOST_NAMES };
    let mut line = Line::own(word);
    if names.len() > most && saying.is_short {
        line.push_own(&format!("{} types", names.len()));
        return line;
    }
    let more = names.len().saturating_sub(most);
    for (at, name) in names.into_iter().take(most).enumerate() {
        line.push_own(if at > 0 { ", " } else { "" });
        let name = saying.people.map_or(Cow::Borrowed(name), |people| Cow::Owned(people.action_type(name)));
        line.append(saying.catalogue.word(&name).one_line(20, saying.charset));
    }
    if more > 0 {
        line.push_own(&format!(" and {more} more"));
    }
    line
}
