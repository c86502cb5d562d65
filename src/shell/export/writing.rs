//! The entries on their way into a file: its head once something was read, then one by one, then what came of it.

use std::io::{self, Write};

use super::{End, Redacting};
use crate::{
    export::{self, Ending, Exporter, Head, Style, Tally},
    model::{
        entry::Entry,
        narrowing::{Narrowing, Saying},
        text::Untrusted,
        ticket::Ticket,
    },
    shell::{
        now,
        passage::{Count, Source, Wanted},
    },
};

/// An export that is being written.
pub(super) struct Writing<W: Write> {
    /// What is known before the first entry.
    out: Option<Out<W>>,
    style: Style,
    narrowing: Narrowing,
    as_of: chrono::DateTime<chrono::Utc>,
    head: Option<Head>,
    is_bare: bool,
    is_begun: bool,
}

enum Out<W: Write> {
    File(Exporter<W>),
    Bare(W),
}

impl<W: Write> Writing<W> {
    pub(super) fn new(out: W, style: Style, narrowing: Narrowing, is_bare: bool) -> Self {
        let out = if is_bare { Out::Bare(out) } else { Out::File(Exporter::new(out, style.clone())) };
        Self { out: Some(out), style, narrowing, as_of: now(), head: None, is_bare, is_begun: false }
    }

    pub(super) fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// Whether the first lines say something of the ticket itself.
    pub(super) fn tells(&self) -> bool {
        !self.is_bare && self.style.tells()
    }

    /// Whether that is said elsewhere, at the end.
    pub(super) fn tells_later(&self) -> bool {
        !self.is_bare && !self.style.tells()
    }

    /// What is known of the ticket itself, where it was asked for after the beginning.
    pub(super) fn learn_ticket(&mut self, ticket: Option<Ticket>) {
        if let (Some(head), Some(ticket)) = (&mut self.head, ticket) {
            head.ticket = ticket;
        }
    }

    /// What it is an export of.
    pub(super) fn into_head(self) -> Option<Head> {
        self.head
    }

    /// Writes what stands above the first entry.
    pub(super) fn begin(
        &mut self,
        source: &Source,
        ticket: Option<Ticket>,
        order: export::Order,
        redacting: Option<&Redacting>,
    ) -> io::Result<()> {
        self.is_begun = true;
        let Some(Out::File(exporter)) = &mut self.out else { return Ok(()) };
        let mut head = Head::new(source.raw_name(), self.as_of);
        head.ticket = ticket.unwrap_or_default();
        head.order = order;
        let saying = Saying::in_full(&self.style.catalogue, self.style.charset, self.style.zone)
            .without_names(redacting.map(Redacting::people));
        let parts = self.narrowing.parts(saying);
        head.narrowing = parts.iter().map(|part| Untrusted::new(part.words.plain())).collect();
        if let Some(redacting) = redacting {
            head = redacting.head(head, matches!(source, Source::File(_)));
        }
        exporter.begin(self.head.insert(head))
    }

    pub(super) fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        match &mut self.out {
            Some(Out::File(exporter)) => exporter.entry(entry),
            Some(Out::Bare(out)) => writeln!(out, "{}", export::one(entry, &self.style)),
            None => Ok(()),
        }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Some(Out::File(exporter)) => exporter.flush(),
            Some(Out::Bare(out)) => out.flush(),
            None => Ok(()),
        }
    }

    /// Writes what stands below the last entry. Of nothing that was read, nothing is written.
    pub(super) fn end(&mut self, end: &End, tally: &Tally) -> io::Result<()> {
        match self.out.take().filter(|_| self.is_begun) {
            Some(Out::File(exporter)) if !matches!(end, End::Output(_)) => exporter.end(tally).map(drop),
            _ => Ok(()),
        }
    }
}

/// How much was printed. `unreadable`: why a stretch of a file is no entry.
pub(super) fn tally(end: &End, count: Count, wanted: &Wanted, unreadable: Option<&str>) -> Tally {
    Tally { shown: count.shown, hidden: count.hidden, ending: ending(end, count, wanted, unreadable) }
}

/// Whether that is all, and if not, why.
fn ending(end: &End, count: Count, wanted: &Wanted, unreadable: Option<&str>) -> Ending {
    if let (End::Done, Some(why)) = (end, unreadable) {
        return Ending::Incomplete(Untrusted::new(format!("the file cannot be read whole: {why}")));
    }
    let why = match (end, wanted.limit) {
        (End::Done, _) if count.is_complete => return Ending::Complete,
        (End::Done, Some(limit)) if count.shown >= limit => format!("--limit {limit} was reached"),
        (End::Done, _) => "the log gave no more".to_owned(),
        (End::Stopped(_), _) => "stopped".to_owned(),
        // What a server said may quote anything; what it means is on standard error.
        (End::Failed(_), _) => "the log could not be read further".to_owned(),
        (End::Output(_), _) => "the output failed".to_owned(),
    };
    Ending::Incomplete(Untrusted::new(why))
}
