//! Everything that reaches the terminal, and nothing else: pictures in, bytes out.
//!
//! - [`writer`] owns the output and writes one frame at a time, so that a blocked terminal blocks nothing else;
//! - [`oracle`] is the grammar that every byte must keep to.
//!
//! Refuses to know the model and the API. No query is ever sent to the terminal: a late answer would end up in the
//! shell as typed keys. Called by the shell.

pub mod oracle;
pub mod writer;
