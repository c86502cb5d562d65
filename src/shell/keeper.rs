//! Keeps the newest view at hand, so that whoever notices a drop of the line can save it without the main loop.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::now;
use crate::{model::saved_view::SavedView, state::Store};

/// The view as it was last, and where it is saved.
#[derive(Debug)]
pub(super) struct Keeper {
    store: Option<Store>,
    view: Mutex<Kept>,
}

#[derive(Debug)]
enum Kept {
    Nothing,
    View(SavedView),
    /// The end is near: what is shown from now on was seen by nobody.
    Saved,
}

impl Keeper {
    pub(super) fn new(store: Option<Store>) -> Self {
        Self { store, view: Mutex::new(Kept::Nothing) }
    }

    /// Notes what is shown now.
    pub(super) fn note(&self, view: SavedView) {
        let mut kept = self.view();
        if !matches!(*kept, Kept::Saved) {
            *kept = Kept::View(view);
        }
    }

    /// Saves the view: the line has dropped. Once; a second call waits for the first.
    pub(super) fn save(&self) {
        let mut view = self.view();
        if let (Kept::View(view), Some(store)) = (std::mem::replace(&mut *view, Kept::Saved), &self.store) {
            // Nobody is there to be told.
            let _ = store.save(&view, now());
        }
    }

    /// Forgets a saved view: it was taken up and left in order.
    pub(super) fn forget(&self, taken_up: &SavedView) {
        if let Some(store) = &self.store {
            store.forget(taken_up);
        }
    }

    fn view(&self) -> MutexGuard<'_, Kept> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
