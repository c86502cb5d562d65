//! Finds everything in a text that is to be replaced, in one pass: an automaton over all names and their words, known
//! addresses and ids, built once for all that was learned.

use std::collections::{HashMap, hash_map::Entry};

use aho_corasick::AhoCorasick;
use foldhash::fast::RandomState;

use super::{
    fold::{Folded, folds, is_hangul, is_spaceless, letters},
    mask::{self, Mask},
};

/// From so many letters on a word is replaced inside longer words too, and an id is known again.
const LONG: usize = 4;

/// So many stretches are put together while others are still looked for.
const MANY: usize = 1 << 14;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The person of this place.
    Person(usize),
    /// A word of several people's names, or a name of nobody who is known.
    Several,
    /// To be masked.
    Mask(Mask),
}

/// A pattern of the automaton.
#[derive(Debug, Clone, Copy)]
struct Pattern {
    what: What,
    /// A whole name: goes before words of others.
    is_whole: bool,
    /// Inside longer words too.
    anywhere: bool,
}

/// What is to be found, while it is gathered.
#[derive(Default)]
pub(super) struct Patterns(HashMap<String, Pattern, RandomState>);

impl Patterns {
    /// A name of the person of this place, and its words.
    pub(super) fn name(&mut self, name: &str, person: usize) {
        self.parts(name, What::Person(person));
    }

    /// A name that stands for nobody who is known. To be added last: whoever has it keeps it.
    pub(super) fn stray(&mut self, name: &str) {
        if folds(name).iter().all(|fold| !self.0.contains_key(fold.trim())) {
            self.parts(name, What::Several);
        }
    }

    fn parts(&mut self, name: &str, what: What) {
        for fold in folds(name) {
            let fold = fold.trim();
            self.add(fold, Pattern { what, is_whole: true, anywhere: is_found_anywhere(name) });
            let mut joined = String::with_capacity(fold.len());
            for word in fold.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                self.add(word, Pattern { what, is_whole: false, anywhere: is_found_anywhere(word) });
                joined.push_str(word);
            }
            self.add(&joined, Pattern { what, is_whole: false, anywhere: is_found_anywhere(&joined) });
        }
    }

    /// An address or an id that is known.
    pub(super) fn known(&mut self, text: &str, mask: Mask) {
        for fold in folds(text) {
            if fold.trim().chars().count() >= LONG {
                let pattern = Pattern { what: What::Mask(mask), is_whole: true, anywhere: true };
                self.add(fold.trim(), pattern);
            }
        }
    }

    fn add(&mut self, fold: &str, new: Pattern) {
        if fold.is_empty() {
            return;
        }
        match self.0.entry(fold.to_owned()) {
            Entry::Vacant(place) => {
                place.insert(new);
            }
            Entry::Occupied(mut place) => {
                let known = place.get_mut();
                known.anywhere |= new.anywhere;
                match (known.what, new.what) {
                    (one, other) if one == other => known.is_whole |= new.is_whole,
                    (What::Mask(_), What::Person(_)) => *known = Pattern { anywhere: known.anywhere, ..new },
                    (_, What::Mask(_)) => {}
                    _ if known.is_whole && !new.is_whole => {}
                    _ if new.is_whole && !known.is_whole => {
                        *known = Pattern { anywhere: known.anywhere, ..new }
                    }
                    _ => known.what = What::Several,
                }
            }
        }
    }
}

/// Whether a name or a word of one is so long, or so written, that it is replaced inside of words. Names without a
/// letter, such as of emoji alone, have no words to be inside of.
fn is_found_anywhere(word: &str) -> bool {
    let count = letters(word);
    count == 0
        || count >= LONG
        || (count > 1 && word.chars().any(is_hangul))
        || word.chars().any(is_spaceless)
}

/// A stretch of a text that is to be replaced, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) what: What,
}

/// What was found so far, in any order. Words of one name may be inside of each other, as often as a customer likes,
/// and so at every letter of a text.
#[derive(Default)]
struct Spans {
    all: Vec<Span>,
    /// What was left when they were put together last.
    least: usize,
}

impl Spans {
    fn add(&mut self, span: Span) {
        let covers =
            |one: &Span, other: &Span| one.what == other.what && one.from <= other.from && other.to <= one.to;
        if self.all.last().is_some_and(|last| covers(last, &span)) {
            return;
        }
        while self.all.last().is_some_and(|last| covers(&span, last)) {
            self.all.pop();
        }
        self.all.push(span);
        // Twice as many, so that those of a long text are not put together again and again.
        if self.all.len() >= MANY.max(2 * self.least) {
            self.all = merge(std::mem::take(&mut self.all));
            self.least = self.all.len();
        }
    }
}

/// The automaton. See the module.
#[derive(Clone)]
pub(super) struct Finder {
    patterns: Vec<Pattern>,
    automaton: AhoCorasick,
}

impl Finder {
    /// `None` where the automaton would be too large.
    pub(super) fn new(patterns: Patterns) -> Option<Self> {
        let (texts, patterns): (Vec<String>, Vec<Pattern>) = patterns.0.into_iter().unzip();
        Some(Self { patterns, automaton: AhoCorasick::new(texts).ok()? })
    }

    /// What is to be replaced: in order, and no two overlap.
    pub(super) fn find(&self, text: &str) -> Vec<Span> {
        merge(self.found(text).all)
    }

    fn found(&self, text: &str) -> Spans {
        let folded = Folded::of(text);
        let fold = folded.as_str();
        let mut spans = Spans::default();
        let mut add = |from, to, what| {
            let (from, to) = folded.origin(from, to);
            spans.add(Span { from, to, what });
        };
        for found in self.automaton.find_overlapping_iter(fold) {
            let Some(pattern) = self.patterns.get(found.pattern().as_usize()) else { continue };
            if pattern.anywhere || is_word(fold, found.start(), found.end()) {
                add(found.start(), found.end(), pattern.what);
            }
        }
        mask::find(fold, |from, to, mask| add(from, to, What::Mask(mask)));
        spans
    }
}

/// Whether a stretch of a fold is a word of its own. Scripts without spaces end words anywhere.
fn is_word(fold: &str, from: usize, to: usize) -> bool {
    let before = fold.get(..from).and_then(|before| before.chars().next_back());
    let after = fold.get(to..).and_then(|after| after.chars().next());
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || is_spaceless(c));
    ends(before) && ends(after)
}

/// Puts overlapping stretches together. What covers all of one names it; else a mask does.
fn merge(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.from, std::cmp::Reverse(span.to)));
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from < last.to => {
                let covers = span.to <= last.to;
                let is_same = span.from == last.from && span.to == last.to;
                last.what = both(last.what, span.what, covers && !is_same);
                last.to = last.to.max(span.to);
            }
            Some(last) if span.from == last.to && span.what == last.what => last.to = span.to,
            _ => merged.push(span),
        }
    }
    merged
}

fn both(one: What, other: What, is_inside: bool) -> What {
    match (one, other) {
        (one, other) if one == other => one,
        (What::Mask(one), What::Mask(other)) => What::Mask(one.max(other)),
        (What::Mask(mask), _) | (_, What::Mask(mask)) if !is_inside => What::Mask(mask),
        (one, _) if is_inside => one,
        _ => What::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_words_inside_of_each_other_few_are_held_however_long_the_text() {
        let name =
            |step: usize| (4..64).step_by(step).map(|length| "a".repeat(length) + " ").collect::<String>();
        let mut patterns = Patterns::default();
        patterns.name(&name(1), 0);
        patterns.name(&name(2), 1);
        let finder = Finder::new(patterns).unwrap();
        let text = "a".repeat(50_000);
        assert!(finder.found(&text).all.len() < MANY);
        let all: Vec<_> = finder.find(&text).iter().map(|span| (span.from, span.to)).collect();
        assert_eq!(all, [(0, text.len())]);
    }
}
