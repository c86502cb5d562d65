//! What is remembered of a ticket from one look at it to the next: when that was, and the newest entry that was on the
//! screen. Nothing of it is a customer's text.
//!
//! Two times, because they differ: a look at the oldest entries alone is a look at the ticket, but says nothing about
//! what is new at its head. So "new since" counts from when the newest entry seen was last on the screen.

use chrono::{DateTime, Utc};

use super::{
    Model,
    log::EntryId,
    query::{Generation, TicketNumber},
    saved_view::SavedEntry,
};

/// A look at a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The ticket.
    pub ticket: TicketNumber,
    /// When it was last looked at.
    pub looked: DateTime<Utc>,
    /// The newest entry that ever was on the screen.
    pub seen: Option<Seen>,
}

/// An entry that was on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The entry.
    pub entry: SavedEntry,
    /// When somebody last looked at it.
    pub at: DateTime<Utc>,
}

impl Visit {
    /// This visit and one before it, or beside it, in one: neither time moves back.
    #[must_use]
    pub fn after(self, other: Self) -> Self {
        let order = |seen: &Seen| (seen.entry.time, seen.at);
        let seen = self.seen.into_iter().chain(other.seen).max_by_key(order);
        Self { looked: self.looked.max(other.looked), seen, ..self }
    }
}

/// What of the ticket that is open has been on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Attention {
    /// When the user last pressed a key.
    looked: DateTime<Utc>,
    newest: Option<Seen>,
    id: Option<(Generation, EntryId)>,
    /// The screen has moved by itself since the last key: perhaps nobody was there.
    unattended: bool,
}

impl Attention {
    /// Nothing yet.
    #[must_use]
    pub fn since(now: DateTime<Utc>) -> Self {
        Self { looked: now, newest: None, id: None, unattended: false }
    }
}

impl Model {
    /// What to keep of this look at the ticket; nothing of one that was never loaded, or that is no ticket.
    #[must_use]
    pub fn visit(&self) -> Option<Visit> {
        let ticket = self.subject.ticket().filter(|_| self.reader.has_loaded())?;
        Some(Visit { ticket, looked: self.attention.looked, seen: self.attention.newest })
    }

    /// Somebody is there and looks: also at what came while perhaps nobody did.
    pub fn note_look(&mut self) {
        self.used = true;
        self.attention.looked = self.now;
        if std::mem::take(&mut self.attention.unattended) {
            self.note_on_screen();
        }
    }

    /// What is on the screen now came by itself: it is not seen before somebody presses a key.
    pub fn note_unattended(&mut self) {
        self.attention.unattended = true;
    }

    /// Notes the newest entry on the screen, where it is newer than what was there before.
    pub fn note_on_screen(&mut self) {
        if self.is_covered() || self.attention.unattended {
            return;
        }
        let log = self.reader.log();
        let Some((id, entry)) = self.reader.timeline().newest_on_screen(log) else {
            return;
        };
        let attention = &mut self.attention;
        let id = (log.generation(), id);
        if attention.id == Some(id) {
            if let Some(seen) = &mut attention.newest {
                seen.at = seen.at.max(attention.looked);
            }
            return;
        }
        let Some(entry) = SavedEntry::of(entry) else { return };
        // Of entries of one instant the newest is the one that nothing stands above.
        let is_head =
            log.runs().first().is_some_and(|run| run.id() == id.1.run && run.serials().start == id.1.serial);
        let is_newer = attention
            .newest
            .is_none_or(|known| entry.time > known.entry.time || (is_head && entry.time == known.entry.time));
        if is_newer {
            attention.newest = Some(Seen { entry, at: self.now });
            attention.id = Some(id);
        }
    }
}
