//! Laying an answer against all runs at once: it grows what it touches and joins what it holds entries of.

use super::{
    Log,
    align::{self, Ends, Relation},
    run::Footing,
};
use crate::model::entry::Entry;

/// An answer with where it was asked for.
#[derive(Debug)]
pub(super) struct Answer {
    /// The place of its first entry when it was given.
    pub place: u64,
    /// Newest first.
    pub page: Vec<Entry>,
    /// The log was seen to move since it was asked for: it may have been given before.
    pub is_older: bool,
    /// Which of its ends are the log's.
    pub ends: Ends,
    /// The index of the run it was asked for, and where in it the answer starts if nothing moved.
    pub expected: Option<(usize, isize)>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merged {
    /// It touches nothing that is loaded; now it is a run of its own, at this index.
    Alone(usize),
    /// It grew the run at this index.
    Grew {
        /// The run's index now.
        index: usize,
        /// Entries that are new above the run, as it was.
        newer: usize,
        /// Entries that were not loaded before.
        new: usize,
        /// Runs that it joined to the first one.
        joined: usize,
    },
    /// It contradicts what is loaded.
    Torn,
}

/// Where a run lies in the answer.
#[derive(Debug, Clone, Copy)]
struct Part {
    index: usize,
    offset: isize,
}

impl Answer {
    /// Its ends as they are known now: above what may have been given before the log moved, more may stand.
    fn ends_now(&self) -> Ends {
        Ends { top: self.ends.top && !self.is_older, ..self.ends }
    }

    /// Drops the newest entry and all that equal it; tells how many.
    fn drop_equal_newest(&mut self) -> usize {
        let Some(first) = self.page.first().cloned() else { return 0 };
        let equal = self.page.iter().take_while(|entry| entry.is_same(&first)).count();
        self.page.drain(..equal);
        self.place += equal as u64;
        self.ends.top = false;
        if let Some((_, offset)) = &mut self.expected {
            *offset += equal.cast_signed();
        }
        equal
    }
}

impl Log {
    /// How the answer lies against the run it was asked for.
    pub(super) fn relation(&self, answer: &Answer) -> Relation {
        let Some((index, expected)) = answer.expected else {
            return Relation::Apart;
        };
        let run = self.runs.get(index);
        run.map_or(Relation::Apart, |run| {
            align::relate(run, &answer.page, self.ends_at(index, answer.ends_now()), Some(expected))
        })
    }

    /// The ends of an answer that is laid against a run.
    pub(super) fn ends_at(&self, index: usize, ends: Ends) -> Ends {
        Ends { run_bottom: self.end && index + 1 == self.runs.len(), ..ends }
    }

    /// Takes an answer in.
    pub(super) fn merge(&mut self, mut answer: Answer) -> Merged {
        let place = answer.place;
        let in_order = self.is_in_order_with(&answer.page);
        let Some(parts) = self.parts(&mut answer) else {
            return Merged::Torn;
        };
        if answer.page.is_empty() && answer.place > place {
            // All that it held stands in equal neighbours that are known.
            return Merged::Grew { index: 0, newer: 0, new: 0, joined: 0 };
        }
        let Some(first) = parts.first().copied() else {
            return Merged::Alone(self.insert(answer, in_order));
        };
        let Some(fill) = self.check(&parts, &answer) else {
            return Merged::Torn;
        };
        let top = i64::try_from(answer.place).unwrap_or(0) - i64::try_from(first.offset.max(0)).unwrap_or(0);
        if !answer.is_older && !answer.ends.top && self.is_crowded(first.index, top) {
            return Merged::Torn;
        }
        self.grow(first, &parts, &answer, fill)
    }

    /// The runs that the answer holds entries of, newest first. Where equal neighbours make it unsure whether a run
    /// is touched, those are dropped on one side and read again. `None` when anything is contradicted.
    fn parts(&mut self, answer: &mut Answer) -> Option<Vec<Part>> {
        let mut parts: Vec<Part> = Vec::new();
        let mut index = 0;
        while let Some(run) = self.runs.get(index) {
            let expected = answer.expected.filter(|(at, _)| *at == index).map(|(_, offset)| offset);
            match align::relate(run, &answer.page, self.ends_at(index, answer.ends_now()), expected) {
                Relation::Apart => index += 1,
                Relation::Fits(offset) => {
                    parts.push(Part { index, offset });
                    index += 1;
                }
                Relation::Unsure(offset) if expected.is_some() => {
                    parts.push(Part { index, offset });
                    index += 1;
                }
                // Looked at again: what is left of it may still be unsure, or fit.
                Relation::Unsure(offset) if offset < 0 || answer.ends_now().top => {
                    self.drop_equal_newest(index);
                    if self.remove_empty(index)
                        && let Some((at, _)) = &mut answer.expected
                    {
                        *at -= usize::from(*at > index);
                    }
                }
                Relation::Unsure(_) => {
                    let equal = answer.drop_equal_newest();
                    for part in &mut parts {
                        part.offset += equal.cast_signed();
                    }
                }
                Relation::Torn => return None,
            }
        }
        Some(parts)
    }

    pub(super) fn drop_equal_newest(&mut self, index: usize) {
        let Some(run) = self.runs.get_mut(index) else { return };
        let Some(first) = run.newest().cloned() else { return };
        let equal = run.iter().take_while(|entry| entry.is_same(&first)).count();
        run.drop_newest(equal);
        self.tally(&vec![first; equal], -1);
    }

    /// Removes a run of which nothing is left. Below the last one that is left, nobody knows what follows.
    pub(super) fn remove_empty(&mut self, index: usize) -> bool {
        if self.runs.get(index).is_none_or(|run| !run.is_empty()) {
            return false;
        }
        self.runs.remove(index);
        self.end &= index < self.runs.len();
        true
    }

    /// The stretches of the answer that no run holds: above the first run, between them, below the last.
    fn check(&self, parts: &[Part], answer: &Answer) -> Option<Vec<std::ops::Range<usize>>> {
        let mut gaps = Vec::new();
        let mut at = 0;
        let mut before: Option<usize> = None;
        for part in parts {
            let start = usize::try_from(-part.offset).unwrap_or(0);
            let neighbours = before.is_none_or(|before| before + 1 == part.index);
            // A run that lies in the answer with something above it cannot also reach above the answer.
            if start < at || !neighbours || (before.is_some() && part.offset > 0) {
                return None;
            }
            gaps.push(at..start);
            let length = self.runs.get(part.index)?.len().cast_signed();
            at = usize::try_from(length - part.offset).ok()?;
            before = Some(part.index);
        }
        let is_last = before.is_some_and(|before| before + 1 == self.runs.len());
        if answer.ends.bottom && (at > answer.page.len() || !is_last) {
            return None;
        }
        gaps.push(at.min(answer.page.len())..answer.page.len());
        Some(gaps)
    }

    fn grow(
        &mut self,
        first: Part,
        parts: &[Part],
        answer: &Answer,
        gaps: Vec<std::ops::Range<usize>>,
    ) -> Merged {
        let place = i64::try_from(answer.place).unwrap_or(0);
        let measured = place - i64::try_from(first.offset).unwrap_or(0);
        let hint = self.runs.get(first.index).map_or(0, |run| i64::try_from(run.place).unwrap_or(0));
        // An answer that brings nothing shows where the log stands now or a server that repeats itself: the head tells.
        let brings = parts.len() > 1 || gaps.iter().any(|gap| !gap.is_empty());
        let tells = answer.expected.is_none() || brings;
        if tells {
            self.measure(first.index, measured - hint, answer);
        }
        self.push_down_for(first.index, gaps.first().map_or(0, ExactSizeIterator::len) as u64);
        let mut gaps = gaps.into_iter().map(|gap| answer.page.get(gap).unwrap_or_default());
        let above: Vec<Entry> = gaps.next().unwrap_or_default().to_vec();
        let newer = above.len();
        let mut new = newer;
        self.tally(&above, 1);
        self.note_raw(first.index, &above, true);
        if let Some(run) = self.runs.get_mut(first.index) {
            run.place = run.place.saturating_sub(newer as u64);
            run.prepend(above);
        }
        for _ in parts.iter().skip(1) {
            new += self.append(first.index, gaps.next().unwrap_or_default());
            self.join_next(first.index);
        }
        let below = self.append(first.index, gaps.next().unwrap_or_default());
        new += below;
        self.note_end(first.index, below > 0, answer.ends.bottom);
        self.part_places();
        Merged::Grew { index: first.index, newer, new, joined: parts.len() - 1 }
    }

    fn append(&mut self, index: usize, entries: &[Entry]) -> usize {
        self.tally(entries, 1);
        self.note_raw(index, entries, false);
        if let Some(run) = self.runs.get_mut(index) {
            run.append(entries.iter().cloned());
        }
        entries.len()
    }

    pub(super) fn join_next(&mut self, index: usize) {
        let older = self.runs.remove(index + 1);
        let older_id = older.id();
        // Where it turns out to stand elsewhere, what is under way was asked for at a wrong place.
        self.moves += u64::from(self.runs.get(index).is_some_and(|run| run.end() != older.place));
        if let Some(run) = self.runs.get_mut(index) {
            let shift = run.join(older);
            self.joined.insert(older_id, (run.id(), shift));
        }
    }

    /// Whether times are in order, as far as is loaded and in an answer: only then do they tell which of two is older.
    pub(super) fn is_in_order_with(&self, page: &[Entry]) -> bool {
        !self.is_out_of_order() && page.iter().filter_map(Entry::stamp).is_sorted_by(|a, b| a >= b)
    }

    /// A new run, placed by time; where times do not tell, or are in no order, by its place. What was dropped of the
    /// answer tells of the order, too.
    fn insert(&mut self, answer: Answer, in_order: bool) -> usize {
        let newest = answer.page.first().and_then(Entry::stamp);
        let is_above = |run: &super::Run| match (run.newest().and_then(Entry::stamp), newest) {
            (Some(run), Some(new)) if in_order && run != new => run > new,
            _ => run.place < answer.place,
        };
        let is_top = answer.ends_now().top;
        let index = if is_top { 0 } else { self.runs.iter().take_while(|run| is_above(run)).count() };
        let pushed = if index == 0 { self.pushed_by(&answer) } else { 0 };
        self.push_run(index, answer.place, answer.page);
        if let Some(run) = self.runs.get_mut(index).filter(|_| answer.is_older) {
            run.footing = Footing::Near;
        }
        self.note_end(index, true, answer.ends.bottom);
        if pushed > 0 {
            self.lose_places_below(pushed);
        } else {
            self.part_places();
        }
        index
    }

    /// How far an answer at least pushes down what it is put above: all of it has arrived since that stood there.
    fn pushed_by(&self, answer: &Answer) -> u64 {
        let count = answer.page.len() as u64;
        match self.runs.first() {
            Some(_) if answer.ends.top => count,
            Some(first) if first.is_placed() => (answer.place + count).saturating_sub(first.place),
            _ => 0,
        }
    }

    /// An answer ends the log, or has grown it. What stands below a believed end shows that it was none.
    fn note_end(&mut self, index: usize, grew_below: bool, is_end: bool) {
        if index + 1 == self.runs.len() {
            self.end = is_end || (self.end && !grew_below);
        }
    }
}
