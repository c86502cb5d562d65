//! The files that ship with the program, parsed by the same code as a user's would be.

use serde::Deserialize;

use crate::model::{
    text::Untrusted,
    types::{ActionType, Catalogue, Meaning, OTHER, Preset, Role, Shows},
};

/// The action types that ship with the program.
///
/// # Errors
/// A message of the parser with line and column.
pub fn action_types() -> Result<Catalogue, toml::de::Error> {
    parse_action_types(include_str!("../assets/action_types.toml"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypesFile {
    #[serde(rename = "type")]
    types: Vec<TypeEntry>,
    #[serde(rename = "preset", default)]
    presets: Vec<PresetEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PresetEntry {
    name: String,
    only: Option<Vec<String>>,
    without: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeEntry {
    name: String,
    word: String,
    label: String,
    group: Option<String>,
    #[serde(default)]
    meaning: Meaning,
    #[serde(default)]
    role: Role,
}

fn parse_action_types(text: &str) -> Result<Catalogue, toml::de::Error> {
    let file: TypesFile = toml::from_str(text)?;
    let types = file.types.into_iter().map(ActionType::from).collect();
    Ok(Catalogue::new(types).with_presets(file.presets.into_iter().map(Preset::from).collect()))
}

impl From<TypeEntry> for ActionType {
    fn from(entry: TypeEntry) -> Self {
        Self {
            name: Untrusted::new(entry.name),
            word: entry.word,
            label: entry.label,
            group: entry.group.unwrap_or_else(|| OTHER.to_owned()),
            meaning: entry.meaning,
            role: entry.role,
        }
    }
}

impl From<PresetEntry> for Preset {
    fn from(entry: PresetEntry) -> Self {
        let shows = match (entry.only, entry.without) {
            (Some(only), _) => Shows::Only(only),
            (None, Some(without)) => Shows::Without(without),
            (None, None) => Shows::Everything,
        };
        Self { name: entry.name, shows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_action_types_parse_and_their_words_fit_the_list() {
        let catalogue = action_types().unwrap();
        assert!(catalogue.iter().count() >= 5);
        for known in catalogue.iter() {
            let room = if known.meaning == Meaning::Message { 7 } else { 8 };
            assert!(known.word.len() <= room, "{}", known.word);
        }
    }
}
