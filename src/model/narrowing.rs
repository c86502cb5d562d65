//! All that narrows the view of a log, in one value: which types, whose entries.
//!
//! Which types is the only part that the server can do, and only by including named ones ([`TypeChoice::query`]);
//! everything else is a view over what is loaded and asks for nothing. The reader applies it, in one place.

mod history;
mod words;

use super::{
    entry::{Entry, User},
    text::Untrusted,
    types::{Catalogue, TypeChoice},
};

pub use self::{
    history::History,
    words::{Lift, Part, Saying},
};

/// What narrows the view. See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// Which types.
    pub types: TypeChoice,
    /// Whose entries alone.
    pub person: Option<Person>,
}

/// Somebody whose entries alone are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The server's id: two people may have one name.
    id: Untrusted,
    name: Untrusted,
}

/// Which entries a list shows: asked about each type once, and about each entry only where that does not decide.
pub trait Passes {
    /// Whether entries of this type may be shown.
    fn kind(&self, action_type: &Untrusted) -> bool;

    /// Whether the type does not decide alone.
    fn asks_entries(&self) -> bool;

    /// Whether an entry is shown whose type passes.
    fn entry(&self, entry: &Entry) -> bool;
}

impl Narrowing {
    /// Narrows nothing.
    #[must_use]
    pub fn everything(catalogue: &Catalogue) -> Self {
        Self { types: TypeChoice::everything(catalogue), person: None }
    }

    /// The same with all of it lifted.
    #[must_use]
    pub fn lifted(&self) -> Self {
        let mut types = self.types.clone();
        types.all();
        Self { types, person: None }
    }

    /// Whether nothing is narrowed.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.types.is_everything() && !self.asks_entries()
    }

    /// Whether an entry is shown.
    #[must_use]
    pub fn passes(&self, entry: &Entry) -> bool {
        self.kind(&entry.action_type) && self.entry(entry)
    }
}

impl Passes for Narrowing {
    fn kind(&self, action_type: &Untrusted) -> bool {
        self.types.passes(action_type)
    }

    fn asks_entries(&self) -> bool {
        self.person.is_some()
    }

    fn entry(&self, entry: &Entry) -> bool {
        self.person.as_ref().is_none_or(|person| person.acted(entry))
    }
}

impl Person {
    /// This user and nobody else.
    #[must_use]
    pub fn of(user: &User) -> Self {
        Self { id: user.id.clone(), name: user.name.clone() }
    }

    fn acted(&self, entry: &Entry) -> bool {
        entry.actor.as_ref().is_some_and(|actor| actor.id == self.id)
    }
}
