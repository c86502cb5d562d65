//! Which actions fit what is typed: one whose key or name it is, one that has its words in the name or the sentence,
//! and where none does, one that has its letters in this order in the name.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

use super::Listed;
use crate::model::keymap::Key;

/// More than any name and sentence have, in bytes: nothing fits that.
const LONGEST: usize = 80;

/// What is typed, ready to be compared.
pub(super) struct Wanted {
    typed: String,
    key: Option<Key>,
    pattern: Pattern,
    matcher: Matcher,
}

/// How well an action fits: higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Sentence(u32),
    Name(u32),
    WholeName,
    Key,
}

impl Wanted {
    pub(super) fn new(typed: &str) -> Self {
        let typed = typed.trim();
        Self {
            typed: typed.to_owned(),
            key: Key::named(typed),
            pattern: pattern(typed, AtomKind::Substring),
            matcher: Matcher::new(Config::DEFAULT),
        }
    }

    /// From now on letters may be scattered.
    pub(super) fn loosen(&mut self) {
        self.pattern = pattern(&self.typed, AtomKind::Fuzzy);
    }

    /// Those that fit, the best ones first; all as they are when nothing is typed.
    pub(super) fn best<'a>(&mut self, all: impl Iterator<Item = Listed<'a>>) -> Vec<Listed<'a>> {
        if self.typed.is_empty() {
            return all.collect();
        }
        if self.typed.len() > LONGEST {
            return Vec::new();
        }
        let mut fitting: Vec<(Fit, Listed)> =
            all.filter_map(|listed| Some((self.fit(&listed)?, listed))).collect();
        fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
        fitting.into_iter().map(|(_, listed)| listed).collect()
    }

    /// Whether what is typed is its key or its name.
    pub(super) fn is_meant(&self, listed: &Listed<'_>) -> bool {
        matches!(self.exact(listed), Some(Fit::Key | Fit::WholeName))
    }

    fn exact(&self, listed: &Listed<'_>) -> Option<Fit> {
        let has_key = self.key.is_some_and(|key| listed.bound.keys().contains(&key));
        let is_name = listed.bound.described.name == self.typed;
        has_key.then_some(Fit::Key).or_else(|| is_name.then_some(Fit::WholeName))
    }

    fn fit(&mut self, listed: &Listed<'_>) -> Option<Fit> {
        let described = listed.bound.described;
        self.exact(listed)
            .or_else(|| self.score(described.name).map(Fit::Name))
            .or_else(|| self.score(&format!("{} {}", described.name, described.does)).map(Fit::Sentence))
    }

    fn score(&mut self, text: &str) -> Option<u32> {
        self.pattern.score(Utf32Str::new(text, &mut Vec::new()), &mut self.matcher)
    }
}

fn pattern(typed: &str, kind: AtomKind) -> Pattern {
    Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, kind)
}
