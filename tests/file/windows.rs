//! Windows: the same questions that a server gets.

use std::{
    collections::BTreeSet,
    fs,
    io::{Seek, SeekFrom, Write},
    process::Command,
};

use ticketlog::{
    file::Archive,
    model::{
        failure::FailureKind,
        query::{Generation, Query, Window},
        text::Untrusted,
    },
};

use crate::support::{all, begin, corpus, line, open, pipe, texts, window};

fn only(names: &[&str]) -> Query {
    Query::Only(names.iter().map(|name| Untrusted::new(*name)).collect::<BTreeSet<_>>())
}

/// A file of so many entries, oldest or newest first.
fn file(entries: u64, oldest_first: bool) -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.ndjson");
    let numbers: Vec<u64> = if oldest_first { (0..entries).collect() } else { (0..entries).rev().collect() };
    let text: String = numbers.into_iter().map(|number| line(number) + "\n").collect();
    fs::write(&path, text).unwrap();
    let archive = Archive::open(&path).unwrap();
    (folder, archive)
}

#[test]
fn any_window_holds_the_entries_at_its_places_and_none_beyond_the_end() {
    for oldest_first in [false, true] {
        let (_folder, archive) = file(5_000, oldest_first);
        for (skip, take, count) in
            [(0, 50, 50), (4_990, 50, 10), (2_500, 1, 1), (5_000, 50, 0), (2_147_483_597, 50, 0)]
        {
            let told = texts(&window(&archive, skip, take));
            let expected = (0..count).map(|at| format!("entry {}", 4_999 - skip - at));
            assert_eq!(told, expected.collect::<Vec<_>>(), "{oldest_first} {skip}");
        }
    }
}

/// A file that begins with its oldest entry, and of which nobody reads the whole: a terabyte of nothing stands
/// between its ends.
fn endless(separator: &str, first: &str, last: &str) -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let part = |numbers: std::ops::Range<u64>| numbers.map(line).collect::<Vec<_>>().join(separator);
    let mut file = fs::File::create(&path).unwrap();
    write!(file, "{first}{}{separator}", part(0..100)).unwrap();
    file.seek(SeekFrom::Start(1 << 40)).unwrap();
    write!(file, "{separator}{}{last}", part(19_900..20_000)).unwrap();
    let archive = Archive::open(&path).unwrap();
    (folder, archive)
}

#[test]
fn the_newest_entries_at_the_end_of_a_file_come_before_the_whole_is_read() {
    for (separator, first, last) in
        [("\n", "", "\n"), ("\n", "", ""), (",\n", "[", "]\n"), (",", "[", "]"), (", ", "[\n", "\n] \n")]
    {
        let (_folder, archive) = endless(separator, first, last);
        let told = texts(&window(&archive, 7, 50));
        let expected: Vec<String> = (0..50).map(|at| format!("entry {}", 19_992 - at)).collect();
        assert_eq!(told, expected, "{separator:?} {last:?}");
    }
}

#[test]
fn what_is_broken_at_the_end_of_a_file_is_shown_when_the_whole_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    for last in ["{\"actionString\":", "{\"time\":5}"] {
        let lines: String = (0..5_000).map(|number| line(number) + "\n").collect();
        fs::write(&path, lines + last).unwrap();
        let told = texts(&all(&Archive::open(&path).unwrap()));
        assert!(told[0].starts_with("line 5001"), "{}", told[0]);
        assert_eq!(told[1], "entry 4999");
    }
}

#[test]
fn a_window_of_some_types_holds_them_alone_wherever_it_is() {
    for oldest_first in [false, true] {
        let (_folder, archive) = file(6_000, oldest_first);
        let replies = only(&["reply_created"]);
        let ask =
            |query: &Query, skip| texts(&begin(&archive, query.clone(), skip, 50).recv().unwrap().unwrap());
        // Every third entry: 5998, 5995, ... 1.
        let expected = |skip: u64| {
            (skip..2_000).take(50).map(|at| format!("entry {}", 5_998 - 3 * at)).collect::<Vec<_>>()
        };
        for skip in [0, 1_990, 700, 2_000] {
            assert_eq!(ask(&replies, skip), expected(skip), "{oldest_first} {skip}");
        }
        assert_eq!(ask(&only(&["reply_created", "ticket_read"]), 0)[..2], ["entry 5998", "entry 5997"]);
        assert!(ask(&only(&["something_else"]), 0).is_empty());
    }
}

#[test]
fn a_question_that_is_not_waited_for_any_more_gets_no_answer() {
    let (_folder, archive, mut writer) = pipe();
    let answer = begin(&archive, Query::All, 0, 50);
    archive.cancel(Generation::default());
    let second = begin(&archive, Query::All, 0, 1);
    writer.write_all([line(2), line(1)].join("\n").as_bytes()).unwrap();
    drop(writer);
    assert_eq!(texts(&second.recv().unwrap().unwrap()), ["entry 2"]);
    assert!(answer.recv().is_err());
}

#[test]
fn the_first_rows_of_a_pipe_come_before_its_end() {
    let (_folder, archive, mut writer) = pipe();
    let text: String = (0..200).rev().map(|number| line(number) + "\n").collect();
    writer.write_all(text.as_bytes()).unwrap();
    assert_eq!(texts(&window(&archive, 0, 50))[..2], ["entry 199", "entry 198"]);
    assert_eq!(texts(&window(&archive, 100, 1)), ["entry 99"]);
    drop(writer);
}

#[test]
fn everything_that_a_pipe_brought_can_be_read_once_more() {
    let mut child = Command::new("cat")
        .arg(corpus("oldest.ndjson"))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.stdout.take().unwrap();
    let fd = std::os::fd::AsRawFd::as_raw_fd(&output);
    let archive = Archive::open(format!("/dev/fd/{fd}").as_ref()).unwrap();
    assert_eq!(texts(&all(&archive)), texts(&all(&open("newest.ndjson"))));
    assert_eq!(texts(&all(&archive)), texts(&all(&open("newest.ndjson"))));
    child.wait().unwrap();
    // Until here its name leads to the pipe.
    drop(output);
}

#[test]
fn a_pipe_that_holds_no_log_says_so_in_every_answer() {
    for (text, words) in [("", "is empty"), ("hello\n", "is not JSON"), ("{\"a\":1}", "no log")] {
        let mut child =
            Command::new("printf").args(["%s", text]).stdout(std::process::Stdio::piped()).spawn().unwrap();
        let output = child.stdout.take().unwrap();
        let fd = std::os::fd::AsRawFd::as_raw_fd(&output);
        let archive = Archive::open(format!("/dev/fd/{fd}").as_ref()).unwrap();
        for _ in 0..2 {
            let failure = begin(&archive, Query::All, 0, 50).recv().unwrap().unwrap_err();
            assert_eq!(failure.kind, FailureKind::NoLog);
            assert!(failure.sentence.escaped().contains(words), "{}", failure.sentence.escaped());
        }
        child.wait().unwrap();
        drop(output);
    }
}

#[test]
fn a_pipe_that_is_no_log_and_never_ends_is_not_read_for_ever() {
    let (_folder, archive, mut writer) = pipe();
    let answer = begin(&archive, Query::All, 0, 50);
    // Nobody reads any more: the pipe is closed and the writer is told so.
    while writer.write_all(&[b'x'; 4096]).is_ok() {}
    assert_eq!(answer.recv().unwrap().unwrap_err().kind, FailureKind::NoLog);
}

#[test]
fn windows_of_one_place_find_their_entry_in_every_format() {
    for name in ["array.json", "answers.json", "objects.json", "bom-crlf.ndjson"] {
        let archive = open(name);
        let whole = texts(&all(&archive));
        let single: Vec<String> = (0..7).flat_map(|at| texts(&window(&archive, at, 1))).collect();
        assert_eq!(single, whole, "{name}");
        assert_eq!(Window { skip: 7, take: 1 }.take, 1);
        assert!(window(&archive, 7, 1).is_empty(), "{name}");
    }
}
