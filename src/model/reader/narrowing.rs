//! What narrows the view: at once in what is loaded, and once the choice of types rests, of the server.

use super::{Fetch, Left, MOST_BARREN, Notice, Reader, shown};
use crate::model::{
    entry::Entry,
    log::Log,
    narrowing::{Bound, History, Lift, Narrowing, Person, Span},
    query::{Generation, Query},
    remembered::Chosen,
    time_words::{Moment, Unit},
    types::{TypeChoice, TypeRow},
};

/// What a change of the narrowing leads to outside; nothing where types stay as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// To be given to [`Reader::settle`] after a rest.
    pub settles: Option<Generation>,
    /// Answers of this generation are not waited for any more.
    pub cancelled: Option<Generation>,
}

impl Reader {
    /// Narrows from the start, before anything is asked.
    pub fn begin(&mut self, narrowing: Narrowing) {
        if let Some(query @ Query::Only(_)) = narrowing.types.query() {
            self.newest_generation = self.newest_generation.next();
            self.narrow = Some(Log::new(query, self.newest_generation));
        }
        // Another preset may have been chosen before.
        self.narrowing = History::begun(narrowing.lifted(), narrowing);
    }

    /// The choice of types with a name that was made last, also while it is off.
    #[must_use]
    pub fn chosen(&self) -> Option<Chosen> {
        self.narrowing.chosen()
    }

    /// Whether the choice of types has just changed, and the request has yet to go out again.
    #[must_use]
    pub fn is_settling(&self) -> bool {
        self.settling.is_some()
    }

    /// Changes which types are wanted.
    pub fn choose(&mut self, change: impl FnOnce(&mut TypeChoice)) -> Change {
        self.narrow(|narrowing| change(&mut narrowing.types))
    }

    /// Changes what narrows the view. Acts at once on what is loaded.
    pub fn narrow(&mut self, change: impl FnOnce(&mut Narrowing)) -> Change {
        self.turn(|history| history.change(change))
    }

    /// Lifts one part of what narrows the view.
    pub fn lift(&mut self, lift: Lift) -> Change {
        if !self.narrowing().lifts().any(|part| part == lift) {
            self.notice = Some(Notice::NothingNarrowed);
        }
        self.narrow(|narrowing| narrowing.lift(lift))
    }

    /// Takes all narrowing off, or puts it on again.
    pub fn toggle_narrowing(&mut self) -> Change {
        if self.narrowing().is_everything() && !self.narrowing.is_off() {
            self.notice = Some(Notice::NothingNarrowed);
        }
        self.turn(History::toggle)
    }

    /// Takes the last step of narrowing back.
    pub fn undo_narrowing(&mut self) -> Change {
        let mut undone = false;
        let change = self.turn(|history| {
            undone = history.undo();
            undone
        });
        if !undone {
            self.notice = Some(Notice::NothingToUndo);
        }
        change
    }

    /// No preset has the number that was asked for.
    pub fn note_no_preset(&mut self, number: u8) {
        self.notice = Some(Notice::NoPreset(number));
    }

    /// Whether a step of narrowing can be taken back.
    #[must_use]
    pub fn has_narrowed(&self) -> bool {
        self.narrowing.has_steps()
    }

    /// Whether what narrowed the view is off for a while.
    #[must_use]
    pub fn is_narrowing_off(&self) -> bool {
        self.narrowing.is_off()
    }

    /// Hides the type of the entry at the cursor.
    pub fn hide_type(&mut self) -> Change {
        self.with_entry(|reader, entry| reader.choose(|types| types.hide(&entry.action_type)))
    }

    /// Shows the type of the entry at the cursor alone; where that is so already, all types.
    pub fn only_type(&mut self) -> Change {
        self.with_entry(|reader, entry| {
            let row = TypeRow::Type(entry.action_type);
            let TypeRow::Type(name) = &row else { return Change::default() };
            if name.is_empty() {
                reader.notice = Some(Notice::NoType);
                return Change::default();
            }
            let is_only = reader.choice().is_only(name);
            reader.choose(|types| if is_only { types.all() } else { types.only(&row) })
        })
    }

    /// Shows the entries of whoever acted at the cursor alone; where somebody is chosen already, everybody's.
    pub fn only_person(&mut self) -> Change {
        if self.narrowing().person.is_some() {
            return self.narrow(|narrowing| narrowing.person = None);
        }
        self.with_entry(|reader, entry| {
            if let Some(actor) = entry.actor {
                return reader.narrow(|narrowing| narrowing.person = Some(Person::of(&actor)));
            }
            reader.notice = Some(Notice::NobodyNamed);
            Change::default()
        })
    }

    /// Shows nothing older than the entry at the cursor.
    pub fn since_here(&mut self) -> Change {
        self.with_bound(|span, bound| span.since = Some(bound))
    }

    /// Shows nothing newer than the entry at the cursor.
    pub fn until_here(&mut self) -> Change {
        self.with_bound(|span, bound| span.until = Some(bound))
    }

    fn with_bound(&mut self, set: impl FnOnce(&mut Span, Bound)) -> Change {
        self.with_entry(|reader, entry| {
            let Some(stamp) = entry.stamp() else {
                reader.notice = Some(Notice::NoTime);
                return Change::default();
            };
            let here = Moment { at: stamp.instant(), unit: Unit::Instant };
            reader.narrow(|narrowing| set(&mut narrowing.span, Bound::up_to(here)))
        })
    }

    fn with_entry(&mut self, act: impl FnOnce(&mut Self, Entry) -> Change) -> Change {
        if let Some(entry) = self.current().cloned() {
            return act(self, entry);
        }
        self.notice = Some(Notice::NoEntryHere);
        Change::default()
    }

    /// The one place where a narrowing begins to count.
    pub(super) fn turn(&mut self, step: impl FnOnce(&mut History) -> bool) -> Change {
        let before = self.choice().clone();
        if !step(&mut self.narrowing) {
            return Change::default();
        }
        if before != *self.choice() {
            return self.choose_anew(before);
        }
        // A view over what is loaded: nothing is read for it before the user goes on.
        self.barren = MOST_BARREN;
        self.renew_timeline();
        Change::default()
    }

    /// Other types: the request follows with [`Reader::settle`].
    fn choose_anew(&mut self, before: TypeChoice) -> Change {
        let asks_as = self.newest_generation.next();
        self.newest_generation = asks_as.next();
        self.settling = Some(self.newest_generation);
        self.barren = 0;
        self.backoff.reset();
        self.stop_loading();
        let journey = self.journey.take().filter(|journey| self.is_waited_for(*journey));
        let narrow = match self.choice().query() {
            Some(query @ Query::Only(_)) if !self.ignores_types => {
                Some(self.all.narrowed(query, self.newest_generation))
            }
            _ => None,
        };
        if journey.is_some() && narrow.is_none() && self.narrow.is_none() && self.all.is_seeking() {
            // The same log: the jump goes on in it.
            self.journey = journey;
        } else {
            self.log_mut().cancel_seek();
        }
        // Two requests at once are the most for all logs together.
        let is_left = self.narrow.is_some() || (narrow.is_some() && self.all.is_asking());
        let cancelled = is_left.then(|| self.log_mut().abandon(asks_as));
        let asked = std::mem::replace(&mut self.narrow, narrow).map(|log| Left { log, types: before });
        self.leave(asked);
        self.renew_timeline();
        if self.journey.is_none()
            && let Some(journey) = journey
        {
            self.set_out_again(journey);
        }
        Change { settles: Some(self.newest_generation), cancelled }
    }

    /// The choice has not changed for a while: the request goes out again, which brings the head up to date.
    pub fn settle(&mut self, generation: Generation) -> Vec<Fetch> {
        if self.settling.take_if(|settling| *settling == generation).is_none() {
            return Vec::new();
        }
        // Also when all types are wanted again: far down, the log of all of them may be loaded elsewhere.
        if self.choice().query().is_some() {
            self.keep_place();
        } else if self.cancel_journey() {
            self.notice = Some(Notice::NoEntries);
        }
        self.update_head()
    }

    pub(super) fn refresh_timeline(&mut self) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.update(log, self.narrowing.current_mut());
    }

    pub(super) fn renew_timeline(&mut self) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.renew(log, self.narrowing.current_mut());
    }
}
