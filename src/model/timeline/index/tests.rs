//! What the index asks, and how often.

use std::cell::Cell;

use super::*;
use crate::model::{query::Generation, query::Query, text::Untrusted};

/// Shows replies, by their type alone, and counts the questions.
#[derive(Default)]
struct Replies(Cell<u32>);

impl Passes for Replies {
    fn kind(&self, action_type: &Untrusted) -> bool {
        self.0.set(self.0.get() + 1);
        action_type.raw() == "reply"
    }

    fn asks_entries(&self) -> bool {
        false
    }

    fn entry(&mut self, _: &Entry) -> bool {
        self.0.set(self.0.get() + 1);
        true
    }
}

fn entry(number: usize) -> Entry {
    Entry::saying(["read", "reply"].get(number % 2).copied().unwrap_or_default(), number.to_string())
}

#[test]
fn a_type_is_asked_about_once_however_many_entries_have_it() {
    let mut log = Log::new(Query::All, Generation::default());
    let window = log.ask_head().unwrap();
    log.accept(window, (0..50).map(entry).collect());
    let mut replies = Replies::default();
    let mut index = Index::default();
    index.update(&log, &mut replies);
    assert_eq!((replies.0.get(), index.shown()), (2, 25));
    index.update(&log, &mut replies);
    assert_eq!((replies.0.get(), index.shown()), (2, 25));
}
