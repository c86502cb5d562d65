//! The plain table: a line an entry, cleaned, fitted to a width where there is one.

use super::Style;
use crate::model::{
    entry::{Entry, Time},
    text::Line,
};

/// The longest sentence in a line that is fitted to no width.
const LONGEST: usize = 2_000;

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
    line.pad(18);
    line.append(entry.word_line(&style.catalogue, 14, charset));
    line.pad(34);
    if let Some(actor) = &entry.actor {
        line.append(actor.name.one_line(24, charset));
    }
    line.pad(60);
    line.append(entry.what_line(&style.catalogue, LONGEST, charset));
    if let Some(width) = style.width {
        line.fit(usize::from(width), charset);
    }
    line
}
