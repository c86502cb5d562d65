//! What is to be done outside, as data.

use std::time::Duration;

use crate::{
    export::Parcel,
    model::{
        backoff::Attempt,
        follow::Turn,
        query::{Generation, Query, TicketNumber, Window},
        snippet::Snippet,
        subject::Source,
        text::Untrusted,
        times::AgeTurn,
    },
};

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask for a window of the log.
    FetchLog {
        /// Of what.
        source: Source,
        /// Comes back with the answer.
        generation: Generation,
        /// Which types.
        query: Query,
        /// Which places.
        window: Window,
    },
    /// Ask the server for the ticket itself.
    FetchTicket(TicketNumber),
    /// Ask the server for what it tells of these tickets in a list.
    FetchTickets(Vec<TicketNumber>),
    /// Look up which tickets were looked at lately.
    FindVisits,
    /// Look up when this ticket was last looked at.
    FindVisit(TicketNumber),
    /// Answers of this generation are not waited for any more.
    Cancel(Generation),
    /// Say [`Message::Waited`](super::Message::Waited) after a while.
    Wait(Timer, Duration),
    /// Say [`Message::LookOn`](super::Message::LookOn) once nothing else waits: there is more to look at than one turn has time for.
    LookOn,
    /// Copy this to wherever the user pastes from.
    Copy(Snippet),
    /// Write this to a file.
    Save {
        /// Its name as it was typed.
        name: String,
        /// Whether one of this name is written over.
        is_forced: bool,
        /// What is written.
        parcel: Box<Parcel>,
    },
    /// Send this to the pager.
    Browse(Box<Parcel>),
    /// Paint the screen anew.
    Repaint,
    /// Ring the bell: entries arrived, and the user asked to be told so.
    Bell,
    /// Stop the process with the terminal restored.
    Suspend,
    /// Leave with this exit code.
    Quit(u8),
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSaved {
    /// One of this name is there.
    Exists(String),
    /// The system would not.
    Failed(Untrusted),
}

/// What a wait was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// The last change of the filter; the request goes out again if nothing changed since.
    FilterSettled(Generation),
    /// What failed is to be tried again, unless that was given up.
    Retry(Attempt),
    /// The same of what is read so that aliases have numbers.
    RetryRoll(Attempt),
    /// The head is to be asked for again, unless another wait has taken the place of this one.
    Poll(Turn),
    /// What is typed of a search has rested; more is read for it, unless something else is looked for by now.
    SearchRested(u64),
    /// Ages are to be counted anew, unless they are not shown any more.
    Ages(AgeTurn),
}
