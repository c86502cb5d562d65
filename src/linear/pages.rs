//! From entry to entry: pages of them in either direction, and waiting where the next ones are not loaded.

use super::{Doing, Linear, PAGE, Turn, entry, stop_following, told};
use crate::{
    message::{Action, Message},
    model::{
        Model,
        follow::Following,
        log::{EntryId, RunId},
        query::Generation,
        timeline::Item,
    },
};

/// The entries told last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    log: Generation,
    first: Option<EntryId>,
    last: Option<EntryId>,
}

impl Place {
    /// The newest one, where it is still shown.
    pub(super) fn first(self, model: &Model) -> Option<EntryId> {
        self.known(model, self.first)
    }

    /// The oldest one.
    pub(super) fn last(self, model: &Model) -> Option<EntryId> {
        self.known(model, self.last)
    }

    fn known(self, model: &Model, id: Option<EntryId>) -> Option<EntryId> {
        let log = model.reader.log();
        let id = id.filter(|id| {
            self.log == log.generation() && model.reader.timeline().number_of(log, *id).is_some()
        });
        id.or_else(|| at_cursor(model))
    }

    fn set(&mut self, model: &Model, first: Option<EntryId>, last: Option<EntryId>) {
        *self = Self { log: model.reader.log().generation(), first, last };
    }
}

/// Older entries that are yet to be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Older {
    pub(super) left: usize,
    /// The next ones were asked for.
    pub(super) is_asked: bool,
    /// None has been told yet.
    pub(super) is_first: bool,
}

fn at_cursor(model: &Model) -> Option<EntryId> {
    match model.reader.timeline().cursor()? {
        Item::Entry(id) => Some(id),
        Item::Gap(_) => None,
    }
}

/// Whether the gap is the start of the ticket.
fn is_start(model: &Model, run: RunId) -> bool {
    let log = model.reader.log();
    let is_last = log.runs().last().is_some_and(|last| last.id() == log.resolve_run(run));
    is_last && log.reaches_start()
}

impl Linear {
    /// Tells older entries until there are enough. `None` when it is over.
    pub(super) fn go_older(&mut self, model: &Model, mut older: Older, turn: &mut Turn) -> Option<Older> {
        let (timeline, log) = (model.reader.timeline(), model.reader.log());
        let from = self.place.last(model);
        let mut last = from;
        while older.left > 0 {
            let next = match last {
                Some(id) => timeline.below(log, id),
                None => timeline.numbered(1).map(Item::Entry).or_else(|| timeline.cursor()),
            };
            match next {
                Some(Item::Entry(id)) => {
                    entry::tell(model, id, turn);
                    let first = if older.is_first { Some(id) } else { self.place.first(model) };
                    self.place.set(model, first, Some(id));
                    last = Some(id);
                    older = Older { left: older.left - 1, is_asked: false, is_first: false };
                }
                Some(Item::Gap(run)) => return self.at_gap(model, (run, last), older, turn),
                None => return self.at_nothing(model, turn),
            }
        }
        turn.messages.extend(last.map(Message::GoToEntry));
        None
    }

    /// Nothing is shown, and there is no place to go on from.
    fn at_nothing(&mut self, model: &Model, turn: &mut Turn) -> Option<Older> {
        self.told.failure(model, turn);
        turn.own(model, "There are no entries to tell.");
        None
    }

    /// What comes next is not loaded: it is asked for once, and waited for as long as something is under way.
    fn at_gap(
        &mut self,
        model: &Model,
        (run, last): (RunId, Option<EntryId>),
        older: Older,
        turn: &mut Turn,
    ) -> Option<Older> {
        let (reader, log) = (&model.reader, model.reader.log());
        let waits = reader.asked_log().is_asking() || reader.retries_at().is_some() || reader.is_settling();
        if is_start(model, run) {
            told::start(model, turn);
        } else if reader.is_outside(run) {
            turn.own(model, "Older entries are outside the window of time.");
        } else if log.failure().is_some() && reader.retries_at().is_none() {
            self.told.failure(model, turn);
        } else if !older.is_asked {
            turn.messages.extend(last.map(Message::GoToEntry));
            turn.messages.push(Message::Asked(Action::Step(1)));
            return Some(Older { is_asked: true, ..older });
        } else if waits {
            self.told.failure(model, turn);
            return Some(older);
        } else {
            let loaded = log.loaded();
            let among = super::status::entries(loaded);
            turn.own(model, &format!("No more is shown among the {among} loaded. older reads on."));
        }
        turn.messages.extend(last.map(Message::GoToEntry));
        None
    }

    /// Tells newer entries: those that are loaded, at most so many. True while they are waited for.
    pub(super) fn go_newer(&mut self, model: &Model, count: usize, is_asked: bool, turn: &mut Turn) -> bool {
        let (reader, log) = (&model.reader, model.reader.log());
        let mut next = self.place.first(model);
        let mut ids: Vec<EntryId> = Vec::new();
        let mut gap = false;
        while let Some(id) = next.filter(|_| ids.len() < count) {
            next = match reader.timeline().above(log, id) {
                Some(Item::Entry(above)) => {
                    ids.push(above);
                    Some(above)
                }
                above => {
                    gap = above.is_some();
                    None
                }
            };
        }
        if !ids.is_empty() {
            ids.reverse();
            self.list(model, &ids, turn);
            turn.messages.extend(ids.first().copied().map(Message::GoToEntry));
            return false;
        }
        let is_stuck = log.failure().is_some() && reader.retries_at().is_none();
        if !gap || is_stuck {
            self.told.failure(model, turn);
            turn.own(model, if gap { "Newer entries are not loaded." } else { "Nothing newer is loaded." });
            return false;
        }
        if !is_asked {
            turn.messages.extend(self.place.first(model).map(Message::GoToEntry));
            turn.messages.push(Message::Asked(Action::Step(-1)));
            return true;
        }
        self.told.failure(model, turn);
        log.is_asking() || reader.retries_at().is_some()
    }

    /// A page from the cursor on, as far as it is loaded.
    pub(super) fn page(&mut self, model: &Model, turn: &mut Turn) {
        let from = at_cursor(model).or_else(|| model.reader.timeline().numbered(1));
        self.page_from(model, from, turn);
    }

    /// The newest page.
    pub(super) fn page_from_top(&mut self, model: &Model, turn: &mut Turn) {
        self.page_from(model, model.reader.timeline().numbered(1), turn);
    }

    fn page_from(&mut self, model: &Model, from: Option<EntryId>, turn: &mut Turn) {
        let (timeline, log) = (model.reader.timeline(), model.reader.log());
        let below = |id: &EntryId| match timeline.below(log, *id) {
            Some(Item::Entry(below)) => Some(below),
            _ => None,
        };
        let ids: Vec<EntryId> = std::iter::successors(from, below).take(PAGE).collect();
        self.list(model, &ids, turn);
        turn.messages.extend(ids.last().copied().map(Message::GoToEntry));
    }

    /// A page that ends at the cursor.
    pub(super) fn page_to_here(&mut self, model: &Model, turn: &mut Turn) {
        let (timeline, log) = (model.reader.timeline(), model.reader.log());
        let above = |id: &EntryId| match timeline.above(log, *id) {
            Some(Item::Entry(above)) => Some(above),
            _ => None,
        };
        let mut ids: Vec<EntryId> = std::iter::successors(at_cursor(model), above).take(PAGE).collect();
        ids.reverse();
        self.list(model, &ids, turn);
        if let Some(Item::Gap(run)) = ids.last().and_then(|id| timeline.below(log, *id))
            && is_start(model, run)
        {
            told::start(model, turn);
        }
    }

    /// The hit at the cursor.
    pub(super) fn hit(&mut self, model: &Model, turn: &mut Turn) {
        let found = model.reader.timeline().found();
        let Some((found, number)) = found.and_then(|found| Some((found, found.number?))) else { return };
        let loaded = if model.reader.log().total().is_some() { "" } else { " in what is loaded" };
        turn.own(model, &format!("Hit {number} of {}{loaded}.", found.hits));
        self.here(model, turn);
    }

    /// The entry at the cursor.
    pub(super) fn here(&mut self, model: &Model, turn: &mut Turn) {
        self.list(model, at_cursor(model).as_slice(), turn);
    }

    /// One entry in full.
    pub(super) fn whole(&mut self, model: &Model, id: EntryId, turn: &mut Turn) {
        entry::whole(model, id, turn);
        self.go_to(model, id, turn);
    }

    /// What is told next goes on from an entry.
    pub(super) fn go_to(&mut self, model: &Model, id: EntryId, turn: &mut Turn) {
        self.place.set(model, Some(id), Some(id));
        turn.messages.push(Message::GoToEntry(id));
    }

    fn list(&mut self, model: &Model, ids: &[EntryId], turn: &mut Turn) {
        if ids.is_empty() {
            turn.own(model, told::nothing_to_tell(model));
        }
        for id in ids {
            entry::tell(model, *id, turn);
        }
        self.place.set(model, ids.first().copied(), ids.last().copied());
    }

    /// Tells what arrived since, the oldest of it first.
    pub(super) fn follow(&mut self, model: &Model, known: Option<EntryId>, turn: &mut Turn) -> Option<Doing> {
        let (timeline, log) = (model.reader.timeline(), model.reader.log());
        let newest = timeline.numbered(1);
        let above = known.and_then(|id| timeline.number_of(log, id)).map_or(0, |number| number - 1);
        let new: Vec<EntryId> = (1..=above).rev().filter_map(|number| timeline.numbered(number)).collect();
        for id in &new {
            entry::tell(model, *id, turn);
        }
        if !new.is_empty() {
            self.place.set(model, newest, newest);
        }
        self.told.failure(model, turn);
        match model.follow.following() {
            Following::On => Some(Doing::Follow(newest)),
            Following::Paused => {
                stop_following(turn);
                turn.own(model, "Following ended: nobody has typed for half an hour.");
                None
            }
            Following::Off => None,
        }
    }
}
