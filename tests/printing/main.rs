//! What prints a log somewhere else: the reading behind it, the export, the wait, and the program with its files,
//! pipes and signals.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../support/canary.rs"]
mod canary;
#[path = "../support/fault_server.rs"]
#[expect(dead_code, reason = "each test target uses a part of it")]
mod fault_server;

#[path = "../support/pty.rs"]
#[expect(clippy::duplicate_mod, reason = "every harness looks for secrets")]
#[expect(dead_code, reason = "each test target uses a part of it")]
mod pty;

mod asked_to_wait;
mod changing;
mod failures;
mod files;
mod following;
mod legend;
mod passage;
mod program;
mod progress;
mod redacting;
mod running;
mod stopped;
mod support;
mod waiting;
