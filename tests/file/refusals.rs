//! What is no log is refused with one sentence.

use std::{fs, os::unix::ffi::OsStrExt, path::Path};

use ticketlog::{file::Archive, model::failure::FailureKind};

use crate::support::corpus;

fn refusal(path: &Path) -> String {
    let failure = Archive::open(path).expect_err("a refusal");
    assert_eq!((failure.kind, failure.kind.exit_code()), (FailureKind::NoLog, 2));
    failure.sentence.escaped()
}

#[test]
fn what_is_no_log_is_refused_at_once_with_what_to_do() {
    for (name, words) in [
        ("empty.ndjson", "is empty"),
        ("blank.ndjson", "is empty"),
        ("not-json.txt", "is not JSON"),
        ("web-page.html", "is a web page"),
        ("error-answer.json", "says that something failed"),
        ("other.json", "no log"),
        ("other-array.json", "no log"),
        ("utf16.ndjson", "UTF-16"),
        ("log.ndjson.gz", "compressed"),
        ("", "is a folder"),
    ] {
        let sentence = refusal(&corpus(name));
        assert!(sentence.contains(words), "{name}: {sentence}");
    }
}

#[test]
fn a_ticket_number_that_is_no_file_says_how_to_read_the_ticket() {
    let sentence = refusal(Path::new("4711"));
    assert!(sentence.ends_with("ticketlog 4711"), "{sentence}");
    let sentence = refusal(Path::new("https://inbox.example.org/acme/tickets?ticketId=4711"));
    assert!(sentence.contains("inbox link"), "{sentence}");
    assert!(refusal(Path::new("no/such.ndjson")).contains("There is no file no/such.ndjson"));
}

#[test]
fn a_hostile_name_of_a_file_is_text_in_the_sentence_and_in_the_header() {
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"\x1b]0;owned\x07\xff\xe2\x80\xae.ndjson");
    let path = folder.path().join(name);
    let sentence = refusal(&path);
    assert!(sentence.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{sentence}");
    fs::copy(corpus("newest.ndjson"), &path).unwrap();
    let shown = Archive::open(&path).unwrap().name().one_line(60, ticketlog::model::text::Charset::Unicode);
    assert!(shown.plain().starts_with("file "), "{}", shown.plain());
    assert!(!shown.plain().contains(['\x1b', '\x07', '\u{202e}']), "{}", shown.plain());
}
