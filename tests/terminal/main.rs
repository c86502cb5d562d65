//! The real binary in a pseudo-terminal.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../support/pty.rs"]
#[expect(dead_code, reason = "each test target uses a part of it")]
mod pty;
#[path = "../support/token_server.rs"]
mod token_server;

mod bell;
mod between;
mod colours;
mod copying;
mod file;
mod flow;
mod hangup;
mod idle;
mod input;
mod life;
mod linear;
mod login;
mod names;
mod paging;
#[cfg(debug_assertions)]
mod refusals;
mod remembered;
mod resume;
mod saving;
mod scroll;
mod settings;
mod sizes;
mod stalled;
mod start;
mod suspend;
mod torture;
mod torture_account;
#[cfg(debug_assertions)]
mod torture_clock;
mod torture_requests;
#[cfg(debug_assertions)]
mod torture_store;
mod underway;
mod unkept;
mod visits;
