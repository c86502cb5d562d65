//! Everything a frame depends on. Pure: no clock, no environment, no terminal, no network.

pub mod entry;
pub mod failure;
pub mod query;
pub mod stamp;
pub mod text;
pub mod ticket;
