//! An answer as structs that own all they hold: what a program does that leaves all to serde.
#![expect(dead_code, reason = "read for the sake of reading")]

use serde::Deserialize;

/// The envelope.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer<T> {
    pub data: Vec<T>,
    error_code: i64,
    error_text: Option<String>,
}

/// An entry with all its texts in strings of their own.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    action_string: String,
    action_type: String,
    included_items: Included,
    time: String,
    user: Person,
}

#[derive(Debug, Deserialize)]
struct Included {
    categories: Vec<Category>,
    tags: Vec<serde_json::Value>,
    users: Vec<Person>,
}

#[derive(Debug, Deserialize)]
struct Category {
    id: i64,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    id: String,
    name: String,
    email: Option<String>,
    image: Option<String>,
    status: String,
    is_bot: bool,
    custom_identifier: Option<String>,
}
