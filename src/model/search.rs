//! The line in which a search is typed: how it is written, what is wrong with it, and what was typed before.

use super::{
    input::{Input, Prompt},
    pattern::{Fault, Pattern, Syntax},
};

/// So many searches are remembered while the program runs. None is kept beyond that: they may hold names.
const MOST: usize = 50;

/// A search being typed.
#[derive(Debug, Clone, Default)]
pub struct SearchLine {
    /// How it is written.
    pub syntax: Syntax,
    /// Why it cannot be looked for as it stands.
    pub fault: Option<Fault>,
    /// Which of the earlier ones stands in the line, from 1 for the last one; 0 is what is typed.
    at: usize,
    /// What was typed before an earlier one took its place.
    draft: (Input, Syntax),
}

impl SearchLine {
    /// A line for a search that is written like the one before.
    #[must_use]
    pub fn new(syntax: Syntax) -> Self {
        Self { syntax, ..Self::default() }
    }

    /// The pattern that the line holds. `None` for an empty line, and for one with a fault, which is kept.
    pub fn read(&mut self, input: &Input) -> Option<Pattern> {
        self.fault = None;
        if input.is_empty() {
            return None;
        }
        Pattern::new(&input.text(), self.syntax).map_err(|fault| self.fault = Some(fault)).ok()
    }

    /// Puts an earlier search into the line: the one before when `by` is negative.
    pub fn recall(&mut self, by: i8, input: &mut Input, history: &Searches) {
        let at = if by < 0 { self.at + 1 } else { self.at.saturating_sub(1) };
        if at == self.at || at > history.0.len() {
            return;
        }
        if self.at == 0 {
            self.draft = (input.clone(), self.syntax);
        }
        self.at = at;
        (*input, self.syntax) = match history.nth(at) {
            Some((text, syntax)) => (Input::of(Prompt::Search, text), *syntax),
            None => self.draft.clone(),
        };
    }
}

/// What is to be looked for as soon as there is something to look at: the command line asks for it.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What.
    pub pattern: Pattern,
    /// The cursor stays where the command line put it, and nothing more is read for it.
    pub stays: bool,
}

/// What was looked for in this run of the program, the last one at the end.
#[derive(Debug, Clone, Default)]
pub struct Searches(Vec<(String, Syntax)>);

impl Searches {
    /// Remembers a search, once.
    pub fn remember(&mut self, text: String, syntax: Syntax) {
        if text.is_empty() {
            return;
        }
        let search = (text, syntax);
        self.0.retain(|known| *known != search);
        self.0.push(search);
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
    }

    /// Remembers what the command line asked for.
    pub fn remember_pattern(&mut self, pattern: &Pattern) {
        self.remember(pattern.source().raw().to_owned(), pattern.syntax());
    }

    /// How the last one was written.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.0.last().map(|(_, syntax)| *syntax).unwrap_or_default()
    }

    fn nth(&self, at: usize) -> Option<&(String, Syntax)> {
        self.0.get(self.0.len().checked_sub(at)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_lead_back_through_what_was_typed_and_return_to_the_line() {
        let mut history = Searches::default();
        history.remember("refund".to_owned(), Syntax::Plain);
        history.remember("a|b".to_owned(), Syntax::Regex);
        history.remember("refund".to_owned(), Syntax::Plain);
        let (mut line, mut input) = (SearchLine::default(), Input::of(Prompt::Search, "ref"));
        let mut seen = Vec::new();
        for by in [-1, -1, -1, 1, 1, 1] {
            line.recall(by, &mut input, &history);
            seen.push((input.text(), line.syntax));
        }
        let (refund, either) = (("refund".to_owned(), Syntax::Plain), ("a|b".to_owned(), Syntax::Regex));
        let typed = ("ref".to_owned(), Syntax::Plain);
        assert_eq!(seen, [refund.clone(), either.clone(), either, refund, typed.clone(), typed]);
    }

    #[test]
    fn a_fault_is_kept_until_the_line_is_read_again() {
        let mut line = SearchLine::new(Syntax::Regex);
        assert!(line.read(&Input::of(Prompt::Search, "(")).is_none() && line.fault.is_some());
        assert!(line.read(&Input::of(Prompt::Search, "()")).is_some() && line.fault.is_none());
        assert!(line.read(&Input::default()).is_none() && line.fault.is_none());
    }
}
