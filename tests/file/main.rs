//! Logs that come as files: every format, every way to be broken, and that all of it is read by the same windows as
//! a ticket of the server.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod copies;
mod engine;
mod formats;
mod growth;
mod live;
mod program;
mod refusals;
mod rewritten;
mod support;
mod weight;
mod windows;
