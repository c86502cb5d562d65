//! A configuration file: its bytes become entries with their places, and everything wrong in it a sentence each.

use std::{path::Path, sync::Arc};

use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::{
    keys::{self, Scope, quoted},
    origin::{Origin, Place, Problem, shown},
    value::Value,
    vocabulary::{self, Vocabulary},
};
use crate::model::keymap::Binding;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The names of its profiles.
    pub(super) profiles: Vec<String>,
    entries: Vec<Entry>,
    /// What it adds to the action types.
    pub(super) vocabulary: Vocabulary,
    /// Which keys it binds, each with its place.
    pub(super) keys: Vec<(Binding, Place)>,
}

/// One key of a file.
#[derive(Debug)]
struct Entry {
    profile: Option<String>,
    key: &'static str,
    value: Value,
    place: Place,
}

impl Document {
    /// What the file says of a key, in a profile or at its top.
    pub(super) fn get(&self, profile: Option<&str>, key: &str) -> Option<(&Value, &Place)> {
        let entry =
            self.entries.iter().find(|entry| entry.profile.as_deref() == profile && entry.key == key)?;
        Some((&entry.value, &entry.place))
    }

    /// Whether a key stands anywhere.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }
}

/// Reads a file's text. What is wrong comes in the order of the lines; the rest is used as far as it goes.
pub(super) fn read(file: &Arc<Path>, bytes: &[u8]) -> (Document, Vec<Problem>) {
    let mut reading =
        Reading { file: Arc::clone(file), text: "", document: Document::default(), problems: Vec::new() };
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            reading.text = text;
            reading.read();
        }
        Err(error) => {
            let (good, _) = bytes.split_at(error.valid_up_to());
            // The same as lossy: everything up to there is good.
            let good = String::from_utf8_lossy(good);
            let place = Place::of(file, &good, good.len());
            reading.problems.push(Problem::at(
                Origin::File(place),
                "the file is not UTF-8 from here on; save it as UTF-8",
            ));
        }
    }
    reading.problems.sort_by_key(Problem::place);
    (reading.document, reading.problems)
}

struct Reading<'a> {
    file: Arc<Path>,
    text: &'a str,
    document: Document,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    fn read(&mut self) {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        // What is left of a broken file says nothing for sure.
        if !errors.is_empty() {
            for error in errors {
                let at = error.span().map_or(self.text.len(), |span| span.start);
                self.refuse(at, shown(error.message()));
            }
            return;
        }
        for (key, value) in table.get_ref() {
            if key.get_ref() == "profiles" {
                self.profiles(value);
            } else if key.get_ref() == "keys" {
                self.keys(value);
            } else if vocabulary::TABLES.contains(&key.get_ref().as_ref()) {
                for (span, sentence) in self.document.vocabulary.read(key.get_ref(), value, plain) {
                    self.refuse(span.start, sentence);
                }
            } else {
                self.entry(None, key, value);
            }
        }
    }

    fn keys(&mut self, value: &Spanned<DeValue<'a>>) {
        let DeValue::Table(sections) = value.get_ref() else {
            return self.refuse(value.span().start, "keys are written as [keys.list] and an action a line");
        };
        let (placed, refused) = crate::keys::read(sections);
        for (span, sentence) in refused {
            self.refuse(span.start, sentence);
        }
        let place = |at| Place::of(&self.file, self.text, at);
        let placed = placed.into_iter().map(|(binding, span)| (binding, place(span.start)));
        self.document.keys = placed.collect();
    }

    fn profiles(&mut self, value: &Spanned<DeValue<'a>>) {
        let DeValue::Table(profiles) = value.get_ref() else {
            self.refuse(value.span().start, "profiles are written as [profiles.NAME]");
            return;
        };
        for (name, value) in profiles {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            if name.get_ref().is_empty() || name.get_ref().len() > 64 || !name.get_ref().bytes().all(plain) {
                self.refuse(
                    name.span().start,
                    format!(
                        "{} is no name of a profile; use up to 64 ASCII letters, digits, - and _",
                        quoted(name.get_ref())
                    ),
                );
                continue;
            }
            let DeValue::Table(profile) = value.get_ref() else {
                self.refuse(name.span().start, "profiles are written as [profiles.NAME]");
                continue;
            };
            self.document.profiles.push(name.get_ref().to_string());
            for (key, value) in profile {
                self.entry(Some(name.get_ref()), key, value);
            }
        }
    }

    fn entry(&mut self, profile: Option<&str>, key: &Spanned<DeString<'a>>, value: &Spanned<DeValue<'a>>) {
        let scope = if profile.is_some() { Scope::Everywhere } else { Scope::Top };
        let known = match keys::find(key.get_ref(), scope) {
            Ok(known) => known,
            Err(sentence) => return self.refuse(key.span().start, sentence),
        };
        let read = plain(value.get_ref());
        if let Err(sentence) = known.check(&read) {
            return self.refuse(value.span().start, format!("{}: {sentence}", known.name()));
        }
        let place = Place::of(&self.file, self.text, key.span().start);
        let profile = profile.map(str::to_owned);
        self.document.entries.push(Entry { profile, key: known.name(), value: read, place });
    }

    fn refuse(&mut self, byte: usize, sentence: impl Into<String>) {
        let place = Place::of(&self.file, self.text, byte);
        self.problems.push(Problem::at(Origin::File(place), sentence));
    }
}

fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(on) => Value::Switch(*on),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Other("integer"), Value::Whole)
        }
        DeValue::Array(items) => {
            let texts = items.iter().map(|item| match item.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            });
            texts.collect::<Option<_>>().map_or(Value::Other("array"), Value::List)
        }
        other => Value::Other(other.type_str()),
    }
}
