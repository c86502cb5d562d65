//! Tolerant reading of JSON values that are already known to be well formed.
//!
//! Every value is taken as [`RawValue`] first and looked at later: so a value of the wrong type, however deep
//! or large, costs only itself. Refuses nothing; says what a value is. Never hands on serde's own errors:
//! they quote the value. Called by the readers of rows, people, included items and tickets.

use std::{borrow::Cow, fmt};

use serde::{
    Deserializer as _,
    de::{DeserializeSeed, Error, MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// What a value is, told from its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
}

impl Shape {
    /// The shape of `value`.
    pub(super) fn of(value: &RawValue) -> Self {
        match value.get().as_bytes().first() {
            Some(b'"') => Self::Text,
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number,
        }
    }

    /// The shape in plain words, with its article.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

/// The text of a JSON string, or `None` for every other value.
///
/// A lone surrogate (`"\ud800"`) becomes three U+FFFD, one for each byte that would have encoded it.
pub(super) fn text(value: &RawValue) -> Option<Cow<'_, str>> {
    if Shape::of(value) != Shape::Text {
        return None;
    }
    let mut reader = serde_json::Deserializer::from_str(value.get());
    reader.deserialize_bytes(TextVisitor).ok()
}

/// The whole number that a value holds, or `None`.
pub(super) fn integer(value: &RawValue) -> Option<i64> {
    value.get().parse().ok()
}

/// Hands every member of an object to `each`, in order, doubled keys twice. `None` for every other value.
pub(super) fn members<'a>(value: &'a RawValue, each: impl FnMut(&str, &'a RawValue)) -> Option<()> {
    if Shape::of(value) != Shape::Object {
        return None;
    }
    let mut reader = serde_json::Deserializer::from_str(value.get());
    reader.deserialize_map(MembersVisitor(each)).ok()
}

/// The elements of a list, or `None` for every other value.
pub(super) fn elements(value: &RawValue) -> Option<Vec<&RawValue>> {
    if Shape::of(value) != Shape::List {
        return None;
    }
    serde_json::from_str(value.get()).ok()
}

/// Takes a value once: the first of doubled members counts, and [`Slot::is_doubled`] tells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slot<'a> {
    value: Option<&'a RawValue>,
    doubled: bool,
}

impl<'a> Slot<'a> {
    /// Offers a member's value.
    pub(super) fn offer(&mut self, value: &'a RawValue) {
        if self.value.is_some() {
            self.doubled = true;
        } else {
            self.value = Some(value);
        }
    }

    /// The value, unless it is missing or null: the API uses both for "none".
    pub(super) fn get(self) -> Option<&'a RawValue> {
        self.value.filter(|value| Shape::of(value) != Shape::Null)
    }

    /// Whether the member stood there more than once.
    pub(super) fn is_doubled(self) -> bool {
        self.doubled
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(String::from_utf8_lossy(bytes))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(String::from_utf8_lossy(bytes).into_owned()))
    }
}

/// As a seed for keys: a lone surrogate in a key must not cost the object.
impl<'de> DeserializeSeed<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_bytes(self)
    }
}

struct MembersVisitor<F>(F);

impl<'de, F: FnMut(&str, &'de RawValue)> Visitor<'de> for MembersVisitor<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(TextVisitor)? {
            (self.0)(&key, map.next_value()?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_lone_surrogate_becomes_replacement_characters_and_the_rest_of_the_text_stays() {
        assert_eq!(text(&raw(r#""a\ud800b""#)).unwrap(), "a\u{FFFD}\u{FFFD}\u{FFFD}b");
        assert_eq!(text(&raw(r#""\ud83d\ude00""#)).unwrap(), "\u{1F600}");
        assert_eq!(text(&raw("12")), None);
    }

    #[test]
    fn text_without_escapes_is_borrowed() {
        assert!(matches!(text(&raw(r#""plain""#)), Some(Cow::Borrowed("plain"))));
    }

    #[test]
    fn members_come_in_order_and_a_key_with_a_lone_surrogate_costs_nothing() {
        let value = raw(r#"{"a":1,"\udc00":2,"a":3}"#);
        let mut seen = Vec::new();
        members(&value, |key, value| seen.push(format!("{key}={value}"))).unwrap();
        assert_eq!(seen, ["a=1", "\u{FFFD}\u{FFFD}\u{FFFD}=2", "a=3"]);
        assert!(members(&raw("[]"), |_, _| ()).is_none());
    }

    #[test]
    fn an_integer_is_a_whole_number_and_nothing_else() {
        assert_eq!(integer(&raw("-1")), Some(-1));
        for other in ["1.0", "1e400", "9223372036854775808", "true", r#""-1""#, "-0.5"] {
            assert_eq!(integer(&raw(other)), None, "{other}");
        }
    }
}
