//! Values as they were written, and reading them: every reader says in a sentence what it would have taken.

use std::{path::PathBuf, time::Duration};

use clap::ValueEnum;

use super::keys::{quoted, words};
use crate::{
    api::BaseUrl,
    model::{log::MAX_REQUESTS, ticket, timeline::LongSilence, times::Form, zone::Zone},
};

/// An example of a program and its words.
const COMMAND: &str = r#"["pass", "show", "ticketlog"]"#;

/// Where people expect what a shell does.
const NO_SHELL: &str =
    "no shell reads this, so ~ means nothing here; write the whole name, or one beside this file";

/// A value of a file, a variable or a flag.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Switch(bool),
    /// Texts alone.
    List(Vec<String>),
    /// Something that no key holds: its name in TOML.
    Other(&'static str),
}

impl Value {
    /// What it is, for messages.
    fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Whole(_) => "a whole number",
            Self::Switch(_) => "true or false",
            Self::List(_) => "a list",
            Self::Other(kind) => match *kind {
                "array" => "a list",
                "table" => "a table",
                "float" => "a number with a point",
                "datetime" => "a date or time",
                _ => "a whole number out of range",
            },
        }
    }

    fn text(&self) -> Result<&str, String> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(format!("a text in quotation marks is needed, not {}", other.kind())),
        }
    }
}

/// An address that a token may be sent to.
pub(super) fn address(value: &Value) -> Result<BaseUrl, String> {
    BaseUrl::parse(value.text()?).map_err(|error| error.to_string())
}

/// Printable ASCII without spaces: a name that is sent or becomes a part of a name.
pub(super) fn word(value: &Value) -> Result<String, String> {
    let text = value.text()?;
    let usable = !text.is_empty() && text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_graphic());
    // Not shown: what stands here by mistake may be a secret.
    if usable { Ok(text.to_owned()) } else { Err("one word of ASCII letters is needed".to_owned()) }
}

/// A line of text.
pub(super) fn line(value: &Value) -> Result<String, String> {
    let text = value.text()?.trim();
    let usable = !text.is_empty() && text.len() <= 200 && !text.chars().any(char::is_control);
    if usable { Ok(text.to_owned()) } else { Err("one line of text is needed".to_owned()) }
}

/// A community, as it stands in an inbox link.
pub(super) fn community(value: &Value) -> Result<String, String> {
    let text = value.text()?;
    if ticket::is_community(text) {
        return Ok(text.to_owned());
    }
    Err("a community is the part of an inbox link between the host and /tickets, such as acme".to_owned())
}

/// The name of a file.
pub(super) fn path(value: &Value) -> Result<PathBuf, String> {
    let text = value.text()?;
    let usable = !text.is_empty() && !text.contains('\0');
    if usable { Ok(PathBuf::from(text)) } else { Err("the name of a file is needed".to_owned()) }
}

/// The name of a file with a secret, which no shell looks at.
pub(super) fn plain_path(value: &Value) -> Result<PathBuf, String> {
    let path = path(value)?;
    if path.starts_with("~") { Err(NO_SHELL.to_owned()) } else { Ok(path) }
}

/// A program and its words.
pub(super) fn command(value: &Value) -> Result<Vec<String>, String> {
    let Value::List(words) = value else {
        return Err(format!("a list of words is needed, such as {COMMAND}, not {}", value.kind()));
    };
    match words.first() {
        Some(program) if program.starts_with('~') => Err(NO_SHELL.to_owned()),
        Some(program) if !program.is_empty() && words.iter().all(|word| !word.contains('\0')) => {
            Ok(words.clone())
        }
        _ => Err(format!("the name of a program is needed, such as {COMMAND}")),
    }
}

/// A program and its words, also as one text with spaces between them. No shell reads it, so a text with signs of one
/// would not do what it looks like.
pub(super) fn command_line(value: &Value) -> Result<Vec<String>, String> {
    let Value::Text(text) = value else { return command(value) };
    if text.contains(|c: char| "'\"\\|&;<>()$`*?\n".contains(c)) {
        let example = r#"["sh", "-c", "..."]"#;
        return Err(format!("no shell reads this; write the words as a list, such as {example}"));
    }
    command(&Value::List(text.split_whitespace().map(str::to_owned).collect()))
}

/// A zone of the time zone database.
pub(super) fn zone(value: &Value) -> Result<Zone, String> {
    let text = value.text()?;
    Zone::named(text).ok_or_else(|| {
        format!("there is no time zone {}; give a name such as Europe/Oslo, or UTC", quoted(text))
    })
}

/// A form of times.
pub(super) fn time_form(value: &Value) -> Result<Form, String> {
    let text = value.text()?;
    let why = |why| format!("the form {} {why}; give one like %d.%m.%Y %H:%M", quoted(text));
    Form::parse(text).map_err(why)
}

/// The length of a silence.
pub(super) fn silence(value: &Value) -> Result<LongSilence, String> {
    let silence = match value {
        Value::Whole(days) => LongSilence::of_days(*days),
        value => LongSilence::named(value.text()?),
    };
    silence.ok_or_else(|| "give days or weeks, such as \"10 days\" or \"1 week\", up to 3650 days".to_owned())
}

/// Seconds, from the least to the most.
pub(super) fn seconds(value: &Value, least: Duration, most: Duration) -> Result<Duration, String> {
    let (least, most) = (least.as_secs(), most.as_secs());
    let allowed = format!("give whole seconds from {least} to {most}");
    let Value::Whole(number) = value else {
        return Err(format!("a whole number is needed, not {}; {allowed}", value.kind()));
    };
    let seconds = u64::try_from(*number).ok().filter(|seconds| (least..=most).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| format!("{number} is out of range; {allowed}"))
}

/// How many requests at once.
pub(super) fn requests(value: &Value) -> Result<usize, String> {
    let Value::Whole(number) = value else {
        return Err(format!("a whole number is needed, not {}; give 1 or 2", value.kind()));
    };
    let requests = usize::try_from(*number).ok().filter(|requests| (1..=MAX_REQUESTS).contains(requests));
    requests.ok_or_else(|| format!("{number} is out of range; give 1 or 2"))
}

/// Yes or no.
pub(super) fn switch(value: &Value) -> Result<bool, String> {
    match value {
        Value::Switch(on) => Ok(*on),
        other => Err(format!("true or false is needed, not {}", other.kind())),
    }
}

/// One of a few words, the same as of the flag.
pub(super) fn choice<T: ValueEnum>(value: &Value) -> Result<T, String> {
    let text = value.text()?;
    T::from_str(text, false).map_err(|_| format!("{} is none of {}", quoted(text), words::<T>()))
}
