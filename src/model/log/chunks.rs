//! Where a run keeps its entries: in chunks of a fixed size, so that growing moves or doubles one chunk at most and
//! never a million entries. Beside the entries stand the numbers of their action types, close together: what
//! narrows a long run looks at those alone.
//!
//! Used by [`super::Run`] alone.

use std::collections::{HashMap, VecDeque};

use foldhash::fast::RandomState;

use crate::model::{entry::Entry, text::Untrusted};

/// The most entries of a chunk.
const CHUNK: usize = 1024;

/// Entries in order. All chunks but the first and the last are full; none is empty.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    pieces: VecDeque<Chunk>,
    length: usize,
    kinds: Kinds,
}

#[derive(Debug, Default)]
struct Chunk {
    entries: VecDeque<Entry>,
    kinds: VecDeque<u32>,
}

/// The action types of a run, numbered in the order of their first entries.
#[derive(Debug, Default)]
struct Kinds {
    names: Vec<Untrusted>,
    numbers: HashMap<Untrusted, u32, RandomState>,
}

impl Chunks {
    pub(super) fn len(&self) -> usize {
        self.length
    }

    pub(super) fn get(&self, index: usize) -> Option<&Entry> {
        let (chunk, at) = self.locate(index);
        self.pieces.get(chunk)?.entries.get(at)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut Entry> {
        let (chunk, at) = self.locate(index);
        self.pieces.get_mut(chunk)?.entries.get_mut(at)
    }

    pub(super) fn front(&self) -> Option<&Entry> {
        self.pieces.front()?.entries.front()
    }

    pub(super) fn back(&self) -> Option<&Entry> {
        self.pieces.back()?.entries.back()
    }

    pub(super) fn iter(&self) -> Iter<'_> {
        Iter { chunks: self, range: 0..self.length }
    }

    /// The action types that are or were in here; their places in this list are their numbers.
    pub(super) fn kinds(&self) -> &[Untrusted] {
        &self.kinds.names
    }

    /// The numbers of the action types of a range of entries.
    pub(super) fn kinds_of(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = u32> {
        let (first, from) = self.locate(range.start);
        let (last, to) = self.locate(range.end);
        let chunks = self.pieces.iter().enumerate().take(last + 1).skip(first);
        chunks.flat_map(move |(at, chunk)| {
            let length = chunk.kinds.len();
            let end = if at == last { to.min(length) } else { length };
            let start = if at == first { from.min(end) } else { 0 };
            chunk.kinds.range(start..end).copied()
        })
    }

    pub(super) fn push_back(&mut self, entry: Entry) {
        let kind = self.kinds.number(&entry.action_type);
        if self.pieces.back().is_none_or(Chunk::is_full) {
            self.pieces.push_back(Chunk::default());
        }
        if let Some(chunk) = self.pieces.back_mut() {
            chunk.entries.push_back(entry);
            chunk.kinds.push_back(kind);
            self.length += 1;
        }
    }

    pub(super) fn push_front(&mut self, entry: Entry) {
        let kind = self.kinds.number(&entry.action_type);
        if self.pieces.front().is_none_or(Chunk::is_full) {
            self.pieces.push_front(Chunk::default());
        }
        if let Some(chunk) = self.pieces.front_mut() {
            chunk.entries.push_front(entry);
            chunk.kinds.push_front(kind);
            self.length += 1;
        }
    }

    /// Drops the first `count` entries.
    pub(super) fn drop_front(&mut self, count: usize) {
        for _ in 0..count.min(self.length) {
            let Some(chunk) = self.pieces.front_mut() else { return };
            chunk.entries.pop_front();
            chunk.kinds.pop_front();
            self.length -= 1;
            if chunk.entries.is_empty() {
                self.pieces.pop_front();
            }
        }
    }

    /// Drops the last `count` entries.
    pub(super) fn drop_back(&mut self, count: usize) {
        for _ in 0..count.min(self.length) {
            let Some(chunk) = self.pieces.back_mut() else { return };
            chunk.entries.pop_back();
            chunk.kinds.pop_back();
            self.length -= 1;
            if chunk.entries.is_empty() {
                self.pieces.pop_back();
            }
        }
    }

    /// The entries one by one; the memory of a chunk is given back as soon as it is through.
    pub(super) fn into_entries(self) -> impl Iterator<Item = Entry> {
        self.pieces.into_iter().flat_map(|chunk| chunk.entries)
    }

    /// The index of the first entry for which this is not true, where it holds for the first ones.
    pub(super) fn partition_point(&self, holds: impl Fn(&Entry) -> bool) -> usize {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(&holds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The chunk that holds an index, and the place there.
    fn locate(&self, index: usize) -> (usize, usize) {
        let first = self.pieces.front().map_or(0, |chunk| chunk.entries.len());
        match index.checked_sub(first) {
            None => (0, index),
            Some(behind) => (1 + behind / CHUNK, behind % CHUNK),
        }
    }
}

/// The entries in order; leaves out as many as it likes at no cost.
#[derive(Debug)]
pub(super) struct Iter<'a> {
    chunks: &'a Chunks,
    range: std::ops::Range<usize>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<Self::Item> {
        self.chunks.get(self.range.next()?)
    }

    fn nth(&mut self, count: usize) -> Option<Self::Item> {
        self.chunks.get(self.range.nth(count)?)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.chunks.get(self.range.next_back()?)
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl Chunk {
    fn is_full(&self) -> bool {
        self.entries.len() == CHUNK
    }
}

impl Kinds {
    fn number(&mut self, name: &Untrusted) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        // More types than numbers would take more memory than there is.
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(number: usize) -> Entry {
        Entry::saying(format!("type {}", number % 5), number.to_string())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn chunks_hold_what_one_list_would_hold(steps in prop::collection::vec((0_u8..4, 0_usize..2500), 1..8)) {
            let (mut chunks, mut list, mut number) = (Chunks::default(), VecDeque::new(), 0);
            for (step, count) in steps {
                for _ in 0..count {
                    number += 1;
                    match step {
                        0 => { chunks.push_back(entry(number)); list.push_back(number); }
                        1 => { chunks.push_front(entry(number)); list.push_front(number); }
                        2 => { chunks.drop_front(1); list.pop_front(); }
                        _ => { chunks.drop_back(1); list.pop_back(); }
                    }
                }
                let named = |entry: &Entry| entry.action.raw().parse::<usize>().unwrap();
                prop_assert_eq!(chunks.len(), list.len());
                prop_assert!(chunks.iter().map(named).eq(list.iter().copied()));
                prop_assert!(chunks.iter().rev().map(named).eq(list.iter().rev().copied()));
                prop_assert!((0..=list.len()).all(|at| chunks.get(at).map(named) == list.get(at).copied()));
                prop_assert_eq!(chunks.front().map(named), list.front().copied());
                prop_assert_eq!(chunks.back().map(named), list.back().copied());
                let (from, to) = (list.len() / 3, list.len() - list.len() / 4);
                let range = from..to.max(from);
                let kinds = chunks.kinds_of(range.clone()).map(|kind| chunks.kinds()[kind as usize].clone());
                prop_assert!(kinds.eq(list.range(range).map(|number| entry(*number).action_type)));
                prop_assert!(chunks.pieces.iter().all(|chunk| chunk.entries.capacity() <= CHUNK));
            }
            let named = |entry: Entry| entry.action.raw().parse::<usize>().unwrap();
            prop_assert!(chunks.into_entries().map(named).eq(list));
        }
    }

    #[test]
    fn the_turning_point_is_found_in_any_chunk() {
        let mut chunks = Chunks::default();
        (0..3000).for_each(|number| chunks.push_back(entry(number)));
        for turn in [0, 1, 1023, 1024, 1025, 2999, 3000] {
            let found = chunks.partition_point(|entry| entry.action.raw().parse::<usize>().unwrap() < turn);
            assert_eq!(found, turn);
        }
    }
}
