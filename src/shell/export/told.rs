//! What is told of an export: how far it is, why it ended, what came of it.

use std::{io, time::Duration};

use super::Redacting;
use crate::{
    export::{Head, Tally},
    model::{failure::Failure, stamp::Stamp},
    shell::passage::Count,
};

/// What whoever waits may want to hear.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// So much was read.
    Read(Read),
    /// The same will be asked again after a wait.
    Waits(&'a Failure, Duration),
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Read {
    /// Whether nothing is printed yet: names are looked for.
    pub is_learning: bool,
    /// Entries so far.
    pub entries: u64,
    /// The time of the last one.
    pub reached: Option<Stamp>,
}

/// Why it ended.
#[derive(Debug)]
pub enum End {
    /// All was printed, or as much as was wanted.
    Done,
    /// Somebody stopped it, and says with which exit code.
    Stopped(u8),
    /// The server or the way to it.
    Failed(Failure),
    /// The output.
    Output(io::Error),
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// Why it ended.
    pub end: End,
    /// How much was printed.
    pub count: Count,
    /// Why the first stretch of a file that is no entry is none, where there is one.
    pub unreadable: Option<String>,
    /// The time of the last entry that was read; `None` also where times are in no order, so that none tells how far it got.
    pub reached: Option<Stamp>,
    /// How many names stand in it.
    pub names: usize,
    /// Who is called what.
    pub redacting: Option<Redacting>,
    /// Whether anything was written.
    pub is_begun: bool,
    /// Of what it is; `None` where nothing was read, or entries stand alone.
    pub head: Option<Head>,
    /// In words: how many entries, and whether that is all.
    pub tally: Tally,
}
