//! What is made of all that was learned: what everybody is called, and what finds their names. Made anew at the first
//! question after something was learned.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{
    NAME, Numbers, Redaction, Scope,
    finder::{Finder, Patterns, What},
    fold::{is_blank, seen},
    mask::Mask,
    people::{People, Person},
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
        let (mut patterns, mut blanks) = (Patterns::default(), HashMap::default());
        for (at, person) in people.iter().enumerate() {
            if person.is_within(scope) {
                name(person, at, &mut patterns, &mut blanks);
            }
            person.emails.iter().for_each(|email| patterns.known(email.raw(), Mask::Address));
            let identifiers = person.identifiers.iter();
            identifiers.for_each(|identifier| patterns.known(identifier.raw(), Mask::Number));
            person.id().into_iter().for_each(|id| patterns.known(id.raw(), Mask::Id));
        }
        if scope == Scope::Everyone {
            redaction.owners.iter().for_each(|owner| patterns.stray(owner.raw()));
            for owner in redaction.owners.iter().filter(|owner| is_blank(owner.raw())) {
                blanks.entry(key(owner)).or_insert(What::Several);
            }
        }
        redaction.ids.iter().for_each(|id| patterns.known(id.raw(), Mask::Id));
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

/// The names of the person of this place.
fn name(
    person: &Person,
    at: usize,
    patterns: &mut Patterns,
    blanks: &mut HashMap<Untrusted, What, RandomState>,
) {
    for name in &person.names {
        patterns.name(name.raw(), at);
        if is_blank(name.raw()) {
            let whose = blanks.entry(key(name)).and_modify(|whose| *whose = What::Several);
            whose.or_insert(What::Person(at));
        }
    }
}

fn key(name: &Untrusted) -> Untrusted {
    Untrusted::new(seen(name.raw()))
}
