//! Every field that a stranger writes, through every place that shows it, down to the bytes (T05 to T08, T11,
//! T24, T25). The hundred strings are those of the sample ticket 666.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../support/emulator.rs"]
#[expect(dead_code, reason = "other tests ask for more")]
mod emulator;
#[path = "../support/fault_server.rs"]
#[expect(dead_code, reason = "other tests break more than this one")]
mod fault_server;
#[path = "../text/oracle.rs"]
#[expect(dead_code, reason = "other tests ask for more")]
mod oracle;
#[path = "../stories/story.rs"]
#[expect(dead_code, reason = "other stories tell more")]
mod story;

mod control;
mod debug;
mod everywhere;
mod failures;
mod fields;
mod leaving;
mod many;
mod names;
mod neighbours;
mod question;
mod sizes;
mod table;
mod typed;
mod watch;
mod ways_out;
mod weight;
