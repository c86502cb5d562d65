//! The people, categories and tags of all sample tickets, read from `assets/demo/cast.json`.
//!
//! Owns how they look on the wire (reference objects "User", "Category", "Tag"). Refuses names it does not
//! know with a sentence. Used by the story reader and the generated logs.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

/// A user, as the API writes it; `utc_offset_hours` says in which offset the times of this person's entries are
/// written and does not go over the wire.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    /// A GUID.
    pub(super) id: String,
    /// The name to show.
    pub(super) name: String,
    /// Null for bots.
    pub(super) email: Option<String>,
    /// Null, empty or an address.
    #[serde(default)]
    pub(super) image: Option<String>,
    /// `team` or `client`.
    pub(super) status: String,
    /// `isBot`.
    #[serde(default)]
    pub(super) is_bot: bool,
    /// Absent, null or a string, as in the two examples of the reference.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) custom_identifier: Option<Value>,
    /// Hours east of UTC.
    #[serde(default, skip_serializing)]
    pub(super) utc_offset_hours: i8,
}

impl Person {
    /// The same person as `includedItems.users` shows it: never with an identifier.
    pub(super) fn as_included(&self) -> Self {
        Self { custom_identifier: None, ..self.clone() }
    }
}

/// Keeps a null that stands there apart from a field that does not.
fn present<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(input).map(Some)
}

/// A category, sometimes with parents.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Category {
    /// The number in the placeholder `{Category:<id>}`.
    pub(super) id: u64,
    /// The name to show.
    pub(super) name: String,
    /// From the nearest to the root.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) parents: Vec<Category>,
}

/// A tag. The reference does not show its shape, so both kinds occur: with an id it is an object, without one
/// a string.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Tag {
    /// The number in the placeholder `{Tag:<id>}`.
    #[serde(default)]
    pub(super) id: Option<u64>,
    /// The name to show.
    pub(super) name: String,
}

impl Tag {
    /// The JSON of this tag.
    pub(super) fn wire(&self) -> Value {
        match self.id {
            Some(id) => json!({ "id": id, "name": self.name }),
            None => Value::from(self.name.as_str()),
        }
    }
}

/// Everybody and everything that sample tickets name, by key.
#[derive(Debug, Deserialize)]
pub(super) struct Cast {
    people: BTreeMap<String, Person>,
    categories: BTreeMap<String, Category>,
    tags: BTreeMap<String, Tag>,
}

impl Cast {
    /// Reads the embedded file.
    pub(super) fn embedded() -> Result<Self, String> {
        serde_json::from_str(include_str!("../../assets/demo/cast.json"))
            .map_err(|error| format!("assets/demo/cast.json: {error}"))
    }

    /// The person with this key.
    pub(super) fn person(&self, key: &str) -> Result<&Person, String> {
        find(&self.people, key, "person")
    }

    /// The category with this key.
    pub(super) fn category(&self, key: &str) -> Result<&Category, String> {
        find(&self.categories, key, "category")
    }

    /// The tag with this key.
    pub(super) fn tag(&self, key: &str) -> Result<&Tag, String> {
        find(&self.tags, key, "tag")
    }
}

fn find<'a, T>(map: &'a BTreeMap<String, T>, key: &str, what: &str) -> Result<&'a T, String> {
    map.get(key).ok_or_else(|| format!("cast.json has no {what} `{key}`"))
}
