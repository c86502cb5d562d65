//! What is looked for in the words of the screen: plain text or a regular expression, in smart case.
//!
//! Composed and decomposed characters are the same: the pattern and what it is compared with are brought into form
//! NFC. Letters are compared by the simple case folding of Unicode, which keeps the number of characters: `ß` does
//! not find `ss`. The time a search takes grows with the text alone, whatever the pattern: the engine of the crate
//! `regex` never steps back.

use std::{borrow::Cow, ops::Range};

use regex::{Regex, RegexBuilder};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

use super::text::Untrusted;

/// The memory a compiled expression may take, in bytes.
const SIZE: usize = 1 << 20;

/// How a pattern is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Syntax {
    /// Every character stands for itself.
    #[default]
    Plain,
    /// A regular expression as the crate `regex` reads it.
    Regex,
}

impl Syntax {
    /// The other way of writing.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Plain => Self::Regex,
            Self::Regex => Self::Plain,
        }
    }
}

/// A pattern, ready to be looked for. Letters match in either case unless the pattern has a capital one.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: Untrusted,
    syntax: Syntax,
    regex: Regex,
}

/// Why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It breaks a rule of the syntax, which the words name: `unclosed group`.
    Syntax(String),
    /// It would take too much memory.
    TooLarge,
}

impl Fault {
    /// What is wrong, as the end of a sentence.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Syntax(words) => words,
            Self::TooLarge => "it is too large",
        }
    }
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// A regular expression that breaks the rules, or a pattern that would take more than a megabyte.
    pub fn new(source: &str, syntax: Syntax) -> Result<Self, Fault> {
        let composed: String = source.nfc().collect();
        let (expression, sensitive) = match syntax {
            Syntax::Plain => (regex::escape(&composed), composed.chars().any(char::is_uppercase)),
            Syntax::Regex => {
                let sensitive = has_capital(&composed);
                (composed, sensitive)
            }
        };
        let regex = RegexBuilder::new(&expression).case_insensitive(!sensitive).size_limit(SIZE).build();
        let regex = regex.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => Fault::TooLarge,
            error => Fault::Syntax(reason(&error.to_string())),
        })?;
        Ok(Self { source: Untrusted::new(source), syntax, regex })
    }

    /// What was typed. It may have been pasted, so it is shown as a stranger's text is.
    #[must_use]
    pub fn source(&self) -> &Untrusted {
        &self.source
    }

    /// How it is written.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Whether it occurs in a text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.regex.is_match(&composed(text))
    }

    /// Where it occurs: ranges of bytes, in order, none empty, none overlapping, widened to whole clusters.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let composed = composed(text);
        let found =
            self.regex.find_iter(&composed).map(|found| found.range()).filter(|range| !range.is_empty());
        let found: Vec<Range<usize>> = found.collect();
        if found.is_empty() || text.is_ascii() {
            return found;
        }
        widened(text, &found)
    }
}

/// Places in the composed form as places in the text: each cluster is composed alone, and those that a place
/// touches belong to it.
fn widened(text: &str, found: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let (mut found, mut at) = (found.iter().peekable(), 0);
    for (start, cluster) in text.grapheme_indices(true) {
        let (first, end) = (at, start + cluster.len());
        at += composed(cluster).len();
        while found.next_if(|range| range.end <= first).is_some() {}
        let Some(range) = found.peek().filter(|range| range.start < at) else { continue };
        match places.last_mut() {
            // A place that began in an earlier cluster, or one that shares a cluster with the one before.
            Some(last) if last.end == start && range.start < first || last.end > start => last.end = end,
            _ => places.push(start..end),
        }
    }
    places
}

fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// Whether an expression has a capital letter that stands for itself: not one of a class such as `\W` or `\p{Lu}`.
fn has_capital(expression: &str) -> bool {
    let mut chars = expression.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let class = chars.next().is_some_and(|c| matches!(c, 'p' | 'P' | 'x' | 'u' | 'U'));
            if class && chars.peek() == Some(&'{') {
                chars.by_ref().find(|c| *c == '}');
            } else if class {
                chars.next();
            }
        } else if c.is_uppercase() {
            return true;
        }
    }
    false
}

/// The last line of the crate's report is the reason; those before draw the expression, which is a stranger's text.
fn reason(report: &str) -> String {
    let last = report.lines().last().unwrap_or_default();
    last.trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Pattern {
        Pattern::new(text, Syntax::Plain).expect("a plain pattern")
    }

    fn regex(text: &str) -> Pattern {
        Pattern::new(text, Syntax::Regex).expect("an expression")
    }

    fn marked(pattern: &Pattern, text: &str) -> Vec<String> {
        pattern
            .places(text)
            .into_iter()
            .map(|place| text.get(place).expect("whole characters").to_owned())
            .collect()
    }

    #[test]
    fn small_letters_find_both_cases_and_a_capital_finds_itself() {
        assert!(plain("garrick").matches("Garrick Ollivander"));
        assert!(plain("åse").matches("ÅSE"));
        assert!(!plain("Garrick").matches("garrick"));
        assert!(regex(r"garrick\W").matches("GARRICK "), "the class is no capital letter");
        assert!(regex(r"\p{Lu}arry").matches("Harry") && regex(r"\p{Lu}arry").matches("hARRY"));
        assert!(!regex("Ga.r").matches("garr"));
    }

    #[test]
    fn composed_and_decomposed_are_the_same() {
        let (composed, decomposed) = ("\u{c5}se", "A\u{30a}se");
        for needle in ["\u{e5}", "a\u{30a}", "\u{c5}", "A\u{30a}"] {
            assert_eq!(marked(&plain(needle), composed), ["\u{c5}"], "{needle}");
            assert_eq!(marked(&plain(needle), decomposed), ["A\u{30a}"], "{needle}");
        }
        assert!(!plain("a").matches(composed) && !plain("a").matches(decomposed));
    }

    #[test]
    fn plain_text_has_no_special_characters() {
        assert_eq!(marked(&plain("a.c (b)*"), "abc a.c (b)* a.c"), ["a.c (b)*"]);
    }

    #[test]
    fn places_are_whole_clusters() {
        let text = "x e\u{316}\u{323}y e";
        assert_eq!(marked(&plain("e"), text), ["e\u{316}\u{323}", "e"]);
        assert_eq!(marked(&plain("y"), text), ["y"]);
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(marked(&plain("👩"), family), [family]);
        assert_eq!(marked(&regex("👨|👩|👧"), &format!("{family}{family}")), [family, family]);
        assert_eq!(marked(&regex("å"), "aååb"), ["å", "å"]);
        assert_eq!(marked(&regex("å+"), "aåa\u{30a}b"), ["åa\u{30a}"]);
    }

    #[test]
    fn an_empty_place_is_none() {
        assert_eq!(marked(&regex("x*"), "abxxc"), ["xx"]);
        assert_eq!(marked(&regex("x*"), "åbxxc"), ["xx"]);
    }

    #[test]
    fn what_breaks_the_rules_says_why() {
        let fault = Pattern::new("a(b", Syntax::Regex).expect_err("not an expression");
        assert_eq!(fault.words(), "unclosed group");
        let fault = Pattern::new(r"(\w{500}){500}", Syntax::Regex).expect_err("too large");
        assert_eq!(fault, Fault::TooLarge);
        assert!(Pattern::new("a(b", Syntax::Plain).is_ok());
    }

    proptest::proptest! {
        /// Against the slow way: every cluster alone, folded one by one.
        #[test]
        fn plain_search_is_the_naive_search(text in "[abAåÅ\u{30a}é ]{0,12}", needle in "[abåé]{1,2}") {
            let fold = |text: &str| -> Vec<String> {
                let clusters = text.nfc().collect::<String>();
                clusters.graphemes(true).map(str::to_lowercase).collect()
            };
            let (text_folded, needle_folded) = (fold(&text), fold(&needle));
            let naive = text_folded.windows(needle_folded.len().max(1)).any(|part| part == needle_folded);
            if naive {
                proptest::prop_assert!(plain(&needle).matches(&text));
            }
            for place in marked(&plain(&needle), &text) {
                proptest::prop_assert!(plain(&needle).matches(&place));
            }
        }
    }
}
