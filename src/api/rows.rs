//! The usual answer in one pass: the envelope in the order of the reference, and rows with all documented fields.
//!
//! A row that is anything else is read by [`row`], which takes every value apart and says what is wrong with it; an
//! answer that is anything else is not read here at all. So nothing is judged here, and both ways give the same
//! entries: this one only saves looking at every byte several times.
//!
//! A person or a list of included items mostly stands in the same answer before, byte for byte. An object ends where
//! it ends: what begins with the whole text of a known one is that one, without looking for its end.

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

use super::{included, interner::Interner, person, row};
use crate::model::{
    entry::{Entry, Included, RawJson, Time, User},
    stamp::Stamp,
};

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
    let mut reader = Reader { interner, people: Known::default(), included: Known::default() };
    let mut entries = Vec::new();
    if let Some(behind) = after(rest, "]") {
        rest = behind;
    } else {
        loop {
            let (entry, behind) = reader.element(rest.trim_ascii_start())?;
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
    let mut reader = Reader { interner, people: Known::default(), included: Known::default() };
    let (row, behind) = reader.row(text)?;
    let json = text.get(..text.len() - behind.len()).filter(|_| behind.trim_ascii().is_empty())?;
    reader.entry(&row, json)
}

/// What stands behind a sign and the white space before it.
fn after<'a>(text: &'a str, sign: &str) -> Option<&'a str> {
    text.trim_ascii_start().strip_prefix(sign)
}

/// The value that a text begins with, and what stands behind it.
fn first<'a, T: Deserialize<'a>>(text: &'a str) -> Option<(T, &'a str)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    let value = values.next()?.ok()?;
    Some((value, text.get(values.byte_offset()..)?))
}

/// The string that a text begins with, and what stands behind it.
fn string(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let text = text.trim_ascii_start();
    let inside = text.strip_prefix('"')?;
    let end = memchr::memchr2(b'"', b'\\', inside.as_bytes())?;
    let (plain, behind) = inside.split_at_checked(end)?;
    match behind.strip_prefix('"') {
        // Control bytes make the whole text no JSON.
        Some(behind) => plain.bytes().all(|byte| byte >= b' ').then_some((Cow::Borrowed(plain), behind)),
        None => first::<String>(text).map(|(text, behind)| (Cow::Owned(text), behind)),
    }
}

/// Objects of this answer, each with its whole text.
#[derive(Default)]
struct Known<'a, T> {
    met: Vec<(&'a str, T)>,
    oldest: usize,
}

impl<'a, T: Clone> Known<'a, T> {
    /// More are hardly met in one answer, and looking for one costs more with each.
    const MOST: usize = 16;

    /// The object that a text begins with, and what stands behind it. `None` when it is no object, or not whole.
    fn read(&mut self, text: &'a str, read: impl FnOnce(&'a RawValue) -> Option<T>) -> Option<(T, &'a str)> {
        let text = text.trim_ascii_start();
        for (json, value) in &self.met {
            if let Some(behind) = text.strip_prefix(json) {
                return Some((value.clone(), behind));
            }
        }
        let (raw, behind) = first::<&RawValue>(text).filter(|_| text.starts_with('{'))?;
        let value = read(raw)?;
        let met = (raw.get(), value.clone());
        match self.met.get_mut(self.oldest) {
            Some(place) => *place = met,
            None => self.met.push(met),
        }
        self.oldest = (self.oldest + 1) % Self::MOST;
        Some((value, behind))
    }
}

/// Reads the rows of one answer.
struct Reader<'a, 'i> {
    interner: &'i mut Interner,
    people: Known<'a, Option<Arc<User>>>,
    included: Known<'a, Option<Arc<Included>>>,
}

/// The fields of a row as the reference page "Get Ticket Log" shows them.
#[derive(Default)]
#[expect(clippy::option_option, reason = "a member that is missing is not one that is null")]
struct Row<'a> {
    action: Option<Cow<'a, str>>,
    action_type: Option<Cow<'a, str>>,
    included: Option<Option<Arc<Included>>>,
    time: Option<Cow<'a, str>>,
    actor: Option<Option<Arc<User>>>,
}

impl<'a> Reader<'a, '_> {
    /// The entry that a text begins with, and what stands behind it.
    fn element(&mut self, text: &'a str) -> Option<(Entry, &'a str)> {
        if let Some((row, behind)) = self.row(text)
            && let Some(json) = text.get(..text.len() - behind.len())
            && let Some(entry) = self.entry(&row, json)
        {
            return Some((entry, behind));
        }
        let (value, behind) = first::<&RawValue>(text)?;
        Some((row::read(value, self.interner), behind))
    }

    /// The members of a row in any order, others left out. `None` for missing, doubled, null and odd ones.
    fn row(&mut self, text: &'a str) -> Option<(Row<'a>, &'a str)> {
        let mut row = Row::default();
        let mut rest = after(text, "{")?;
        loop {
            let (key, behind) = string(rest)?;
            let value = after(behind, ":")?;
            rest = match &*key {
                "actionString" => once(&mut row.action, string(value)?)?,
                "actionType" => once(&mut row.action_type, string(value)?)?,
                "includedItems" => once(&mut row.included, self.included(value)?)?,
                "time" => once(&mut row.time, string(value)?)?,
                "user" => once(&mut row.actor, self.person(value)?)?,
                _ => first::<IgnoredAny>(value)?.1,
            };
            match after(rest, ",") {
                Some(next) => rest = next,
                None => return Some((row, after(rest, "}")?)),
            }
        }
    }

    // The words for several flaws are the careful reader's business.

    fn person(&mut self, text: &'a str) -> Option<(Option<Arc<User>>, &'a str)> {
        self.people.read(text, |value| {
            let mut flaws = row::Flaws::default();
            let person = person::read(value, self.interner, &mut flaws);
            (flaws.count() == 0).then_some(person)
        })
    }

    fn included(&mut self, text: &'a str) -> Option<(Option<Arc<Included>>, &'a str)> {
        self.included.read(text, |value| {
            let mut flaws = row::Flaws::default();
            let included = included::read(value, self.interner, &mut flaws);
            (flaws.count() == 0).then_some(included)
        })
    }

    fn entry(&mut self, row: &Row<'_>, json: &str) -> Option<Entry> {
        let time = row.time.as_deref()?;
        Some(Entry {
            action_type: self.interner.text(row.action_type.as_deref()?),
            action: self.interner.text(row.action.as_deref()?),
            actor: row.actor.clone()?,
            time: Stamp::parse(time).map_or_else(|| Time::Unreadable(self.interner.text(time)), Time::At),
            included: row.included.clone()?,
            raw: Some(RawJson::new(json)),
            flaw: None,
            place: None,
        })
    }
}

/// Takes a member's value, and what stands behind it; `None` when the member was there before.
fn once<'a, T>(slot: &mut Option<T>, (value, behind): (T, &'a str)) -> Option<&'a str> {
    slot.replace(value).is_none().then_some(behind)
}
