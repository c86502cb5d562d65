//! Who is known: each person with every name, address and id they were seen with, and since when.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use foldhash::fast::RandomState;

use super::{Scope, legend::Alias};
use crate::model::{
    entry::{ActorKind, User},
    text::Untrusted,
};

/// What tells one person from another: the id, else the name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Id(Untrusted),
    Name(Untrusted),
}

/// When somebody was seen: the oldest time, then the place in the entry. Times that cannot be read come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sighting {
    has_no_time: bool,
    at: DateTime<Utc>,
    rank: usize,
}

impl Sighting {
    pub(super) fn new(at: Option<DateTime<Utc>>, rank: usize) -> Self {
        Self { has_no_time: at.is_none(), at: at.unwrap_or_default(), rank }
    }
}

/// One person.
#[derive(Debug, Clone)]
pub(super) struct Person {
    key: Key,
    since: (Sighting, ActorKind),
    /// Whether a client's status, or an unknown one, was ever seen.
    may_be_client: bool,
    pub(super) names: BTreeSet<Untrusted>,
    pub(super) emails: BTreeSet<Untrusted>,
    pub(super) identifiers: BTreeSet<Untrusted>,
    /// The number of the alias among those of its kind.
    number: Option<u64>,
}

impl Person {
    pub(super) fn is_within(&self, scope: Scope) -> bool {
        scope == Scope::Everyone || self.may_be_client
    }

    pub(super) fn id(&self) -> Option<&Untrusted> {
        match &self.key {
            Key::Id(id) => Some(id),
            Key::Name(_) => None,
        }
    }

    fn kind(&self) -> ActorKind {
        self.since.1
    }

    /// The word alone where the number is held back.
    fn alias(&self, scope: Scope) -> Option<String> {
        let word = word(self.kind());
        match self.number {
            Some(number) => Some(format!("{word} {number}")),
            None => self.is_within(scope).then(|| word.to_owned()),
        }
    }
}

/// The word of an alias.
pub(super) const fn word(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Team => "Agent",
        ActorKind::Client => "Client",
        ActorKind::Bot => "Bot",
        ActorKind::Other => "Person",
    }
}

/// Everybody who is known.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    all: Vec<Person>,
    by_key: HashMap<Key, usize, RandomState>,
}

impl People {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Person> {
        self.all.iter()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Person> {
        self.all.get(at)
    }

    /// The place of a person, by which [`Self::aliases`] are named.
    pub(super) fn find(&self, id: &Untrusted, name: &Untrusted) -> Option<usize> {
        self.by_key.get(&key(id, name)?).copied()
    }

    /// Takes in what is told of somebody; true where it is news.
    pub(super) fn learn(&mut self, user: &User, seen: Sighting) -> bool {
        let Some(key) = key(&user.id, &user.name) else {
            return false;
        };
        let kind = user.kind();
        let (at, mut is_news) = self.place(key, (seen, kind));
        let Some(person) = self.all.get_mut(at) else { return false };
        if person.number.is_none() {
            person.since = person.since.min((seen, kind));
        }
        let may_be_client = matches!(kind, ActorKind::Client | ActorKind::Other);
        is_news |= may_be_client && !person.may_be_client;
        person.may_be_client |= may_be_client;
        is_news |= add(&mut person.names, &user.name);
        is_news |= user.email.as_ref().is_some_and(|email| add(&mut person.emails, email));
        let identifier = user.custom_identifier.as_ref();
        is_news |= identifier.is_some_and(|identifier| add(&mut person.identifiers, identifier));
        is_news
    }

    fn place(&mut self, key: Key, since: (Sighting, ActorKind)) -> (usize, bool) {
        if let Some(at) = self.by_key.get(&key) {
            return (*at, false);
        }
        let at = self.all.len();
        self.by_key.insert(key.clone(), at);
        let (names, emails, identifiers) = Default::default();
        self.all.push(Person { key, since, may_be_client: false, names, emails, identifiers, number: None });
        (at, true)
    }

    /// Takes up somebody from an earlier legend, with the alias.
    pub(super) fn recall(&mut self, alias: Alias) {
        let name = alias.names.first().cloned().unwrap_or_default();
        let Some(key) = key(&alias.id, &name) else { return };
        let (at, _) = self.place(key, (Sighting::new(None, 0), alias.kind));
        let Some(person) = self.all.get_mut(at) else { return };
        person.since.1 = alias.kind;
        // An alias of another scope stays one: replaced once, replaced always.
        person.may_be_client = true;
        person.number = Some(alias.number);
        person.names.extend(alias.names);
        person.emails.extend(alias.emails);
        person.identifiers.extend(alias.identifiers);
    }

    /// Numbers those who have no alias yet, by kind from the oldest on, behind those that are given already.
    pub(super) fn number(&mut self, scope: Scope) {
        let mut last: HashMap<ActorKind, u64, RandomState> = HashMap::default();
        for person in &self.all {
            let last = last.entry(person.kind()).or_default();
            *last = (*last).max(person.number.unwrap_or_default());
        }
        let mut new: Vec<&mut Person> =
            self.all.iter_mut().filter(|person| person.number.is_none() && person.is_within(scope)).collect();
        new.sort_by(|one, other| (one.since, &one.key).cmp(&(other.since, &other.key)));
        for person in new {
            let last = last.entry(person.kind()).or_default();
            *last = last.saturating_add(1);
            person.number = Some(*last);
        }
    }

    /// Takes the numbers over from a copy that was numbered meanwhile.
    pub(super) fn keep_numbers(&mut self, copy: &Self) {
        for (person, numbered) in self.all.iter_mut().zip(&copy.all) {
            if person.number.is_none() {
                (person.number, person.since.1) = (numbered.number, numbered.since.1);
            }
        }
    }

    /// What each is called, by place; nothing for those who keep their name.
    pub(super) fn aliases(&self, scope: Scope) -> Vec<Option<Untrusted>> {
        self.all.iter().map(|person| person.alias(scope).map(Untrusted::new)).collect()
    }

    /// Whether anybody who is to have a number has none.
    pub(super) fn lack_numbers(&self, scope: Scope) -> bool {
        self.all.iter().any(|person| person.number.is_none() && person.is_within(scope))
    }

    /// Who is who, by kind, then by number.
    pub(super) fn legend(&self) -> Vec<Alias> {
        let mut all: Vec<Alias> = self.all.iter().filter_map(row).collect();
        all.sort_by_key(|alias| (alias.kind, alias.number));
        all
    }
}

fn row(person: &Person) -> Option<Alias> {
    Some(Alias {
        kind: person.kind(),
        number: person.number?,
        id: person.id().cloned().unwrap_or_default(),
        names: person.names.iter().cloned().collect(),
        emails: person.emails.iter().cloned().collect(),
        identifiers: person.identifiers.iter().cloned().collect(),
    })
}

fn key(id: &Untrusted, name: &Untrusted) -> Option<Key> {
    match (id.is_empty(), name.is_empty()) {
        (false, _) => Some(Key::Id(id.clone())),
        (true, false) => Some(Key::Name(name.clone())),
        (true, true) => None,
    }
}

fn add(all: &mut BTreeSet<Untrusted>, one: &Untrusted) -> bool {
    !one.is_empty() && !all.contains(one) && all.insert(one.clone())
}
