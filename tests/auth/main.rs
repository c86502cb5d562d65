//! Tokens: what they are made from, how often, where they are kept, and where they never stand.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/canary.rs"]
mod canary;
#[path = "../support/fault_server.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod fault_server;
#[path = "../support/token_server.rs"]
mod token_server;

mod account;
mod broken;
mod ending;
mod given;
mod harness;
mod kept;
mod refusals;
mod renewal;
mod session;
mod several;
