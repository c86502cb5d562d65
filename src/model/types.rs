//! Action types: what we know about some of them, and which ones the user wants to see.
//!
//! The set is open: the API's enumeration is not published, so unknown types are the normal case. They get a
//! word made from their name and are never lost because a list lacks them.

mod choice;
mod flag;
mod plural;
mod preset;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use self::{
    choice::{TypeChoice, TypeRow},
    flag::NO_TYPE,
    plural::singulars,
    preset::{Preset, Shows},
};
use super::text::Untrusted;

/// What we know about an action type, from `assets/action_types.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionType {
    /// The name in the API.
    pub name: Untrusted,
    /// The word in the list, at most eight cells.
    pub word: String,
    /// What the filter panel calls it.
    pub label: String,
    /// The group that the panel toggles as one.
    pub group: String,
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
    /// Somebody looked at the ticket: neighbours fold into one line.
    Read,
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

/// What somebody calls an action type, where it differs from what we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The name in the API.
    pub name: Untrusted,
    /// The word in the list.
    pub word: Option<String>,
    /// What the filter panel calls it.
    pub label: Option<String>,
    /// Its group.
    pub group: Option<String>,
    /// The colour role of the word.
    pub role: Option<Role>,
}

impl Naming {
    /// Nothing differs.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self { name: Untrusted::new(name), word: None, label: None, group: None, role: None }
    }
}

impl Role {
    /// The words for roles in a configuration.
    pub const WORDS: [&str; 5] = ["quiet", "message", "change", "owner", "other"];

    /// The role of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let roles = [Self::Quiet, Self::Message, Self::Change, Self::Owner, Self::Other];
        Self::WORDS.iter().position(|known| *known == word).and_then(|at| roles.get(at).copied())
    }
}

/// The action types we know, in the order of the panel.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    types: Vec<ActionType>,
    by_name: BTreeMap<Untrusted, usize>,
    presets: Vec<Preset>,
    is_unfolded: bool,
}

/// The group of types that are in no other.
pub const OTHER: &str = "other";

impl Catalogue {
    /// A catalogue of these types, in this order.
    #[must_use]
    pub fn new(types: Vec<ActionType>) -> Self {
        let by_name = types.iter().enumerate().map(|(at, known)| (known.name.clone(), at)).collect();
        Self { types, by_name, presets: Vec::new(), is_unfolded: false }
    }

    /// The same, with a line for every entry.
    #[must_use]
    pub fn unfolded(self) -> Self {
        Self { is_unfolded: true, ..self }
    }

    /// The types whose neighbours stand on one line.
    pub fn folded(&self) -> impl Iterator<Item = &Untrusted> {
        let reads = self.types.iter().filter(|known| known.meaning == Meaning::Read && !self.is_unfolded);
        reads.map(|known| &known.name)
    }

    /// The same with choices that have a name.
    #[must_use]
    pub fn with_presets(self, presets: Vec<Preset>) -> Self {
        Self { presets, ..self }
    }

    /// The same with what somebody calls types, the last word counts, and more choices that have a name. One of a
    /// name that is known takes the other's place.
    #[must_use]
    pub fn extended(self, namings: Vec<Naming>, presets: Vec<Preset>) -> Self {
        let Self { mut types, presets: mut all, is_unfolded, .. } = self;
        for naming in namings {
            let at = types.iter().position(|known| known.name == naming.name).unwrap_or_else(|| {
                types.push(unknown(&naming.name));
                types.len() - 1
            });
            if let Some(known) = types.get_mut(at) {
                // A name of one's own for a type is also its word, where it fits.
                let short = naming.label.clone().filter(|label| label.chars().count() <= MOST_WORD);
                known.word = naming.word.or(short).unwrap_or(std::mem::take(&mut known.word));
                known.label = naming.label.unwrap_or(std::mem::take(&mut known.label));
                known.group = naming.group.unwrap_or(std::mem::take(&mut known.group));
                known.role = naming.role.unwrap_or(known.role);
            }
        }
        for preset in presets {
            match all.iter_mut().find(|known| known.name == preset.name) {
                Some(known) => *known = preset,
                None => all.push(preset),
            }
        }
        Self { is_unfolded, ..Self::new(types).with_presets(all) }
    }

    /// The choices that have a name, in the order of their keys.
    #[must_use]
    pub fn presets(&self) -> &[Preset] {
        &self.presets
    }

    /// The groups, in the order of their first types; the one for all others last.
    #[must_use]
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        let known = self.types.iter().map(|known| known.group.as_str()).filter(|group| *group != OTHER);
        for group in known.chain([OTHER]) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// The group of a type.
    #[must_use]
    pub fn group(&self, name: &Untrusted) -> &str {
        self.get(name).map_or(OTHER, |known| &known.group)
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

    /// The type that somebody names: by its own name, by the word of the list or by the panel's name. What has an
    /// underscore is believed to be a name that we do not know.
    ///
    /// # Errors
    /// The word that was probably meant, where one is near.
    pub fn named(&self, typed: &str) -> Result<Untrusted, Option<&str>> {
        let typed = typed.trim().to_lowercase();
        let names = |known: &&ActionType| {
            known.name.raw() == typed || known.word == typed || known.label.to_lowercase() == typed
        };
        if let Some(known) = self.types.iter().find(names) {
            return Ok(known.name.clone());
        }
        if typed.contains('_') {
            return Ok(Untrusted::new(typed));
        }
        // The comparison is quadratic.
        let short: String = typed.chars().take(40).collect();
        let words = || self.types.iter().map(|known| known.word.as_str());
        let one = singulars(&short).find_map(|form| words().find(|word| *word == form));
        let near = |word: &&str| strsim::osa_distance(&short, word);
        let near = || words().filter(|word| near(word) <= (word.len() / 3).max(1)).min_by_key(near);
        Err(one.or_else(near))
    }

    /// The known type that was probably meant by a name that nobody knows.
    #[must_use]
    pub fn near(&self, name: &Untrusted) -> Option<&Untrusted> {
        // The comparison is quadratic.
        let typed: String = name.raw().chars().take(80).collect();
        let known = || self.types.iter().map(|known| &known.name);
        if known().any(|known| known == name) {
            return None;
        }
        let end = format!("_{typed}");
        let distance = |known: &&Untrusted| strsim::osa_distance(&typed, known.raw());
        let similar =
            || known().filter(|known| distance(known) <= known.raw().len() / 5).min_by_key(distance);
        known().find(|known| known.raw().ends_with(&end)).or_else(similar)
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

/// The most characters of a word in the list.
const MOST_WORD: usize = 8;

/// A type of which nothing is known but its name.
fn unknown(name: &Untrusted) -> ActionType {
    ActionType {
        name: name.clone(),
        word: made_word(name).raw().to_owned(),
        label: name.raw().to_owned(),
        group: OTHER.to_owned(),
        meaning: Meaning::Plain,
        role: Role::Other,
    }
}

/// A readable word from a name: `ticket_custom_field_changed` gives `custom field changed`.
fn made_word(name: &Untrusted) -> Untrusted {
    let name = name.raw();
    let name = name.strip_prefix("ticket_").filter(|rest| !rest.is_empty()).unwrap_or(name);
    Untrusted::new(name.replace('_', " "))
}
