//! What is made of all that was learned: what everybody is called, and what finds their names. Made anew at the first
//! question after something was learned.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{
    NAME, Numbers, Redaction, Scope,
    finder::{Finder, Patterns, What},
    fold::{is_blank, seen},
    mask::Mask,
    people::People,
};
use crate::model::text::Untrusted;

/// See the module.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) people: People,
    pub(super) aliases: Vec<Option<Untrusted>>,
    /// `None` where there are more names than can be looked for.
    pub(super) finder: Option<Finder>,
    /// Names that no finder finds, of nothing that is seen: whose each is.
    blanks: HashMap<Untrusted, What, RandomState>,
}

impl Known {
    pub(super) fn of(redaction: &Redaction) -> Self {
        let scope = redaction.scope;
        let mut people = redaction.people.clone();
        if redaction.numbers == Numbers::Given {
            people.number(scope);
        }
        let mut names = Names::default();
        for (at, person) in people.iter().enumerate() {
            if person.is_within(scope) {
                person.names.iter().for_each(|name| names.person(name, at));
            }
            person.emails.iter().for_each(|email| names.mask(email, Mask::Address));
            person.identifiers.iter().for_each(|identifier| names.mask(identifier, Mask::Number));
            person.id().into_iter().for_each(|id| names.mask(id, Mask::Id));
        }
        let mut nobodys: Vec<&Untrusted> = Vec::new();
        for stray in &redaction.strays {
            match people.find(&stray.id, &Untrusted::default()) {
                Some(at) if people.get(at).is_some_and(|person| person.is_within(scope)) => {
                    stray.names.iter().for_each(|name| names.person(name, at));
                }
                Some(_) => {}
                None => nobodys.extend(&stray.names),
            }
            stray.email.iter().for_each(|email| names.mask(email, Mask::Address));
            stray.identifier.iter().for_each(|identifier| names.mask(identifier, Mask::Number));
            names.mask(&stray.id, Mask::Id);
        }
        // Who keeps a name keeps it everywhere.
        let is_kept = |name: &&Untrusted| {
            people.iter().any(|person| !person.is_within(scope) && person.names.contains(*name))
        };
        nobodys.retain(|name| !is_kept(name));
        nobodys.extend(redaction.owners.iter().filter(|_| scope == Scope::Everyone));
        for name in nobodys {
            names.nobody(name);
        }
        redaction.ids.iter().for_each(|id| names.mask(id, Mask::Id));
        let Names { patterns, blanks } = names;
        Self { aliases: people.aliases(scope), finder: Finder::new(patterns), blanks, people }
    }

    /// What stands in the place of a text of nothing that is seen, where that is a name.
    pub(super) fn instead_of_blank(&self, text: &str) -> Option<&str> {
        let whose = is_blank(text).then(|| self.blanks.get(&Untrusted::new(seen(text)))).flatten()?;
        Some(self.instead(*whose))
    }

    /// What stands in the place of what was found.
    pub(super) fn instead(&self, what: What) -> &str {
        match what {
            What::Mask(mask) => mask.words(),
            What::Several => NAME,
            What::Person(at) => self.aliases.get(at).and_then(Option::as_ref).map_or(NAME, Untrusted::raw),
        }
    }
}

/// What is to be found, while it is gathered.
#[derive(Default)]
struct Names {
    patterns: Patterns,
    blanks: HashMap<Untrusted, What, RandomState>,
}

impl Names {
    /// A name of the person of this place.
    fn person(&mut self, name: &Untrusted, at: usize) {
        self.patterns.name(name.raw(), at);
        if is_blank(name.raw()) {
            let whose = What::Person(at);
            let known = self.blanks.entry(key(name)).or_insert(whose);
            *known = if *known == whose { whose } else { What::Several };
        }
    }

    /// A name that stands for nobody who is known. To be added last.
    fn nobody(&mut self, name: &Untrusted) {
        self.patterns.stray(name.raw());
        if is_blank(name.raw()) {
            self.blanks.entry(key(name)).or_insert(What::Several);
        }
    }

    /// An address or an id that is known.
    fn mask(&mut self, text: &Untrusted, mask: Mask) {
        self.patterns.known(text.raw(), mask);
    }
}

fn key(name: &Untrusted) -> Untrusted {
    Untrusted::new(seen(name.raw()))
}
