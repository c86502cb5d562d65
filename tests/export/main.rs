//! What leaves the program as a file: five formats, whatever stands in an entry.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../sinks/fields.rs"]
#[expect(dead_code, reason = "other tests ask for more")]
mod fields;
#[path = "../text/oracle.rs"]
#[expect(dead_code, reason = "other tests ask for more")]
mod oracle;

mod csv;
mod formats;
mod markdown;
mod personal;
mod round_trip;
mod schema;
mod support;
mod telling;
