//! What is taken from the screen, as it is when that is asked for, names and all. A copy without names is made of it
//! where names are shown: it may have to wait until everybody has a number ([`super::roll`]).

use chrono::{DateTime, Utc};

use super::{
    Model, Summary, entry::Entry, failure::Failure, json::Personal, narrowing::Narrowing, reader::Freshness,
    redaction::Scope, taking::Told, ticket::Ticket, zone::Zone,
};

/// Entries, and what is to be said of them.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The entries, newest first; never none.
    pub entries: Vec<Entry>,
    /// Why they are not all there are.
    pub incomplete: Option<&'static str>,
    /// How many loaded ones the narrowing hides.
    pub hidden: usize,
    /// The time that they are of.
    pub as_of: DateTime<Utc>,
    /// What is known of the ticket.
    pub ticket: Ticket,
    /// What narrows them.
    pub narrowing: Narrowing,
    /// Whether times are not in order.
    pub is_out_of_order: bool,
    /// Whether personal data is shown.
    pub personal: bool,
    /// The zone of all times.
    pub zone: Zone,
}

/// What people are called in what is taken while names are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aliases {
    /// What an export calls them.
    Numbered,
    /// The word alone: numbers are held back still.
    Unnumbered,
}

impl Aliases {
    /// What is said of what was taken.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Numbered => "names replaced",
            Self::Unnumbered => "names replaced, without numbers",
        }
    }
}

/// Whether personal data is left where so many names are replaced.
#[must_use]
pub fn personal_beside(is_shown: bool, scope: Option<Scope>) -> Personal {
    if is_shown && scope != Some(Scope::Everyone) { Personal::Shown } else { Personal::Masked }
}

impl Model {
    /// Whether personal data is in what is taken now.
    #[must_use]
    pub fn takes_personal(&self) -> Personal {
        personal_beside(self.personal, self.redacts())
    }

    /// What people are called in what is taken now; `None` while names are shown.
    #[must_use]
    pub fn aliases(&self) -> Option<Aliases> {
        self.redacts()?;
        Some(if self.has_numbers() { Aliases::Numbered } else { Aliases::Unnumbered })
    }

    /// What is selected, else all that is shown; `None` where that is nothing.
    #[must_use]
    pub fn gather(&self) -> Option<Gathered> {
        let (reader, log) = (&self.reader, self.reader.log());
        let (entries, incomplete): (Vec<Entry>, _) =
            if let Some((entries, has_hole)) = self.selected_entries() {
                let hole = "a selection with entries between that are not loaded";
                (entries.into_iter().cloned().collect(), Some(if has_hole { hole } else { "a selection" }))
            } else {
                let ids = reader.timeline().all_shown().into_iter();
                (ids.filter_map(|id| log.entry(id)).cloned().collect(), self.why_not_all())
            };
        if entries.is_empty() {
            return None;
        }
        let is_unread = entries.iter().any(|entry| entry.unreadable().is_some());
        Some(Gathered {
            entries,
            incomplete: incomplete.or(is_unread.then_some("the file cannot be read whole")),
            hidden: log.loaded().saturating_sub(reader.timeline().shown()),
            as_of: match reader.freshness() {
                Freshness::AsOf(at) | Freshness::OfflineSince(at) => at,
                Freshness::Waiting => self.now,
            },
            ticket: match &self.summary {
                Summary::Known(ticket) | Summary::FromLog(ticket) => ticket.clone(),
                Summary::Asked => Ticket::default(),
            },
            narrowing: reader.narrowing().clone(),
            is_out_of_order: log.is_out_of_order(),
            personal: self.personal,
            zone: self.zone,
        })
    }

    fn why_not_all(&self) -> Option<&'static str> {
        match (self.reader.is_open(), self.reader.has_all()) {
            (true, _) => Some("what is read goes on"),
            (false, false) => Some("not everything is loaded"),
            (false, true) => None,
        }
    }

    /// Copies this without names once everybody has a number. It takes the place of what waits already.
    pub fn await_numbers(&mut self, gathered: Gathered) {
        self.taking.awaits = Some(Box::new(gathered));
        self.roll.retry();
        self.meet_people();
    }

    /// What has waited for numbers that are there now: [`Model::known_people`] have them.
    pub fn numbered(&mut self) -> Option<Gathered> {
        if self.has_numbers() { self.taking.awaits.take().map(|gathered| *gathered) } else { None }
    }

    /// Gives up what waits for numbers; false where nothing does.
    pub fn stop_awaiting(&mut self) -> bool {
        let has_waited = self.taking.awaits.take().is_some();
        if has_waited {
            self.tell_taken(Told::NotCopied(None));
        }
        has_waited
    }

    /// Numbers do not come. Gives whether anything has waited for them.
    pub(super) fn fail_awaiting(&mut self, failure: &Failure) -> bool {
        let has_waited = self.taking.awaits.take().is_some();
        if has_waited {
            self.tell_taken(Told::NotCopied(Some(Box::new(failure.clone()))));
        }
        has_waited
    }
}
