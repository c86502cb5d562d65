//! The writer from outside: writes on the line.

#![expect(
    clippy::expect_used,
    reason = "clippy knows functions marked as tests, not what they call"
)]

#[path = "screen/writer.rs"]
mod writer;
