//! A hundred thousand entries, and few that are heavy, printed into a pipe: what the program held at most (T24).
//!
//! Memory as the kernel counts it, read while the program still waits for its pipe to be emptied.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
};

use chrono::{TimeDelta, Utc};
use ticketlog::model::text::Charset;

use crate::{
    fields::{Places, beginnings},
    oracle,
};

/// Many more lines than a pipe and a reader's buffer hold: so long before the end the program is still there.
const LAST: usize = 2_000;

/// The most that may be held, in bytes: about half as much again as was measured.
const MOST: usize = 40 * 1024 * 1024;

/// The most that heavy entries may take, in bytes: the few hundred that are kept, of 64 KiB each in text and as much
/// again where they are read.
const HEAVY: usize = 80 * 1024 * 1024;

/// Writes a file of so many entries, newest first, each with one of these strings as its sentence and its name.
/// Answers its bytes.
fn write(path: &Path, entries: usize, strings: &[Vec<u8>]) -> usize {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let newest = chrono::DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);
    for (nth, string) in (0..entries).zip(strings.iter().cycle()) {
        let time = newest - TimeDelta::seconds(i64::try_from(nth).unwrap());
        let time = format!("\"{}\"", time.format("%Y-%m-%dT%H:%M:%SZ"));
        let places = Places::harmless().with("action", string).with("user_name", string);
        out.write_all(&places.with("time", time.as_bytes()).json()).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.flush().unwrap();
    usize::try_from(fs::metadata(path).unwrap().len()).unwrap()
}

/// The most memory a process ever held, in bytes.
fn peak(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the program is there");
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

/// Prints a file of so many entries. Answers the peak when the line with this number had come.
fn printed(path: &Path, entries: usize, looked_at: usize) -> usize {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ticketlog"))
        .arg("open")
        .arg(path)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut held = 0;
    let mut lines = 0;
    for line in BufReader::new(program.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        if lines % 1_000 == 0 {
            assert_eq!(oracle::check_text(&line, Charset::Unicode), Ok(()), "line {lines}");
        }
        lines += 1;
        if lines == looked_at {
            held = peak(program.id());
        }
    }
    assert_eq!(program.wait().unwrap().code(), Some(0));
    assert_eq!(lines, 1 + entries, "the first line, and a line an entry");
    held
}

#[test]
fn a_hundred_thousand_entries_are_printed_in_less_memory_than_their_file_takes() {
    const ENTRIES: usize = 100_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many");
    let strings: Vec<Vec<u8>> = beginnings().into_iter().map(|(_, json)| json).collect();
    let weight = write(&path, ENTRIES, &strings);
    assert!(weight > MOST, "{weight} bytes could be held as they are");
    let held = printed(&path, ENTRIES, ENTRIES - LAST);
    assert!(held < MOST, "{held} bytes held");
}

#[test]
fn entries_of_64_kibibytes_are_let_go_of_once_they_are_printed() {
    const ENTRIES: usize = 3_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heavy");
    let unit = "\\u001b[2J\u{1100}";
    let heavy = format!("\"{}\"", unit.repeat(32 * 1024 / unit.len()));
    let weight = write(&path, ENTRIES, &[heavy.into_bytes()]);
    assert!(weight > 2 * HEAVY, "{weight} bytes could be held as they are");
    let held = printed(&path, ENTRIES, ENTRIES - 100);
    assert!(held < HEAVY, "{held} bytes held of {weight}");
}
