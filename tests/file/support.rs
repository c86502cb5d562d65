//! Asks an archive and waits for the answer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    thread,
};

use ticketlog::{
    file::{Archive, Measure},
    model::{
        entry::Entry,
        failure::Failure,
        query::{Generation, Query, Window},
        text::Charset,
    },
};

/// A file of the corpus.
pub fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/files").join(name)
}

pub fn open(name: &str) -> Archive {
    Archive::open(&corpus(name)).unwrap()
}

/// Asks without waiting.
pub fn begin(archive: &Archive, query: Query, skip: u64, take: u16) -> mpsc::Receiver<Answer> {
    let (sender, answer) = mpsc::channel();
    let reply = Box::new(move |told| drop(sender.send(told)));
    archive.ask(Generation::default(), query, Window { skip, take }, reply);
    answer
}

pub type Answer = Result<Vec<Entry>, Failure>;

pub fn window(archive: &Archive, skip: u64, take: u16) -> Vec<Entry> {
    begin(archive, Query::All, skip, take).recv().unwrap().unwrap()
}

pub fn all(archive: &Archive) -> Vec<Entry> {
    window(archive, 0, 50)
}

pub fn measure(archive: &Archive) -> Measure {
    let (sender, answer) = mpsc::channel();
    archive.measure(Box::new(move |told| {
        let _ = sender.send(told);
    }));
    answer.recv().unwrap()
}

/// The texts of entries; of those that cannot be read, why.
pub fn texts(entries: &[Entry]) -> Vec<String> {
    let text = |entry: &Entry| {
        let told = entry.flaw.clone().unwrap_or_else(|| entry.sentence());
        told.one_line(200, Charset::Unicode).plain()
    };
    entries.iter().map(text).collect()
}

/// An entry as a line of JSON; the higher the number, the later.
pub fn line(number: u64) -> String {
    let (minutes, seconds) = (number / 60, number % 60);
    let (days, hours, minutes) = (minutes / 60 / 24, minutes / 60 % 24, minutes % 60);
    let day = 1 + days % 28;
    let month = 1 + days / 28 % 12;
    let year = 2000 + days / 28 / 12;
    let kind =
        ["ticket_read", "reply_created", "ticket_status_changed"][usize::try_from(number % 3).unwrap()];
    format!(
        r#"{{"actionType":"{kind}","actionString":"entry {number}","time":"{year}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z","user":null}}"#
    )
}

/// A named pipe, which is read as standard input is, and its other end.
pub fn pipe() -> (tempfile::TempDir, Archive, fs::File) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    // Opening either end waits for the other.
    let writer = thread::spawn({
        let path = path.clone();
        move || fs::File::options().write(true).open(path).unwrap()
    });
    let archive = Archive::open(&path).unwrap();
    (folder, archive, writer.join().unwrap())
}
