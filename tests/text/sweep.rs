//! All 1,112,064 characters in three surroundings (T02).

use std::thread;

use ticketlog::model::text::{Charset, Untrusted};

use crate::oracle;

/// Characters that are cleaned together, each three times on a line of its own.
const BATCH: usize = 1024;

#[test]
fn every_character_comes_out_safe_or_as_a_marker() {
    let all: Vec<char> = ('\0'..=char::MAX).collect();
    assert_eq!(all.len(), 1_112_064);
    let (left, right) = all.split_at(all.len() / 2);
    thread::scope(|scope| {
        let other = scope.spawn(|| left.chunks(BATCH).for_each(sweep));
        right.chunks(BATCH).for_each(sweep);
        other.join().expect("the other half is safe");
    });
}

/// Three surroundings: among letters, twice, and after a mark with a joiner.
fn sweep(characters: &[char]) {
    let mut text = String::new();
    for c in characters {
        text.extend(['x', *c, 'y', '\n', *c, *c, '\n', 'e', '\u{301}', *c, '\u{200D}', *c, '\n']);
    }
    let lines = Untrusted::new(text).block(200, Charset::Unicode);
    assert!(lines.len() >= characters.len() * 3, "nothing is cut");
    for line in lines {
        assert_eq!(oracle::check(&line, Charset::Unicode), Ok(()), "{}", line.plain().escape_unicode());
    }
}
