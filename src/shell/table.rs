//! The plain table: what `ticketlog 4711 | less` prints, a page at a time as it is read; nothing but cleaned text and
//! spaces.

mod words;

use std::{
    io::{self, Write},
    time::Duration,
};

use super::passage::{Order, Passage, Source, Wanted};
use crate::export::{self, Format, Style};
use crate::model::{
    failure::Failure, json::Personal, narrowing::Narrowing, text::Charset, types::Catalogue, zone::Zone,
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
    /// What narrows it.
    pub narrowing: Narrowing,
}

/// Why a table ended early.
#[derive(Debug)]
pub enum TableError {
    /// The server or the way to it.
    Failed(Failure),
    /// Nobody takes the output; a closed pipe is not an error for the user.
    Output(io::Error),
}

impl Table {
    /// Reads a log to its start and prints a line an entry, newest first. Gives how many those are.
    ///
    /// # Errors
    /// When a request fails, or the output does. What was printed before stays.
    pub async fn print(&self, source: &Source, out: &mut impl Write) -> Result<u64, TableError> {
        self.print_telling(source, out, |_, _| ()).await
    }

    /// The same; tells why it waits before it asks again, and how long.
    ///
    /// # Errors
    /// As for [`Table::print`].
    pub async fn print_telling(
        &self,
        source: &Source,
        out: &mut impl Write,
        tell: impl Fn(&Failure, Duration),
    ) -> Result<u64, TableError> {
        let wanted = Wanted { raw: false, ..Wanted::new(self.narrowing.clone(), Order::NewestFirst) };
        let mut passage = Passage::new(wanted);
        let style = Style {
            format: Format::Table,
            zone: self.zone,
            charset: self.charset,
            width: None,
            catalogue: self.catalogue.clone(),
            personal: Personal::Masked,
            head: false,
        };
        let mut is_begun = false;
        while let Some(page) = passage.page(source, &tell).await.map_err(TableError::Failed)? {
            if !std::mem::replace(&mut is_begun, true) {
                let (name, zone) = (source.name(self.charset), self.zone.name());
                let narrowed = self.narrowed();
                writeln!(out, "{name}, newest first, times in {zone}{narrowed}")
                    .map_err(TableError::Output)?;
            }
            for entry in &page.entries {
                writeln!(out, "{}", export::one(entry, &style)).map_err(TableError::Output)?;
            }
            out.flush().map_err(TableError::Output)?;
        }
        Ok(passage.count().shown)
    }
}
