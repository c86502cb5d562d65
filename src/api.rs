//! The Ticket API: what its answers mean.
//!
//! Refuses to lose a page for one bad entry. Called by the shell.
//!
//! ```text
//! page       bytes -> entries (decode_page)        row, person, included, ticket   one JSON value each
//! json       tolerant reading of values            interner   equal parts are kept once
//! ```

mod included;
mod interner;
mod json;
mod page;
mod person;
mod row;
mod ticket;

pub use interner::Interner;
pub use json::Shape;
pub use page::{PageError, ServerText, decode_page};
pub use ticket::decode_ticket;
