//! Names replaced in what is printed. The whole log is read first, whatever narrows what is printed: a name that only
//! another entry tells may stand in any text.

use super::{Progress, Read};
use crate::{
    export::Head,
    model::{
        entry::Entry,
        failure::Failure,
        redaction::{Alias, Redaction},
        text::Untrusted,
        ticket::Ticket,
        types::Catalogue,
    },
    shell::passage::{Passage, Source, Wanted},
};

/// Whose names are replaced, and what is known of them.
#[derive(Debug)]
pub struct Redacting {
    redaction: Redaction,
    catalogue: Catalogue,
    /// Whether all of the log was looked at.
    has_learned: bool,
}

impl Redacting {
    /// Nobody is known but those of an earlier legend.
    #[must_use]
    pub fn new(redaction: Redaction, catalogue: Catalogue) -> Self {
        Self { redaction, catalogue, has_learned: false }
    }

    /// Who is called what; `None` before all of the log was looked at, so that no number changes afterwards.
    #[must_use]
    pub fn legend(&self) -> Option<Vec<Alias>> {
        self.has_learned.then(|| self.redaction.legend())
    }

    /// Learns everybody whom the log names, and the ticket's own people, who may be in no entry. Gives what is known of
    /// the ticket.
    pub(super) async fn learn_all(
        &mut self,
        source: &Source,
        hear: &mut impl FnMut(Progress<'_>),
    ) -> Result<Option<Ticket>, Failure> {
        let mut passage = Passage::new(Wanted::everything(&self.catalogue));
        loop {
            let waits = |failure: &Failure, wait| hear(Progress::Waits(&self.failure(failure), wait));
            let page = passage.page(source, waits).await.map_err(|failure| self.failure(&failure))?;
            let Some(page) = page else { break };
            for entry in &page.entries {
                self.redaction.learn(entry);
            }
            let entries = passage.count().shown;
            hear(Progress::Read(Read { is_learning: true, entries, reached: page.reached }));
        }
        let ticket = source.ticket().await;
        if let Some(ticket) = &ticket {
            self.redaction.learn_ticket(ticket);
        }
        self.has_learned = true;
        Ok(ticket)
    }

    /// Learns whoever came later.
    pub(super) fn learn(&mut self, entry: &Entry) {
        self.redaction.learn(entry);
    }

    /// A failure without names: it may quote the server.
    pub(super) fn failure(&self, failure: &Failure) -> Failure {
        Failure { sentence: self.redaction.failure(failure), ..failure.clone() }
    }

    /// What everybody is called.
    pub(super) fn people(&self) -> &Redaction {
        &self.redaction
    }

    pub(super) fn copy(&self, entry: &Entry) -> Entry {
        self.redaction.entry(entry)
    }

    /// The number of a ticket tells nobody's name; that of a file may.
    pub(super) fn head(&self, mut head: Head, is_file: bool) -> Head {
        if is_file {
            head.name = self.redaction.text(&head.name);
        }
        head.ticket = self.redaction.ticket(&head.ticket);
        head.remarks.push(Untrusted::new("names replaced"));
        head
    }
}
