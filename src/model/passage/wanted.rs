//! What is asked of a passage, and what it gives.

use crate::model::{entry::Entry, narrowing::Narrowing, stamp::Stamp, types::Catalogue};

/// In which order entries are given, and from where on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// From the newest one on.
    #[default]
    NewestFirst,
    /// From the oldest one on.
    OldestFirst,
    /// What arrives above the entries of the first answer, oldest first.
    Arriving,
}

/// What is to be read, and how much of it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What narrows it.
    pub narrowing: Narrowing,
    /// In which order.
    pub order: Order,
    /// How many entries at most; nothing more is asked for then.
    pub limit: Option<u64>,
    /// Whether entries come with their JSON.
    pub raw: bool,
    /// Whether a row that stands for what a file does not tell counts as an entry. Where not, it is passed over.
    pub stand_ins: bool,
    /// Whether what is left out is wanted, too; then nothing is left to the server to leave out.
    pub all: bool,
}

impl Wanted {
    /// Whether a row is no entry, and is not wanted for one.
    pub(super) fn passes_over(&self, entry: &Entry) -> bool {
        !self.stand_ins && entry.unreadable().is_some()
    }

    /// All that passes, with its JSON.
    #[must_use]
    pub fn new(narrowing: Narrowing, order: Order) -> Self {
        Self { narrowing, order, limit: None, raw: true, stand_ins: true, all: false }
    }

    /// Everything, newest first, for whoever looks at all entries before anything is printed.
    #[must_use]
    pub fn everything(catalogue: &Catalogue) -> Self {
        Self::new(Narrowing::everything(catalogue), Order::NewestFirst)
    }
}

/// What one answer brought; often nothing while a jump is under way.
#[derive(Debug, Default)]
pub struct Page {
    /// The entries that pass what narrows them, in order.
    pub entries: Vec<Entry>,
    /// The others, where they are wanted.
    pub left_out: Vec<Entry>,
    /// The time that was reached.
    pub reached: Option<Stamp>,
}

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Entries that were given.
    pub shown: u64,
    /// Entries of the window of time that were read and left out.
    pub hidden: u64,
    /// Whether all there is was read: all of the log, or of the window of time.
    pub is_complete: bool,
}
