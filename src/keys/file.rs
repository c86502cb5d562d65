//! Keys in a file: sections by context, an action a line. Those that ship and those of a user are read by the same code.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use crate::model::{
    keymap::{Binding, Context, Described, INTERRUPT, Key, Keymap, key::NAMED},
    text::{Charset, Untrusted},
};

/// A place in the file and what is wrong there.
pub type Refused = (Range<usize>, String);

/// A binding and its place.
pub type Placed = (Binding, Range<usize>);

/// The most characters that are shown of what a file says.
const SHOWN: usize = 60;

/// Reads a whole file of keys that must be right.
pub(super) fn parse(text: &str) -> Result<Keymap, String> {
    let table = DeTable::parse(text).map_err(|error| error.to_string())?;
    let (placed, refused) = read(table.get_ref());
    if let Some((span, sentence)) = refused.into_iter().next() {
        return Err(format!("byte {}: {sentence}", span.start));
    }
    let layer: Vec<Binding> = placed.into_iter().map(|(binding, _)| binding).collect();
    let mut keymap = Keymap::default();
    keymap.bind(&layer);
    keymap.check().map_err(|(_, sentence)| sentence)?;
    Ok(keymap)
}

/// Reads the sections of a file, and says what is wrong in them; the rest is used as far as it goes.
#[must_use]
pub fn read(table: &DeTable<'_>) -> (Vec<Placed>, Vec<Refused>) {
    let mut reading = Reading { placed: Vec::new(), refused: Vec::new() };
    for (name, value) in in_order(table) {
        let context = Context::ALL.into_iter().find(|context| context.name() == name.get_ref().as_ref());
        match (context, value.get_ref()) {
            (Some(context), DeValue::Table(actions)) => {
                for (name, value) in in_order(actions) {
                    reading.action(context, (name.get_ref().as_ref(), name.span()), value);
                }
            }
            (Some(context), _) => {
                let sentence = format!("keys are written as [keys.{}] and an action a line", context.name());
                reading.refused.push((value.span(), sentence));
            }
            (None, _) => reading.refused.push((name.span(), no_section(name.get_ref()))),
        }
    }
    (reading.placed, reading.refused)
}

/// The rows of a table in the order of their lines.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Spanned<DeString<'a>>, &'t Spanned<DeValue<'a>>)> {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(name, _)| name.span().start);
    rows
}

/// What is wrong where a section should stand: often an action without its section.
fn no_section(name: &str) -> String {
    let contexts = Context::ALL.into_iter().filter(|context| named(*context, name).is_some());
    let sections: Vec<String> = contexts.map(|context| format!("[keys.{}]", context.name())).collect();
    if !sections.is_empty() {
        return format!("{name} stands in a section: {}", sections.join(" or "));
    }
    let meant = nearest(name, Context::ALL.into_iter().map(Context::name));
    format!(
        "unknown section {}{}",
        quoted(name),
        did_you_mean(meant, "list, page, filter, input and choose are known")
    )
}

struct Reading {
    placed: Vec<Placed>,
    refused: Vec<Refused>,
}

impl Reading {
    fn action(&mut self, context: Context, (name, at): (&str, Range<usize>), value: &Spanned<DeValue<'_>>) {
        let Some(described) = named(context, name) else {
            return self.refused.push((at, no_action(context, name)));
        };
        let items: Vec<(&str, Range<usize>)> = match value.get_ref() {
            DeValue::String(text) if text == "none" => Vec::new(),
            DeValue::String(text) => vec![(text, value.span())],
            DeValue::Array(items) => {
                let text = |item: &'_ Spanned<DeValue<'_>>| matches!(item.get_ref(), DeValue::String(_));
                if !items.iter().all(text) {
                    return self.refused.push((value.span(), LIST.to_owned()));
                }
                items.iter().filter_map(|item| Some((item.get_ref().as_str()?, item.span()))).collect()
            }
            _ => return self.refused.push((value.span(), LIST.to_owned())),
        };
        let mut keys: Vec<Key> = Vec::new();
        for (name, at) in items {
            match self.key(context, described, name) {
                Ok(key) if keys.contains(&key) => {}
                Ok(key) => keys.push(key),
                Err(sentence) => self.refused.push((at, sentence)),
            }
        }
        self.placed.push((Binding { context, described, keys }, at));
    }

    fn key(&self, context: Context, described: &'static Described, name: &str) -> Result<Key, String> {
        let key = Key::named(name).ok_or_else(|| no_key(name))?;
        if context.is_typed() && key.character().is_some() {
            return Err(format!("{key} is text {}; bind a key such as f2 or ctrl-g", context.place()));
        }
        if key == INTERRUPT && named(context, "cancel") != Some(described) {
            return Err(format!("{key} always cancels what runs, else quits; bind another key"));
        }
        let other =
            self.placed.iter().find(|(other, _)| other.context == context && other.keys.contains(&key));
        match other {
            Some((other, _)) => Err(format!(
                "{key} is bound to {} in [keys.{}] already; one key asks for one thing",
                other.described.name,
                context.name()
            )),
            None => Ok(key),
        }
    }
}

const LIST: &str = "keys are a list such as [\"j\", \"down\"], or \"none\"";

fn named(context: Context, name: &str) -> Option<&'static Described> {
    context.actions().find(|described| described.name == name)
}

fn no_action(context: Context, name: &str) -> String {
    let elsewhere: Vec<String> = Context::ALL
        .into_iter()
        .filter(|other| named(*other, name).is_some())
        .map(|other| format!("[keys.{}]", other.name()))
        .collect();
    if !elsewhere.is_empty() {
        return format!(
            "{name} is no action of [keys.{}]; it belongs to {}",
            context.name(),
            elsewhere.join(", ")
        );
    }
    let meant = nearest(name, context.actions().map(|described| described.name));
    format!("unknown action {}{}", quoted(name), did_you_mean(meant, "ticketlog shows all of them with ?"))
}

fn no_key(name: &str) -> String {
    let own = || {
        (1..=12)
            .map(|number| format!("f{number}"))
            .chain(NAMED.map(str::to_owned))
            .chain(["space".to_owned()])
    };
    let letters = ('a'..='z').map(|letter| format!("ctrl-{letter}"));
    let known: Vec<String> = own().chain(letters).chain(["shift-tab".to_owned()]).collect();
    let usual = match name {
        " " => Some("space"),
        "page-down" | "pagedown" => Some("pgdn"),
        "page-up" | "pageup" => Some("pgup"),
        "return" | "cr" => Some("enter"),
        "escape" => Some("esc"),
        "del" => Some("delete"),
        _ => None,
    };
    let meant = usual.or_else(|| nearest(name, known.iter().map(String::as_str)));
    format!(
        "unknown key {}{}",
        quoted(name),
        did_you_mean(meant, "keys are written as j, G, space, f1 or ctrl-d")
    )
}

fn did_you_mean(meant: Option<&str>, else_say: &str) -> String {
    meant.map_or_else(|| format!("; {else_say}"), |meant| format!("; did you mean {meant}?"))
}

/// The one of `names` that differs by the fewest letters, at most a third of them.
fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // The comparison is quadratic.
    let typed: String =
        typed.chars().take(40).collect::<String>().to_lowercase().replace(['_', '+', ' '], "-");
    let near = |name: &&str| strsim::osa_distance(&typed, name);
    names.filter(|name| near(name) <= (name.len() / 3).max(1)).min_by_key(near)
}

/// A text from outside in quotation marks, cleaned.
fn quoted(text: &str) -> String {
    format!("\"{}\"", Untrusted::new(text).one_line(SHOWN, Charset::Ascii).plain())
}
