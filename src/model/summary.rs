//! What is known of the ticket itself: from the server, else from the newest entries of its log.

use super::{
    Model, TicketRequest, failure::Failure, log, sentence::What, subject::Subject, ticket::Ticket,
    types::Meaning,
};

/// What is known of the ticket itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Summary {
    /// Asked for, no answer yet.
    Asked,
    /// The server's answer.
    Known(Ticket),
    /// No answer: what the newest entries of the log tell.
    FromLog(Ticket),
}

impl Summary {
    /// What is known before anything has come. Nobody is asked about a file.
    pub(super) fn before(subject: &Subject) -> Self {
        match subject {
            Subject::File(_) => Self::FromLog(Ticket::default()),
            Subject::Nothing | Subject::Ticket(_) => Self::Asked,
        }
    }
}

/// How many of the newest entries are looked at for the header.
const NEWEST: usize = 500;

impl Model {
    /// Takes what the server tells of the ticket. What it told before is better than what the log tells.
    pub fn take_summary(&mut self, answer: Result<Ticket, Failure>) {
        self.ticket_request = TicketRequest::Idle;
        if let Ok(ticket) = &answer {
            self.learn_ticket(ticket);
        }
        match (answer, &self.summary) {
            (Ok(ticket), _) => self.summary = Summary::Known(ticket),
            (Err(_), Summary::Known(_)) => {}
            (Err(_), _) => self.summary = Summary::FromLog(self.inferred()),
        }
    }

    /// Where the server does not tell about the ticket, its newest entries do.
    pub fn infer_summary(&mut self) {
        if let Summary::FromLog(known) = &self.summary {
            let inferred = self.inferred();
            if *known != inferred {
                self.summary = Summary::FromLog(inferred);
            }
        }
    }

    /// Status and owner as the newest loaded entries tell them.
    #[must_use]
    pub fn inferred(&self) -> Ticket {
        let mut ticket = Ticket::default();
        let newest = self.reader.all().runs().first().into_iter().flat_map(log::Run::iter).take(NEWEST);
        let mut owned = true;
        for entry in newest {
            owned &=
                self.catalogue.meaning(&entry.action_type) != Meaning::Unassignment || ticket.owner.is_some();
            match entry.what(&self.catalogue) {
                What::FromTo(_, to) => ticket.status = ticket.status.or(Some(to)),
                What::Assigned(name) if owned => ticket.owner = ticket.owner.or(Some(name)),
                What::Took if owned => {
                    let actor = entry.actor.as_ref().map(|actor| actor.name.clone());
                    ticket.owner = ticket.owner.or(actor);
                }
                What::Assigned(_) | What::Took | What::Sentence(_) => {}
            }
        }
        ticket
    }
}
