//! A look at the ticket before a life begins: what the rule above the entry seen then may say.

use chrono::{DateTime, Utc};
use ticketlog::model::{
    entry::Entry,
    reader::Reader,
    saved_view::SavedEntry,
    timeline::{Count, Row},
    visit::{Seen, Visit},
};

use crate::server::{Row as Kept, entry, number};

/// A look at ticket 1 when the entry of this number was the newest.
pub fn visit(newest: u64, at: DateTime<Utc>) -> Visit {
    let seen = SavedEntry::of(&entry(Kept(newest))).map(|entry| Seen { entry, at });
    Visit { ticket: 1, looked: at, seen }
}

/// Checks that the rule parts newer entries from older ones, and counts no more than there are.
pub fn check(reader: &Reader, newest_seen: u64, truth: &[u64]) {
    let mut rules = 0;
    for row in reader.timeline().rows(reader.log()) {
        match row {
            Row::Entry { entry, .. } => assert_side(entry, rules > 0, newest_seen),
            Row::Fold { fold, .. } => assert_side(fold.entry, rules > 0, newest_seen),
            Row::Rule(rule) if rule.news.is_some() => {
                rules += 1;
                let newer = truth.iter().filter(|number| **number >= newest_seen).count();
                if let Some(Count::Exactly(count) | Count::AtLeast(count)) = rule.news.map(|news| news.count)
                {
                    assert!((1..=newer).contains(&count), "{count} of {newer}");
                }
            }
            Row::Rule(_) | Row::Tail { .. } => {}
        }
    }
    assert!(rules <= 1, "{rules} rules");
}

fn assert_side(entry: &Entry, below: bool, newest_seen: u64) {
    let number = number(entry);
    assert!(!below || number <= newest_seen, "{number} below the rule of {newest_seen}");
}
