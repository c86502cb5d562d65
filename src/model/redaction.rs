//! Names replaced: people become stable aliases (Agent 1, Client 2, Bot 1, Person 1) wherever they are named, and
//! addresses, ids and numbers that could tell who somebody is are masked, known or not.
//!
//! Two steps: everybody is learned ([`Redaction::learn`], of the whole log, whatever narrows it, in any order), then
//! entries are copied with the names replaced ([`Redaction::entry`]). Aliases are numbered by kind from the oldest entry
//! on, so they are the same in every format, order and narrowing; who has an alias keeps it when more is learned. Where
//! copies are made before everybody is known, numbers are held back ([`Redaction::holding_numbers`]).
//! What is replaced is said in README, section Privacy: more than is needed rather than less. It is never called
//! anonymous.
//!
//! Writers and views know nothing of all this: they are handed copies.

mod copy;
mod finder;
mod fold;
mod known;
pub mod legend;
mod mask;
mod members;
mod people;
mod raw;
mod strays;
mod words;

use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    sync::OnceLock,
};

use foldhash::fast::RandomState;

pub use self::legend::Alias;
use self::{
    known::Known,
    mask::Mask,
    people::{People, Sighting},
    strays::Stray,
};
use super::{
    entry::{Entry, User},
    text::Untrusted,
    ticket::Ticket,
    types::Catalogue,
};

/// Whose names are replaced. Addresses, numbers and ids are masked either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everybody's.
    Everyone,
    /// Those of clients, and of people whose status is not known.
    Clients,
}

/// When people get the numbers of their aliases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// With the first copy.
    Given,
    /// When they are released: until then somebody is called by the word of the alias alone.
    Held,
}

/// What the server may say of a person's side: the words of the reference.
const STATUSES: [&str; 2] = ["team", "client"];

/// What stands in the place of a name that belongs to several people, or to nobody who is known.
const NAME: &str = "(name)";

/// The least bytes of an id for it to be known again in a text.
const ID: usize = 4;

/// Who is known, and what they are called. See the module.
#[derive(Clone)]
pub struct Redaction {
    scope: Scope,
    numbers: Numbers,
    vocabulary: HashSet<Untrusted, RandomState>,
    people: People,
    /// Ids of tags and categories.
    ids: HashSet<Untrusted, RandomState>,
    /// Names of the team that stand for nobody in the log.
    owners: BTreeSet<Untrusted>,
    /// Whoever is named where the reference documents nobody.
    strays: BTreeSet<Stray>,
    masks: Masks,
    turn: u64,
    /// Built at the first question after something was learned.
    known: OnceLock<Known>,
}

/// What replaces what an entry's people have.
#[derive(Debug, Clone)]
struct Masks {
    name: Untrusted,
    address: Untrusted,
    number: Untrusted,
}

impl Redaction {
    /// Nobody is known yet. Action types of the catalogue are our own words: they stay as they are.
    #[must_use]
    pub fn new(scope: Scope, catalogue: &Catalogue) -> Self {
        Self {
            scope,
            numbers: Numbers::Given,
            vocabulary: catalogue.iter().map(|known| known.name.clone()).collect(),
            people: People::default(),
            ids: HashSet::default(),
            owners: BTreeSet::new(),
            strays: BTreeSet::new(),
            masks: Masks {
                name: Untrusted::new(NAME),
                address: Untrusted::new(Mask::Address.words()),
                number: Untrusted::new(Mask::Number.words()),
            },
            turn: 0,
            known: OnceLock::new(),
        }
    }

    /// Takes up the aliases of an earlier run: these people keep them.
    #[must_use]
    pub fn with_legend(mut self, legend: Vec<Alias>) -> Self {
        self.forget();
        for alias in legend {
            self.people.recall(alias);
        }
        self
    }

    /// Holds numbers back from whoever has none, for whom copies are made before everybody is known: a number that is
    /// given then would be another one than that of all who are asked later.
    #[must_use]
    pub fn holding_numbers(self) -> Self {
        Self { numbers: Numbers::Held, ..self }
    }

    /// Gives all who are known their numbers, which are held back from those who are learned later, until the next time.
    pub fn release_numbers(&mut self) {
        if self.lacks_numbers() {
            self.forget();
            self.people.number(self.scope);
        }
    }

    /// Whether a number is held back from anybody.
    #[must_use]
    pub fn lacks_numbers(&self) -> bool {
        self.numbers == Numbers::Held && self.people.lack_numbers(self.scope)
    }

    /// Whose names are replaced.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Learns everybody whom an entry names. Those of whom an entry tells more than was known, or an older time, are
    /// the same person still.
    pub fn learn(&mut self, entry: &Entry) {
        let at = entry.stamp().map(|stamp| stamp.instant());
        let included = entry.included.as_deref();
        let users = included.into_iter().flat_map(|included| &included.users);
        let mut is_news = false;
        for (rank, user) in entry.actor.iter().chain(users).enumerate() {
            is_news |= self.people.learn(user, Sighting::new(at, rank));
        }
        let labels =
            included.into_iter().flat_map(|included| included.tags.iter().chain(&included.categories));
        for label in labels.filter(|label| label.id.raw().len() >= ID) {
            is_news |= !self.ids.contains(&label.id) && self.ids.insert(label.id.clone());
        }
        if let Some(raw) = &entry.raw {
            for stray in strays::of(raw.text()) {
                is_news |= self.strays.insert(stray);
            }
        }
        if is_news {
            self.forget();
        }
    }

    /// Learns the owner of a ticket, who may be in no entry of its log.
    pub fn learn_ticket(&mut self, ticket: &Ticket) {
        let owner = ticket.owner.as_ref().filter(|owner| !owner.is_empty() && !self.owners.contains(*owner));
        if let Some(owner) = owner {
            self.owners.insert(owner.clone());
            self.forget();
        }
    }

    /// Learns one person of whom no entry is known.
    pub fn learn_user(&mut self, user: &User) {
        if self.people.learn(user, Sighting::new(None, 0)) {
            self.forget();
        }
    }

    /// Another number whenever a copy of what was copied before may differ.
    #[must_use]
    pub fn turn(&self) -> u64 {
        self.turn
    }

    /// Who is who: by kind, then by number.
    #[must_use]
    pub fn legend(&self) -> Vec<Alias> {
        self.known().people.legend()
    }

    /// What a person of an entry is called: the alias, or the name of those who keep it.
    fn called(&self, id: &Untrusted, name: &Untrusted) -> Untrusted {
        let known = self.known();
        let Some(at) = known.people.find(id, name) else {
            return if name.is_empty() { name.clone() } else { self.masks.name.clone() };
        };
        known.aliases.get(at).cloned().flatten().unwrap_or_else(|| self.text(name))
    }

    /// What the person of an id is called, where that is an alias.
    fn known_id(&self, id: &Untrusted) -> Option<Untrusted> {
        let known = self.known();
        known.aliases.get(known.people.find(id, &Untrusted::default())?).cloned().flatten()
    }

    /// What somebody is called of whom the name alone is told, and who need not be in the log.
    fn named(&self, name: &Untrusted) -> Untrusted {
        let known = self.known();
        let mut same =
            known.people.iter().zip(&known.aliases).filter(|(person, _)| person.names.contains(name));
        match (same.next(), same.next()) {
            (Some((_, Some(alias))), None) => alias.clone(),
            (Some((_, None)), None) => self.text(name),
            _ if name.is_empty() => name.clone(),
            _ => self.masks.name.clone(),
        }
    }

    /// Something was learned: who has an alias keeps it, all else is made anew when it is asked for.
    fn forget(&mut self) {
        self.turn += 1;
        if let Some(known) = self.known.take() {
            self.people.keep_numbers(&known.people);
        }
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::of(self))
    }
}

/// Says how many are known and nothing of them.
impl fmt::Debug for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redaction({:?}, {} people)", self.scope, self.people.iter().count())
    }
}
