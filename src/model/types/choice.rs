//! Which action types are wanted: a tick for each type that is known, and one for all others.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::Catalogue;
use crate::model::{query::Query, text::Untrusted};

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
    /// The name of the preset that made the choice, until another change.
    pub(super) name: Option<String>,
}

impl TypeChoice {
    /// Everything: all known types and those not listed.
    #[must_use]
    pub fn everything(catalogue: &Catalogue) -> Self {
        let listed: Vec<_> = catalogue.iter().map(|known| known.name.clone()).collect();
        let mut choice =
            Self { ticked: BTreeSet::new(), listed, unlisted: true, table: HashMap::default(), name: None };
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

    /// The name of the preset that made the choice.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn tabulate(&mut self) {
        self.name = None;
        let ticked = |name: &Untrusted| (name.clone(), self.ticked.contains(name));
        self.table = self.listed.iter().map(ticked).collect();
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

    /// Takes the tick of a type away.
    pub fn hide(&mut self, name: &Untrusted) {
        self.learn([name].into_iter());
        self.ticked.remove(name);
        self.tabulate();
    }

    /// Ticks these types where one of them has no tick, else takes all of theirs away.
    pub fn toggle_all(&mut self, names: &[Untrusted]) {
        if names.iter().all(|name| self.ticked.contains(name)) {
            self.ticked.retain(|name| !names.contains(name));
        } else {
            self.ticked.extend(names.iter().cloned());
        }
        self.tabulate();
    }

    /// Whether this type alone is ticked.
    #[must_use]
    pub fn is_only(&self, name: &Untrusted) -> bool {
        !self.unlisted && self.ticked.len() == 1 && self.ticked.contains(name)
    }

    /// The listed types.
    pub fn listed(&self) -> impl Iterator<Item = &Untrusted> {
        self.listed.iter()
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
