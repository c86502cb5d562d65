//! What hostile JSON costs: two pages, the second four times as heavy, whose strings hold lone surrogates, invalid
//! UTF-8, raw control bytes, or members that stand there twice, beside the same pages in good order. Cost is linear
//! when the throughput of both pages is the same. `serde_json` checking the good page without keeping anything is
//! the measure.
//!
//! `-- --computed` counts computing instead of time, for a machine that others use.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and panics when it cannot"
)]

use divan::{Bencher, black_box, counter::BytesCount};
use ticketlog::api::{Interner, decode_page};

/// The bytes of a page's strings.
const BYTES: [usize; 2] = [1024 * 1024, 4 * 1024 * 1024];
const KINDS: [&str; 6] = ["good", "surrogates", "invalid UTF-8", "controls", "escapes of nothing", "doubled"];

fn main() {
    if std::env::args().any(|arg| arg == "--computed") {
        return in_turn();
    }
    divan::main();
}

/// How long this thread has computed, in nanoseconds, as of the kernel's last tick: other programs on the machine do
/// not count.
fn computed() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    told.split(' ').next().unwrap().parse().unwrap()
}

/// Every kind of either page in turn, for a machine that others use: medians of what decoding computes.
#[expect(clippy::cast_precision_loss, reason = "for people")]
fn in_turn() {
    /// So many bytes at a time: many ticks long.
    const TOGETHER: usize = 16 * 1024 * 1024;
    const ROUNDS: usize = 9;
    let pages: Vec<_> = KINDS.iter().flat_map(|kind| BYTES.map(|bytes| (*kind, page(kind, bytes)))).collect();
    let mut times = vec![Vec::new(); pages.len()];
    for _ in 0..ROUNDS {
        for ((_, body), times) in pages.iter().zip(&mut times) {
            let start = computed();
            for _ in 0..TOGETHER / body.len() {
                black_box(decode_page(black_box(body), &mut Interner::default()).unwrap());
            }
            times.push(computed() - start);
        }
    }
    for ((kind, body), times) in pages.iter().zip(&mut times) {
        times.sort_unstable();
        let bytes = TOGETHER / body.len() * body.len();
        let rate = |nanoseconds: &u64| bytes as f64 * 1e3 / *nanoseconds as f64;
        let [least, .., most] = times.as_slice() else { return };
        let median = times.get(ROUNDS / 2).map_or(0.0, rate);
        println!("{kind}, {} bytes: {median:.0} MB/s, {:.0} to {:.0}", body.len(), rate(most), rate(least));
    }
}

/// A page of 50 entries whose strings are of a kind, of about so many bytes.
fn page(kind: &str, bytes: usize) -> Vec<u8> {
    let unit: &[u8] = match kind {
        "surrogates" => br"\ud800 is half, \udc00\ud800 is two ",
        "invalid UTF-8" => b"these \xFF\x9B\xC3 are \xED\xA0\x80 none ",
        "controls" => b"a \x1b[2J raw \x00 control\r\n and more ",
        "escapes of nothing" => br"a \q raw \x1b backslash and \u12 more ",
        _ => b"The customer writes that it is empty. ",
    };
    let text = unit.repeat(bytes / 50 / unit.len());
    let member = [br#""actionString":""#, text.as_slice(), br#"""#].concat();
    let members = if kind == "doubled" {
        // As heavy as the others: the same name again and again.
        let short = [br#""actionString":""#, unit, br#"""#].concat();
        vec![short; bytes / 50 / (unit.len() + 18)].join(&b","[..])
    } else {
        member
    };
    let entry = [b"{", members.as_slice(), b"}"].concat();
    [br#"{"errorCode":-1,"data":["#, vec![entry; 50].join(&b","[..]).as_slice(), b"]}"].concat()
}

fn decode(bencher: Bencher, kind: &str, bytes: usize) {
    let body = page(kind, bytes);
    bencher.counter(BytesCount::of_slice(&body)).bench(|| {
        let entries = decode_page(black_box(&body), &mut Interner::default());
        assert!(entries.as_ref().is_ok_and(|entries| entries.len() == 50));
        entries
    });
}

#[divan::bench(args = KINDS, sample_count = 20)]
fn page_of_a_megabyte(bencher: Bencher, kind: &str) {
    decode(bencher, kind, BYTES[0]);
}

#[divan::bench(args = KINDS, sample_count = 20)]
fn page_of_four_megabytes(bencher: Bencher, kind: &str) {
    decode(bencher, kind, BYTES[1]);
}

#[divan::bench(args = BYTES, sample_count = 20)]
fn serde_json_alone(bencher: Bencher, bytes: usize) {
    let body = page("good", bytes);
    bencher
        .counter(BytesCount::of_slice(&body))
        .bench(|| serde_json::from_slice::<serde::de::IgnoredAny>(black_box(&body)).is_ok());
}
