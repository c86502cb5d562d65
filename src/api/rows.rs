//! The usual answer in one pass: the envelope in the order of the reference, and rows with all documented fields.
//!
//! A row that is anything else is read by [`row`], which takes every value apart and says what is wrong with it; an
//! answer that is anything else is not read here at all. So nothing is judged here, and both ways give the same
//! entries: this one only saves looking at every byte several times.

use std::borrow::Cow;

use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

use super::{included, interner::Interner, person, row};
use crate::model::{
    entry::{Entry, RawJson, Time},
    stamp::Stamp,
};

/// A row as the reference page "Get Ticket Log" shows it. Missing, doubled and null fields do not fit in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(borrow)]
    action_string: Cow<'a, str>,
    #[serde(borrow)]
    action_type: Cow<'a, str>,
    #[serde(borrow)]
    included_items: &'a RawValue,
    time: &'a str,
    #[serde(borrow)]
    user: &'a RawValue,
}

/// What follows the rows of a success.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tail {
    error_code: i64,
    #[serde(default, rename = "errorText")]
    _error_text: Option<IgnoredAny>,
    /// A second list of rows.
    data: Option<IgnoredAny>,
}

/// Reads an answer that begins with its rows. `None` when it is not such a one or not a success.
pub(super) fn read(body: &str, interner: &mut Interner) -> Option<Vec<Entry>> {
    let mut rest = body;
    for sign in ["{", "\"data\"", ":", "["] {
        rest = after(rest, sign)?;
    }
    let mut entries = Vec::new();
    if let Some(behind) = after(rest, "]") {
        rest = behind;
    } else {
        loop {
            let (entry, behind) = element(rest.trim_ascii_start(), interner)?;
            entries.push(entry);
            if let Some(next) = after(behind, ",") {
                rest = next;
            } else {
                rest = after(behind, "]")?;
                break;
            }
        }
    }
    let tail: Tail = serde_json::from_str(&format!("{{{}", after(rest, ",")?)).ok()?;
    (tail.error_code == super::page::SUCCESS && tail.data.is_none()).then_some(entries)
}

/// Reads a row that stands alone. `None` when it is not such a one.
pub(super) fn alone(text: &str, interner: &mut Interner) -> Option<Entry> {
    let (row, json, behind) = first::<Row>(text).filter(|_| text.starts_with('{'))?;
    behind.trim_ascii().is_empty().then(|| entry(&row, json, interner))?
}

/// What stands behind a sign and the white space before it.
fn after<'a>(text: &'a str, sign: &str) -> Option<&'a str> {
    text.trim_ascii_start().strip_prefix(sign)
}

/// The entry that a text begins with, and what stands behind it.
fn element<'a>(text: &'a str, interner: &mut Interner) -> Option<(Entry, &'a str)> {
    if let Some((row, json, behind)) = first::<Row>(text).filter(|_| text.starts_with('{'))
        && let Some(entry) = entry(&row, json, interner)
    {
        return Some((entry, behind));
    }
    let (value, _, behind) = first::<&RawValue>(text)?;
    Some((row::read(value, interner), behind))
}

/// The value that a text begins with, its own text, and what stands behind it.
fn first<'a, T: Deserialize<'a>>(text: &'a str) -> Option<(T, &'a str, &'a str)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    let value = values.next()?.ok()?;
    let (json, behind) = text.split_at_checked(values.byte_offset())?;
    Some((value, json, behind))
}

fn entry(row: &Row, json: &str, interner: &mut Interner) -> Option<Entry> {
    let is_object = |value: &RawValue| value.get().starts_with('{');
    if !is_object(row.user) || !is_object(row.included_items) {
        return None;
    }
    let mut flaws = row::Flaws::default();
    let entry = Entry {
        action_type: interner.text(&row.action_type),
        action: interner.text(&row.action_string),
        actor: person::read(row.user, interner, &mut flaws),
        time: Stamp::parse(row.time).map_or_else(|| Time::Unreadable(interner.text(row.time)), Time::At),
        included: included::read(row.included_items, interner, &mut flaws),
        raw: Some(RawJson::new(json)),
        flaw: None,
    };
    // The order of several flaws is the careful reader's business.
    (flaws.count() == 0).then_some(entry)
}
