//! One setting from all that may say it: flag, variable, files.

use super::{
    Files, Origin, Problem, Setting, Timeouts, files,
    keys::{self, Key},
    surroundings, themes,
    value::Value,
};
use crate::api;

/// Looks values up, the most important source first.
pub(super) struct LookUp<'a> {
    pub(super) files: &'a Files,
    pub(super) profile: Option<&'a str>,
    pub(super) var: &'a dyn Fn(&str) -> Option<String>,
}

impl LookUp<'_> {
    /// A value that a flag, a variable or a file gives as text.
    pub(super) fn text<T>(
        &self,
        key: &Key<T>,
        flag: &'static str,
        given: Option<&str>,
    ) -> Result<Option<Setting<T>>, Problem> {
        let variable = || {
            let name = key.variable?;
            let value = (self.var)(name).filter(|value| !value.is_empty())?;
            Some((value, Origin::Variable(name)))
        };
        match given.map(|given| (given.to_owned(), Origin::Flag(flag))).or_else(variable) {
            Some((text, origin)) => read(key, &Value::Text(text), origin).map(Some),
            None => self.written(key),
        }
    }

    /// A value that a flag or a file gives.
    pub(super) fn look<T>(
        &self,
        key: &Key<T>,
        flag: &'static str,
        given: Option<T>,
    ) -> Result<Option<Setting<T>>, Problem> {
        match given {
            Some(value) => Ok(Some(Setting { value, origin: Origin::Flag(flag) })),
            None => self.written(key),
        }
    }

    /// A value of a file.
    pub(super) fn written<T>(&self, key: &Key<T>) -> Result<Option<Setting<T>>, Problem> {
        let found = self.files.get(self.profile, key.name);
        found.map(|(value, place)| read(key, value, files::origin(place))).transpose()
    }

    /// A locale without other characters goes before a setting that does not ask for ASCII.
    pub(super) fn ascii(&self, given: Option<bool>) -> Result<Setting<bool>, Problem> {
        let set = self.look(&keys::ASCII, "--ascii", given)?;
        let locale = surroundings::ascii(self.var);
        Ok(set.filter(|set| set.value || !locale.value).unwrap_or(locale))
    }

    /// A name that stands for a theme.
    pub(super) fn theme(&self, given: Option<&str>) -> Result<Setting<String>, Problem> {
        let around = surroundings::theme(self.var);
        let Some(Setting { value, origin }) = self.text(&keys::THEME, "--theme", given)? else {
            return Ok(around);
        };
        if value == themes::AUTO {
            let origin = if around.origin == Origin::Default { origin } else { around.origin };
            return Ok(Setting { value: around.value, origin });
        }
        let names = themes::names(self.files.themes());
        if names.contains(&value) {
            return Ok(Setting { value, origin });
        }
        let all = || [themes::AUTO].into_iter().chain(names.iter().map(String::as_str));
        let meant =
            keys::nearest(&value, all()).map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
        let (name, names) = (keys::quoted(&value), names.join(", "));
        Err(Problem::at(origin, format!("there is no theme {name}; there are auto, {names}{meant}")))
    }

    pub(super) fn timeouts(&self) -> Result<Timeouts, Problem> {
        let usual = api::Timeouts::default();
        let wait = |key, usual| self.written(key).map(|found| found.unwrap_or(Setting::default(usual)));
        Ok(Timeouts {
            connect: wait(&keys::CONNECT_TIMEOUT, usual.connect)?,
            read: wait(&keys::READ_TIMEOUT, usual.read)?,
            total: wait(&keys::TOTAL_TIMEOUT, usual.total)?,
        })
    }
}

pub(super) fn read<T>(key: &Key<T>, value: &Value, origin: Origin) -> Result<Setting<T>, Problem> {
    match (key.read)(value) {
        Ok(value) => Ok(Setting { value, origin }),
        Err(sentence) => Err(Problem::at(origin, sentence)),
    }
}
