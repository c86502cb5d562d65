//! Looking in turns against one look at everything.

use proptest::prelude::*;

use super::*;
use crate::model::{
    entry::{Entry, Time},
    narrowing::Passes,
    pattern::Syntax,
    query::{Generation, Query},
    stamp::Stamp,
    text::Untrusted,
    types::Catalogue,
};

fn entry(number: usize) -> Entry {
    Entry {
        time: Time::At(
            Stamp::parse(&format!("2023-08-03T12:{:02}:{:02}Z", number / 60, number % 60)).unwrap(),
        ),
        ..Entry::saying(TYPES[number % 3], format!("entry {number}"))
    }
}

const TYPES: [&str; 3] = ["read", "reply", "note"];

/// Shows the types whose bit is set.
struct Types(usize);

impl Passes for Types {
    fn kind(&self, action_type: &Untrusted) -> bool {
        let at = TYPES.iter().position(|known| *known == action_type.raw());
        at.is_some_and(|at| (self.0 >> at) & 1 == 1)
    }

    fn asks_entries(&self) -> bool {
        false
    }

    fn entry(&mut self, _: &Entry) -> bool {
        true
    }
}

fn finder(text: &str) -> Finder {
    Finder::new(Pattern::new(text, Syntax::Plain).unwrap(), Catalogue::default())
}

/// What a fresh look at everything finds, run by run.
fn naive(index: &Index, log: &Log, mut finder: Finder) -> Vec<Vec<i64>> {
    let mut is_hit = |run, serial: &i64| {
        log.entry(EntryId { run, serial: *serial }).is_some_and(|entry| finder.finds(entry))
    };
    index
        .parts()
        .map(|(run, shown)| shown.iter().copied().filter(|serial| is_hit(run, serial)).collect())
        .collect()
}

proptest! {
    #[test]
    fn turns_of_any_length_find_what_one_look_finds(
        total in 1_usize..400,
        turns in prop::collection::vec(1_usize..60, 1..40),
        grow in prop::collection::vec(0_usize..30, 1..12),
        shown in 1_usize..8,
        text in "[0-9]{1,2}",
    ) {
        let mut server: Vec<Entry> = (0..total).map(entry).collect();
        let mut log = Log::new(Query::All, Generation::default());
        let (mut index, mut hits) = (Index::default(), Hits::new(finder(&text)));
        let mut passes = Types(shown);
        let mut next = log.ask_head();
        let (mut grow, mut turns) = (grow.into_iter().cycle(), turns.into_iter().cycle());
        for step in 0..14 {
            if let Some(window) = next {
                let skip = usize::try_from(window.skip).unwrap();
                log.accept(window, server.iter().rev().skip(skip).take(window.take.into()).cloned().collect());
            }
            for _ in 0..grow.next().unwrap() {
                server.push(entry(server.len()));
            }
            index.update(&log, &mut passes);
            hits.look(&index, &log, turns.next().unwrap());
            let run = log.runs().first().map(crate::model::log::Run::id);
            next = if step % 4 == 3 { log.ask_head() } else { run.and_then(|run| log.ask_older(run)) };
        }
        let mut rounds = 0;
        while { hits.look(&index, &log, turns.next().unwrap()); !hits.complete } {
            rounds += 1;
            prop_assert!(rounds < 2_000, "it never ends");
        }
        let found: Vec<Vec<i64>> = hits.parts.iter().map(|part| part.found.iter().copied().collect()).collect();
        prop_assert_eq!(found, naive(&index, &log, finder(&text)));
        let items: Vec<EntryId> = (0..hits.count()).filter_map(|number| hits.nth(number)).collect();
        for (number, id) in items.iter().enumerate() {
            prop_assert_eq!(hits.above(&index, Item::Entry(*id)), Some((number, true)));
        }
    }
}
