//! Text from strangers can only ever be text: what `model::text` promises, against an oracle that knows the
//! characters from another source, a table of hostile strings, all of Unicode, and random texts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod buffer;
mod edges;
mod hostile;
mod hostile_table;
mod oracle;
mod promises;
mod random;
mod sweep;
