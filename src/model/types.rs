//! Action types: what we know about some of them, and which ones the user wants to see.
//!
//! The set is open: the API's enumeration is not published, so unknown types are the normal case. They get a
//! word made from their name and are never lost because a list lacks them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use serde::Deserialize;

use super::{query::Query, text::Untrusted};

/// What we know about an action type, from `assets/action_types.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionType {
    /// The name in the API.
    pub name: Untrusted,
    /// The word in the list, at most eight cells.
    pub word: String,
    /// What the filter panel calls it.
    pub label: String,
    /// What its sentences say, where that can be read without reading words.
    pub meaning: Meaning,
    /// The colour role of the word.
    pub role: Role,
}

/// What an entry of a type tells beyond its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Meaning {
    /// Nothing that can be read without knowing the language.
    #[default]
    Plain,
    /// Two quoted labels: from and to.
    Status,
    /// A placeholder names the person the ticket was given to.
    Assignment,
    /// The ticket lost its owner.
    Unassignment,
    /// Words to or about the client: has a direction.
    Message,
}

/// What kind of thing happened, for the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Somebody looked.
    Quiet,
    /// Somebody wrote.
    Message,
    /// The ticket's state changed.
    Change,
    /// The ticket's owner changed.
    Owner,
    /// Anything else.
    #[default]
    Other,
}

/// The action types we know, in the order of the panel.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    types: Vec<ActionType>,
    by_name: BTreeMap<Untrusted, usize>,
}

impl Catalogue {
    /// A catalogue of these types, in this order.
    #[must_use]
    pub fn new(types: Vec<ActionType>) -> Self {
        let by_name = types.iter().enumerate().map(|(at, known)| (known.name.clone(), at)).collect();
        Self { types, by_name }
    }

    /// What is known of a type.
    #[must_use]
    pub fn get(&self, name: &Untrusted) -> Option<&ActionType> {
        self.by_name.get(name).and_then(|at| self.types.get(*at))
    }

    /// The known types, in order.
    pub fn iter(&self) -> impl Iterator<Item = &ActionType> {
        self.types.iter()
    }

    /// The word of the list: the known one, else made from the name.
    #[must_use]
    pub fn word(&self, name: &Untrusted) -> Untrusted {
        self.get(name).map_or_else(|| made_word(name), |known| Untrusted::new(known.word.as_str()))
    }

    /// The panel's name: the known one, else the type's own.
    #[must_use]
    pub fn label(&self, name: &Untrusted) -> Untrusted {
        self.get(name).map_or_else(|| name.clone(), |known| Untrusted::new(known.label.as_str()))
    }

    /// What the sentences of a type say.
    #[must_use]
    pub fn meaning(&self, name: &Untrusted) -> Meaning {
        self.get(name).map_or(Meaning::Plain, |known| known.meaning)
    }

    /// The colour role of a type.
    #[must_use]
    pub fn role(&self, name: &Untrusted) -> Role {
        self.get(name).map_or(Role::Other, |known| known.role)
    }
}

/// A readable word from a name: `ticket_custom_field_changed` gives `custom field changed`.
fn made_word(name: &Untrusted) -> Untrusted {
    let name = name.raw();
    let name = name.strip_prefix("ticket_").filter(|rest| !rest.is_empty()).unwrap_or(name);
    Untrusted::new(name.replace('_', " "))
}

/// A row of the filter panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRow {
    /// One action type.
    Type(Untrusted),
    /// All types whose names are not in the list.
    Unlisted,
}

/// Which action types the user wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeChoice {
    listed: Vec<Untrusted>,
    ticked: BTreeSet<Untrusted>,
    unlisted: bool,
    /// Whether a listed type is ticked: asked for every loaded entry at every change, a million times.
    table: HashMap<Untrusted, bool, RandomState>,
}

impl TypeChoice {
    /// Everything: all known types and those not listed.
    #[must_use]
    pub fn everything(catalogue: &Catalogue) -> Self {
        let listed: Vec<_> = catalogue.iter().map(|known| known.name.clone()).collect();
        let mut choice = Self { ticked: BTreeSet::new(), listed, unlisted: true, table: HashMap::default() };
        choice.all();
        choice
    }

    /// Takes types seen in the data into the list. They are ticked if types not listed were shown until now.
    pub fn learn<'a>(&mut self, seen: impl Iterator<Item = &'a Untrusted>) {
        let mut new: Vec<&Untrusted> = seen.filter(|name| !self.table.contains_key(name)).collect();
        new.sort_unstable();
        for name in new {
            self.listed.push(name.clone());
            if self.unlisted {
                self.ticked.insert(name.clone());
            }
            self.table.insert(name.clone(), self.unlisted);
        }
    }

    /// Whether entries of this type are shown.
    #[must_use]
    pub fn passes(&self, name: &Untrusted) -> bool {
        self.table.get(name).copied().unwrap_or(self.unlisted)
    }

    fn tabulate(&mut self) {
        let ticked = |name: &Untrusted| (name.clone(), self.ticked.contains(name));
        self.table = self.listed.iter().map(ticked).collect();
    }

    /// The panel's rows: the listed types, then all others.
    #[must_use]
    pub fn rows(&self) -> Vec<TypeRow> {
        self.listed.iter().cloned().map(TypeRow::Type).chain([TypeRow::Unlisted]).collect()
    }

    /// How many rows the panel has.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.listed.len() + 1
    }

    /// Whether a row is ticked.
    #[must_use]
    pub fn is_ticked(&self, row: &TypeRow) -> bool {
        match row {
            TypeRow::Type(name) => self.ticked.contains(name),
            TypeRow::Unlisted => self.unlisted,
        }
    }

    /// Ticks a row or takes its tick away.
    pub fn toggle(&mut self, row: &TypeRow) {
        match row {
            TypeRow::Type(name) => {
                if !self.ticked.remove(name) {
                    self.ticked.insert(name.clone());
                }
            }
            TypeRow::Unlisted => self.unlisted = !self.unlisted,
        }
        self.tabulate();
    }

    /// Ticks every row.
    pub fn all(&mut self) {
        self.ticked = self.listed.iter().cloned().collect();
        self.unlisted = true;
        self.tabulate();
    }

    /// Takes every tick away.
    pub fn none(&mut self) {
        self.ticked.clear();
        self.unlisted = false;
        self.tabulate();
    }

    /// Ticks these and not those. Listed types of neither kind are ticked where others are shown.
    pub fn set(&mut self, ticked: &[Untrusted], unticked: &[Untrusted], unlisted: bool) {
        let shown = |name: &&Untrusted| ticked.contains(name) || (unlisted && !unticked.contains(name));
        self.ticked = self.listed.iter().filter(shown).cloned().collect();
        self.unlisted = unlisted;
        self.tabulate();
    }

    /// Ticks this row alone.
    pub fn only(&mut self, row: &TypeRow) {
        self.none();
        self.toggle(row);
    }

    /// Whether nothing is narrowed.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.unlisted && self.ticked.len() == self.listed.len()
    }

    /// The ticked types.
    #[must_use]
    pub fn ticked(&self) -> &BTreeSet<Untrusted> {
        &self.ticked
    }

    /// The listed types without a tick.
    pub fn unticked(&self) -> impl Iterator<Item = &Untrusted> {
        self.listed.iter().filter(|name| !self.ticked.contains(name))
    }

    /// Whether types that are not listed are shown.
    #[must_use]
    pub fn shows_unlisted(&self) -> bool {
        self.unlisted
    }

    /// What to ask the server. The server can only include, and we do not know all names: as long as types not
    /// listed are wanted, all types are asked for and the others are hidden here. `None`: nothing is wanted.
    #[must_use]
    pub fn query(&self) -> Option<Query> {
        match (self.unlisted, self.ticked.is_empty()) {
            (true, _) => Some(Query::All),
            (false, false) => Some(Query::Only(self.ticked.clone())),
            (false, true) => None,
        }
    }
}
