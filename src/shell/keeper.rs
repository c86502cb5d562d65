//! Keeps the newest view and the newest visits at hand, so that whoever notices a drop of the line can save them
//! without the main loop.

use std::{
    io::{self, ErrorKind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::now;
use crate::{
    model::{Model, query::TicketNumber, saved_view::SavedView, text::Untrusted, visit::Visit},
    reason::not_written,
    state::Store,
};

/// The view as it was last, the visits that are not written yet, and where they are.
#[derive(Debug)]
pub(super) struct Keeper {
    store: Option<Store>,
    view: Mutex<Option<Latest>>,
    visits: Mutex<Visits>,
    /// The line has dropped: what is shown from now on nobody sees.
    is_over: AtomicBool,
    /// Held while visits are written: whoever leaves waits for those that are being written.
    writing: Mutex<()>,
}

#[derive(Debug)]
struct Latest {
    view: SavedView,
    /// Nobody has done anything in it yet.
    is_unused: bool,
}

#[derive(Debug, Default)]
struct Visits {
    /// To the ticket that is open.
    open: Option<Visit>,
    /// To others before it.
    left: Vec<Visit>,
    /// Why they were not written, when that was tried last.
    unwritten: Option<io::Error>,
}

impl Keeper {
    pub(super) fn new(store: Option<Store>) -> Self {
        Self {
            store,
            view: Mutex::default(),
            visits: Mutex::default(),
            is_over: AtomicBool::new(false),
            writing: Mutex::default(),
        }
    }

    /// Notes what is shown now.
    pub(super) fn note(self: &Arc<Self>, model: &Model) {
        if self.is_over.load(Ordering::Relaxed) {
            return;
        }
        if let Some(view) = model.saved_view() {
            *lock(&self.view) = Some(Latest { view, is_unused: model.is_unused() });
        }
        if let Some(ticket) = model.subject.ticket() {
            self.note_visit(ticket, model.visit());
        }
    }

    /// Notes a visit. One to another ticket than before is over, and written; not by the main loop, since a disk can be
    /// slow.
    fn note_visit(self: &Arc<Self>, ticket: TicketNumber, visit: Option<Visit>) {
        let mut visits = lock(&self.visits);
        let is_over = visits.open.is_some_and(|open| open.ticket != ticket);
        let before = if is_over { visits.open.take() } else { None };
        visits.open = visit.or(visits.open);
        if let Some(before) = before {
            visits.left.push(before);
            let keeper = Arc::clone(self);
            // Without a thread it is written on leaving.
            let _ = thread::Builder::new().name("visits".to_owned()).spawn(move || keeper.keep_left());
        }
    }

    /// What [`Keeper::save`] does, for whoever notices a drop without the main loop.
    pub(super) fn saving(self: &Arc<Self>) -> impl Fn() + Send + use<> {
        let keeper = Arc::clone(self);
        move || keeper.save()
    }

    /// Saves the view: the line has dropped. Once; a second call waits for the first.
    pub(super) fn save(&self) {
        self.is_over.store(true, Ordering::Relaxed);
        let mut latest = lock(&self.view);
        if let (Some(Latest { view, is_unused }), Some(store)) = (latest.take(), &self.store) {
            let now = now();
            // Another window of this ticket, which somebody used, has dropped with this one.
            let is_worth_less = is_unused && store.view(view.ticket, now).is_some();
            if !is_worth_less {
                // Nobody is there to be told.
                let _ = store.save(&view, now);
            }
        }
        self.keep_visits();
    }

    /// Writes all visits: the program is being left. Gives a sentence where they cannot be written.
    pub(super) fn keep_visits(&self) -> Option<String> {
        {
            let mut visits = lock(&self.visits);
            let open = visits.open.take();
            visits.left.extend(open);
        }
        self.keep_left();
        let why = lock(&self.visits).unwritten.take()?;
        self.unkept(&why)
    }

    /// The program was left in order: a line that drops now drops nothing.
    pub(super) fn close(&self) {
        *lock(&self.view) = None;
    }

    /// Remembers what changed in this run for the next one. Gives a sentence where that cannot be written.
    pub(super) fn remember(&self, model: &Model) -> Option<String> {
        let why = self.store.as_ref()?.remember(model.begun(), &model.habits()).err()?;
        self.unkept(&why)
    }

    fn unkept(&self, why: &io::Error) -> Option<String> {
        let folder = self.store.as_ref()?.folder().display();
        let sentence = match why.kind() {
            ErrorKind::WouldBlock => format!("another program keeps {folder} locked."),
            _ => format!(
                "{folder} cannot be written: {}. Mend that, or start with --no-state.",
                not_written(why)
            ),
        };
        Some(Untrusted::new(format!("This look was not kept for the next one: {sentence}")).escaped())
    }

    /// The tickets looked at lately, the last one first, those included whose visit has just ended.
    pub(super) fn visits(&self) -> Vec<Visit> {
        self.keep_left();
        self.store.as_ref().map(Store::visits).unwrap_or_default()
    }

    /// The last visit of a ticket.
    pub(super) fn visit(&self, ticket: TicketNumber) -> Option<Visit> {
        self.keep_left();
        self.store.as_ref()?.visit(ticket)
    }

    /// Writes the visits that have ended. What cannot be written now is tried again with the next one, and on leaving.
    fn keep_left(&self) {
        let _writing = lock(&self.writing);
        let mut left = std::mem::take(&mut lock(&self.visits).left).into_iter();
        let Some(store) = &self.store else { return };
        let (mut unwritten, mut why) = (Vec::new(), None);
        for visit in left.by_ref() {
            if let Err(error) = store.keep(visit) {
                unwritten.push(visit);
                // The others would have to wait as long, and in vain.
                let is_locked = error.kind() == ErrorKind::WouldBlock;
                why = Some(error);
                if is_locked {
                    break;
                }
            }
        }
        unwritten.extend(left);
        let mut visits = lock(&self.visits);
        visits.left.splice(..0, unwritten);
        visits.unwritten = why;
    }

    /// Forgets a saved view: it was taken up and left in order.
    pub(super) fn forget(&self, taken_up: &SavedView) {
        if let Some(store) = &self.store {
            store.forget(taken_up);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use rustix::fs::{FlockOperation, flock};

    use super::*;

    #[test]
    fn a_visit_that_cannot_be_written_at_once_is_written_on_leaving() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap().to_owned();
        let store = Store::find("demo", |name| (name == "TICKETLOG_STATE").then(|| path.clone())).unwrap();
        let keeper = Arc::new(Keeper::new(Some(store.clone())));
        let visit = |ticket| Visit { ticket, looked: now(), seen: None };
        let another = File::open(folder.path()).unwrap();
        flock(&another, FlockOperation::LockExclusive).unwrap();
        for ticket in 1..=4 {
            keeper.note_visit(ticket, Some(visit(ticket)));
        }
        assert_eq!(keeper.visits(), [], "another instance writes");
        drop(another);
        keeper.keep_visits();
        for ticket in 1..=4 {
            assert!(store.visit(ticket).is_some(), "{ticket}");
        }
    }
}
