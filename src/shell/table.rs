//! The plain table: what `ticketlog 4711 | less` prints. Pages are read one after the other and printed as they
//! come; nothing but cleaned text and spaces.

use std::io::{self, Write};

use crate::{
    api::Client,
    model::{
        entry::{Entry, Time},
        failure::Failure,
        log::{EntryId, Log},
        query::{Generation, Query, TicketNumber},
        sentence::What,
        text::{Charset, Line},
        types::Catalogue,
        zone::Zone,
    },
};

/// How the table looks.
#[derive(Debug, Clone)]
pub struct Table {
    /// The known action types.
    pub catalogue: Catalogue,
    /// The zone of the times; named in the first line.
    pub zone: Zone,
    /// Which characters may be printed.
    pub charset: Charset,
}

/// Why a table ended early.
#[derive(Debug)]
pub enum TableError {
    /// The server or the way to it.
    Failed(Failure),
    /// Nobody takes the output; a closed pipe is not an error for the user.
    Output(io::Error),
}

/// The longest sentence in a cell.
const LONGEST: usize = 2_000;

impl Table {
    /// Reads a ticket's log to its start and prints a line an entry, newest first.
    ///
    /// # Errors
    /// When a request fails, or the output does. What was printed before stays.
    pub async fn print(
        &self,
        client: &Client,
        ticket: TicketNumber,
        out: &mut impl Write,
    ) -> Result<(), TableError> {
        let mut log = Log::new(Query::All, Generation::default());
        let mut printed: Option<EntryId> = None;
        writeln!(out, "#{ticket}, newest first, times in {}", self.zone.name())
            .map_err(TableError::Output)?;
        let mut next = log.ask_head();
        while let Some(window) = next {
            match client.log(ticket, log.query(), window).await {
                Ok(page) => drop(log.accept(window, page)),
                Err(failure) => log.fail(window, failure),
            }
            if let Some(failure) = log.failure() {
                return Err(TableError::Failed(failure.clone()));
            }
            self.print_new(&log, &mut printed, out).map_err(TableError::Output)?;
            let oldest = log.runs().last().map(crate::model::log::Run::id);
            next = match oldest {
                Some(run) => log.ask_older(run),
                None => log.ask_head(),
            };
        }
        out.flush().map_err(TableError::Output)
    }

    /// Prints what is older than the last printed entry.
    fn print_new(&self, log: &Log, printed: &mut Option<EntryId>, out: &mut impl Write) -> io::Result<()> {
        let Some(run) = log.runs().last() else {
            return Ok(());
        };
        let from =
            printed.and_then(|id| log.resolve(id)).map_or(run.serials().start, |(_, id)| id.serial + 1);
        for serial in from..run.serials().end {
            if let Some(entry) = run.by_serial(serial) {
                writeln!(out, "{}", self.row(entry))?;
            }
            *printed = Some(EntryId { run: run.id(), serial });
        }
        out.flush()
    }

    fn row(&self, entry: &Entry) -> String {
        let mut line = match &entry.time {
            Time::At(stamp) => Line::own(&self.zone.minute(stamp.instant())),
            Time::Unreadable(text) => text.one_line(16, self.charset),
        };
        line.pad(16);
        line.push_own("  ");
        line.append(self.catalogue.word(&entry.action_type).one_line(14, self.charset));
        line.pad(34);
        if let Some(actor) = &entry.actor {
            line.append(actor.name.one_line(24, self.charset));
        }
        line.pad(60);
        line.append(self.what(entry));
        line.plain()
    }

    fn what(&self, entry: &Entry) -> Line {
        if let Some(flaw) = &entry.flaw {
            let mut line = Line::own("unreadable entry: ");
            line.append(flaw.one_line(LONGEST, self.charset));
            return line;
        }
        match entry.what(&self.catalogue) {
            What::FromTo(from, to) => {
                let mut line = from.one_line(LONGEST, self.charset);
                line.push_own(if self.charset == Charset::Ascii { " -> " } else { " → " });
                line.append(to.one_line(LONGEST, self.charset));
                line
            }
            What::Assigned(name) => {
                let mut line = Line::own("to ");
                line.append(name.one_line(LONGEST, self.charset));
                line
            }
            What::Took => Line::own("took it"),
            What::Sentence(sentence) => sentence.one_line(LONGEST, self.charset),
        }
    }
}
