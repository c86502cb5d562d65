//! Keeps the newest view and the newest visits at hand, so that whoever notices a drop of the line can save them
//! without the main loop.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::now;
use crate::{
    model::{query::TicketNumber, saved_view::SavedView, visit::Visit},
    state::Store,
};

/// The view as it was last, the visits that are not written yet, and where they are.
#[derive(Debug)]
pub(super) struct Keeper {
    store: Option<Store>,
    view: Mutex<Option<SavedView>>,
    visits: Mutex<Visits>,
    /// The line has dropped: what is shown from now on nobody sees.
    is_over: AtomicBool,
    /// Held while visits are written: whoever leaves waits for those that are being written.
    writing: Mutex<()>,
}

#[derive(Debug, Default)]
struct Visits {
    /// To the ticket that is open.
    open: Option<Visit>,
    /// To others before it.
    left: Vec<Visit>,
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

    /// Notes what is shown now. A visit to another ticket than before is over, and written; not by the main loop,
    /// since a disk can be slow.
    pub(super) fn note(self: &Arc<Self>, view: Option<SavedView>, visit: Option<Visit>) {
        let ticket = view.as_ref().map(|view| view.ticket).or(visit.map(|visit| visit.ticket));
        let Some(ticket) = ticket.filter(|_| !self.is_over.load(Ordering::Relaxed)) else {
            return;
        };
        if view.is_some() {
            *lock(&self.view) = view;
        }
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

    /// Saves the view: the line has dropped. Once; a second call waits for the first.
    pub(super) fn save(&self) {
        self.is_over.store(true, Ordering::Relaxed);
        let mut view = lock(&self.view);
        if let (Some(view), Some(store)) = (view.take(), &self.store) {
            // Nobody is there to be told.
            let _ = store.save(&view, now());
        }
        self.keep_visits();
    }

    /// Writes all visits: the program is being left.
    pub(super) fn keep_visits(&self) {
        {
            let mut visits = lock(&self.visits);
            let open = visits.open.take();
            visits.left.extend(open);
        }
        self.keep_left();
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

    fn keep_left(&self) {
        let _writing = lock(&self.writing);
        let left = std::mem::take(&mut lock(&self.visits).left);
        if let Some(store) = &self.store {
            // A visit that cannot be kept is no reason to disturb anybody.
            for visit in left {
                let _ = store.keep(visit);
            }
        }
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
