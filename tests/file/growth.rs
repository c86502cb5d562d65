//! A file that changes while it is open: a question for the head reads it again.

use std::{fs, io::Write, path::Path};

use ticketlog::{
    file::Archive,
    model::{
        failure::FailureKind,
        query::{Generation, Query, Window},
    },
};

use crate::support::{all, begin, line, texts};

fn write(path: &Path, numbers: impl IntoIterator<Item = u64>) {
    fs::write(path, numbers.into_iter().map(|number| line(number) + "\n").collect::<String>()).unwrap();
}

fn append(path: &Path, text: &str) {
    fs::File::options().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_file_that_grew_is_read_on_and_its_last_line_may_have_been_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    write(&path, 0..3);
    let fourth = line(3);
    let (half, rest) = fourth.split_at(20);
    append(&path, half);
    let archive = Archive::open(&path).unwrap();
    assert_eq!(texts(&all(&archive)), ["line 4 is cut off", "entry 2", "entry 1", "entry 0"]);
    append(&path, &format!("{rest}\n{}\n", line(4)));
    assert_eq!(texts(&all(&archive)), ["entry 4", "entry 3", "entry 2", "entry 1", "entry 0"]);
    assert_eq!(texts(&all(&archive)).len(), 5);
}

#[test]
fn a_file_that_told_no_order_takes_the_one_of_what_is_appended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    for (first, then, expected) in [
        (vec![5], vec![6, 7], ["entry 7", "entry 6", "entry 5"]),
        (vec![5], vec![4, 3], ["entry 5", "entry 4", "entry 3"]),
        (vec![], vec![1, 2, 3], ["entry 3", "entry 2", "entry 1"]),
    ] {
        fs::write(&path, "{}\n").unwrap();
        let first: String = first.into_iter().map(|number| line(number) + "\n").collect();
        append(&path, &first);
        let archive = Archive::open(&path).unwrap();
        all(&archive);
        append(&path, &then.into_iter().map(|number| line(number) + "\n").collect::<String>());
        let told = texts(&all(&archive));
        let told: Vec<_> = told.iter().filter(|text| text.starts_with("entry")).collect();
        assert_eq!(told, expected.each_ref());
    }
}

#[test]
fn a_file_that_was_replaced_or_written_anew_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    write(&path, 0..5);
    let archive = Archive::open(&path).unwrap();
    assert_eq!(all(&archive).len(), 5);
    // Longer, with another beginning: not the same file grown.
    write(&path, (10..20).rev());
    assert_eq!(texts(&all(&archive))[..2], ["entry 19", "entry 18"]);
    let other = folder.path().join("other");
    write(&other, 30..32);
    fs::rename(&other, &path).unwrap();
    assert_eq!(texts(&all(&archive)), ["entry 31", "entry 30"]);
}

#[test]
fn an_array_that_was_written_again_with_more_in_it_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    fs::write(&path, format!("[{},{}]", line(1), line(0))).unwrap();
    let archive = Archive::open(&path).unwrap();
    assert_eq!(all(&archive).len(), 2);
    fs::write(&path, format!("[{},{},{}]", line(2), line(1), line(0))).unwrap();
    assert_eq!(texts(&all(&archive)), ["entry 2", "entry 1", "entry 0"]);
}

#[test]
fn only_a_question_for_the_head_looks_at_the_file_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    write(&path, (0..3).rev());
    let archive = Archive::open(&path).unwrap();
    all(&archive);
    append(&path, &format!("{}\n", line(0)));
    let below = begin(&archive, Query::All, 1, 50).recv().unwrap().unwrap();
    assert_eq!(texts(&below), ["entry 1", "entry 0"]);
    assert_eq!(all(&archive).len(), 4);
}

#[test]
fn a_file_that_is_gone_or_no_log_any_more_says_so_and_is_read_again_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    write(&path, 0..3);
    let archive = Archive::open(&path).unwrap();
    all(&archive);
    let head = || {
        let (sender, answer) = std::sync::mpsc::channel();
        let reply = Box::new(move |told| drop(sender.send(told)));
        archive.ask(Generation::default(), Query::All, Window { skip: 0, take: 50 }, reply);
        answer.recv().unwrap()
    };
    fs::remove_file(&path).unwrap();
    assert_eq!(head().unwrap_err().kind, FailureKind::Input);
    fs::write(&path, "hello").unwrap();
    assert_eq!(head().unwrap_err().kind, FailureKind::NoLog);
    write(&path, 0..4);
    assert_eq!(head().unwrap().len(), 4);
}
