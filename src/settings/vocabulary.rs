//! What the configuration files add to the action types: `[labels]`, `[types.NAME]` and `[presets.NAME]`.

use std::ops::Range;

use toml::{Spanned, de::DeValue};

use super::{keys::quoted, value::Value};
use crate::model::types::{Naming, Preset, Role, Shows};

/// The tables that are read here.
pub(super) const TABLES: [&str; 3] = ["labels", "types", "presets"];

/// The most cells of a word in the list.
const WORD: usize = 8;

/// The most characters of a label and of the name of a group or a preset.
const LABEL: usize = 40;

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) types: Vec<Naming>,
    pub(super) presets: Vec<Preset>,
}

/// A place in the file and what is wrong there.
pub(super) type Refused = (Range<usize>, String);

impl Vocabulary {
    /// Reads one of [`TABLES`]. What is wrong is told and left out.
    pub(super) fn read(
        &mut self,
        table: &str,
        value: &Spanned<DeValue<'_>>,
        plain: fn(&DeValue<'_>) -> Value,
    ) -> Vec<Refused> {
        let DeValue::Table(rows) = value.get_ref() else {
            let name = if table == "labels" { "[labels]".to_owned() } else { format!("[{table}.NAME]") };
            return vec![(value.span(), format!("{table} are written as {name}"))];
        };
        let mut refused = Vec::new();
        for (name, value) in rows {
            let name_of = name.get_ref().to_string();
            let read = match (table, value.get_ref()) {
                ("labels", _) => text(&plain(value.get_ref()), LABEL)
                    .map(|label| self.types.push(Naming { label: Some(label), ..Naming::of(&name_of) }))
                    .map_err(|sentence| vec![(value.span(), sentence)]),
                (_, DeValue::Table(keys)) => {
                    let keys = keys
                        .iter()
                        .map(|(key, value)| (key.get_ref().to_string(), key.span(), plain(value.get_ref())));
                    let keys: Vec<_> = keys.collect();
                    if table == "types" { self.naming(&name_of, keys) } else { self.preset(name_of, &keys) }
                }
                _ => Err(vec![(name.span(), format!("{table} are written as [{table}.NAME]"))]),
            };
            refused.extend(read.err().unwrap_or_default());
        }
        refused
    }

    fn naming(&mut self, name: &str, keys: Vec<(String, Range<usize>, Value)>) -> Result<(), Vec<Refused>> {
        let mut naming = Naming::of(name);
        let mut refused = Vec::new();
        for (key, span, value) in keys {
            let read = match key.as_str() {
                "word" => text(&value, WORD).map(|word| naming.word = Some(word)),
                "label" => text(&value, LABEL).map(|label| naming.label = Some(label)),
                "group" => text(&value, LABEL).map(|group| naming.group = Some(group)),
                "role" => role(&value).map(|role| naming.role = Some(role)),
                _ => Err(format!("unknown key {}; a type has word, label, group and role", quoted(&key))),
            };
            refused.extend(read.err().map(|sentence| (span, sentence)));
        }
        self.types.push(naming);
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    fn preset(&mut self, name: String, keys: &[(String, Range<usize>, Value)]) -> Result<(), Vec<Refused>> {
        let [(key, span, value)] = keys else {
            let sentence = format!("the preset {} has one key, only or without", quoted(&name));
            let span = keys.first().map_or(0..0, |(_, span, _)| span.clone());
            return Err(vec![(span, sentence)]);
        };
        let list = match value {
            Value::List(names) if !names.is_empty() => names.clone(),
            _ => return Err(vec![(span.clone(), format!("{key} is a list of types or groups"))]),
        };
        let shows = match key.as_str() {
            "only" => Shows::Only(list),
            "without" => Shows::Without(list),
            _ => {
                let sentence = format!("unknown key {}; a preset has only or without", quoted(key));
                return Err(vec![(span.clone(), sentence)]);
            }
        };
        self.presets.push(Preset { name, shows });
        Ok(())
    }
}

/// A text that is neither empty nor too long for where it stands.
fn text(value: &Value, most: usize) -> Result<String, String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() && text.chars().count() <= most => Ok(text.clone()),
        _ => Err(format!("this is a text of 1 to {most} characters")),
    }
}

fn role(value: &Value) -> Result<Role, String> {
    let Value::Text(word) = value else { return Err("role is a word".to_owned()) };
    Role::named(word).ok_or_else(|| format!("role is one of {}", Role::WORDS.join(", ")))
}
