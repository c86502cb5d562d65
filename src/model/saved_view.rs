//! What is kept of a view when the line drops, and taking it up again: the ticket, the narrowing, the entry at the
//! cursor. Nothing of it is a customer's text: an entry is remembered by its time and a fingerprint.

use chrono::{DateTime, Utc};

use super::{
    Model, Summary, TicketRequest,
    entry::Entry,
    query::{Generation, TicketNumber},
    reader::Fetch,
    subject::Subject,
    text::Untrusted,
    timeline::Sought,
    types::TypeChoice,
    visit::Attention,
};

/// A view as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// The ticket.
    pub ticket: TicketNumber,
    /// The narrowing.
    pub types: SavedTypes,
    /// The entry at the cursor.
    pub entry: Option<SavedEntry>,
}

/// Which action types were shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedTypes {
    /// Those with a tick.
    pub ticked: Vec<Untrusted>,
    /// Those without.
    pub unticked: Vec<Untrusted>,
    /// Whether all others were shown.
    pub unlisted: bool,
}

/// An entry as it is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SavedEntry {
    /// When it happened.
    pub time: DateTime<Utc>,
    /// Tells entries of the same instant apart.
    pub fingerprint: u64,
}

/// What a dropped line left behind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Resume {
    /// Nothing.
    #[default]
    Nothing,
    /// A view that the user may take up.
    Offer(SavedView),
    /// A view that is to be opened at once.
    Open(SavedView),
}

/// The most pages that are read to find the entry again: about five thousand entries.
const MOST_PAGES: u16 = 100;

/// The way back to an entry that may not be loaded yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seek {
    /// Where to.
    pub entry: SavedEntry,
    answers_left: u16,
}

impl SavedEntry {
    /// Remembers an entry; `None` for one whose time cannot be read.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        let time = entry.stamp()?.instant();
        let actor = entry.actor.as_ref().map_or("", |user| user.id.raw());
        let parts = [entry.action_type.raw(), actor, entry.action.raw()];
        Some(Self { time, fingerprint: fingerprint(parts.map(str::as_bytes)) })
    }
}

/// FNV-1a over the parts and a byte that no UTF-8 holds after each: the same in every build and on every host,
/// unlike the standard library's. It need not resist anybody: it only tells entries of one instant apart.
#[must_use]
pub fn fingerprint<const N: usize>(parts: [&[u8]; N]) -> u64 {
    let bytes = parts.into_iter().flat_map(|part| part.iter().copied().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Model {
    /// What to keep of what is shown now; nothing of what is no ticket. While the way back to an entry is under way,
    /// that entry.
    #[must_use]
    pub fn saved_view(&self) -> Option<SavedView> {
        let ticket = self.subject.ticket()?;
        let choice = self.reader.choice();
        let types = SavedTypes {
            ticked: choice.ticked().iter().cloned().collect(),
            unticked: choice.unticked().cloned().collect(),
            unlisted: choice.shows_unlisted(),
        };
        // On what is not loaded yet: the last entry that the cursor stood on.
        let here = self.reader.current().or_else(|| self.reader.timeline().home());
        let entry = self.seek.map(|seek| seek.entry).or_else(|| SavedEntry::of(here?));
        Some(SavedView { ticket, types, entry })
    }

    /// Starts reading another ticket. Gives the generations whose answers are not waited for any more.
    pub fn change_ticket(&mut self, ticket: TicketNumber) -> Vec<Generation> {
        let left = vec![self.reader.all().generation(), self.reader.log().generation()];
        if self.subject != Subject::Nothing {
            // It was the other ticket that was to be followed.
            self.follow.stop();
        }
        self.subject = Subject::Ticket(ticket);
        self.summary = Summary::Asked;
        self.ticket_request = TicketRequest::Idle;
        self.reader = self.reader.anew(&self.catalogue);
        self.attention = Attention::since(self.now);
        self.page = None;
        self.filter = None;
        self.fit_list();
        left
    }

    /// Begins the way back to an entry.
    pub fn seek(&mut self, entry: Option<SavedEntry>) {
        self.seek = entry.map(|entry| Seek { entry, answers_left: MOST_PAGES });
    }

    /// Goes on to the entry that is sought: the cursor goes there if it is loaded, else older pages are fetched.
    /// Ends at the entry, at the nearest in time when it is not there any more, and at a failure.
    pub fn seek_on(&mut self) -> Vec<Fetch> {
        let Some(mut seek) = self.seek else {
            return Vec::new();
        };
        let log = self.reader.log();
        if log.failure().is_some() {
            self.seek = None;
        }
        if !log.is_answered() || self.seek.is_none() {
            return Vec::new();
        }
        let is_it = |entry: &Entry| SavedEntry::of(entry) == Some(seek.entry);
        let last = seek.answers_left == 0;
        let mut sought = Sought::OlderThanLoaded;
        let fetches = self.reader.travel(|list, log| {
            sought = list.seek(log, seek.entry.time, &is_it);
            match sought {
                Sought::OlderThanLoaded if !last => list.to_oldest(log),
                _ => {}
            }
        });
        seek.answers_left = seek.answers_left.saturating_sub(1);
        self.seek = (sought == Sought::OlderThanLoaded && !last).then_some(seek);
        fetches
    }
}

impl SavedTypes {
    /// Whether nothing was narrowed.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.unlisted && self.unticked.is_empty()
    }

    /// Chooses these types.
    pub fn choose(&self, choice: &mut TypeChoice) {
        choice.learn(self.ticked.iter().chain(&self.unticked));
        choice.set(&self.ticked, &self.unticked, self.unlisted);
    }
}
