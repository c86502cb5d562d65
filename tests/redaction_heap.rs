//! What replacing names takes of the heap, as the allocator counts it, never seconds.
//!
//! One test alone in its program: another one's memory would be counted too.

use std::alloc::System;

use cap::Cap;
use ticketlog::{
    assets,
    model::{
        redaction::{Redaction, Scope},
        text::Untrusted,
    },
};

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// Whether anything of a text is seen is asked of each text first. Nothing is gathered for that: it would be looked
/// through again at each character.
#[test]
fn blanks_before_a_word_are_looked_through_once() {
    let redaction = Redaction::new(Scope::Everyone, &assets::action_types().unwrap());
    let text = |blanks| Untrusted::new(format!("{}x", " ".repeat(blanks)));
    let _ = redaction.text(&text(40));
    let long = text(20_000);
    let before = HEAP.total_allocated();
    assert_eq!(redaction.text(&long), long);
    let taken = HEAP.total_allocated() - before;
    // Its fold.
    assert!(taken < 25_000, "{taken} bytes");
}
