//! A million entries from a file, as a user has it: the real program in a terminal of 80x24, beside `less` and, where
//! it is installed, `lnav`. `cargo bench --bench file` prints a table; `-- ENTRIES` takes another number.
//!
//! Times run from the start of the process, or the key, until the row is on the screen. The jump to the end is
//! measured twice: at once, when the file is still being read, and when it has been.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a bench fails by panicking")]

#[path = "../tests/support/pty.rs"]
#[expect(dead_code, reason = "a bench uses a part of it")]
mod pty;

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};

use self::pty::Terminal;

/// How often each program is started; the middle one counts.
const RUNS: usize = 7;

/// How long a process must have used no time to count as idle.
const IDLE: Duration = Duration::from_millis(300);

fn main() {
    // cargo passes `--bench` as well.
    let entries = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().unwrap();
    println!("{entries} entries, 80x24, {RUNS} runs, the middle one");
    println!(
        "{:<28} {:>9} {:>11} {:>11} {:>11} {:>9}",
        "", "MB", "first row", "to the end", "when read", "peak MiB"
    );
    for order in [Order::NewestFirst, Order::OldestFirst] {
        for format in [Format::Lines, Format::Array] {
            let path = folder.path().join(format!("{order:?}-{format:?}"));
            let rows = write(&path, entries, order, format);
            for program in ["ticketlog", "less", "lnav"].iter().filter(|program| is_there(program)) {
                measure(program, &path, &rows, order);
            }
            fs::remove_file(&path).unwrap();
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    NewestFirst,
    OldestFirst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Lines,
    Array,
}

/// What stands in the first and in the last row of a file.
struct Rows {
    first: String,
    last: String,
}

fn write(path: &Path, entries: u32, order: Order, format: Format) -> Rows {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let (open, separator, close) =
        if format == Format::Array { ("[", ",\n", "]\n") } else { ("", "\n", "\n") };
    out.write_all(open.as_bytes()).unwrap();
    let number = |at: u32| if order == Order::NewestFirst { entries - 1 - at } else { at };
    for at in 0..entries {
        out.write_all(if at > 0 { separator.as_bytes() } else { b"" }).unwrap();
        out.write_all(entry(number(at)).as_bytes()).unwrap();
    }
    out.write_all(close.as_bytes()).unwrap();
    out.flush().unwrap();
    Rows { first: text(number(0)), last: text(number(entries - 1)) }
}

/// Short enough for the row of any program, and no part of another.
fn text(number: u32) -> String {
    format!("e{number:07}.")
}

/// An entry as the API gives it, about 400 bytes; the higher the number, the later.
fn entry(number: u32) -> String {
    let start = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(10_000);
    let time = (start + TimeDelta::minutes(7 * i64::from(number))).format("%Y-%m-%dT%H:%M:%S.9031351+00:00");
    let text = text(number);
    let (name, status) =
        [("Garrick Ollivander", "team"), ("Harry Potter", "client")][usize::from(number.is_multiple_of(3))];
    let kind = ["ticket_read", "reply_created", "ticket_read", "something_else"][number as usize % 4];
    // The text stands in front, where `less -S` shows it.
    format!(
        r#"{{"actionString":"{text}","actionType":"{kind}","includedItems":{{"categories":[],"tags":[],"users":[]}},"time":"{time}","user":{{"customIdentifier":null,"email":"someone@example.org","id":"841c30d5-6ae4-4df1-939e-0{:08}","image":null,"isBot":false,"name":"{name}","status":"{status}"}}}}"#,
        number % 50
    )
}

fn is_there(program: &str) -> bool {
    program == "ticketlog" || Path::new("/usr/bin").join(program).exists()
}

fn measure(program: &str, path: &Path, rows: &Rows, order: Order) {
    let file = path.to_str().unwrap();
    let command: &[&str] = match program {
        "ticketlog" => &[env!("CARGO_BIN_EXE_ticketlog"), "open", file],
        "less" => &["/usr/bin/less", "-S", file],
        _ => &["/usr/bin/lnav", file],
    };
    // Ours shows the newest entry first, whatever the file does.
    let (first, last) = match (program, order) {
        ("ticketlog", Order::OldestFirst) => (&rows.last, &rows.first),
        _ => (&rows.first, &rows.last),
    };
    // What a program keeps of its own goes where the files are, and goes with them.
    let home = path.parent().unwrap().to_str().unwrap();
    let run = |when_read| run(command, home, (first, last), when_read);
    let at_once: Vec<Run> = (0..RUNS).map(|_| run(false)).collect();
    let when_read: Vec<Run> = (0..RUNS).map(|_| run(true)).collect();
    let name = format!("{program} {}", path.file_name().unwrap().to_str().unwrap());
    println!(
        "{name:<28} {:>9} {:>8} ms {:>8} ms {:>8} ms {:>9}",
        fs::metadata(path).unwrap().len() / 1_000_000,
        middle(&at_once, |run| millis(run.first)),
        middle(&at_once, |run| millis(run.end)),
        middle(&when_read, |run| millis(run.end)),
        middle(&when_read, |run| format!("{:>6.1}", run.peak)),
    );
}

struct Run {
    first: Duration,
    end: Duration,
    /// MiB, after both.
    peak: f64,
}

#[expect(clippy::disallowed_methods, reason = "a bench measures")]
fn run(command: &[&str], home: &str, (first, last): (&str, &str), when_read: bool) -> Run {
    let start = Instant::now();
    let mut terminal = Terminal::unchecked(80, 24, command, &[("HOME", home)]);
    terminal.sees(first);
    let first = start.elapsed();
    if when_read {
        settle(&terminal);
    }
    let start = Instant::now();
    terminal.keys("G").sees(last);
    let end = start.elapsed();
    let peak = terminal.proc("status", "VmHWM");
    let kib: u32 = peak.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap();
    terminal.keys("q");
    assert_eq!(terminal.end().signal(), None);
    Run { first, end, peak: f64::from(kib) / 1024.0 }
}

/// Waits until the program has nothing more to do.
fn settle(terminal: &Terminal) {
    let used = || {
        let stat = fs::read_to_string(format!("/proc/{}/stat", terminal.pid().as_raw_nonzero())).unwrap();
        let (_, fields) = stat.rsplit_once(')').unwrap();
        let ticks = fields.split_whitespace().skip(11).take(2);
        ticks.map(|ticks| ticks.parse::<u64>().unwrap()).sum::<u64>()
    };
    loop {
        let before = used();
        thread::sleep(IDLE);
        if used() == before {
            return;
        }
    }
}

fn millis(time: Duration) -> String {
    format!("{:>6.1}", time.as_secs_f64() * 1000.0)
}

fn middle(runs: &[Run], of: impl Fn(&Run) -> String) -> String {
    let mut all: Vec<String> = runs.iter().map(of).collect();
    all.sort();
    all.swap_remove(all.len() / 2)
}
