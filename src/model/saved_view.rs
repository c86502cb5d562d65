//! What is kept of a view when the line drops, and taking it up again: the ticket, the narrowing, the entry at the
//! cursor. Nothing of it is a customer's text: an entry is remembered by its time and a fingerprint.

use chrono::{DateTime, Utc};

use super::{
    Model, Notice, Summary, TicketRequest,
    entry::Entry,
    query::{Generation, TicketNumber},
    reader::Fetch,
    subject::Subject,
    text::Untrusted,
    time_words::{Moment, Unit},
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

/// The most pages that are read on beyond the jump, among entries of the same instant or out of order.
const MOST_PAGES: u8 = 20;

/// The way back to an entry that may not be loaded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seek {
    view: SavedView,
    entry: SavedEntry,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The jump to its instant has yet to begin: at first, and after a failure.
    Waiting,
    /// The jump is under way, or has just landed.
    Jumping,
    /// More pages of that instant are read, so many at most.
    Reading(u8),
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
    /// the view that it leads to. Nothing while an older view is offered and nobody has pressed a key, or this is
    /// where every ticket opens: what was lost then is more than what would be lost now.
    #[must_use]
    pub fn saved_view(&self) -> Option<SavedView> {
        let ticket = self.subject.ticket()?;
        if let Some(seek) = &self.seek {
            return Some(seek.view.clone());
        }
        let choice = self.reader.choice();
        let is_start = self.reader.is_on_newest() && self.shows_as_opened();
        if matches!(self.resume, Resume::Offer(_)) && (self.is_unused() || is_start) {
            return None;
        }
        let types = SavedTypes {
            ticked: choice.ticked().iter().cloned().collect(),
            unticked: choice.unticked().cloned().collect(),
            unlisted: choice.shows_unlisted(),
        };
        // On what is not loaded yet: the last entry that the cursor stood on.
        let here = self.reader.current().or_else(|| self.reader.timeline().home());
        Some(SavedView { ticket, types, entry: here.and_then(SavedEntry::of) })
    }

    /// Starts reading another ticket. Gives the generations whose answers are not waited for any more.
    pub fn change_ticket(&mut self, ticket: TicketNumber) -> Vec<Generation> {
        let mut left = vec![self.reader.all().asks_as(), self.reader.asked_log().asks_as()];
        // It was the other ticket that was to be followed, and that was narrowed.
        let is_first = self.subject == Subject::Nothing;
        if !is_first {
            self.follow.stop();
        }
        self.subject = Subject::Ticket(ticket);
        self.end_selection();
        self.summary = Summary::Asked;
        self.ticket_request = TicketRequest::Idle;
        self.failed = None;
        let (narrowing, preset) = (self.reader.narrowing().clone(), self.preset());
        self.reader = self.reader.anew(&self.catalogue);
        self.fold();
        if is_first {
            self.reader.begin(narrowing);
        }
        // A preset is a way to read tickets; what was narrowed by hand was meant for the one that is left.
        if let Some(preset) = preset {
            self.begin_with(&preset);
        }
        left.extend(self.forget_people());
        self.attention = Attention::since(self.now);
        self.page = None;
        self.filter = None;
        self.fit_list();
        left
    }

    /// Begins the way back to the entry of a view; [`Model::seek_on`] goes it.
    pub fn seek(&mut self, view: SavedView) {
        match view.entry {
            Some(entry) => self.seek = Some(Seek { view, entry, stage: Stage::Waiting }),
            None => self.taken_up = Some(view),
        }
    }

    /// Gives up the way back; its view stays on offer. False when there is none.
    pub fn stop_seek(&mut self) -> bool {
        let Some(seek) = self.seek.take() else {
            return false;
        };
        self.reader.cancel_journey();
        self.resume = Resume::Offer(seek.view);
        true
    }

    /// Goes on to the entry that is sought: a jump to its instant, then the one of that instant that looks the same.
    /// Ends at the entry, or at the nearest in time, and says so. A failure does not end it: what is tried again goes
    /// on by itself, and what is not, when the user asks.
    pub fn seek_on(&mut self) -> Vec<Fetch> {
        if self.reader.progress().is_some() {
            return Vec::new();
        }
        let Some(mut seek) = self.seek.take() else {
            return Vec::new();
        };
        if self.reader.asked_log().failure().is_some() {
            // That the jump was given up is not the last word.
            self.reader.clear_notice();
            self.seek = Some(Seek { stage: Stage::Waiting, ..seek });
            return Vec::new();
        }
        let (mut fetches, pages) = match seek.stage {
            Stage::Waiting => {
                let instant = Moment { at: seek.entry.time, unit: Unit::Instant };
                let fetches = self.reader.to_moment(instant);
                if self.reader.progress().is_some() {
                    seek.stage = Stage::Jumping;
                    self.seek = Some(seek);
                    return fetches;
                }
                (fetches, MOST_PAGES)
            }
            Stage::Jumping => (Vec::new(), MOST_PAGES),
            Stage::Reading(pages) => (Vec::new(), pages),
        };
        fetches.extend(self.look_for(seek, pages));
        fetches
    }

    /// The instant is loaded: puts the cursor on the entry.
    fn look_for(&mut self, mut seek: Seek, pages: u8) -> Vec<Fetch> {
        let is_it = |entry: &Entry| SavedEntry::of(entry) == Some(seek.entry);
        // Where no type is chosen nothing is shown and nothing comes.
        let pages = if self.reader.choice().query().is_none() { 0 } else { pages };
        let mut sought = Sought::NotLoaded;
        let fetches = self.reader.travel(|list, log| {
            sought = list.seek(log, seek.entry.time, &is_it);
            if sought == Sought::NotLoaded && pages > 0 {
                list.to_gap_below(log, seek.entry.time);
            }
        });
        // Where a jump landed is no news to whoever asked for an entry.
        self.reader.clear_notice();
        match sought {
            Sought::Reached => self.taken_up = Some(seek.view),
            Sought::Gone => {
                self.taken_up = Some(seek.view);
                self.notice = Some(Notice::EntryGone);
            }
            Sought::NotLoaded if pages > 0 => {
                seek.stage = Stage::Reading(pages - 1);
                self.seek = Some(seek);
            }
            Sought::NotLoaded => {
                self.resume = Resume::Offer(seek.view);
                self.notice = Some(Notice::EntryNotReached);
            }
        }
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
