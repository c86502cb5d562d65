//! A pattern looked for in entries, among the words that the screen shows of them: the type's word and its own name,
//! the actor's name, and what the entry says with its placeholders resolved. Times are not words: `t` goes to those.
//!
//! Words are shared between entries, thousands of times in a long log. So each is cleaned and looked at once, and
//! known again by its address; it is kept alive as long as that is remembered.

use std::{collections::HashMap, sync::Arc};

use foldhash::fast::RandomState;

use super::{
    entry::{Entry, Included, User},
    pattern::Pattern,
    text::{Charset, Untrusted},
    types::Catalogue,
};

/// How much of one sentence is looked at, in cells: as much as a block shows.
const CELLS: usize = 64 * 1024;

/// So many answers are remembered; then it begins anew.
const MOST: usize = 1 << 16;

/// Looks for a pattern in entries.
#[derive(Debug, Clone)]
pub struct Finder {
    pattern: Pattern,
    catalogue: Catalogue,
    known: HashMap<Address, (Kept, bool), RandomState>,
}

/// Where the words are that an answer was made from.
type Address = [usize; 4];

/// The words themselves: as long as they are kept, no other words can have their address.
#[derive(Debug, Clone)]
#[expect(dead_code, reason = "kept for their addresses, never read")]
struct Kept(Untrusted, Untrusted, Option<Arc<Included>>, Option<Arc<User>>);

impl Finder {
    /// Looks for this pattern. The words of types are those of the catalogue.
    #[must_use]
    pub fn new(pattern: Pattern, catalogue: Catalogue) -> Self {
        Self { pattern, catalogue, known: HashMap::default() }
    }

    /// What is looked for.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Whether the pattern occurs in what is shown of an entry. Remembers the answer for others with the same words.
    pub fn finds(&mut self, entry: &Entry) -> bool {
        if entry.flaw.is_some() {
            return self.looks_at(entry);
        }
        // Only a sentence with placeholders depends on what they refer to.
        let refers = entry.action.raw().contains('{');
        let included = entry.included.as_ref().filter(|_| refers);
        let actor = entry.actor.as_ref();
        let address = [
            entry.action_type.address(),
            entry.action.address(),
            included.map_or(0, |included| Arc::as_ptr(included).addr()),
            actor.map_or(0, |actor| Arc::as_ptr(actor).addr()),
        ];
        if let Some((_, found)) = self.known.get(&address) {
            return *found;
        }
        if self.known.len() == MOST {
            self.known.clear();
        }
        let found = self.looks_at(entry);
        let kept = Kept(entry.action_type.clone(), entry.action.clone(), included.cloned(), actor.cloned());
        self.known.insert(address, (kept, found));
        found
    }

    /// The same with nothing remembered.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::new(self.pattern.clone(), self.catalogue.clone())
    }

    /// Whether the pattern occurs, without remembering anything.
    #[must_use]
    pub fn looks_at(&self, entry: &Entry) -> bool {
        occurs(&self.pattern, entry, &self.catalogue)
    }
}

/// Whether a pattern occurs in what is shown of an entry, each part by itself: in the list, and in the pane below it,
/// which has the type's own name and the whole sentence.
#[must_use]
pub fn occurs(pattern: &Pattern, entry: &Entry, catalogue: &Catalogue) -> bool {
    let line = |text: &Untrusted| text.one_line(CELLS, Charset::Unicode).plain();
    let finds = |text: &Untrusted| !text.is_empty() && pattern.matches(&line(text));
    finds(&entry.action_type)
        || finds(&catalogue.word(&entry.action_type))
        || entry.actor.as_ref().is_some_and(|actor| finds(&actor.name))
        || finds(&entry.sentence())
        || pattern.matches(&entry.what_line(catalogue, CELLS, Charset::Unicode).plain())
}

#[cfg(test)]
mod naive;
#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{entry::Label, pattern::Syntax};

    fn entry(kind: &str, action: &str, actor: &str) -> Entry {
        let user = User {
            id: Untrusted::new("5f0b3ca0"),
            name: Untrusted::new(actor),
            email: None,
            status: Untrusted::new("team"),
            is_bot: false,
            custom_identifier: None,
        };
        Entry { actor: Some(Arc::new(user)), ..Entry::saying(kind, action) }
    }

    fn found(pattern: &str, entry: &Entry) -> bool {
        let pattern = Pattern::new(pattern, Syntax::Plain).expect("a plain pattern");
        let mut finder = Finder::new(pattern, Catalogue::default());
        let first = finder.finds(entry);
        assert_eq!(finder.finds(entry), first, "the same when it is remembered");
        first
    }

    #[test]
    fn every_word_of_the_screen_is_looked_at_and_nothing_else() {
        let reply = entry("ticket_reply_created", "sent a reply", "Garrick Ollivander");
        for shown in ["reply", "ticket_reply", "sent a", "ollivander"] {
            assert!(found(shown, &reply), "{shown}");
        }
        assert!(!found("5f0b3ca0", &reply), "an id is not shown");
        assert!(!found("reply sent", &reply), "columns are looked at one by one");
    }

    #[test]
    fn placeholders_are_looked_at_as_they_are_shown() {
        let mut tagged = entry("ticket_tag_added", "added {Tag:1}", "Garrick Ollivander");
        let tag = |name: &str| Label { id: Untrusted::new("1"), name: Untrusted::new(name) };
        let included = |name: &str| Some(Arc::new(Included { tags: vec![tag(name)], ..Included::default() }));
        tagged.included = included("refund");
        assert!(found("added refund", &tagged) && !found("{Tag", &tagged));

        // The same sentence that refers to something else is another one.
        let mut finder = Finder::new(
            Pattern::new("refund", Syntax::Plain).expect("a plain pattern"),
            Catalogue::default(),
        );
        let mut other = tagged.clone();
        other.included = included("urgent");
        assert!(finder.finds(&tagged) && !finder.finds(&other));
    }

    #[test]
    fn a_line_break_is_looked_at_as_the_sign_that_is_shown() {
        let broken = entry("ticket_note", "first\nsecond", "Garrick Ollivander");
        assert!(found("second", &broken) && !found("first second", &broken));
    }
}
