//! The steps by which the view was narrowed: back one by one, and all of it off and on again.

use super::Narrowing;
use crate::model::{remembered::Chosen, text::Untrusted};

/// The most steps that are kept.
const MOST: usize = 100;

/// The narrowing in force and the ones before it.
#[derive(Debug, Clone)]
pub struct History {
    current: Narrowing,
    /// A step back led to nothing narrowed, which nobody chose.
    is_left_off: bool,
    /// What is off for a while.
    aside: Option<Narrowing>,
    /// The last one at the end.
    past: Vec<Step>,
}

/// A narrowing that was in force.
#[derive(Debug, Clone)]
struct Step {
    narrowing: Narrowing,
    /// Nothing was narrowed because the one before was off for a while: nobody chose that.
    was_off: bool,
}

impl History {
    /// Begins with a narrowing; nothing is before it.
    #[must_use]
    pub fn new(current: Narrowing) -> Self {
        Self { current, is_left_off: false, aside: None, past: Vec::new() }
    }

    /// Begins with a narrowing; nothing narrowed is before it.
    #[must_use]
    pub fn begun(lifted: Narrowing, current: Narrowing) -> Self {
        let mut history = Self::new(lifted);
        history.change(|narrowing| *narrowing = current);
        history
    }

    /// The last choice of types with a name that was made and not undone, also while it is off.
    #[must_use]
    pub fn chosen(&self) -> Option<Chosen> {
        let newest = self.aside.as_ref().or_else(|| (!self.is_left_off).then_some(&self.current));
        let past = self.past.iter().rev().filter(|step| !step.was_off).map(|step| &step.narrowing);
        newest.into_iter().chain(past).find_map(Chosen::of)
    }

    /// The narrowing in force.
    #[must_use]
    pub fn current(&self) -> &Narrowing {
        &self.current
    }

    /// The same for whoever looks at many entries: it remembers answers.
    pub fn current_mut(&mut self) -> &mut Narrowing {
        &mut self.current
    }

    /// Whether a narrowing is off for a while.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.aside.is_some()
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub fn has_steps(&self) -> bool {
        self.is_off() || !self.past.is_empty()
    }

    /// Takes types seen in the data into the list.
    pub fn learn<'a>(&mut self, seen: impl Iterator<Item = &'a Untrusted>) {
        self.current.types.learn(seen);
    }

    /// Takes a step. False when it changes nothing.
    pub fn change(&mut self, change: impl FnOnce(&mut Narrowing)) -> bool {
        let mut changed = self.current.clone();
        change(&mut changed);
        if changed == self.current {
            // It may have another name.
            self.current = changed;
            return false;
        }
        let before = std::mem::replace(&mut self.current, changed);
        // Switching off was a step too, if another one follows.
        let was_off = self.is_off() || std::mem::take(&mut self.is_left_off);
        let aside = self.aside.take().map(|narrowing| Step { narrowing, was_off: false });
        self.past.extend(aside.into_iter().chain([Step { narrowing: before, was_off }]));
        let extra = self.past.len().saturating_sub(MOST);
        self.past.drain(..extra);
        true
    }

    /// Takes all of it off, or puts it on again. False when there is nothing to do either with.
    pub fn toggle(&mut self) -> bool {
        if let Some(aside) = self.aside.take() {
            self.restore(aside);
            return true;
        }
        if self.current.is_everything() {
            return false;
        }
        self.is_left_off = false;
        let lifted = self.current.lifted();
        self.aside = Some(std::mem::replace(&mut self.current, lifted));
        true
    }

    /// Takes the last step back. False when there is none.
    pub fn undo(&mut self) -> bool {
        if let Some(aside) = self.aside.take() {
            self.restore(aside);
            return true;
        }
        let Some(Step { narrowing, was_off }) = self.past.pop() else {
            return false;
        };
        self.restore(narrowing);
        self.is_left_off = was_off;
        true
    }

    fn restore(&mut self, mut before: Narrowing) {
        // Types that were seen since then are listed like those that were known.
        before.types.learn(self.current.types.listed());
        self.current = before;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::types::{Catalogue, TypeRow};

    fn begun() -> History {
        let mut history = History::new(Narrowing::everything(&Catalogue::default()));
        history.learn(["read", "reply", "tag"].map(Untrusted::new).iter());
        history
    }

    fn hide(history: &mut History, name: &str) -> bool {
        history.change(|narrowing| narrowing.types.hide(&Untrusted::new(name)))
    }

    fn hidden(history: &History) -> Vec<&str> {
        history.current().types.unticked().map(Untrusted::raw).collect()
    }

    #[test]
    fn steps_are_taken_back_one_by_one() {
        let mut history = begun();
        assert!(hide(&mut history, "read") && hide(&mut history, "tag"));
        assert!(!hide(&mut history, "tag"), "nothing changes");
        assert!(history.undo());
        assert_eq!(hidden(&history), ["read"]);
        assert!(history.undo());
        assert!(history.current().is_everything());
        assert!(!history.undo());
    }

    #[test]
    fn all_of_it_goes_off_and_on_again() {
        let mut history = begun();
        assert!(!history.toggle(), "there is nothing to take off");
        hide(&mut history, "read");
        assert!(history.toggle() && history.is_off());
        assert!(history.current().is_everything());
        assert!(history.toggle() && !history.is_off());
        assert_eq!(hidden(&history), ["read"]);
        history.toggle();
        assert!(history.undo() && !history.is_off());
        assert_eq!(hidden(&history), ["read"], "taking it off was the last step");
    }

    #[test]
    fn a_step_taken_while_it_is_off_leads_back_through_both() {
        let mut history = begun();
        hide(&mut history, "read");
        history.toggle();
        hide(&mut history, "tag");
        assert_eq!(hidden(&history), ["tag"]);
        assert!(history.undo() && history.current().is_everything());
        assert!(history.undo());
        assert_eq!(hidden(&history), ["read"]);
    }

    #[test]
    fn types_that_were_learnt_since_are_listed_after_a_step_back() {
        let mut history = begun();
        history.change(|narrowing| narrowing.types.only(&TypeRow::Type(Untrusted::new("read"))));
        history.learn([Untrusted::new("late")].iter());
        assert!(history.undo());
        assert!(history.current().types.listed().any(|name| name.raw() == "late"));
        assert!(history.current().is_everything());
    }

    #[test]
    fn only_the_last_steps_are_kept() {
        let mut history = begun();
        for at in 0..3 * MOST {
            let row = TypeRow::Type(Untrusted::new("read"));
            assert!(history.change(|narrowing| narrowing.types.toggle(&row)), "{at}");
        }
        let mut steps = 0;
        while history.undo() {
            steps += 1;
        }
        assert_eq!(steps, MOST);
    }
}
