//! What the real picture of real entries costs: bytes for each key, requests for each way of reading.
//!
//! The entries come from the embedded server through the client; the bytes are those that the terminal would get.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod bytes;
mod following;
mod pictures;
mod program;
mod requests;
