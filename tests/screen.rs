//! The screen and the writer from outside: bytes through an emulator, byte budgets, writes on the line.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy knows functions marked as tests, not what they call"
)]

#[path = "support/emulator.rs"]
mod emulator;

#[path = "screen/budgets.rs"]
mod budgets;
#[path = "screen/defence.rs"]
mod defence;
#[path = "screen/joins.rs"]
mod joins;
#[path = "screen/pictures.rs"]
mod pictures;
#[path = "screen/sequences.rs"]
mod sequences;
#[path = "screen/writer.rs"]
mod writer;
