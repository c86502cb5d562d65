//! The log engine against a model server that grows, shrinks, edits, delays and fails, and against the embedded
//! server where requests are counted.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod counts;
mod life;
mod machine;
mod news;
mod server;
mod tickets;
