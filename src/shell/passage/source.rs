//! Where the entries of a passage come from: a ticket of the server, or a file. Called by the passage.

use crate::{
    api::Client,
    file::Archive,
    model::{
        entry::Entry,
        failure::Failure,
        log::Log,
        query::{TicketNumber, Window},
        text::{Charset, Untrusted},
        ticket::Ticket,
    },
};

/// The longest name of a file.
const LONGEST_NAME: usize = 80;

/// Where the entries come from.
#[derive(Debug)]
pub enum Source {
    /// A ticket of the server.
    Ticket(Client, TicketNumber),
    /// A file.
    File(Archive),
}

impl Source {
    /// What to call it: `#4478963`, or the file's name, cleaned.
    #[must_use]
    pub fn name(&self, charset: Charset) -> String {
        match self {
            Self::Ticket(_, number) => format!("#{number}"),
            Self::File(archive) => archive.name().one_line(LONGEST_NAME, charset).plain(),
        }
    }

    /// The same, as it came.
    #[must_use]
    pub fn raw_name(&self) -> Untrusted {
        match self {
            Self::Ticket(_, number) => Untrusted::new(format!("#{number}")),
            Self::File(archive) => archive.name(),
        }
    }

    /// What the server tells of the ticket beside its log; `None` for a file, and where it does not tell.
    pub async fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Ticket(client, number) => client.ticket(*number).await.ok(),
            Self::File(_) => None,
        }
    }

    pub(super) async fn window(&self, log: &Log, window: Window) -> Result<Vec<Entry>, Failure> {
        let archive = match self {
            Self::Ticket(client, number) => return client.log(*number, log.query(), window).await,
            Self::File(archive) => archive,
        };
        let (sender, answer) = tokio::sync::oneshot::channel();
        let reply = Box::new(|told| drop(sender.send(told)));
        archive.ask(log.generation(), log.query().clone(), window, reply);
        // The reader of the file ends with the archive alone.
        answer.await.unwrap_or_else(|_| Ok(Vec::new()))
    }
}
