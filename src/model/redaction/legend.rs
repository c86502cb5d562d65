//! Who is who: what `--legend FILE` holds. Everything in it is personal.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use super::people::word;
use crate::model::{entry::ActorKind, text::Untrusted};

/// One person and what they are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Which side the person is on.
    pub kind: ActorKind,
    /// The number among those of the kind, from 1.
    pub number: u64,
    /// The person's id; empty where the server gave none.
    pub id: Untrusted,
    /// The names they were seen with, never empty ones.
    pub names: Vec<Untrusted>,
    /// The e-mail addresses they were seen with.
    pub emails: Vec<Untrusted>,
    /// The identifiers they were seen with.
    pub identifiers: Vec<Untrusted>,
}

impl Alias {
    /// What the person is called: `Agent 1`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", word(self.kind), self.number)
    }
}

/// A person in the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Line {
    alias: String,
    id: String,
    names: Vec<String>,
    emails: Vec<String>,
    custom_identifiers: Vec<String>,
}

/// A legend as a file holds it: a JSON array, one person a line.
///
/// # Errors
/// None that is known: text can always be written as JSON.
pub fn write(legend: &[Alias]) -> Result<String, String> {
    let texts = |all: &[Untrusted]| all.iter().map(|text| text.raw().to_owned()).collect();
    let mut out = String::from("[");
    for (at, alias) in legend.iter().enumerate() {
        let line = Line {
            alias: alias.words(),
            id: alias.id.raw().to_owned(),
            names: texts(&alias.names),
            emails: texts(&alias.emails),
            custom_identifiers: texts(&alias.identifiers),
        };
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.push_str(&serde_json::to_string(&line).map_err(|error| error.to_string())?);
    }
    out.push_str("\n]\n");
    Ok(out)
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// A sentence that says what is wrong, without a word of the file.
pub fn read(text: &str) -> Result<Vec<Alias>, String> {
    let lines: Vec<Line> = serde_json::from_str(text).map_err(|error| {
        format!("it is no legend that ticketlog wrote (line {}, column {})", error.line(), error.column())
    })?;
    let mut known = HashSet::with_hasher(RandomState::default());
    let mut legend = Vec::with_capacity(lines.len());
    for (at, line) in lines.into_iter().enumerate() {
        let place = at + 1;
        let (kind, number) = parse(&line.alias)
            .ok_or_else(|| format!("person {place} has no alias such as Agent 1 or Client 2"))?;
        if !known.insert((kind, number)) {
            return Err(format!("person {place} has the alias of another"));
        }
        let texts = |all: Vec<String>| {
            all.into_iter().filter(|text| !text.is_empty()).map(Untrusted::new).collect::<Vec<_>>()
        };
        let names = texts(line.names);
        if line.id.is_empty() && names.is_empty() {
            return Err(format!("person {place} has neither an id nor a name"));
        }
        let (emails, identifiers) = (texts(line.emails), texts(line.custom_identifiers));
        legend.push(Alias { kind, number, id: Untrusted::new(line.id), names, emails, identifiers });
    }
    Ok(legend)
}

fn parse(alias: &str) -> Option<(ActorKind, u64)> {
    let (first, number) = alias.split_once(' ')?;
    let kinds = [ActorKind::Team, ActorKind::Client, ActorKind::Bot, ActorKind::Other];
    let kind = kinds.into_iter().find(|kind| word(*kind) == first)?;
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    let number = number.parse().ok().filter(|_| is_plain)?;
    Some((kind, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_that_was_written_is_read_again() {
        let text = |text: &str| Untrusted::new(text);
        let legend = vec![
            Alias {
                kind: ActorKind::Team,
                number: 12,
                id: text("841c\"\n"),
                names: vec![text("Zoë 🎉"), text("Z.")],
                emails: vec![text("z@example.org")],
                identifiers: vec![],
            },
            Alias {
                kind: ActorKind::Other,
                number: 1,
                id: text(""),
                names: vec![text("N")],
                emails: vec![],
                identifiers: vec![text("131052-308T")],
            },
        ];
        assert_eq!(read(&write(&legend).unwrap()), Ok(legend));
        assert_eq!(read(&write(&[]).unwrap()), Ok(vec![]));
    }

    #[test]
    fn what_is_no_legend_is_refused_without_its_words() {
        let person = |alias: &str| {
            format!(r#"{{"alias":"{alias}","id":"secret","names":[],"emails":[],"customIdentifiers":[]}}"#)
        };
        for text in [
            "",
            "secret",
            "{}",
            r#"[{"alias":"Agent 1","secret":1}]"#,
            &format!("[{}]", person("Boss 1")),
            &format!("[{}]", person("Agent 0")),
            &format!("[{}]", person("Agent +1")),
            &format!("[{},{}]", person("Agent 1"), person("Agent 1")),
            r#"[{"alias":"Agent 1","id":"","names":[""],"emails":[],"customIdentifiers":[]}]"#,
        ] {
            let error = read(text).unwrap_err();
            assert!(!error.contains("secret"), "{text}: {error}");
        }
    }
}
