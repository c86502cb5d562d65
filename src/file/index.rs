//! Where the entries of a file stand: 8 bytes an entry, and a line number for each thousandth.
//!
//! An entry ends where the next one begins, separators included; only the last one before something else has its
//! end written down.

use super::Measure;

/// Offsets that are kept together: the table grows by such pieces and is never copied.
const PIECE: usize = 8 * 1024;

/// How many entries share a known line number.
pub(super) const LINES_KNOWN: usize = 1024;

/// Where the entries stand. See the module.
#[derive(Debug, Default)]
pub(super) struct Index {
    starts: Vec<Vec<u64>>,
    /// The line of each [`LINES_KNOWN`]th entry.
    lines: Vec<u64>,
    /// Entries that something else than another entry follows, with their ends.
    ends: Vec<(usize, u64)>,
    len: usize,
    last_end: u64,
}

impl Index {
    /// How many entries are known.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Adds an entry that begins on this line.
    pub(super) fn push(&mut self, start: u64, end: u64, line: u64) {
        if self.len.is_multiple_of(LINES_KNOWN) {
            self.lines.push(line);
        }
        if self.starts.last().is_none_or(|piece| piece.len() >= PIECE) {
            self.starts.push(Vec::with_capacity(PIECE));
        }
        if let Some(piece) = self.starts.last_mut() {
            piece.push(start);
        }
        self.len += 1;
        self.last_end = end;
    }

    /// Something else than an entry follows the last one.
    pub(super) fn end_run(&mut self) {
        if let Some(last) = self.len.checked_sub(1)
            && self.ends.last().is_none_or(|(entry, _)| *entry != last)
        {
            self.ends.push((last, self.last_end));
        }
    }

    /// How many entries stand before something else does for the first time.
    pub(super) fn first_run(&self) -> usize {
        self.ends.first().map_or(self.len, |(entry, _)| entry + 1)
    }

    /// Forgets the last entry; gives its start.
    pub(super) fn pop(&mut self) -> Option<u64> {
        let piece = self.starts.last_mut()?;
        let start = piece.pop()?;
        if piece.is_empty() {
            self.starts.pop();
        }
        self.len -= 1;
        if self.len.is_multiple_of(LINES_KNOWN) {
            self.lines.pop();
        }
        self.ends.retain(|(entry, _)| *entry < self.len);
        self.last_end = start;
        Some(start)
    }

    /// Where an entry begins and ends; separators may stand at its end.
    pub(super) fn range(&self, entry: usize) -> Option<(u64, u64)> {
        let start = self.start(entry)?;
        let written = self.ends.binary_search_by_key(&entry, |(entry, _)| *entry).ok();
        let end = match written.and_then(|at| self.ends.get(at)) {
            Some((_, end)) => *end,
            None => self.start(entry + 1).unwrap_or(self.last_end),
        };
        Some((start, end))
    }

    /// The nearest entry above, or this one, whose line is known: where it begins, and the line.
    pub(super) fn known_line(&self, entry: usize) -> Option<(u64, u64)> {
        let at = entry / LINES_KNOWN;
        Some((self.start(at * LINES_KNOWN)?, *self.lines.get(at)?))
    }

    /// What it weighs.
    pub(super) fn measure(&self) -> Measure {
        let pieces: usize = self.starts.iter().map(Vec::capacity).sum();
        let rest = self.lines.capacity() * size_of::<u64>()
            + self.ends.capacity() * size_of::<(usize, u64)>()
            + self.starts.capacity() * size_of::<Vec<u64>>();
        Measure { entries: self.len, bytes: pieces * size_of::<u64>() + rest }
    }

    fn start(&self, entry: usize) -> Option<u64> {
        self.starts.get(entry / PIECE)?.get(entry % PIECE).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_ends_where_the_next_begins_but_for_the_last_of_a_run() {
        let mut index = Index::default();
        index.push(0, 10, 1);
        index.push(12, 20, 2);
        index.end_run();
        index.end_run();
        index.push(40, 50, 3);
        assert_eq!([0, 1, 2].map(|at| index.range(at).unwrap()), [(0, 12), (12, 20), (40, 50)]);
        assert_eq!(index.range(3), None);
        assert_eq!(index.pop(), Some(40));
        assert_eq!((index.len(), index.range(1)), (2, Some((12, 20))));
    }

    #[test]
    fn a_million_entries_take_eight_bytes_each_and_little_more() {
        let mut index = Index::default();
        for entry in 0..1_000_000 {
            index.push(entry * 500, entry * 500 + 499, entry + 1);
        }
        let Measure { entries, bytes } = index.measure();
        assert_eq!(entries, 1_000_000);
        assert!(bytes <= 8_200_000, "{bytes} bytes");
        assert_eq!(index.range(999_999), Some((499_999_500, 499_999_999)));
        let first = 999_999 / LINES_KNOWN * LINES_KNOWN;
        assert_eq!(index.known_line(999_999), Some((first as u64 * 500, first as u64 + 1)));
    }
}
