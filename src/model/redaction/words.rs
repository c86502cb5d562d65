//! Texts with the names replaced: whole ones, and stretches between what else was found in them.

use std::borrow::Cow;

use super::Redaction;
use crate::model::{failure::Failure, text::Untrusted};

/// What stands in the place of a text where there are more names than can be looked for.
const TOO_MANY: &str = "(text)";

/// The least bytes of a number of our own that would be masked.
const SHORTEST: usize = 7;

impl Redaction {
    /// A text with the names replaced.
    #[must_use]
    pub fn text(&self, text: &Untrusted) -> Untrusted {
        match self.whole(text.raw()) {
            Cow::Borrowed(_) => text.clone(),
            Cow::Owned(replaced) => Untrusted::new(replaced),
        }
    }

    /// The same as [`Self::text`], for the model. A name of nothing that is seen is found where it is all there is.
    pub(in crate::model) fn whole<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.known().instead_of_blank(text) {
            Some(whose) => Cow::Owned(whose.to_owned()),
            None => self.words(text),
        }
    }

    /// What is said of a failure: it may quote the server. Numbers of our own stay in it, as the server's address.
    #[must_use]
    pub fn failure(&self, failure: &Failure) -> Untrusted {
        let own: Vec<&str> =
            failure.own.split_whitespace().filter(|own| !own.contains(char::is_alphabetic)).collect();
        Untrusted::new(self.around(failure.sentence.raw(), &own))
    }

    /// A text with the names replaced but for these words.
    fn around(&self, text: &str, kept: &[&str]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, own, after)) = kept.iter().find_map(|own| parted(rest, own)) {
            out.push_str(&self.around(before, kept));
            out.push_str(own);
            rest = after;
        }
        out.push_str(&self.words(rest));
        out
    }

    /// A stretch of a text with the names replaced. A stretch of nothing that is seen stays.
    pub(in crate::model) fn words<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if text.is_empty() {
            return Cow::Borrowed(text);
        }
        let known = self.known();
        let Some(finder) = &known.finder else {
            return Cow::Owned(TOO_MANY.to_owned());
        };
        let spans = finder.find(text);
        if spans.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for span in spans {
            push_apart(&mut out, text.get(done..span.from).unwrap_or_default());
            push_apart(&mut out, known.instead(span.what));
            done = span.to;
        }
        push_apart(&mut out, text.get(done..).unwrap_or_default());
        Cow::Owned(out)
    }
}

/// The first place in a text where a number stands by itself, with what is before and behind it. Short ones are as
/// likely a part of somebody's, and need no help to stay.
fn parted<'a>(text: &'a str, number: &str) -> Option<(&'a str, &'a str, &'a str)> {
    if number.len() < SHORTEST {
        return None;
    }
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '@');
    text.match_indices(number).find_map(|(at, found)| {
        let (before, after) = (text.get(..at)?, text.get(at + found.len()..)?);
        let is_alone = ends(before.chars().next_back()) && ends(after.chars().next());
        is_alone.then_some((before, found, after))
    })
}

/// Puts a space where two words would become one.
fn push_apart(out: &mut String, words: &str) {
    let (last, first) = (out.chars().next_back(), words.chars().next());
    if last.is_some_and(char::is_alphanumeric) && first.is_some_and(char::is_alphanumeric) {
        out.push(' ');
    }
    out.push_str(words);
}
