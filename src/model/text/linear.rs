//! That cleaning and wrapping are linear, by counts: how often characters are looked at, and how much comes out.
//!
//! Fuel is such a count: [`Source`](super::source::Source) spends a unit for each look at a character. What is done
//! between two looks is bounded by the caps of a cluster.

use super::{Charset, Untrusted, cluster::Cleaner, line::Origin, sink::Sink};

/// Floods and mixtures: whatever a rule reads ahead, counts, drops, joins or takes apart.
const UNITS: &[&str] = &[
    "a",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\r\n\r",
    "\u{1b}",
    "\u{1b}\u{7}",
    "\u{9B}a",
    "\u{200B}\u{200C}",
    "\u{AD}\u{600}",
    "\u{FE0F}",
    "\u{FE0F}a",
    "\r\u{FE0F}",
    "\u{301}",
    "\u{301}\u{302}",
    "e\u{301}",
    "\u{1100}",
    "\u{1100}\u{1161}\u{11A8}",
    "\u{915}\u{94D}",
    "\u{1F469}\u{200D}",
    "\u{1F1E9}",
    "\u{D4E}",
    "\u{D4E}\u{FE0F}",
    "\u{E0064}\u{E0065}",
    "\u{E000}\u{E001}",
    "\u{10FFFF}\u{E000}",
    "\u{FDFD}",
    "\u{FDFD} \u{301}",
    "\u{65E5}",
    "\u{3000}",
    "\u{1F44D}\u{1F3FD}",
    "\u{FF76}\u{FF9E}",
    "ok \u{1b}[2J\u{202E}a\u{301}\u{1100}\u{1F469}\u{200D}\u{1F467}\u{200B}\n\u{E000}\u{65E5}\t",
];

/// How many times a unit is repeated: the counts of the longer text are held to the same rates.
const TIMES: [usize; 2] = [100, 1_000];

/// Counts what comes out.
#[derive(Default)]
struct Counted {
    calls: usize,
    bytes: usize,
}

impl Sink for Counted {
    fn cluster(&mut self, _: Origin, text: &str, _: usize) {
        self.calls += 1;
        self.bytes += text.len();
    }

    fn tab(&mut self) {
        self.calls += 1;
    }

    fn breaks(&mut self, _: usize) {
        self.calls += 1;
    }

    fn marker(&mut self, text: &str) {
        self.calls += 1;
        self.bytes += text.len();
    }
}

fn texts() -> impl Iterator<Item = (String, Charset)> {
    let texts = UNITS.iter().flat_map(|unit| TIMES.map(|times| unit.repeat(times)));
    texts.flat_map(|text| [(text.clone(), Charset::Unicode), (text, Charset::Ascii)])
}

#[test]
fn a_character_is_looked_at_twice_at_most_and_gives_a_bounded_number_of_pieces_and_bytes() {
    for (text, charset) in texts() {
        let characters = text.chars().count();
        let mut cleaner = Cleaner::new(&text, charset, 2 * characters, true);
        let mut counted = Counted::default();
        let mut steps = 0;
        while cleaner.step(&mut counted) {
            steps += 1;
        }
        let about = text.chars().take(8).collect::<String>().escape_unicode().to_string();
        assert!(!cleaner.is_exhausted(), "{about}: more than {} looks", 2 * characters);
        assert!(steps <= characters, "{about}: {steps} steps for {characters} characters");
        assert!(counted.calls <= 3 * characters, "{about}: {} pieces", counted.calls);
        assert!(counted.bytes <= 4 * text.len() + 64, "{about}: {} of {} bytes", counted.bytes, text.len());
    }
}

#[test]
fn a_block_has_no_more_bytes_and_breaks_than_what_was_cleaned() {
    for (text, charset) in texts() {
        let mut cleaner = Cleaner::new(&text, charset, usize::MAX, true);
        let mut counted = Counted::default();
        while cleaner.step(&mut counted) {}
        let lines = Untrusted::new(text.as_str()).block(10, charset);
        let bytes: usize = lines.iter().map(|line| line.plain().len()).sum();
        let tabs = text.matches('\t').count();
        let about = text.chars().take(8).collect::<String>().escape_unicode().to_string();
        assert!(bytes <= (counted.bytes + 4 * tabs).max(7), "{about}: {bytes} of {} bytes", counted.bytes);
        let breaks = text.matches(['\n', '\r']).count();
        assert!(lines.len() <= bytes + breaks + 1, "{about}: {} lines", lines.len());
    }
}
