//! Which actions fit what is typed. From the best on: its key, its name, its word in the footer, a word that people
//! have for it; its name, words and sentence have what is typed as whole words; what it is called begins with it. Only
//! where no action has that: as any part of a word; at last the letters, in this order, in the name. Those are guesses.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

use super::Listed;
use crate::model::keymap::{Described, Key};

/// More than any name and sentence have, in bytes: nothing fits that.
const LONGEST: usize = 80;

/// What is typed, ready to be compared.
pub(super) struct Wanted {
    typed: String,
    key: Option<Key>,
    /// As names are compared: `Load all`, `load-all` and `loadall` are one.
    name: String,
    words: Vec<String>,
    letters: Pattern,
    matcher: Matcher,
    guesses: Guesses,
}

/// What counts beside whole words and what an action is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guesses {
    None,
    Parts,
    Letters,
}

/// How well an action fits: higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Letters(u32),
    Part(Where),
    Begun(Where),
    Words(Where),
    Called,
    Hint,
    Name,
    Key,
}

/// Where what is typed stands; of several words, where the last of them does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    Sentence,
    Called,
    Name,
}

impl Wanted {
    pub(super) fn new(typed: &str) -> Self {
        let typed = typed.trim();
        let lower = typed.to_lowercase();
        // Of a character case says which key it is.
        let has_name = typed.chars().nth(1).is_some();
        Self {
            key: Key::named(if has_name { &lower } else { typed }),
            name: squashed(typed),
            words: words(&lower).map(str::to_owned).collect(),
            letters: Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy),
            matcher: Matcher::new(Config::DEFAULT),
            typed: lower,
            guesses: Guesses::None,
        }
    }

    /// What counts from now on.
    pub(super) fn guess(&mut self, guesses: Guesses) {
        self.guesses = guesses;
    }

    /// Whether what fits is only guessed.
    pub(super) fn guesses(&self) -> bool {
        self.guesses != Guesses::None
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

    /// Whether what is typed is all of what it is called, or its key.
    pub(super) fn is_meant(&self, listed: &Listed<'_>) -> bool {
        self.exact(listed).is_some()
    }

    fn exact(&self, listed: &Listed<'_>) -> Option<Fit> {
        let described = listed.bound.described;
        if self.key.is_some_and(|key| listed.bound.keys().contains(&key)) {
            return Some(Fit::Key);
        }
        if self.name.is_empty() {
            return None;
        }
        let is_so = |word: &str| squashed(word) == self.name;
        if is_so(described.name) {
            return Some(Fit::Name);
        }
        if described.hint.is_some_and(|(word, _)| is_so(word)) {
            return Some(Fit::Hint);
        }
        described.words().any(is_so).then_some(Fit::Called)
    }

    fn fit(&mut self, listed: &Listed<'_>) -> Option<Fit> {
        let described = listed.bound.described;
        match self.guesses {
            Guesses::None => self
                .exact(listed)
                .or_else(|| self.stands(described, |word, typed| word == typed).map(Fit::Words))
                .or_else(|| self.begins(described).map(Fit::Begun)),
            Guesses::Parts => self.stands(described, |word, typed| word.contains(typed)).map(Fit::Part),
            Guesses::Letters => {
                let name = Utf32Str::Ascii(described.name.as_bytes());
                self.letters.score(name, &mut self.matcher).map(Fit::Letters)
            }
        }
    }

    fn begins(&self, described: &Described) -> Option<Where> {
        let is_name = !self.name.is_empty() && squashed(described.name).starts_with(&self.name);
        // Of a sentence nobody knows the words: `run` is not what stops something that runs.
        let begun = || self.stands(described, |word, typed| word.starts_with(typed));
        is_name.then_some(Where::Name).or_else(begun).filter(|place| *place > Where::Sentence)
    }

    /// Where all that is typed stands.
    fn stands(&self, described: &Described, is_one: fn(&str, &str) -> bool) -> Option<Where> {
        let sentence = described.does.to_lowercase();
        let place = |typed: &String| {
            let has = |text: &str| words(text).any(|word| is_one(word, typed));
            if has(described.name) {
                Some(Where::Name)
            } else if described.words().any(has) || described.hint.is_some_and(|(word, _)| has(word)) {
                Some(Where::Called)
            } else {
                has(&sentence).then_some(Where::Sentence)
            }
        };
        let places: Option<Vec<Where>> = self.words.iter().map(place).collect();
        places?.into_iter().min()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn squashed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
