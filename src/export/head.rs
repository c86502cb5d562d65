//! What stands above the entries of an export and below them: of what, as of when, narrowed by what; how many, and
//! whether that is all. A stream cannot know its end at its beginning, so the counts stand last.

use chrono::{DateTime, Utc};

use super::Style;
use crate::model::{
    counted,
    text::{Charset, Line, Untrusted},
    ticket::Ticket,
};

/// What an export is an export of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// `#4478963`, `file log.ndjson`, `standard input`.
    pub name: Untrusted,
    /// What is known of the ticket itself.
    pub ticket: Ticket,
    /// When it was read.
    pub as_of: DateTime<Utc>,
    /// The order of the entries.
    pub order: Order,
    /// What narrows it, in words: `only reply`, `until 2023-12-14`.
    pub narrowing: Vec<Untrusted>,
    /// What else is to be said of it: `names replaced`.
    pub remarks: Vec<Untrusted>,
}

/// The order of the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As the API gives them.
    #[default]
    NewestFirst,
    /// Turned round.
    OldestFirst,
    /// As they came: their times are in no order.
    AsTheyCame,
}

/// What came of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Entries that are in it.
    pub shown: u64,
    /// Entries that were read and left out, because of what narrows it.
    pub hidden: u64,
    /// Whether that is all.
    pub ending: Ending,
}

/// Whether an export holds all that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// All.
    Complete,
    /// Not all, for this reason: `--limit 100 was reached`.
    Incomplete(Untrusted),
}

/// The longest part of a line of the head.
const LONGEST: usize = 200;

impl Head {
    /// Of what and as of when; everything else is not known.
    #[must_use]
    pub fn new(name: Untrusted, as_of: DateTime<Utc>) -> Self {
        let (narrowing, remarks) = (Vec::new(), Vec::new());
        Self { name, ticket: Ticket::default(), as_of, order: Order::default(), narrowing, remarks }
    }

    /// The head in words, a line each: what a table begins with, and what standard error is told for formats that do
    /// not tell it themselves.
    #[must_use]
    pub fn lines(&self, style: &Style) -> Vec<Line> {
        let charset = style.charset;
        let mut first = self.name.one_line(LONGEST, charset);
        first.push_own(&format!(", {}, times in {}", self.order.words(), style.zone.name()));
        for words in &self.narrowing {
            first.push_own(", ");
            first.append(words.one_line(LONGEST, charset));
        }
        let mut last = Line::own(&format!("as of {}", style.zone.second(self.as_of)));
        for words in &self.remarks {
            last.push_own(", ");
            last.append(words.one_line(LONGEST, charset));
        }
        last.push_own(&format!(", ticketlog {}", super::VERSION));
        [Some(first), self.ticket_line(charset), Some(last)].into_iter().flatten().collect()
    }

    /// `ticket: open, Garrick Ollivander, Sales, New car price list.`
    fn ticket_line(&self, charset: Charset) -> Option<Line> {
        let Ticket { title, status, owner, category, .. } = &self.ticket;
        let mut line = Line::own("ticket: ");
        let known = [status, owner, category, title].into_iter().flatten();
        let mut count = 0;
        for (at, text) in known.filter(|text| !text.is_empty()).enumerate() {
            line.push_own(if at > 0 { ", " } else { "" });
            line.append(text.one_line(LONGEST, charset));
            count += 1;
        }
        (count > 0).then_some(line)
    }
}

impl Order {
    /// `newest first`
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NewestFirst => "newest first",
            Self::OldestFirst => "oldest first",
            Self::AsTheyCame => "in no order of time",
        }
    }
}

impl Tally {
    /// The tally in words: `38 entries, 312 hidden, complete`.
    #[must_use]
    pub fn line(&self, style: &Style) -> Line {
        let entries = counted::entries(self.shown);
        let mut line = Line::own(&format!("{} {entries}, {} hidden, ", self.shown, self.hidden));
        match &self.ending {
            Ending::Complete => line.push_own("complete"),
            Ending::Incomplete(why) => {
                line.push_own("not complete: ");
                line.append(why.one_line(LONGEST, style.charset));
            }
        }
        line
    }
}
