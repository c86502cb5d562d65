//! The command that opens this very view: the same ticket, the same narrowing and search, the cursor on the same entry.
//!
//! What the flags cannot say is left out: of several entries at one instant the newest is meant, and somebody is
//! named by name. A choice of which no flag can say any part has no command, as the one without it shows more. The words are quoted for a POSIX shell, whatever they hold:
//! printable ASCII that means nothing to it stands as it is, all else between apostrophes, and no control character is
//! in it.

use std::{
    ffi::{OsStr, OsString},
    fmt::Write as _,
};

use chrono::{DateTime, Datelike, SecondsFormat, Utc};

use super::{
    Model,
    entry::ActorKind,
    narrowing::{KINDS, Kinds, ME, Narrowing, literal_name},
    pattern::{Pattern, Syntax},
    redaction::Scope,
    snippet::{Snippet, is_odd},
    subject::Subject,
    text::Untrusted,
    types::{Catalogue, NO_TYPE, TypeChoice},
};

/// How the program was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Opening {
    /// With an account: the flags that name it.
    Account(Vec<OsString>),
    /// On the embedded server.
    Demo,
    /// On a file of this name.
    File(OsString),
    /// On what came through standard input.
    Pipe,
    /// By nobody who could do it again.
    #[default]
    Unknown,
}

impl Model {
    /// The command that opens this view.
    ///
    /// # Errors
    /// Why there is none.
    pub fn command(&self) -> Result<Snippet, &'static str> {
        if self.redacts().is_some() && self.holds_names() {
            return Err("the command would name somebody, and names are replaced");
        }
        let mut words = vec!["ticketlog".to_owned()];
        match (&self.taking.opening, self.subject.ticket()) {
            (Opening::File(name), None) => {
                let name = typed(name)?;
                let name = if name.starts_with('-') { format!("./{name}") } else { name };
                words.extend(["open".to_owned(), name]);
            }
            (Opening::File(_) | Opening::Pipe, _) => {
                return Err("a pipe cannot be opened again: it has no command");
            }
            (_, None) => return Err("no ticket is open"),
            (Opening::Demo, Some(ticket)) => words.extend(["--demo".to_owned(), ticket.to_string()]),
            (Opening::Account(flags), Some(ticket)) => {
                words.push(ticket.to_string());
                for word in flags {
                    words.push(typed(word)?);
                }
            }
            (Opening::Unknown, Some(ticket)) => words.push(ticket.to_string()),
        }
        let here = self.reader.current().or_else(|| self.reader.timeline().home());
        let at = here.and_then(super::entry::Entry::stamp).and_then(|stamp| instant(stamp.instant()));
        flag(&mut words, "--at", at);
        narrowing(&mut words, self.reader.narrowing(), &self.catalogue)?;
        flag(&mut words, "--find", self.reader.timeline().pattern().map(sought));
        match self.redacts() {
            Some(Scope::Everyone) => words.push("--redact".to_owned()),
            Some(Scope::Clients) => words.push("--redact=clients".to_owned()),
            None => {}
        }
        let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        Ok(Snippet::lines([quoted.join(" ")]))
    }

    /// Whether what narrows the view or is looked for may be somebody's name, or a file is named for somebody.
    fn holds_names(&self) -> bool {
        let narrowing = self.reader.narrowing();
        let is_file = matches!(self.subject, Subject::File(_));
        let is_sought = self.reader.timeline().pattern().is_some();
        is_file || is_sought || narrowing.person.is_some() || narrowing.phrase.is_some()
    }

    /// The link to the ticket in the inbox.
    ///
    /// # Errors
    /// Why there is none.
    pub fn inbox_link(&self) -> Result<Snippet, &'static str> {
        match (&self.subject, &self.taking.opening, &self.taking.community) {
            (Subject::File(_), _, _) => Err("a file is open: it has no inbox link"),
            (Subject::Nothing, _, _) => Err("no ticket is open"),
            (_, Opening::Demo, _) => Err("a sample ticket has no inbox link"),
            (_, _, None) => {
                Err("no community is known: set community in the configuration for the inbox link")
            }
            (Subject::Ticket(number), _, Some(community)) => {
                let link = format!("https://inbox.socialboards.com/{community}/tickets?ticketId={number}");
                Ok(Snippet::lines([link]))
            }
        }
    }
}

/// A name as it is typed. One that cannot be would be that of another file.
fn typed(name: &OsStr) -> Result<String, &'static str> {
    let typed = name.to_str().filter(|name| !name.contains(is_odd));
    typed.map(str::to_owned).ok_or("a name in it cannot be typed: it has no command")
}

fn flag(words: &mut Vec<String>, name: &str, value: Option<String>) {
    match value {
        Some(value) if value.starts_with('-') => words.push(format!("{name}={value}")),
        Some(value) if !value.is_empty() => words.extend([name.to_owned(), value]),
        _ => {}
    }
}

/// `2023-12-13T22:11:52.7825391Z`, as it is read back; `None` for a year that cannot be.
fn instant(at: DateTime<Utc>) -> Option<String> {
    let text = at.to_rfc3339_opts(SecondsFormat::Nanos, true);
    let (clock, fraction) = text.strip_suffix('Z')?.split_once('.')?;
    let fraction = fraction.trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    (0..=9_999).contains(&at.year()).then(|| format!("{clock}{dot}{fraction}Z"))
}

fn narrowing(
    words: &mut Vec<String>,
    narrowing: &Narrowing,
    catalogue: &Catalogue,
) -> Result<(), &'static str> {
    flag(words, types_flag(&narrowing.types), types(&narrowing.types, catalogue)?);
    flag(words, "--actor", narrowing.person.as_ref().and_then(|person| person_words(person.name())));
    flag(words, "--kind", kinds(&narrowing.kinds)?);
    flag(words, "--since", narrowing.span.since.and_then(|since| instant(since.at())));
    flag(words, "--until", narrowing.span.until.and_then(|until| instant(until.at())));
    flag(
        words,
        "--grep",
        narrowing.phrase.as_ref().map(|phrase| {
            let sign = if phrase.is_negated() { "!" } else { "" };
            format!("{sign}{}", phrase_words(phrase.pattern()))
        }),
    );
    Ok(())
}

/// The flag that says the choice of types.
fn types_flag(choice: &TypeChoice) -> &'static str {
    if choice.shows_unlisted() { "--hide" } else { "--types" }
}

fn types(choice: &TypeChoice, catalogue: &Catalogue) -> Result<Option<String>, &'static str> {
    if choice.is_everything() {
        return Ok(None);
    }
    if choice.query().is_none() {
        return Ok(Some(NO_TYPE.to_owned()));
    }
    let named = |name: &Untrusted| catalogue.flag_word(name);
    let words: Vec<String> = if choice.shows_unlisted() {
        choice.unticked().filter_map(named).collect()
    } else {
        choice.ticked().iter().filter_map(named).collect()
    };
    if words.is_empty() { Err("no flag can name these types") } else { Ok(Some(words.join(","))) }
}

/// What stands of a name that flags can hold: the longest part without odd characters. Between quotation marks it is a
/// name whatever it is.
fn person_words(name: &Untrusted) -> Option<String> {
    let parts = name.raw().split(is_odd).map(str::trim);
    let part = parts.max_by_key(|part| part.len()).filter(|part| !part.is_empty())?;
    let means_more = part == ME || literal_name(part).is_some();
    Some(if means_more { format!("\"{part}\"") } else { part.to_owned() })
}

fn kinds(kinds: &Kinds) -> Result<Option<String>, &'static str> {
    let word = |kind: &ActorKind| match kind {
        ActorKind::Team => "team",
        ActorKind::Client => "client",
        ActorKind::Bot => "bot",
        ActorKind::Other => "other",
    };
    let shown: Vec<&str> = KINDS.iter().filter(|kind| kinds.shows(**kind)).map(word).collect();
    match shown.as_slice() {
        [] => Err("no kind of actor is shown, which no flag can say"),
        _ if kinds.is_everything() => Ok(None),
        shown => Ok(Some(shown.join(","))),
    }
}

/// As `--find` reads it: an expression between slashes. A plain text that would be taken for one becomes one.
fn sought(pattern: &Pattern) -> String {
    let source = pattern.source().raw();
    let looks_so = source.len() > 1 && source.starts_with('/') && source.ends_with('/');
    match pattern.syntax() {
        Syntax::Plain if !looks_so && !source.contains(is_odd) => source.to_owned(),
        Syntax::Plain => format!("/{}/", visible(&literally(source))),
        Syntax::Regex => format!("/{}/", visible(source)),
    }
}

/// As `--grep` reads it, where spaces round a plain text and a `!` before it count for nothing.
fn phrase_words(pattern: &Pattern) -> String {
    let source = pattern.source().raw();
    if pattern.syntax() == Syntax::Plain && source.trim() != source {
        return format!("/{}/", visible(&literally(source)));
    }
    sought(pattern)
}

/// The expression that finds a text. As a plain one it ignores case unless it has a capital.
fn literally(text: &str) -> String {
    regex::escape(text)
}

/// The same expression without a character that cannot stand in a command. One that is escaped brings its backslash.
fn visible(expression: &str) -> String {
    let mut out = String::new();
    let mut is_escaped = false;
    for c in expression.chars() {
        if is_odd(c) {
            if is_escaped {
                out.pop();
            }
            // Writing to a String cannot fail.
            let _ = write!(out, "\\x{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    out
}

/// A word as a POSIX shell reads it back.
#[must_use]
pub fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:,=@%+".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_means_something_to_a_shell_stands_between_apostrophes() {
        for plain in ["--types", "reply,status", "2023-12-13T22:11:52.7825391Z", "--at=-3d", "/tmp/x.json"] {
            assert_eq!(quoted(plain), plain);
        }
        for (word, shown) in [
            ("", "''"),
            ("$(id)", "'$(id)'"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("~/x", "'~/x'"),
            ("æ", "'æ'"),
            ("a;b|c&d>e", "'a;b|c&d>e'"),
            ("!x", "'!x'"),
            ("*?[", "'*?['"),
        ] {
            assert_eq!(quoted(word), shown);
        }
    }

    #[test]
    fn an_instant_keeps_its_fraction_and_no_needless_digit() {
        let text = |nanos| instant(DateTime::from_timestamp(1_702_505_512, nanos).unwrap()).unwrap();
        assert_eq!(text(782_539_100), "2023-12-13T22:11:52.7825391Z");
        assert_eq!(text(0), "2023-12-13T22:11:52Z");
        assert_eq!(text(999_999_999), "2023-12-13T22:11:52.999999999Z");
    }

    #[test]
    fn a_plain_text_that_looks_like_an_expression_or_holds_what_cannot_be_typed_becomes_one() {
        let words = |source: &str, syntax| sought(&Pattern::new(source, syntax).unwrap());
        assert_eq!(words("refund", Syntax::Plain), "refund");
        assert_eq!(words("a.b", Syntax::Regex), "/a.b/");
        assert_eq!(words("/a.b/", Syntax::Plain), r"//a\.b//");
        assert_eq!(words("a\u{1b}b", Syntax::Plain), r"/a\x{1b}b/");
        assert_eq!(words("a\u{202e}b", Syntax::Regex), r"/a\x{202e}b/");
        assert_eq!(words("a\\\u{1b}b", Syntax::Regex), r"/a\x{1b}b/");
        assert_eq!(words("a\\\\\u{1b}b", Syntax::Regex), r"/a\\\x{1b}b/");
    }
}
