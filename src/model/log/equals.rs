//! Equal entries that the log begins with, as many as an answer holds or more: the head cannot show a move there.
//!
//! While nothing else is known below them, it need not: the places count them from the top. Otherwise the window in which
//! they end is asked for: it moves with every arrival. By how much tells how many arrived, and that all of them equal
//! the ones below is shown by the head, before it and after it. So they are put above what is loaded, and nothing of
//! that is read again. Where more arrived than a head can show, or entries vanished, they are counted anew from the top.

use super::{
    Accepted, Log, Pending, Purpose, Run,
    align::{self, Relation},
    doubt::Check,
};
use crate::model::{entry::Entry, query::PAGE};

/// What is known of equal entries that arrived above as many as an answer holds.
#[derive(Debug, Default)]
pub(super) struct Equals {
    /// At least so many have.
    pub(super) least: u64,
    counted: Option<Counted>,
    /// The newest entry was not known before: what stands above it need not have arrived.
    is_first_look: bool,
}

/// So many had arrived where they end; the head has yet to show that they are equal ones.
#[derive(Debug, Clone, Copy)]
struct Counted {
    arrived: u64,
    /// How often the log had moved.
    moves: u64,
    /// Requests from this number on were made after that was told.
    since: u64,
    /// More may have arrived before the head that is to come was asked for.
    is_outdated: bool,
}

impl Equals {
    /// Whether only the head is awaited.
    pub(super) fn is_counted(&self) -> bool {
        self.counted.is_some()
    }

    /// The head is not to come before somebody asks again: what arrives until then was not counted.
    pub(super) fn doubt_count(&mut self) {
        if let Some(counted) = &mut self.counted {
            counted.is_outdated = true;
        }
    }
}

impl Log {
    /// Whether the head holds nothing but entries equal to the newest ones loaded: then nobody can tell how many
    /// arrived.
    pub(super) fn repeats_head(&self, page: &[Entry]) -> bool {
        let Some((run, first)) = self.runs.first().zip(page.first()) else {
            return false;
        };
        let is_full = page.len() >= usize::from(self.longest_answer());
        is_full
            && run.len() >= page.len()
            && page.iter().all(|told| told.is_same(first))
            && run.iter().take(page.len()).all(|known| known.is_same(first))
    }

    /// As many equal entries as an answer holds, and as many were known.
    pub(super) fn accept_equal_head(&mut self, check: Pending, was_known: bool) -> Accepted {
        let counted = self.equals.counted.take();
        let is_first_look = !was_known || (counted.is_some() && self.equals.is_first_look);
        let is_fresh = |counted: &Counted| counted.moves == self.moves && !counted.is_outdated;
        if let Some(counted) = counted.filter(is_fresh) {
            if check.number >= counted.since {
                return self.put_equal_above(counted.arrived, check);
            }
            self.equals.counted = Some(counted);
            self.check = Check::Head;
            return Accepted::default();
        }
        if self.hides_arrivals() || self.unloaded_above() > 0 {
            self.equals = Equals { is_first_look, ..Equals::default() };
            self.check = Check::Edge;
            return Accepted::default();
        }
        self.resolve_suspicion(0, check);
        let accepted = self.judge(check);
        if self.hides_arrivals() && self.check == Check::Nothing {
            // They may have become more since the answer was given that showed where they end.
            self.check = Check::Edge;
        }
        accepted
    }

    /// Whether it is being looked at how many arrived.
    pub(super) fn counts_equals(&self) -> bool {
        let is_asked = self.pending.iter().any(|p| p.purpose == Purpose::Edge);
        is_asked || self.check == Check::Edge || self.equals.is_counted()
    }

    /// Equal entries that the log begins with were counted from the top, with those that have arrived meanwhile: what
    /// stands below them was measured before.
    pub(super) fn doubt_places_below_equals(&mut self) {
        if self.runs.first().is_some_and(|run| self.newest_equal() == run.len()) {
            self.doubt_places_below();
        }
    }

    /// Whether the log begins with more equal entries than an answer holds, and it is known where they end.
    fn hides_arrivals(&self) -> bool {
        let (equal, loaded) = (self.newest_equal(), self.runs.first().map_or(0, Run::len));
        let ends = equal < loaded || (self.end && self.runs.len() == 1);
        ends && equal >= self.cap.unwrap_or(PAGE).into()
    }

    /// How many entries the log begins with that all are equal, as far as is loaded.
    pub(super) fn newest_equal(&self) -> usize {
        let Some((run, first)) = self.runs.first().and_then(|run| Some((run, run.newest()?))) else {
            return 0;
        };
        run.iter().take_while(|known| known.is_same(first)).count()
    }

    /// The window in which the equal entries end that the log begins with.
    pub(super) fn accept_edge(&mut self, check: Pending, page: &[Entry]) -> Accepted {
        if check.moves != self.moves {
            // It may show where other entries end than those that the log begins with now.
            self.check = Check::Head;
            return Accepted::default();
        }
        let ends = self.ends(page, check.window);
        let Some(run) = self.runs.first() else { return Accepted::default() };
        let asked = isize::try_from(check.window.skip).unwrap_or(isize::MAX);
        let relation = align::relate(run, page, self.ends_at(0, ends), Some(asked));
        // They end there again, whatever else the answer may look like.
        let ends_there =
            ends.bottom || page.first().is_some_and(|first| page.iter().any(|told| !told.is_same(first)));
        let is_there = match relation {
            Relation::Fits(at) => at == asked,
            Relation::Unsure(at) => at == asked && run.place == 0,
            Relation::Apart | Relation::Torn => false,
        };
        if is_there && ends_there {
            // Whatever was believed to have arrived above is not there.
            self.place_at_top();
            self.resolve_suspicion(0, check);
            return self.judge(check);
        }
        let most = u64::from(self.longest_answer());
        let equal = self.newest_equal() as u64;
        let is_alike = self.repeats_newest(page);
        match relation {
            Relation::Fits(found) if (0..=most).contains(&shift(asked, found)) => {
                let arrived = shift(asked, found);
                self.equals.counted =
                    Some(Counted { arrived, moves: self.moves, since: self.asked, is_outdated: false });
                self.check = Check::Head;
                Accepted::default()
            }
            Relation::Unsure(_) if is_alike && check.window.skip + page.len() as u64 <= equal + most => {
                // They end below it; an answer that was cut short may not even reach the end that is known.
                self.equals.least = (check.window.skip + page.len() as u64).saturating_sub(equal);
                self.check = Check::Edge;
                Accepted::default()
            }
            Relation::Torn => self.torn(),
            _ => self.count_anew(check),
        }
    }

    /// Whether an answer holds nothing but entries that equal the newest one loaded.
    fn repeats_newest(&self, page: &[Entry]) -> bool {
        let newest = self.runs.first().and_then(Run::newest);
        newest.is_some_and(|newest| page.iter().all(|told| told.is_same(newest)))
    }

    /// So many equal entries stand above those that are loaded.
    fn put_equal_above(&mut self, arrived: u64, check: Pending) -> Accepted {
        let Some(first) = self.runs.first().and_then(Run::newest).cloned() else {
            return Accepted::default();
        };
        let count = usize::try_from(arrived).unwrap_or(0);
        self.move_places(0, arrived.cast_signed() - self.unloaded_above().cast_signed());
        let above = vec![Entry { raw: None, ..first }; count];
        self.tally(&above, 1);
        if let Some(run) = self.runs.first_mut() {
            run.place = 0;
            run.prepend(above);
        }
        self.part_places();
        self.resolve_suspicion(count, check);
        let arrived = if self.equals.is_first_look { 0 } else { count };
        self.equals = Equals::default();
        let judged = self.judge(check);
        Accepted { arrived: arrived + judged.arrived, ..judged }
    }

    /// Nobody knows how many equal entries the log begins with: as many as an answer holds are a run of their own,
    /// below which the others are read.
    fn count_anew(&mut self, check: Pending) -> Accepted {
        let Some(first) = self.runs.first().and_then(Run::newest).cloned() else {
            return Accepted::default();
        };
        let equal = self.newest_equal().min(self.longest_answer().into());
        self.held = None;
        self.equals = Equals::default();
        self.moves += 1;
        self.drop_equal_newest(0);
        self.remove_empty(0);
        let known = vec![Entry { raw: None, ..first }; equal];
        self.push_run(0, 0, known);
        self.doubt_places_below();
        self.check = Check::Head;
        self.resolve_suspicion(0, check);
        Accepted::default()
    }
}

/// How far down what was asked for at one place of a run has gone that is found at another one.
fn shift(asked: isize, found: isize) -> u64 {
    u64::try_from(asked - found).unwrap_or(u64::MAX)
}
