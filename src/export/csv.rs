//! CSV: a record an entry, of cells that no spreadsheet takes for a formula.
//!
//! Cells are cleaned as on the screen, so that none holds a control character or a line break. What a spreadsheet
//! would run begins with an apostrophe, the sign for text: at the beginning of a cell, and behind each semicolon,
//! because where a comma is the decimal sign spreadsheets take the semicolon for the border of cells.

use std::io;

use super::{
    Style,
    json::{direction_word, kind_word, utc},
};
use crate::model::{
    entry::{Entry, Time},
    json::Personal,
    sentence::What,
    text::{Charset, Untrusted},
};

/// The names of the cells.
const NAMES: [&str; 13] = [
    "time",
    "zone",
    "utc",
    "type",
    "word",
    "direction",
    "actor",
    "kind",
    "sentence",
    "from",
    "to",
    "assignee",
    "flaw",
];

/// The names of the cells that are personal data.
const PERSONAL: [&str; 3] = ["actor_id", "actor_email", "actor_identifier"];

/// The longest text in a cell: a little less than the most that spreadsheets take.
const LONGEST: usize = 32_000;

/// The first record: the names of the cells.
///
/// # Errors
/// Never, for memory does not fail.
pub(super) fn names(personal: Personal) -> io::Result<String> {
    let more = PERSONAL.iter().filter(|_| personal == Personal::Shown);
    record(NAMES.iter().chain(more))
}

/// The record of an entry.
///
/// # Errors
/// Never, for memory does not fail.
pub(super) fn entry(entry: &Entry, style: &Style) -> io::Result<String> {
    let clean = |text: &Untrusted| clean(text, style.charset);
    let what = entry.what_as(&style.catalogue, style.personal);
    let actor = entry.actor.as_deref();
    let name = actor.map(|actor| clean(&actor.name)).unwrap_or_default();
    let (from, to) = match &what {
        What::FromTo(from, to) => (clean(from), clean(to)),
        _ => Default::default(),
    };
    let assignee = match &what {
        What::Assigned(name) => clean(name),
        What::Took => name.clone(),
        _ => String::new(),
    };
    let direction = entry.direction(&style.catalogue, Charset::Ascii).map(direction_word);
    let mut cells = vec![
        match &entry.time {
            Time::At(stamp) => style.zone.local(stamp.instant()).format("%Y-%m-%d %H:%M:%S").to_string(),
            Time::Unreadable(text) => clean(text),
        },
        style.zone.id().to_owned(),
        entry.stamp().map(utc).unwrap_or_default(),
        clean(&entry.action_type),
        clean(&style.catalogue.word(&entry.action_type)),
        direction.unwrap_or_default().to_owned(),
        name,
        entry.actor_kind().map(kind_word).unwrap_or_default().to_owned(),
        clean(&entry.sentence_as(style.personal)),
        from,
        to,
        assignee,
        entry.flaw.as_ref().map(clean).unwrap_or_default(),
    ];
    if style.personal == Personal::Shown {
        let cell = |text: Option<&Untrusted>| text.map(clean).unwrap_or_default();
        cells.extend([
            cell(actor.map(|actor| &actor.id)),
            cell(actor.and_then(|actor| actor.email.as_ref())),
            cell(actor.and_then(|actor| actor.custom_identifier.as_ref())),
        ]);
    }
    record(cells.iter().map(|cell| guarded(cell)))
}

/// A line of what the file is: a `#` and a cell. Who reads on behind a `#` sees no formula, and no quote that is not closed.
///
/// # Errors
/// Never, for memory does not fail.
pub(super) fn comment(line: &str) -> io::Result<String> {
    Ok(format!("#,{}", record([guarded(line)].iter())?))
}

/// Text as on the screen; nothing for no text.
fn clean(text: &Untrusted, charset: Charset) -> String {
    if text.is_empty() { String::new() } else { text.one_line(LONGEST, charset).plain() }
}

/// A cell that is no formula, wherever a spreadsheet sees its borders.
fn guarded(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len() + 1);
    for (at, part) in cell.split(';').enumerate() {
        if at > 0 {
            out.push(';');
        }
        let text = part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let (before, _) = part.split_at_checked(part.len() - text.len()).unwrap_or((part, ""));
        out.push_str(before);
        if text.starts_with(is_formula) {
            out.push('\'');
        }
        out.push_str(text);
    }
    out
}

/// What a formula or a command begins with, full-width forms included.
fn is_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r')
        || matches!(
            c,
            '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}' | '\u{2212}' | '\u{FE62}'..='\u{FE63}'
        )
        || matches!(c, '\u{FE66}' | '\u{FE6B}')
}

/// A record without an end of line.
fn record<C: AsRef<[u8]>>(cells: impl Iterator<Item = C>) -> io::Result<String> {
    let mut writer =
        ::csv::WriterBuilder::new().comment(Some(b'#')).buffer_capacity(1024).from_writer(Vec::new());
    writer.write_record(cells)?;
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    Ok(text.trim_end_matches('\n').to_owned())
}
