//! The command that opens a view, read back by the command line: the same narrowing, the same search, the same entry.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/entries.rs"]
mod entries;
mod generated;
// The program's own reading of its flags.
#[path = "../../src/main/narrowing.rs"]
mod narrowing;
mod round_trip;
mod views;
mod words;

mod reading {
    use ticketlog::model::{
        time_words::{self, Moment},
        zone::Zone,
    };

    use super::Refusal;

    /// As the program reads a time.
    pub fn moment(flag: &str, text: &str, zone: Zone) -> Result<Moment, Refusal> {
        let now = time_words::Now { clock: super::entries::start(), cursor: None, zone };
        time_words::parse(text, now).ok_or_else(|| Refusal::new(2, format!("{flag} {text}")))
    }
}

/// What a refused flag gives.
#[derive(Debug)]
pub struct Refusal(pub String);

impl Refusal {
    fn new(_: u8, sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

fn say(_: &str) {}
