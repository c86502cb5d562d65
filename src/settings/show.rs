//! Every setting as `ticketlog config show` prints it: the key, the value, where it comes from. No secret is known here.

use std::{borrow::Cow, path::Path, time::Duration};

use clap::ValueEnum;

use super::{Files, Origin, Setting, Settings, TokenSource, keys, origin::shown};
use crate::model::{
    keymap::{Binding, Bound},
    text::{Charset, Untrusted},
    types::{Naming, Preset, Shows},
};

/// The most cells of a value.
const LONGEST: usize = 200;

/// A setting as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key.
    pub key: Cow<'static, str>,
    /// The value; `-` when there is none.
    pub value: String,
    /// Where it comes from; empty when there is no value.
    pub origin: String,
}

impl Settings {
    /// All settings, in the order of the example configuration. Values are cleaned for `charset`.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let Self { timeouts, .. } = self;
        let source = |key| self.token_source.as_ref().filter(|source| source.value.key() == key);
        let rows = [
            optional("profile", self.profile.as_ref(), String::clone),
            optional("base_url", Some(&self.base), |base| base.as_str().to_owned()),
            optional("token_url", self.token_url.as_ref(), |url| url.as_str().to_owned()),
            optional("client_id", self.client_id.as_ref(), String::clone),
            optional("token_file", source(keys::TOKEN_FILE.name), token_source),
            optional("token_command", source(keys::TOKEN_COMMAND.name), token_source),
            optional("community", self.community.as_ref(), String::clone),
            optional("me", self.me.as_ref(), String::clone),
            optional("ca_file", self.ca_file.as_ref(), |path| named(path)),
            optional("connect_timeout", Some(&timeouts.connect), seconds),
            optional("read_timeout", Some(&timeouts.read), seconds),
            optional("total_timeout", Some(&timeouts.total), seconds),
            optional("max_requests", Some(&self.max_requests), ToString::to_string),
            optional("time_zone", Some(&self.zone), |zone| zone.id().to_owned()),
            optional("time_format", Some(&self.time_format), |form| form.pattern().to_owned()),
            optional("silence", Some(&self.silence), ToString::to_string),
            optional("color", Some(&self.color), word),
            optional("theme", Some(&self.theme), String::clone),
            optional("ascii", Some(&self.ascii), ToString::to_string),
            optional("scroll", Some(&self.scroll), word),
            optional("follow_interval", Some(&self.follow_interval), seconds),
            optional("bell", Some(&self.bell), ToString::to_string),
            optional("fold_reads", Some(&self.fold_reads), ToString::to_string),
            optional("copy", Some(&self.copy), word),
            optional("copy_command", self.copy_command.as_ref(), |words| words.join(" ")),
        ];
        let clean = |row: Row| Row { value: one_line(row.value, self.charset()), ..row };
        rows.into_iter().chain(self.key_rows()).map(clean).collect()
    }

    /// The keys that a file binds, an action a row.
    fn key_rows(&self) -> Vec<Row> {
        let row = |bound: &Setting<Binding>| {
            let Setting { value: Binding { context, described, .. }, origin } = bound;
            // What counts: a key may have gone to another action since.
            let names = self.keys.map.rows(*context).iter().find(|row| row.described == *described);
            let names = names.map(Bound::names).filter(|names| !names.is_empty());
            Row {
                key: format!("keys.{}.{}", context.name(), described.name).into(),
                value: names.unwrap_or_else(|| "none".to_owned()),
                origin: origin.to_string(),
            }
        };
        let default =
            Row { key: "keys".into(), value: "as shipped".to_owned(), origin: Origin::Default.to_string() };
        if self.keys.bound.is_empty() { vec![default] } else { self.keys.bound.iter().map(row).collect() }
    }
}

impl Files {
    /// What the files add to the action types, file by file, the most important one first. A preset that another takes
    /// the place of is left out. Everything is cleaned for `charset`.
    #[must_use]
    pub fn vocabulary_rows(&self, charset: Charset) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (file, words) in self.vocabularies() {
            let origin = shown(&file.to_string_lossy());
            let types = words.types.iter().map(|naming| {
                let name = naming.name.one_line(LONGEST, charset).plain();
                (format!("types.{name}"), named_as(naming))
            });
            let presets = words
                .presets
                .iter()
                .map(|Preset { name, shows }| (format!("presets.{name}"), shown_by(shows)));
            for (key, value) in types.chain(presets) {
                let key = one_line(key, charset);
                if !key.starts_with("presets.") || rows.iter().all(|row| row.key != key) {
                    rows.push(Row {
                        key: key.into(),
                        value: one_line(value, charset),
                        origin: origin.clone(),
                    });
                }
            }
        }
        rows
    }
}

fn named_as(naming: &Naming) -> String {
    let role = naming.role.map(|role| format!("{role:?}").to_lowercase());
    let parts = [("word", &naming.word), ("label", &naming.label), ("group", &naming.group), ("role", &role)];
    let parts = parts.into_iter().filter_map(|(key, value)| Some(format!("{key} {}", value.as_ref()?)));
    parts.collect::<Vec<_>>().join(", ")
}

fn shown_by(shows: &Shows) -> String {
    match shows {
        Shows::Everything => "everything".to_owned(),
        Shows::Only(names) => format!("only {}", names.join(", ")),
        Shows::Without(names) => format!("without {}", names.join(", ")),
    }
}

fn optional<T>(key: &'static str, setting: Option<&Setting<T>>, value: impl Fn(&T) -> String) -> Row {
    match setting {
        Some(setting) => {
            Row { key: key.into(), value: value(&setting.value), origin: setting.origin.to_string() }
        }
        None => Row { key: key.into(), value: "-".to_owned(), origin: String::new() },
    }
}

/// Of a program its name alone: its words may be anything.
fn token_source(source: &TokenSource) -> String {
    match source {
        TokenSource::File(path) => named(path),
        TokenSource::Command(words) => match words.as_slice() {
            [] | [_] => words.concat(),
            [program, words @ ..] => format!("{program} (and {} words)", words.len()),
        },
    }
}

fn one_line(text: String, charset: Charset) -> String {
    Untrusted::new(text).one_line(LONGEST, charset).plain()
}

fn named(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn seconds(duration: &Duration) -> String {
    duration.as_secs().to_string()
}

fn word<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map(|word| word.get_name().to_owned()).unwrap_or_default()
}
