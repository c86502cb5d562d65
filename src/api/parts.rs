//! A page too large for one answer, asked for in parts: one entry of ten megabytes costs itself, not the page.
//!
//! A part that is too large is halved, down to the one entry, which is then told as unread. Every refused answer
//! costs what may be read of it, so they are counted: who answers everything with a flood is given up on. Pure;
//! the client does the asking, newest part first.

use serde_json::value::RawValue;

use super::{Interner, row};
use crate::model::{
    entry::{Entry, TOO_LARGE},
    query::Window,
    text::Untrusted,
};

/// The most parts that may be too large: two such entries anywhere in a page of 50 take as many.
const MOST_REFUSED: usize = 12;

/// A page being put together.
#[derive(Debug)]
pub(super) struct Parts {
    /// What is yet to be asked, the next one last.
    open: Vec<Window>,
    entries: Vec<Entry>,
    /// Where the first entry that could be read stands: its place, and which of the entries it is.
    witness: Option<(u64, usize)>,
    refused: usize,
}

/// Why there is no page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

impl Parts {
    /// The parts of a window whose answer was too large.
    pub(super) fn of(window: Window) -> Self {
        let mut parts = Self { open: Vec::new(), entries: Vec::new(), witness: None, refused: 0 };
        parts.halve(window);
        parts
    }

    /// The part to ask for next.
    pub(super) fn next(&mut self) -> Option<Window> {
        self.open.pop()
    }

    /// Takes the answer to a part. A short one is the end of the log.
    ///
    /// # Errors
    /// When it holds more than was asked for: then nobody knows where the next part begins.
    pub(super) fn take(&mut self, part: Window, page: Vec<Entry>) -> Result<(), TooMuch> {
        let asked = usize::from(part.take);
        if page.len() > asked {
            return Err(TooMuch);
        }
        if page.len() < asked {
            self.open.clear();
        }
        if !page.is_empty() && self.witness.is_none() {
            self.witness = Some((part.skip, self.entries.len()));
        }
        self.entries.extend(page);
        Ok(())
    }

    /// The answer to a part was too large.
    ///
    /// # Errors
    /// When that was so too often.
    pub(super) fn refuse(&mut self, part: Window) -> Result<(), TooMuch> {
        self.refused += 1;
        if self.refused > MOST_REFUSED {
            return Err(TooMuch);
        }
        self.halve(part);
        Ok(())
    }

    fn halve(&mut self, window: Window) {
        let Window { skip, take } = window;
        if take <= 1 {
            return self.entries.push(unread());
        }
        let newer = take.div_ceil(2);
        self.open.push(Window { skip: skip + u64::from(newer), take: take - newer });
        self.open.push(Window { skip, take: newer });
    }

    /// A window of one entry, and the entry that was there: if it still is, nothing moved while the parts came.
    pub(super) fn witness(&self) -> Option<(Window, &Entry)> {
        let (skip, at) = self.witness?;
        Some((Window { skip, take: 1 }, self.entries.get(at)?))
    }

    /// The page.
    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

/// Stands for an entry that is larger than an answer may be.
fn unread() -> Entry {
    let mut entry = row::read(RawValue::NULL, &mut Interner::default());
    entry.flaw = Some(Untrusted::new(TOO_LARGE));
    entry.raw = None;
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays a log of `length` entries with these places too large; answers the entries' places, `None` for unread.
    fn play(window: Window, length: u64, large: &[u64]) -> Result<(Vec<Option<u64>>, usize), TooMuch> {
        let mut parts = Parts::of(window);
        let mut asked = 0;
        while let Some(part) = parts.next() {
            asked += 1;
            let places = part.skip..(part.skip + u64::from(part.take)).min(length);
            if large.iter().any(|place| places.contains(place)) {
                parts.refuse(part)?;
            } else {
                parts.take(part, places.map(entry).collect())?;
            }
        }
        if let Some((window, entry)) = parts.witness() {
            assert_eq!(place(entry), Some(window.skip));
        }
        Ok((parts.into_entries().iter().map(place).collect(), asked))
    }

    fn entry(place: u64) -> Entry {
        let json = format!("{{\"actionString\":\"{place}\"}}");
        row::read(&RawValue::from_string(json).unwrap(), &mut Interner::default())
    }

    fn place(entry: &Entry) -> Option<u64> {
        assert_eq!(entry.flaw.is_some(), entry.action.is_empty());
        entry.action.raw_for_export().parse().ok()
    }

    #[test]
    fn an_entry_that_is_too_large_costs_itself_and_twelve_questions_wherever_it_stands() {
        for skip in [0, 48] {
            let window = Window { skip, take: 50 };
            for large in skip..skip + 50 {
                let (places, asked) = play(window, 1_000, &[large]).unwrap();
                let expected = (skip..skip + 50).map(|place| (place != large).then_some(place));
                assert!(places.into_iter().eq(expected), "{large}");
                assert!(asked <= 12, "{large}: {asked} questions");
            }
        }
    }

    #[test]
    fn two_entries_that_are_too_large_cost_themselves_wherever_they_stand() {
        for first in 0..50 {
            for second in first + 1..50 {
                let (places, _) = play(Window { skip: 0, take: 50 }, 50, &[first, second]).unwrap();
                let expected = (0..50).map(|place| (place != first && place != second).then_some(place));
                assert!(places.into_iter().eq(expected), "{first} and {second}");
            }
        }
    }

    #[test]
    fn the_end_of_the_log_ends_the_page() {
        let (places, _) = play(Window { skip: 0, take: 50 }, 30, &[29]).unwrap();
        assert_eq!(places.len(), 30);
        assert_eq!(places.last(), Some(&None));
    }

    #[test]
    fn a_window_of_one_entry_is_that_entry_unread() {
        assert_eq!(play(Window { skip: 7, take: 1 }, 9, &[7]), Ok((vec![None], 0)));
    }

    #[test]
    fn who_floods_or_ignores_what_was_asked_is_given_up_on() {
        let all: Vec<u64> = (0..50).collect();
        assert_eq!(play(Window { skip: 0, take: 50 }, 50, &all), Err(TooMuch));
        let mut parts = Parts::of(Window { skip: 0, take: 4 });
        let part = parts.next().unwrap();
        assert_eq!(parts.take(part, (0..3).map(entry).collect()), Err(TooMuch));
    }
}
