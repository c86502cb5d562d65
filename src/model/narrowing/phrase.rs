//! The text that entries must have, or must not have.

use super::Saying;
use crate::model::{
    entry::Entry,
    finder::Finder,
    pattern::{Fault, Pattern, Syntax},
    text::Line,
    types::Catalogue,
};

/// A text that entries must have: plain, or a regular expression between slashes; behind a `!` they must not.
#[derive(Debug)]
pub struct Phrase {
    finder: Finder,
    is_negated: bool,
}

/// A copy begins with nothing remembered: many steps of narrowing are kept.
impl Clone for Phrase {
    fn clone(&self) -> Self {
        Self { finder: self.finder.anew(), is_negated: self.is_negated }
    }
}

impl Phrase {
    /// Reads what was typed; `None` where that is nothing.
    ///
    /// # Errors
    /// A regular expression that cannot be used.
    pub fn parse(typed: &str, catalogue: &Catalogue) -> Result<Option<Self>, Fault> {
        let typed = typed.trim();
        let (is_negated, rest) = typed.strip_prefix('!').map_or((false, typed), |rest| (true, rest));
        let expression = rest.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        let (source, syntax) = match expression {
            Some(expression) => (expression, Syntax::Regex),
            None => (rest, Syntax::Plain),
        };
        if source.is_empty() {
            return Ok(None);
        }
        let pattern = Pattern::new(source, syntax)?;
        Ok(Some(Self { finder: Finder::new(pattern, catalogue.clone()), is_negated }))
    }

    /// Whether an entry is shown. The same is looked at as by a search.
    #[must_use]
    pub fn passes(&self, entry: &Entry) -> bool {
        self.finder.looks_at(entry) != self.is_negated
    }

    /// The same, with the answers for others of the same words remembered.
    pub(super) fn passes_like_others(&mut self, entry: &Entry) -> bool {
        self.finder.finds(entry) != self.is_negated
    }

    /// Whether entries must be without it.
    pub(in crate::model) fn is_negated(&self) -> bool {
        self.is_negated
    }

    /// What is looked for.
    pub(in crate::model) fn pattern(&self) -> &Pattern {
        self.finder.pattern()
    }

    /// `"refund"`, `/refund.*/`, `not "refund"`
    pub(super) fn words(&self, cells: usize, saying: Saying<'_>) -> Line {
        let quote = match self.pattern().syntax() {
            Syntax::Plain => "\"",
            Syntax::Regex => "/",
        };
        let mut line = Line::own(if self.is_negated { "not " } else { "" });
        line.push_own(quote);
        line.append(saying.typed(self.pattern().source()).one_line(cells, saying.charset));
        line.push_own(quote);
        line
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        let parts = |phrase: &Self| (phrase.pattern().syntax(), phrase.is_negated);
        parts(self) == parts(other) && self.pattern().source() == other.pattern().source()
    }
}

impl Eq for Phrase {}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(typed: &str, sentence: &str) -> bool {
        let entry = Entry::saying("reply_created", sentence);
        Phrase::parse(typed, &Catalogue::default()).unwrap().unwrap().passes(&entry)
    }

    #[test]
    fn plain_text_expressions_and_what_must_not_be_there_are_told_apart() {
        assert!(passes("refund", "a Refund") && !passes("Refund", "a refund"), "smart case");
        assert!(passes("a.b", "a.b") && !passes("a.b", "axb"));
        assert!(passes("/a.b/", "axb") && !passes("!/a.b/", "axb"));
        assert!(passes("!refund", "thanks") && !passes("! refund".trim(), "a refund x"));
        assert!(passes("/", "a/b") && passes("/etc", "in /etc/x") && passes("!!", "no mark"));
        assert!(passes("reply created", ""), "the word of the line");
    }

    #[test]
    fn nothing_typed_is_no_phrase_and_a_broken_expression_is_refused() {
        for typed in ["", " ", "!", "//", "!//"] {
            assert_eq!(Phrase::parse(typed, &Catalogue::default()), Ok(None), "{typed}");
        }
        assert!(Phrase::parse("/(/", &Catalogue::default()).is_err());
    }
}
