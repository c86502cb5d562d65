//! Markdown: a head, a table, a tally. Nothing in it is markup or HTML but what is ours.

use super::{Head, Style, Tally};
use crate::model::{
    entry::{Entry, Time},
    text::{Line, Untrusted},
};

/// The longest text in a cell.
const LONGEST: usize = 32_000;

/// What stands before the first entry, with the names of the columns.
pub(super) fn head(head: &Head, style: &Style) -> String {
    let mut out = format!("# Activity log: {}\n\n", escaped(&head.name.one_line(200, style.charset)));
    for line in head.lines(style) {
        out.push_str("- ");
        out.push_str(&escaped(&line));
        out.push('\n');
    }
    out.push_str("\n| time | type | who | what |\n|---|---|---|---|");
    out
}

/// A row of the table.
pub(super) fn row(entry: &Entry, style: &Style) -> String {
    let Cells { time, word, who, what } = cells(entry, style);
    format!("| {time} | {word} | {who} | {what} |")
}

/// An item of a list, for an entry that stands alone: it names the zone.
pub(super) fn item(entry: &Entry, style: &Style) -> String {
    let Cells { time, word, who, what } = cells(entry, style);
    let zone =
        entry.stamp().map(|_| format!(" {}", escaped(&Line::own(&style.zone.name())))).unwrap_or_default();
    let who = if who.is_empty() { who } else { format!(", {who}") };
    format!("- {time}{zone}, {word}{who}: {what}")
}

/// What stands behind the last entry.
pub(super) fn tail(tally: &Tally, style: &Style) -> String {
    format!("\n{}", escaped(&tally.line(style)))
}

struct Cells {
    time: String,
    word: String,
    who: String,
    what: String,
}

fn cells(entry: &Entry, style: &Style) -> Cells {
    let charset = style.charset;
    let line = |text: &Untrusted| escaped(&text.one_line(LONGEST, charset));
    let mut word = Line::default();
    word.append(entry.word_line(&style.catalogue, 40, charset));
    Cells {
        time: match &entry.time {
            Time::At(stamp) => escaped(&Line::own(
                &style.zone.local(stamp.instant()).format("%Y-%m-%d %H:%M:%S").to_string(),
            )),
            Time::Unreadable(text) => line(text),
        },
        word: escaped(&word).trim_end().to_owned(),
        who: entry.actor.as_ref().map(|actor| line(&actor.name)).unwrap_or_default(),
        what: escaped(&entry.what_line_as(&style.catalogue, LONGEST, charset, style.personal)),
    }
}

/// Cleaned text with everything escaped that Markdown, its dialects or HTML take as more than text: what becomes a
/// link or a mention by itself, too.
fn escaped(line: &Line) -> String {
    let text = line.plain();
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '@' | '$' | '!' | '{' | '}' | '^' => {
                out.extend(['\\', c]);
            }
            ':' if rest.as_str().starts_with("//") => out.push_str("\\:"),
            '.' if is_www(&out) => out.push_str("\\."),
            c => out.push(c),
        }
    }
    out
}

/// Whether a text ends with what some dialects make a link of.
fn is_www(text: &str) -> bool {
    let mut last = text.chars().rev();
    (0..3).all(|_| matches!(last.next(), Some('w' | 'W')))
}
