//! A query that is left for one in which the entry at the cursor is not loaded yet. What it has loaded are true entries
//! of the other one too, with holes between them: it stays on the screen, with cursor and line, until the jump to that
//! entry has landed. Meanwhile nothing but the other query is asked.

use super::{Change, Journey, Reader};
use crate::model::{
    entry::Entry,
    log::{Log, Target},
    time_words::{Moment, Unit},
    types::TypeChoice,
};

/// The log that is left, and the types that were chosen for it.
#[derive(Debug)]
pub(super) struct Left {
    pub(super) log: Log,
    pub(super) types: TypeChoice,
}

/// The log that is on the screen.
pub(super) fn shown<'a>(left: Option<&'a Left>, narrow: Option<&'a Log>, all: &'a Log) -> &'a Log {
    left.map(|left| &left.log).or(narrow).unwrap_or(all)
}

impl Reader {
    /// The log that is shown.
    #[must_use]
    pub fn log(&self) -> &Log {
        shown(self.left.as_deref(), self.narrow.as_ref(), &self.all)
    }

    /// The log that is asked for: another one than is shown only while a query is left.
    #[must_use]
    pub fn asked_log(&self) -> &Log {
        self.narrow.as_ref().unwrap_or(&self.all)
    }

    pub(super) fn log_mut(&mut self) -> &mut Log {
        self.narrow.as_mut().unwrap_or(&mut self.all)
    }

    /// Whether what is shown is of a query that is left, until the window round the cursor has come in the other one.
    /// Where no type is chosen nothing is shown, and nothing comes.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.left.is_some() && self.choice().query().is_some()
    }

    /// Whether what is left has to stay on the screen: it shows the entry at the cursor, which is not loaded elsewhere.
    pub(super) fn is_missed(&self, left: &Left) -> bool {
        let Some(home) = self.timeline.home().filter(|home| home.stamp().is_some()) else { return false };
        let types = self.choice();
        let is_shown = types.query().is_none() || types.passes(&home.action_type);
        is_shown && !left.log.is_scrambled() && self.asked_log().newest_like(home).is_none()
    }

    /// Another query begins to count, in the place of this one. What is shown stays as long as it is missed; back in
    /// its own query it is what it was, but asks as the one that it takes the place of: none asks after a younger one.
    pub(super) fn leave(&mut self, asked: Option<Left>) {
        let Some(mut left) = self.left.take().or_else(|| asked.map(Box::new)) else { return };
        if !self.ignores_types && self.choice().query().as_ref() == Some(left.log.query()) {
            left.log.abandon(self.newest_generation);
            self.narrow = Some(left.log);
        } else if self.is_missed(&left) {
            self.left = Some(left);
        }
    }

    /// Shows the log that is asked for, whatever is loaded of it.
    pub(super) fn end_leaving(&mut self) {
        if self.left.take().is_none() {
            return;
        }
        if let Some(Journey::Kept(_) | Journey::Home) = self.journey {
            self.journey = None;
            self.log_mut().cancel_seek();
        }
        self.renew_timeline();
        self.begin_to_look(0);
    }

    /// Sets out for the entry at the cursor, as long as a query is left and nothing else is looked for.
    pub(super) fn go_on_leaving(&mut self) {
        let is_idle = self.journey.is_none() && self.asked_log().failure().is_none();
        if self.left.is_some() && self.settling.is_none() && is_idle {
            self.keep_place();
            if self.journey.is_none() {
                self.end_leaving();
            }
        }
    }

    /// Looks for the entry that the user put the cursor on last, in another query. Nobody waits for it but where what is
    /// left is still on the screen, or where that query has no such entry: what is loaded of it shows at once, wherever
    /// that is, and how far the window round the moment is has to be told.
    pub(super) fn keep_place(&mut self) {
        if self.left.is_none() && !self.is_home_hidden() {
            self.go_home();
        } else if let Some(at) = self.home_instant() {
            let moment = Moment { at, unit: Unit::Instant };
            self.set_out(Target::At(at), Journey::Kept(moment));
        }
    }

    /// Whether the entry that the user put the cursor on last has a type that is not chosen.
    fn is_home_hidden(&self) -> bool {
        let types = self.choice();
        self.timeline.home().is_some_and(|home| types.query().is_some() && !types.passes(&home.action_type))
    }

    /// The window round the cursor has come; unless the user has gone elsewhere meanwhile.
    pub(super) fn land_kept(&mut self, moment: Moment) {
        if self.left.is_none() {
            let log = shown(None, self.narrow.as_ref(), &self.all);
            return self.timeline.return_home(log);
        }
        let home = self.timeline.home();
        let is_here = home.and_then(Entry::stamp).is_none_or(|stamp| stamp.instant() == moment.at);
        if !is_here && home.is_some_and(|home| self.asked_log().newest_like(home).is_none()) {
            return self.keep_place();
        }
        self.end_leaving();
    }

    /// Goes back to the query that is being left: its types are chosen again. `None` where none is left, or a jump that
    /// the user asked for is to be given up first.
    pub fn stay(&mut self) -> Option<Change> {
        if !self.is_leaving() || self.progress().is_some_and(|progress| !progress.is_kept) {
            return None;
        }
        let types = self.left.as_ref().map(|left| left.types.clone())?;
        Some(self.turn(|history| {
            let mut undone = history.clone();
            if undone.undo() && undone.current().types == types {
                *history = undone;
                return true;
            }
            history.change(|narrowing| narrowing.types = types)
        }))
    }
}
