//! Reads code points from a stranger's text: drops what is dropped before anything is segmented, counts runs,
//! and stops when its fuel is used up, so that a line costs what its cells cost and not what the text weighs.
//!
//! Called by `cluster` alone. Knows nothing of caps or looks.

use std::str::Chars;

use super::classify::{Class, classify};

/// The most equal code points that one marker stands for; the next ones get another marker.
const RUN: usize = 1 << 20;

/// How far ahead a question about the following characters looks through dropped ones.
const AHEAD: usize = 64;

/// Classes that are remembered: a text uses few different characters, and asking about one costs ten times more.
const REMEMBERED: usize = 64;

/// A text being read.
#[derive(Debug)]
pub(super) struct Source<'a> {
    rest: Chars<'a>,
    head: Option<(char, Class)>,
    fuel: usize,
    exhausted: bool,
    /// By the code point, spread so that neighbours and distant scripts seldom meet.
    remembered: [(char, Class); REMEMBERED],
}

impl<'a> Source<'a> {
    /// Reads `text`, but no more than about `fuel` code points that are not repetitions.
    pub(super) fn new(text: &'a str, fuel: usize) -> Self {
        Self {
            rest: text.chars(),
            head: None,
            fuel,
            exhausted: false,
            remembered: [(' ', Class::Space(1)); REMEMBERED],
        }
    }

    /// Whether reading stopped before the end.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// The next code point, which stays.
    pub(super) fn head(&mut self) -> Option<(char, Class)> {
        while self.head.is_none() {
            let c = self.rest.clone().next()?;
            if self.fuel == 0 {
                self.exhausted = true;
                return None;
            }
            self.fuel -= 1;
            match self.class(c) {
                Class::Dropped => {
                    self.rest.next();
                }
                class => self.head = Some((c, class)),
            }
        }
        self.head
    }

    fn class(&mut self, c: char) -> Class {
        let spread = u32::from(c).wrapping_mul(0x9E37_79B1) >> 16;
        let place = usize::try_from(spread).unwrap_or_default() % REMEMBERED;
        match self.remembered.get_mut(place) {
            Some((known, class)) if *known == c => *class,
            Some(slot) => {
                *slot = (c, classify(c));
                slot.1
            }
            None => classify(c),
        }
    }

    /// Steps over the code point that [`Self::head`] showed.
    pub(super) fn step(&mut self) {
        if self.head.take().is_some() {
            self.rest.next();
        }
    }

    /// What stands behind the head, as far as questions reach.
    pub(super) fn behind(&self) -> impl Iterator<Item = (char, Class)> {
        let mut rest = self.rest.clone();
        rest.next();
        rest.take(AHEAD).map(|c| (c, classify(c))).filter(|(_, class)| *class != Class::Dropped)
    }

    /// Whether the head is the first half of CRLF.
    pub(super) fn is_crlf(&mut self) -> bool {
        matches!(self.head(), Some((_, Class::Return))) && self.behind().next() == Some(('\n', Class::Break))
    }

    /// Whether a blank comes next; a space with a mark on it is none.
    pub(super) fn is_before_blank(&mut self) -> bool {
        let marked = |class| matches!(class, Class::Mark | Class::Joiner);
        match self.head() {
            Some((_, Class::Space(_))) => self.behind().next().is_none_or(|(_, class)| !marked(class)),
            Some((_, Class::Tab)) => true,
            _ => false,
        }
    }

    /// Takes the next character if it is printable ASCII and cannot be the base of a mark: the fast way.
    pub(super) fn plain_ascii(&mut self) -> Option<&'a str> {
        let text = self.rest.as_str();
        match text.as_bytes() {
            [b' '..=b'~'] | [b' '..=b'~', 0..=0x7F, ..] if self.fuel > 0 => {
                self.fuel -= 1;
                self.head = None;
                self.rest.next();
                text.get(..1)
            }
            _ => None,
        }
    }

    /// Takes all following code points that equal `c` and says how many they were.
    pub(super) fn take_run(&mut self, c: char) -> usize {
        let mut bytes = [0; 4];
        let needle: &str = c.encode_utf8(&mut bytes);
        let mut count = 0;
        while count < RUN {
            let mut text = self.rest.as_str();
            while let Some(behind) = text.strip_prefix(needle).filter(|_| count < RUN) {
                text = behind;
                count += 1;
            }
            self.rest = text.chars();
            self.head = None;
            if self.head().map(|(next, _)| next) != Some(c) {
                break;
            }
        }
        count
    }

    /// Takes all following code points for which `wanted` holds and says how many they were.
    pub(super) fn take_while(&mut self, wanted: impl Fn(Class) -> bool) -> usize {
        let mut count = 0;
        while let Some((c, class)) = self.head()
            && wanted(class)
        {
            count += self.take_run(c);
        }
        count
    }

    /// Takes all following line breaks, CRLF as one, and says how many they were. A lone CR is none.
    pub(super) fn take_breaks(&mut self) -> usize {
        let mut count = 0;
        loop {
            match self.head() {
                Some((c, Class::Break)) => count += self.take_run(c),
                Some((_, Class::Return)) if self.is_crlf() => {
                    self.step();
                    self.head();
                    self.step();
                    count += 1;
                }
                _ => return count,
            }
        }
    }

    /// Takes all following carriage returns that are no line break and says how many they were.
    pub(super) fn take_returns(&mut self) -> usize {
        let mut count = 0;
        while matches!(self.head(), Some((_, Class::Return))) && !self.is_crlf() {
            self.step();
            count += 1;
        }
        count
    }
}
