//! An entry's raw JSON, indented for reading, with personal data masked unless it is asked for.
//!
//! Scalars, names and their order stay as the server wrote them; only white space between them is ours.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

/// Whether personal data is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// As it came.
    Shown,
    /// `null` in its place.
    Masked,
}

/// Fields that hold personal data (product rule: e-mail, `customIdentifier` and ids).
const PERSONAL: [&str; 3] = ["email", "customIdentifier", "id"];

/// What a placeholder for a person begins with; the id follows.
const PERSON: &str = "{User:";

/// Deeper nesting than any entry has; below it nothing is shown.
const DEEPEST: usize = 40;

/// The JSON over several lines, two spaces a level. What is not JSON comes back as it is.
#[must_use]
pub fn indented(raw: &str, personal: Personal) -> String {
    let mut out = String::with_capacity(raw.len() * 2);
    write(&mut out, raw.trim(), personal, 0);
    out
}

fn write(out: &mut String, raw: &str, personal: Personal, depth: usize) {
    if depth > DEEPEST {
        out.push_str("(nested too deeply to show)");
        return;
    }
    if raw.starts_with('{')
        && let Ok(Members(members)) = serde_json::from_str(raw)
    {
        let items = members.into_iter().map(|(name, value)| (Some(name), value));
        return write_all(out, ('{', '}'), items, personal, depth);
    }
    if raw.starts_with('[')
        && let Ok(Elements(elements)) = serde_json::from_str(raw)
    {
        let items = elements.into_iter().map(|value| (None, value));
        return write_all(out, ('[', ']'), items, personal, depth);
    }
    match personal {
        Personal::Masked if raw.starts_with('"') => mask_placeholders(out, raw),
        _ => out.push_str(raw),
    }
}

/// A string with the ids of people in its placeholders taken out: `{User:841c...}` gives `{User:hidden}`.
fn mask_placeholders(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(PERSON) {
        out.push_str(before);
        out.push_str(PERSON);
        let Some((_, behind)) = after.split_once('}') else {
            rest = after;
            continue;
        };
        out.push_str("hidden}");
        rest = behind;
    }
    out.push_str(rest);
}

fn write_all<'a>(
    out: &mut String,
    (open, close): (char, char),
    items: impl ExactSizeIterator<Item = (Option<&'a RawValue>, &'a RawValue)>,
    personal: Personal,
    depth: usize,
) {
    let last = items.len();
    out.push(open);
    for (at, (name, value)) in items.enumerate() {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth + 1));
        let masked = personal == Personal::Masked && name.is_some_and(is_personal);
        if let Some(name) = name {
            out.push_str(name.get());
            out.push_str(": ");
        }
        write(out, if masked { "null" } else { value.get() }, personal, depth + 1);
        out.push_str(if at + 1 < last { "," } else { "" });
    }
    if last > 0 {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
    out.push(close);
}

fn is_personal(name: &RawValue) -> bool {
    let name: Result<Cow<'_, str>, _> = serde_json::from_str(name.get());
    name.is_ok_and(|name| PERSONAL.iter().any(|personal| name.eq_ignore_ascii_case(personal)))
}

pub(in crate::model) struct Members<'a>(pub(in crate::model) Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

pub(in crate::model) struct Elements<'a>(pub(in crate::model) Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Elements<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Elements<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = seq.next_element()? {
                    elements.push(element);
                }
                Ok(Elements(elements))
            }
        }
        deserializer.deserialize_seq(Each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_fields_are_null_until_asked_for_at_every_depth() {
        let raw = r#"{"a":{"email":"x@y","customIdentifier":"1","list":[{"id":{"deep":1}}]},"name":"N","\u0065mail":"z"}"#;
        let masked = indented(raw, Personal::Masked);
        assert!(!masked.contains("x@y") && !masked.contains("deep") && !masked.contains("\"z\""), "{masked}");
        assert!(masked.contains("\"name\": \"N\""));
        assert_eq!(indented(raw, Personal::Shown).split_whitespace().collect::<String>(), raw);
    }

    #[test]
    fn the_ids_of_people_in_placeholders_are_masked_too() {
        let raw = r#"{"actionString":"gave {User:841c-30d5} and {Tag:7} to {User:x} {User:"}"#;
        let masked = indented(raw, Personal::Masked);
        assert!(masked.contains(r#""gave {User:hidden} and {Tag:7} to {User:hidden} {User:""#), "{masked}");
        assert!(indented(raw, Personal::Shown).contains("841c-30d5"));
    }

    #[test]
    fn numbers_names_and_duplicates_stay_as_the_server_wrote_them() {
        let raw = r#"{"n":1.50e3,"n":-0,"big":123456789012345678901234567890,"e":[],"o":{}}"#;
        let shown = indented(raw, Personal::Masked);
        assert_eq!(shown.split_whitespace().collect::<String>(), raw);
        assert_eq!(shown.lines().nth(1), Some("  \"n\": 1.50e3,"));
    }

    #[test]
    fn deep_nesting_ends_in_words_and_not_in_the_stack() {
        let deep = "[".repeat(20_000) + &"]".repeat(20_000);
        assert!(indented(&deep, Personal::Masked).contains("nested too deeply"));
        assert_eq!(indented("not json", Personal::Masked), "not json");
    }
}
