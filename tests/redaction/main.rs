//! Names replaced: of generated people and logs nothing that tells who somebody is comes out, and aliases stay the same.
//!
//! Every run makes others; `REDACTION_SEED` runs the one of a failure again. The checker has its own, slow idea of what a
//! name is in a text: it shares nothing with the program but the definition.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod aliases;
mod checker;
mod dice;
mod formats;
mod held;
mod leaks;
mod log;
mod names;
mod strange;
