//! Texts with the names replaced: whole ones, and stretches between what else was found in them.

use std::borrow::Cow;

use super::Redaction;
use crate::model::text::Untrusted;

/// What stands in the place of a text where there are more names than can be looked for.
const TOO_MANY: &str = "(text)";

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

/// Puts a space where two words would become one.
fn push_apart(out: &mut String, words: &str) {
    let (last, first) = (out.chars().next_back(), words.chars().next());
    if last.is_some_and(char::is_alphanumeric) && first.is_some_and(char::is_alphanumeric) {
        out.push(' ');
    }
    out.push_str(words);
}
