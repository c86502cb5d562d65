//! Exporting a long log from the embedded server: entries a second and the heap's peak, of ten thousand, a hundred
//! thousand and a million entries in one run. `cargo bench --bench export` prints the table; `-- ENTRIES` stops there.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench fails by panicking and tells what it measured"
)]

use std::{alloc::System, time::Instant};

use cap::Cap;
use ticketlog::{
    export::Format,
    model::query::TicketNumber,
    shell::{
        export::{End, export},
        passage::Order,
    },
};

#[expect(dead_code, reason = "the tests of printing use all of it")]
#[path = "../tests/printing/support.rs"]
mod support;

use support::{Ground, Never, plan};

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

const TICKET: TicketNumber = 1;

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::disallowed_methods, reason = "a bench measures")]
async fn main() {
    let most = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    println!(
        "{:<24} {:>10} {:>8} {:>12} {:>12}",
        "order and format", "entries", "s", "entries/s", "peak MiB"
    );
    for entries in [10_000, 100_000, 1_000_000].into_iter().filter(|entries| *entries <= most) {
        let ground = Ground::with(entries).await;
        for (name, order, format) in [
            ("newest first, ndjson", Order::NewestFirst, Format::Ndjson),
            ("oldest first, json", Order::OldestFirst, Format::Json),
        ] {
            let start = Instant::now();
            let mut out = std::io::sink();
            let source = ground.source(TICKET);
            let outcome = export(plan(order, format), &source, &mut out, &mut Never, |_| ()).await;
            assert!(matches!(outcome.end, End::Done), "{:?}", outcome.end);
            assert_eq!(outcome.count.shown, entries);
            let seconds = start.elapsed().as_secs_f64();
            // The peak since the program began: shorter logs went before.
            #[expect(clippy::cast_precision_loss, reason = "figures to be read")]
            let (each, peak) = (entries as f64 / seconds, HEAP.max_allocated() as f64 / f64::from(1 << 20));
            println!("{name:<24} {entries:>10} {seconds:>8.1} {each:>12.0} {peak:>12.1}");
        }
    }
}
