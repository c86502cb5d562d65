//! Whose names are replaced: the flag of everything that shows a log.

use clap::{Args, ValueEnum};

use crate::model::redaction::Scope;

/// Whether and whose names are replaced.
#[derive(Debug, Clone, Default, Args)]
pub struct Redact {
    /// Replace names by Agent 1, Client 2, Bot 1, and mask addresses and long numbers; clients: the names of clients alone
    #[arg(long, value_name = "WHOSE", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "everyone")]
    pub redact: Option<Whose>,
}

/// Whose names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Whose {
    /// Everybody's
    Everyone,
    /// Those of clients alone
    Clients,
}

impl Whose {
    /// The same as the model calls it.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Self::Everyone => Scope::Everyone,
            Self::Clients => Scope::Clients,
        }
    }
}

impl Redact {
    /// The same as the model calls it.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        self.redact.map(Whose::scope)
    }
}
