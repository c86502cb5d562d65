//! The plain table: a line an entry, cleaned, fitted to a width where there is one.

use super::Style;
use crate::model::{
    entry::{Entry, Time},
    sentence::short_name,
    text::{Line, Untrusted},
};

/// The longest sentence in a line that is fitted to no width.
const LONGEST: usize = 2_000;

/// Where the columns begin.
struct Columns {
    word: usize,
    who: usize,
    what: usize,
    /// What is left free behind the name.
    gap: usize,
}

impl Columns {
    /// With room for all words and most names, or, in less than this, for a little of each.
    const WIDE: u16 = 100;

    fn of(width: Option<u16>) -> Self {
        if width.is_none_or(|width| width >= Self::WIDE) {
            Self { word: 18, who: 34, what: 60, gap: 2 }
        } else {
            Self { word: 17, who: 29, what: 48, gap: 1 }
        }
    }
}

/// The lines of the head or of the tally, wrapped to the width: nothing of them is cut.
pub(super) fn wrapped(line: Line, style: &Style) -> Vec<Line> {
    match style.width {
        Some(width) if line.cells() > usize::from(width) => {
            Untrusted::new(line.plain()).block(usize::from(width.max(1)), style.charset)
        }
        _ => vec![line],
    }
}

/// The line of an entry.
pub(super) fn row(entry: &Entry, style: &Style) -> Line {
    let charset = style.charset;
    let mut line = match &entry.time {
        Time::At(stamp) => Line::own(&style.zone.minute(stamp.instant())),
        // A stranger's text never stands in the first column: it could pass for a line of ours.
        Time::Unreadable(text) => {
            let mut line = Line::own(" ");
            line.append(text.one_line(15, charset));
            line
        }
    };
    let columns = Columns::of(style.width);
    line.pad(columns.word);
    line.append(entry.word_line(&style.catalogue, columns.who - columns.word - 2, charset));
    line.pad(columns.who);
    if let Some(actor) = &entry.actor {
        let room = columns.what - columns.who - columns.gap;
        let name = if columns.gap == 1 { short_name(&actor.name, room) } else { actor.name.clone() };
        line.append(name.one_line(room, charset));
    }
    line.pad(columns.what);
    line.append(entry.what_line_as(&style.catalogue, LONGEST, charset, style.personal));
    if let Some(width) = style.width {
        line.fit(usize::from(width), charset);
    }
    line
}
