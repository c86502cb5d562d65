//! Everything that reaches the terminal, and nothing else: pictures in, bytes out.
//!
//! - [`screen`] compares the next picture with what the terminal shows and gives the bytes between them;
//! - [`writer`] owns the output and writes one frame at a time, so that a blocked terminal blocks nothing else;
//! - [`clipboard`] has the one sequence that is no picture: a text for the clipboard of whoever looks;
//! - [`colours`] says how many colours there are and translates styles to them;
//! - [`session`] takes the terminal and gives it back, [`hangup`] notices that it is gone, [`input`] reads it, [`lines`] where it
//!   keeps its own mode;
//! - [`deadline`] ends a process that does not obey a signal;
//! - [`tmux`] knows when a multiplexer makes scrolling dear;
//! - [`oracle`] is the grammar that every byte must keep to.
//!
//! Refuses to know the model and the API. No query is ever sent to the terminal: a late answer would end up in the
//! shell as typed keys. Called by the shell.

pub mod clipboard;
pub mod colours;
pub mod deadline;
pub mod hangup;
pub mod input;
pub mod lines;
pub mod oracle;
pub mod prompt;
pub mod screen;
pub mod session;
pub mod tmux;
mod tty;
pub mod writer;
