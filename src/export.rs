//! Entries written for somewhere else: NDJSON, JSON, CSV, Markdown and the plain table.
//!
//! An [`Exporter`] is told what it is an export of, entry by entry what stands in it, and at its end what came of it; it
//! writes a valid file however few entries there were and whatever they hold. It keeps nothing of an entry, so a
//! million of them take the memory of one. It decides nothing: which entries, in which order and with which names is
//! the caller's business.
//!
//! What is for people or a terminal (table, Markdown, CSV) is cleaned as on the screen; what is JSON is escaped.
//! E-mail addresses, identifiers and ids are left out of all of it unless [`Style::personal`] shows them.
//!
//! ```text
//! head      what stands above the entries and below them, in words
//! json      what the API told, and beside it what it means
//! csv       records of cells that are no formulas
//! markdown  a table in which nothing is markup but ours
//! line      the plain table: a line an entry
//! ```
//!
//! Called by the shell. Knows nothing of tokio, of where entries come from, or of replaced names.

mod csv;
mod head;
mod json;
mod line;
mod markdown;
mod parcel;

use std::io::{self, Write};

pub use self::head::{Ending, Head, Order, Tally};
pub use self::parcel::Parcel;
use crate::model::{entry::Entry, json::Personal, text::Charset, types::Catalogue, zone::Zone};

/// The version that stands in the head.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How entries are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// An object a line: what the API told, and beside it what it means.
    Ndjson,
    /// An array of what the API told, for everything that reads the API.
    Json,
    /// A record an entry, for spreadsheets.
    Csv,
    /// A table with a head, for people.
    Markdown,
    /// A line an entry, for terminals.
    Table,
}

impl Format {
    /// Whether it holds a row that stands for what a file does not tell: no JSON does, as the API told nothing there.
    #[must_use]
    pub fn holds_stand_ins(self) -> bool {
        !matches!(self, Self::Ndjson | Self::Json)
    }

    /// The formats by their words on the command line.
    pub const WORDS: [(&str, Self); 5] = [
        ("ndjson", Self::Ndjson),
        ("json", Self::Json),
        ("csv", Self::Csv),
        ("markdown", Self::Markdown),
        ("table", Self::Table),
    ];

    /// The format of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, format)| *format)
    }

    /// The format that the ending of a file's name tells; a name that is nothing else has none.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit('/').next()?.rsplit_once('.')?;
        let endings = [
            ("md", Self::Markdown),
            ("markdown", Self::Markdown),
            ("csv", Self::Csv),
            ("json", Self::Json),
            ("ndjson", Self::Ndjson),
            ("txt", Self::Table),
        ];
        let known = endings.into_iter().find(|(known, _)| ending.eq_ignore_ascii_case(known));
        known.filter(|_| !stem.is_empty()).map(|(_, format)| format)
    }

    /// Whether the file itself tells what it is an export of: that stands in it then, and nowhere else.
    #[must_use]
    pub fn tells(self) -> bool {
        matches!(self, Self::Markdown | Self::Table)
    }
}

/// How an export looks.
#[derive(Debug, Clone)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// The zone of the times in words. NDJSON and JSON do not depend on it.
    pub zone: Zone,
    /// Which characters table, Markdown and CSV may hold.
    pub charset: Charset,
    /// The cells of a line of the table; `None` cuts nothing.
    pub width: Option<u16>,
    /// The known action types.
    pub catalogue: Catalogue,
    /// Whether e-mail addresses, identifiers and ids are in it.
    pub personal: Personal,
    /// Whether NDJSON and CSV hold head and tally too. JSON never does, table and Markdown always.
    pub head: bool,
}

impl Style {
    /// Whether head and tally stand in the file.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.format.tells() || (self.head && self.format != Format::Json)
    }
}

/// Writes an export. The caller flushes where somebody waits: see [`Exporter::flush`].
#[derive(Debug)]
pub struct Exporter<W: Write> {
    out: W,
    style: Style,
    /// Entries so far.
    count: u64,
}

impl<W: Write> Exporter<W> {
    /// Begins nothing yet.
    pub fn new(out: W, style: Style) -> Self {
        Self { out, style, count: 0 }
    }

    /// Writes what stands before the first entry. Called once.
    ///
    /// # Errors
    /// When the output fails.
    pub fn begin(&mut self, head: &Head) -> io::Result<()> {
        let (out, style) = (&mut self.out, &self.style);
        match style.format {
            Format::Ndjson if style.head => writeln!(out, "{}", json::head(head, style)),
            Format::Ndjson => Ok(()),
            Format::Json => out.write_all(b"["),
            Format::Csv => {
                let lines = if style.head { head.lines(style) } else { Vec::new() };
                lines.iter().try_for_each(|line| writeln!(out, "{}", csv::comment(&line.plain())?))?;
                writeln!(out, "{}", csv::names(style.personal)?)
            }
            Format::Markdown => writeln!(out, "{}", markdown::head(head, style)),
            Format::Table => {
                let mut lines = head.lines(style).into_iter().flat_map(|line| line::wrapped(line, style));
                lines.try_for_each(|line| writeln!(out, "{}", line.plain()))
            }
        }
    }

    /// Writes an entry.
    ///
    /// # Errors
    /// When the output fails.
    pub fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let (out, style) = (&mut self.out, &self.style);
        let is_first = self.count == 0;
        self.count += 1;
        match style.format {
            Format::Ndjson => writeln!(out, "{}", json::line(entry, style)),
            Format::Json => {
                let before = if is_first { "\n" } else { ",\n" };
                write!(out, "{before}{}", json::element(entry, style))
            }
            Format::Csv => writeln!(out, "{}", csv::entry(entry, style)?),
            Format::Markdown => writeln!(out, "{}", markdown::row(entry, style)),
            Format::Table => writeln!(out, "{}", line::row(entry, style).plain()),
        }
    }

    /// Hands on what was written.
    ///
    /// # Errors
    /// When the output fails.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes what stands after the last entry, and gives the output back, flushed. Without it the file is not whole.
    ///
    /// # Errors
    /// When the output fails.
    pub fn end(mut self, tally: &Tally) -> io::Result<W> {
        let (out, style) = (&mut self.out, &self.style);
        match style.format {
            Format::Ndjson if style.head => writeln!(out, "{}", json::tail(tally, style))?,
            Format::Json => out.write_all(if self.count == 0 { b"]\n" } else { b"\n]\n" })?,
            Format::Csv if style.head => writeln!(out, "{}", csv::comment(&tally.line(style).plain())?)?,
            Format::Ndjson | Format::Csv => (),
            Format::Markdown => writeln!(out, "{}", markdown::tail(tally, style))?,
            Format::Table => {
                for line in line::wrapped(tally.line(style), style) {
                    writeln!(out, "{}", line.plain())?;
                }
            }
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

/// One entry alone, to be copied, without an end of line: an object for [`Format::Ndjson`] and [`Format::Json`], a
/// record for [`Format::Csv`], an item of a list for [`Format::Markdown`], a line for [`Format::Table`].
#[must_use]
pub fn one(entry: &Entry, style: &Style) -> String {
    match style.format {
        Format::Ndjson => json::line(entry, style),
        Format::Json => json::element(entry, style),
        // Memory does not fail.
        Format::Csv => csv::entry(entry, style).unwrap_or_default(),
        Format::Markdown => markdown::item(entry, style),
        Format::Table => line::row(entry, style).plain(),
    }
}
