//! Choices of action types that have a name.

use super::{Catalogue, TypeChoice};
use crate::model::text::Untrusted;

/// A choice of types that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// What the panel and the second line call it.
    pub name: String,
    /// Which types.
    pub shows: Shows,
}

/// Which types a preset shows; each name is a type's or a group's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// All types, and nothing else narrows the view.
    Everything,
    /// These alone: a query of its own.
    Only(Vec<String>),
    /// All but these, also those whose names nobody knows.
    Without(Vec<String>),
}

impl Preset {
    /// Whether it lifts whatever narrows the view.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.shows == Shows::Everything
    }

    /// Makes the choice.
    pub fn choose(&self, types: &mut TypeChoice, catalogue: &Catalogue) {
        match &self.shows {
            Shows::Everything => types.all(),
            Shows::Only(names) => {
                let wanted = meant(names, catalogue);
                types.learn(wanted.iter());
                types.set(&wanted, &[], false);
            }
            Shows::Without(names) => {
                types.all();
                for name in meant(names, catalogue) {
                    types.hide(&name);
                }
            }
        }
        types.name = (self.shows != Shows::Everything).then(|| self.name.clone());
    }
}

/// The types of these names, and those of groups of these names.
fn meant(names: &[String], catalogue: &Catalogue) -> Vec<Untrusted> {
    let mut types = Vec::new();
    for name in names {
        let of_group = catalogue.iter().filter(|known| known.group == *name);
        let found: Vec<Untrusted> = of_group.map(|known| known.name.clone()).collect();
        types.extend(if found.is_empty() { vec![Untrusted::new(name.as_str())] } else { found });
    }
    types
}
