//! Themes: `[themes.NAME]` of a configuration file, and those that ship with the program, which are written the same way
//! and read by the same code.

use std::{path::Path, sync::Arc};

use toml::{Spanned, de::DeValue};

use super::{document, keys::quoted, value::Value, vocabulary::Refused};
use crate::theme::{Role, Theme};

/// The table that is read here.
pub(super) const TABLE: &str = "themes";

/// The name that leaves the choice to the terminal's surroundings.
pub(super) const AUTO: &str = "auto";

/// The longest name, in bytes.
const LONGEST: usize = 40;

/// The themes of one file.
#[derive(Debug, Default)]
pub(super) struct Themes(Vec<Styles>);

/// What one theme says: its name, and words for roles.
#[derive(Debug)]
struct Styles {
    name: String,
    roles: Vec<(Role, String)>,
}

impl Themes {
    /// Reads the table. What is wrong is told and left out.
    pub(super) fn read(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        plain: fn(&DeValue<'_>) -> Value,
    ) -> Vec<Refused> {
        let DeValue::Table(themes) = value.get_ref() else {
            return vec![(value.span(), "themes are written as [themes.NAME]".to_owned())];
        };
        let mut refused = Vec::new();
        for (name, value) in themes {
            let written: &str = name.get_ref();
            let is_plain = written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            let is_name = is_plain && (1..=LONGEST).contains(&written.len()) && written != AUTO;
            let DeValue::Table(roles) = value.get_ref() else {
                refused.push((name.span(), "themes are written as [themes.NAME]".to_owned()));
                continue;
            };
            if !is_name {
                let sentence = format!("{} is no name of a theme", quoted(written));
                refused.push((name.span(), sentence));
                continue;
            }
            let mut styles = Styles { name: written.to_owned(), roles: Vec::new() };
            for (role, words) in roles {
                match style(role.get_ref(), &plain(words.get_ref())) {
                    Ok(style) => styles.roles.push(style),
                    Err((OfName, sentence)) => refused.push((role.span(), sentence)),
                    Err((OfWords, sentence)) => refused.push((words.span(), sentence)),
                }
            }
            self.0.push(styles);
        }
        refused
    }

    /// The names, in the order of the file.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|styles| styles.name.as_str())
    }

    /// A theme with what this file says of it.
    fn apply(&self, name: &str, theme: Theme) -> Theme {
        let styles = self.0.iter().filter(|styles| styles.name == name);
        styles.flat_map(|styles| &styles.roles).fold(theme, |theme, (role, words)| {
            // The words were tried when they were read.
            theme.with(*role, words).unwrap_or(theme)
        })
    }
}

use Part::{OfName, OfWords};

/// Which part of a line is wrong.
enum Part {
    OfName,
    OfWords,
}

fn style(name: &str, words: &Value) -> Result<(Role, String), (Part, String)> {
    let role = Role::named(name).ok_or_else(|| (OfName, unknown(name)))?;
    let Value::Text(words) = words else {
        return Err((OfWords, "a style is a text, such as \"cyan bold\"".to_owned()));
    };
    Theme::terminal().with(role, words).map_err(|sentence| (OfWords, sentence))?;
    Ok((role, words.clone()))
}

fn unknown(name: &str) -> String {
    let near =
        Role::ALL.map(|(_, word)| word).into_iter().min_by_key(|word| strsim::osa_distance(name, word));
    let near = near.filter(|word| strsim::osa_distance(name, word) <= 2);
    let meant = near.map_or_else(
        || format!("roles are {}", Role::ALL.map(|(_, word)| word).join(", ")),
        |near| format!("did you mean {near}?"),
    );
    format!("unknown role {}; {meant}", quoted(name))
}

/// The themes that ship with the program.
fn shipped() -> Themes {
    let file: Arc<Path> = Arc::from(Path::new("themes.toml"));
    let (document, problems) = document::read(&file, include_bytes!("../../assets/themes.toml"));
    debug_assert!(problems.is_empty(), "{problems:?}");
    document.themes
}

/// The names of the themes that ship with the program, and what they look like.
#[must_use]
pub fn shipped_themes() -> Vec<(String, Theme)> {
    let shipped = shipped();
    let look = |name: &str| (name.to_owned(), shipped.apply(name, Theme::terminal()));
    shipped.names().map(look).collect()
}

/// Every name that can be chosen, those that ship first.
pub(super) fn names<'a>(files: impl Iterator<Item = &'a Themes>) -> Vec<String> {
    let mut names: Vec<String> = shipped().names().map(str::to_owned).collect();
    for name in files.flat_map(Themes::names) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A theme by its name: what ships, then what the files say of it, the most important last.
pub(super) fn theme<'a>(name: &str, files: impl DoubleEndedIterator<Item = &'a Themes>) -> Theme {
    let shipped = shipped().apply(name, Theme::terminal());
    files.rev().fold(shipped, |theme, themes| themes.apply(name, theme))
}
