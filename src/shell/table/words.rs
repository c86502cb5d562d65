//! The words of the plain table: a line an entry, and what narrows it.

use super::Table;
use crate::model::{
    entry::{Entry, Time},
    narrowing::Saying,
    text::{Line, Untrusted},
};

/// The longest sentence in a cell.
const LONGEST: usize = 2_000;

impl Table {
    /// What narrows it, in words: `, only reply`.
    #[must_use]
    pub fn narrowed(&self) -> String {
        let seen = |_: &Untrusted| true;
        let saying = Saying {
            catalogue: &self.catalogue,
            charset: self.charset,
            zone: self.zone,
            seen: &seen,
            is_short: false,
        };
        let parts = self.narrowing.parts(saying);
        parts.iter().flat_map(|part| [", ".to_owned(), part.words.plain()]).collect()
    }

    pub(super) fn row(&self, entry: &Entry) -> String {
        let mut line = match &entry.time {
            Time::At(stamp) => Line::own(&self.zone.minute(stamp.instant())),
            // A stranger's text never stands in the first column: it could pass for a line of ours.
            Time::Unreadable(text) => {
                let mut line = Line::own(" ");
                line.append(text.one_line(15, self.charset));
                line
            }
        };
        line.pad(18);
        line.append(entry.word_line(&self.catalogue, 14, self.charset));
        line.pad(34);
        if let Some(actor) = &entry.actor {
            line.append(actor.name.one_line(24, self.charset));
        }
        line.pad(60);
        line.append(entry.what_line(&self.catalogue, LONGEST, self.charset));
        line.plain()
    }
}
