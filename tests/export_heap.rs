//! What an export holds while it writes: the heap as the allocator counts it, of a long log and of a short one.
//!
//! One test alone in its program: another one's memory would be counted too.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    alloc::System,
    io::{self, Write},
};

use cap::Cap;
use ticketlog::{
    assets,
    export::Format,
    model::{query::TicketNumber, redaction::Redaction, redaction::Scope},
    shell::{
        export::{End, Plan, Redacting, export},
        passage::Order,
    },
};

#[expect(dead_code, reason = "the tests of printing use all of it")]
#[path = "printing/support.rs"]
mod support;

use support::{Ground, Never, plan};

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

const TICKET: TicketNumber = 1;

/// Takes everything, and looks at the heap each time.
struct Watch {
    most: usize,
}

impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.most = self.most.max(HEAP.allocated());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The most bytes that each way through a log of so many entries held beside what was there before.
async fn held(entries: u64) -> Vec<usize> {
    let ground = Ground::with(entries).await;
    let catalogue = assets::action_types().unwrap();
    let mut held = Vec::new();
    for (order, format) in [
        (Order::NewestFirst, Format::Ndjson),
        (Order::NewestFirst, Format::Markdown),
        (Order::OldestFirst, Format::Json),
    ] {
        for redacts in [false, true] {
            let redaction = || Redaction::new(Scope::Everyone, &catalogue);
            let redacting = redacts.then(|| Redacting::new(redaction(), catalogue.clone()));
            let plan = Plan { redacting, ..plan(order, format) };
            let source = ground.source(TICKET);
            let (before, mut out) = (HEAP.allocated(), Watch { most: 0 });
            let outcome = export(plan, &source, &mut out, &mut Never, |_| ()).await;
            assert!(matches!(outcome.end, End::Done), "{:?}", outcome.end);
            assert_eq!(outcome.count.shown, entries);
            held.push(out.most.saturating_sub(before));
        }
    }
    held
}

#[tokio::test]
async fn ten_times_the_entries_take_no_more_memory() {
    let short = held(1_500).await;
    let long = held(15_000).await;
    // Held, they would take a megabyte without their JSON and six with it.
    let more = short.iter().zip(&long).map(|(short, long)| long.saturating_sub(*short)).max().unwrap();
    assert!(more <= 256 * 1024, "{more} bytes more: {short:?}, {long:?}");
}
