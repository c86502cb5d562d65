//! All that narrows the view of a log, in one value: which types, whose entries, which kinds of actor,
//! when, and what text.
//!
//! Which types is the only part that the server can do, and only by including named ones ([`TypeChoice::query`]);
//! everything else is a view over what is loaded and asks for nothing. The reader applies it, in one place.

mod history;
mod kinds;
mod phrase;
mod span;
mod words;

use super::{
    entry::{Entry, User},
    pattern::{Fault, Pattern, Syntax},
    text::Untrusted,
    types::{Catalogue, TypeChoice},
};

pub use self::{
    history::History,
    kinds::{KINDS, Kinds, name as kind_name},
    phrase::Phrase,
    span::{Bound, Span},
    words::{Lift, Part, Saying},
};

/// The word for whoever the settings say somebody is.
pub const ME: &str = "me";

/// A name between quotation marks, which stands for itself whatever it is.
#[must_use]
pub fn literal_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(name).filter(|name| !name.is_empty())
}

/// What narrows the view. See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// Which types.
    pub types: TypeChoice,
    /// Which kinds of actor.
    pub kinds: Kinds,
    /// Whose entries alone.
    pub person: Option<Person>,
    /// When.
    pub span: Span,
    /// With or without this text.
    pub phrase: Option<Phrase>,
}

/// Somebody whose entries alone are shown.
#[derive(Debug, Clone)]
pub struct Person {
    pub(in crate::model) name: Untrusted,
    known_by: KnownBy,
}

/// What tells a person from others.
#[derive(Debug, Clone)]
enum KnownBy {
    /// The server's id: two people may have one name.
    Id(Untrusted),
    /// A part of the name, as somebody typed it.
    Name(Pattern),
}

/// Which entries a list shows: asked about each type once, and about each entry only where that does not decide.
pub trait Passes {
    /// Whether entries of this type may be shown.
    fn kind(&self, action_type: &Untrusted) -> bool;

    /// Whether the type does not decide alone.
    fn asks_entries(&self) -> bool;

    /// Whether an entry is shown whose type passes.
    fn entry(&mut self, entry: &Entry) -> bool;
}

impl Narrowing {
    /// Narrows nothing.
    #[must_use]
    pub fn everything(catalogue: &Catalogue) -> Self {
        Self::of_types(TypeChoice::everything(catalogue))
    }

    /// The same with all of it lifted.
    #[must_use]
    pub fn lifted(&self) -> Self {
        let mut types = self.types.clone();
        types.all();
        Self::of_types(types)
    }

    fn of_types(types: TypeChoice) -> Self {
        Self { types, kinds: Kinds::default(), person: None, span: Span::default(), phrase: None }
    }

    /// Whether nothing is narrowed.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.types.is_everything() && !self.asks_entries()
    }

    /// Whether an entry is shown.
    #[must_use]
    pub fn passes(&self, entry: &Entry) -> bool {
        self.kind(&entry.action_type)
            && self.passes_but_for_words(entry)
            && self.phrase.as_ref().is_none_or(|phrase| phrase.passes(entry))
    }

    fn passes_but_for_words(&self, entry: &Entry) -> bool {
        self.kinds.passes(entry)
            && self.person.as_ref().is_none_or(|person| person.acted(entry))
            && self.span.passes(entry)
    }
}

impl Passes for Narrowing {
    fn kind(&self, action_type: &Untrusted) -> bool {
        self.types.passes(action_type)
    }

    fn asks_entries(&self) -> bool {
        let Self { kinds, person, span, phrase, .. } = self;
        !kinds.is_everything() || person.is_some() || !span.is_everything() || phrase.is_some()
    }

    fn entry(&mut self, entry: &Entry) -> bool {
        self.passes_but_for_words(entry)
            && self.phrase.as_mut().is_none_or(|phrase| phrase.passes_like_others(entry))
    }
}

impl Person {
    /// This user and nobody else.
    #[must_use]
    pub fn of(user: &User) -> Self {
        Self { name: user.name.clone(), known_by: KnownBy::Id(user.id.clone()) }
    }

    /// Whoever has this in their name.
    ///
    /// # Errors
    /// A text that is too long to be looked for.
    pub fn named(name: &str) -> Result<Self, Fault> {
        let pattern = Pattern::new(name, Syntax::Plain)?;
        Ok(Self { name: Untrusted::new(name), known_by: KnownBy::Name(pattern) })
    }

    /// The name, or the part of it, that somebody is known by.
    pub(in crate::model) fn name(&self) -> &Untrusted {
        &self.name
    }

    fn acted(&self, entry: &Entry) -> bool {
        entry.actor.as_ref().is_some_and(|actor| match &self.known_by {
            KnownBy::Id(id) => actor.id == *id,
            KnownBy::Name(pattern) => pattern.matches(actor.name.raw()),
        })
    }
}

impl PartialEq for Person {
    fn eq(&self, other: &Self) -> bool {
        let is_same = match (&self.known_by, &other.known_by) {
            (KnownBy::Id(id), KnownBy::Id(other)) => id == other,
            (KnownBy::Name(_), KnownBy::Name(_)) => true,
            _ => false,
        };
        is_same && self.name == other.name
    }
}

impl Eq for Person {}
