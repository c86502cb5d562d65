//! What is read: a ticket of the server, a file, or nothing yet.

use super::{query::TicketNumber, text::Untrusted};

/// What is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Nothing yet: the user is asked which ticket.
    Nothing,
    /// A ticket of the server.
    Ticket(TicketNumber),
    /// A file, under the name that it is shown by.
    File(Untrusted),
}

/// Where entries come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The server, for this ticket.
    Ticket(TicketNumber),
    /// The file that the program was started with.
    File,
}

impl Subject {
    /// The ticket, where it is one.
    #[must_use]
    pub fn ticket(&self) -> Option<TicketNumber> {
        match self {
            Self::Ticket(number) => Some(*number),
            Self::Nothing | Self::File(_) => None,
        }
    }

    /// Where its entries come from; nowhere for nothing.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        match self {
            Self::Nothing => None,
            Self::Ticket(number) => Some(Source::Ticket(*number)),
            Self::File(_) => Some(Source::File),
        }
    }
}
