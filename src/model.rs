//! Everything a frame depends on. Pure: no clock, no environment, no terminal, no network.

pub mod entry;
pub mod failure;
pub mod input;
pub mod json;
pub mod log;
pub mod page;
pub mod query;
pub mod reader;
pub mod sentence;
pub mod stamp;
pub mod text;
pub mod ticket;
pub mod time_words;
pub mod timeline;
pub mod types;
pub mod zone;

use chrono::{DateTime, Utc};
use ratatui::layout::Size;

use self::{
    failure::{Failure, FailureKind},
    input::Input,
    page::{FilterPanel, KeyLine, Page},
    query::TicketNumber,
    reader::Reader,
    sentence::What,
    text::Charset,
    ticket::Ticket,
    types::Catalogue,
    zone::Zone,
};
use crate::layout::{Areas, Below, DETAIL_FROM, Panes, areas};

/// What a run of the program is given.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The ticket to open.
    pub ticket: TicketNumber,
    /// The known action types.
    pub catalogue: Catalogue,
    /// The zone that times are shown in.
    pub zone: Zone,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// The size of the terminal.
    pub size: Size,
    /// What the clock says at the start.
    pub now: DateTime<Utc>,
    /// The keys, for the page that lists them.
    pub keys: Vec<KeyLine>,
}

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

/// Everything a frame depends on.
#[derive(Debug)]
pub struct Model {
    /// The ticket.
    pub ticket: TicketNumber,
    /// What is known of the ticket itself.
    pub summary: Summary,
    /// Its log.
    pub reader: Reader,
    /// The known action types.
    pub catalogue: Catalogue,
    /// The zone that times are shown in.
    pub zone: Zone,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// The size of the terminal.
    pub size: Size,
    /// What the clock said last.
    pub now: DateTime<Utc>,
    /// Whether the detail pane is open.
    pub detail: bool,
    /// Whether personal data is shown.
    pub personal: bool,
    /// What covers the list.
    pub page: Option<Page>,
    /// The filter panel below the list, while it is open.
    pub filter: Option<FilterPanel>,
    /// The time to jump to, while it is typed.
    pub input: Option<Input>,
    /// The key before was the first of the two that lead back.
    pub half_back: bool,
    /// The keys, for the page that lists them.
    pub keys: Vec<KeyLine>,
}

impl Model {
    /// The state before the first message.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let mut model = Self {
            ticket: setup.ticket,
            summary: Summary::Asked,
            reader: Reader::new(&setup.catalogue),
            catalogue: setup.catalogue,
            zone: setup.zone,
            charset: setup.charset,
            size: setup.size,
            now: setup.now,
            detail: setup.size.height >= DETAIL_FROM,
            personal: false,
            page: None,
            filter: None,
            input: None,
            half_back: false,
            keys: setup.keys,
        };
        model.fit_list();
        model
    }

    /// What words about times refer to.
    #[must_use]
    pub fn time_words(&self) -> time_words::Now {
        let cursor = self.reader.timeline().home().and_then(entry::Entry::stamp);
        time_words::Now { clock: self.now, cursor: cursor.map(|stamp| stamp.instant()), zone: self.zone }
    }

    /// Where everything stands.
    #[must_use]
    pub fn areas(&self) -> Areas {
        areas(self.size, self.panes(self.page.is_some()))
    }

    /// Tells the list how high it is. A page covers the list without changing it.
    pub fn fit_list(&mut self) {
        let height = areas(self.size, self.panes(false)).body.height;
        self.reader.set_height(usize::from(height));
    }

    fn panes(&self, page: bool) -> Panes {
        let below = match &self.filter {
            Some(_) => Below::Filter(u16::try_from(self.reader.choice().rows().len()).unwrap_or(u16::MAX)),
            None if self.detail => Below::Detail,
            None => Below::Nothing,
        };
        Panes { below, page }
    }

    /// Why nothing was ever loaded, for the sentence and the exit code on leaving.
    #[must_use]
    pub fn never_loaded(&self) -> Option<&Failure> {
        let log = self.reader.all();
        if log.is_answered() { None } else { log.failure() }
    }

    /// The exit code of leaving now.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        self.never_loaded().map_or(0, |failure| FailureKind::exit_code(failure.kind))
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
        for entry in newest {
            match entry.what(&self.catalogue) {
                What::FromTo(_, to) => ticket.status = ticket.status.or(Some(to)),
                What::Assigned(name) => ticket.owner = ticket.owner.or(Some(name)),
                What::Took => {
                    let actor = entry.actor.as_ref().map(|actor| actor.name.clone());
                    ticket.owner = ticket.owner.or(actor);
                }
                What::Sentence(_) => {}
            }
        }
        ticket
    }
}

/// How many of the newest entries are looked at for the header.
const NEWEST: usize = 500;
