//! The log engine: JSON to entries beside serde's own parsers, and a million entries in memory.
//!
//! `cargo bench --bench log` measures seconds; they mean something only within one run. Where other programs share the
//! machine, `--decode` compares what the readers of JSON compute instead, turn by turn. `--million` reads a million
//! entries through the client and prints what they weigh. `--instructions READER ROUNDS` runs one reader and nothing
//! else, for a counter of instructions around it.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench fails by panicking and tells what it measured"
)]

use std::{hint::black_box, sync::OnceLock};

use divan::{Bencher, counter::BytesCount};
use serde::de::IgnoredAny;
use ticketlog::{
    api::{Interner, decode_page},
    demo,
    message::Action,
    model::entry::Entry,
};
use tokio::runtime::Runtime;

#[path = "log/owned.rs"]
mod owned;
#[path = "log/program.rs"]
mod program;

use owned::{Answer, Row};
use program::{Program, computed, least, timed};

/// The ticket of the embedded server with a million entries.
const MILLION: u64 = 1_000_000;

/// How many entries are read from JSON.
const DECODED: u64 = 100_000;

/// How many entries are read where instructions are counted.
const COUNTED: u64 = 2_000;

/// The most entries of one answer.
const PAGE: u64 = 50;

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Answers of the embedded server as they come, 50 entries each.
fn bodies() -> &'static [Vec<u8>] {
    static BODIES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    BODIES.get_or_init(|| fetch(DECODED))
}

fn fetch(entries: u64) -> Vec<Vec<u8>> {
    runtime().block_on(async {
        let server = demo::Server::start(demo::Options::default()).await.unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut bodies = Vec::new();
        for page in 0..entries / PAGE {
            let base = server.base_url();
            let skip = page * PAGE;
            let url = format!("{base}/tickets/{MILLION}/log?take={PAGE}&skip={skip}");
            let request = client.post(url).bearer_auth(server.token());
            let answer = request.header("content-type", "application/json").body(r#"{"action_types":[]}"#);
            bodies.push(answer.send().await.unwrap().bytes().await.unwrap().to_vec());
        }
        bodies
    })
}

/// Every body through `read`, which tells how many entries it found.
fn read_all(bencher: Bencher, mut read: impl FnMut(&[u8]) -> usize) {
    let bodies = bodies();
    let bytes: usize = bodies.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let entries: usize = bodies.iter().map(|body| read(black_box(body))).sum();
        assert_eq!(entries as u64, DECODED);
    });
}

#[divan::bench(sample_count = 20)]
fn json_to_entries(bencher: Bencher) {
    let mut interner = Interner::default();
    read_all(bencher, |body| black_box(decode_page(body, &mut interner).unwrap()).len());
}

/// The reference: what a program does that leaves all to serde.
#[divan::bench(sample_count = 20)]
fn json_to_owned_structs(bencher: Bencher) {
    read_all(bencher, |body| {
        let answer: Answer<Row> = serde_json::from_slice(body).unwrap();
        black_box(answer).data.len()
    });
}

/// The limit: the JSON is looked at and nothing is kept.
#[divan::bench(sample_count = 20)]
fn json_ignored(bencher: Bencher) {
    read_all(bencher, |body| {
        let answer: Answer<IgnoredAny> = serde_json::from_slice(body).unwrap();
        answer.data.len()
    });
}

fn with_a_million() -> Program {
    runtime().block_on(async {
        let mut program = Program::open(MILLION).await;
        program.read_to_the_start().await;
        program
    })
}

/// The most memory that this process ever held, in KiB, as the kernel tells it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A reader of JSON: tells how many entries a body holds.
type Reader = Box<dyn FnMut(&[u8]) -> usize>;

fn readers() -> [(&'static str, Reader); 3] {
    let mut interner = Interner::default();
    [
        ("ignored", Box::new(|body| serde_json::from_slice::<Answer<IgnoredAny>>(body).unwrap().data.len())),
        (
            "owned",
            Box::new(|body| black_box(serde_json::from_slice::<Answer<Row>>(body).unwrap()).data.len()),
        ),
        ("entries", Box::new(move |body| black_box(decode_page(body, &mut interner).unwrap()).len())),
    ]
}

/// One of the readers, so many rounds over the same bodies, for a counter of instructions around it.
fn instructions(name: &str, rounds: u64) {
    let bodies = fetch(COUNTED);
    let (_, mut read) = readers().into_iter().find(|(known, _)| *known == name).unwrap();
    for _ in 0..rounds {
        let entries: usize = bodies.iter().map(|body| read(black_box(body))).sum();
        assert_eq!(entries as u64, COUNTED);
    }
}

/// The readers of JSON in turn, and the median of what each computes.
fn decode() {
    let mut read = readers();
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..15 {
        for ((_, read), times) in read.iter_mut().zip(&mut times) {
            let start = computed();
            let entries: usize = bodies().iter().map(|body| read(black_box(body))).sum();
            assert_eq!(entries as u64, DECODED);
            times.push(computed() - start);
        }
    }
    let bytes: usize = bodies().iter().map(Vec::len).sum();
    println!("{DECODED} entries, {bytes} bytes of JSON; medians of 15 rounds");
    for ((name, _), times) in read.iter().zip(&mut times) {
        times.sort_unstable();
        let (least, median) = (times.first().unwrap() / 1000, times.get(7).unwrap() / 1000);
        println!("{name}: {median} us of computing, {least} at best");
    }
}

/// What a million entries weigh, and what is done with them.
fn million() {
    let before = peak();
    let mut program = timed("reading a million entries", with_a_million);
    let log = program.model.reader.log();
    assert_eq!(log.total(), Some(1_000_000));
    println!("an entry: {} bytes", size_of::<Entry>());
    println!("requests: {}", program.server.requests().log);
    println!("peak resident: {:.1} MiB, of which before: {:.1}", mib(peak()), mib(before));
    least("one step", || program.act(Action::Step(1)));
    least("to the oldest", || program.act(Action::Oldest));
    least("to the newest", || program.act(Action::Newest));
    program.act(Action::OpenFilter);
    least("a toggle of a type", || program.act(Action::Tick));
    least("only this type", || program.act(Action::TickOnly));
    println!("peak resident after the toggles: {:.1} MiB", mib(peak()));
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let asked = |name: &str| args.iter().any(|arg| arg == name);
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "--instructions", name, rounds, ..] => instructions(name, rounds.parse().unwrap()),
        _ if asked("--million") => million(),
        _ if asked("--decode") => decode(),
        _ => divan::main(),
    }
}
