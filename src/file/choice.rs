//! Where the entries of some action types stand among all of them: found by reading entries in the background, a
//! few at a time, and kept for the choices that were used last.

use std::collections::VecDeque;

use crate::model::query::Query;

/// For how many choices the places are kept.
const MOST: usize = 4;

/// How many entries are read before questions are looked at again.
pub(super) const STEP: usize = 500;

/// The places of the entries of one choice.
#[derive(Debug)]
pub(super) struct Choice {
    query: Query,
    /// The places among all entries, newest first; four bytes each.
    places: Vec<u32>,
    /// How many entries were looked at.
    looked: usize,
}

impl Choice {
    /// How many entries were looked at.
    pub(super) fn looked(&self) -> usize {
        self.looked
    }

    /// The place among all entries of the entry at this place of the choice.
    pub(super) fn place(&self, at: u64) -> Option<usize> {
        let place = self.places.get(usize::try_from(at).ok()?)?;
        usize::try_from(*place).ok()
    }

    /// How many entries of the choice are known.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The next entry was looked at.
    pub(super) fn note(&mut self, is_chosen: bool) {
        if is_chosen && let Ok(place) = u32::try_from(self.looked) {
            self.places.push(place);
        }
        self.looked += 1;
    }
}

/// The choices that were used last, the newest in front.
#[derive(Debug, Default)]
pub(super) struct Choices(VecDeque<Choice>);

impl Choices {
    /// The places of a choice, as far as they are known.
    pub(super) fn of(&mut self, query: &Query) -> &mut Choice {
        let known = self.0.iter().position(|choice| choice.query == *query);
        let choice = known.and_then(|at| self.0.remove(at));
        let choice = choice.unwrap_or_else(|| Choice { query: query.clone(), places: Vec::new(), looked: 0 });
        self.0.truncate(MOST - 1);
        self.0.push_front(choice);
        &mut self.0[0]
    }

    /// Forgets everything: the places have changed.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
