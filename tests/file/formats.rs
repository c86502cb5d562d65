//! Formats, and what is broken in them.

use ticketlog::model::entry::Entry;

use crate::support::{all, open, texts};

const SENTENCES: [&str; 7] = [
    "changed the status from \"Open\" to \"Pending\"",
    "sent a reply",
    "changed ticket assignee to Garrick Ollivander",
    "read the ticket",
    "sent a reply",
    "read the ticket",
    "created the ticket",
];

#[test]
fn every_format_gives_the_same_entries_newest_first() {
    let files = [
        "newest.ndjson",
        "oldest.ndjson",
        "bom-crlf.ndjson",
        "array.json",
        "array-oldest.json",
        "answer.json",
        "answers.json",
        "objects.json",
    ];
    for name in files {
        let entries = all(&open(name));
        assert_eq!(texts(&entries), SENTENCES, "{name}");
        let stamps: Vec<_> = entries.iter().filter_map(Entry::stamp).collect();
        assert!(stamps.windows(2).all(|two| two[0] >= two[1]), "{name}");
    }
}

#[test]
fn the_documented_answers_are_read_as_they_were_saved() {
    for (name, count) in [("ticket-log-example.json", 5), ("get-ticket-log-example.json", 2)] {
        let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let archive = ticketlog::file::Archive::open(path.as_ref()).unwrap();
        assert_eq!(all(&archive).len(), count, "{name}");
    }
}

#[test]
fn a_bad_line_costs_one_row_that_names_the_line() {
    let told = texts(&all(&open("mixed.ndjson")));
    let expected = [
        "line 1 is not JSON",
        SENTENCES[0],
        "line 3 is cut off",
        "line 5: the entry is a list, not an object",
        SENTENCES[2],
        "line 7 goes on after the end of its JSON",
        "line 8: actionType is a number, not a text",
        SENTENCES[3],
        "line 10 is not JSON",
        SENTENCES[4],
        SENTENCES[5],
        SENTENCES[6],
    ];
    assert_eq!(told, expected);
}

#[test]
fn something_else_before_the_first_entry_of_an_array_costs_its_own_row_alone() {
    let told = texts(&all(&open("array-other-first.json")));
    assert_eq!(
        told[..2],
        ["line 1: the entry is null, not an object", "line 1: the entry is a text, not an object"]
    );
    assert_eq!(told[2..], SENTENCES);
}

#[test]
fn a_bad_line_shows_nothing_of_what_stands_there() {
    for entry in all(&open("mixed.ndjson")).iter().chain(&all(&open("truncated.ndjson"))) {
        let raw = entry.raw.as_ref().unwrap().raw_for_export();
        let names_line = entry.flaw.as_ref().is_some_and(|flaw| !flaw.raw_for_export().contains(':'));
        assert!(!names_line || !raw.contains("example.org"), "{raw}");
    }
}

#[test]
fn a_file_that_was_cut_off_ends_with_a_row_that_says_so() {
    for (name, line) in [("truncated.ndjson", 7), ("truncated.json", 7)] {
        let told = texts(&all(&open(name)));
        assert_eq!(told[..6], SENTENCES[..6], "{name}");
        assert_eq!(told[6..], [format!("line {line} is cut off")], "{name}");
    }
    let told = texts(&all(&open("cut-between.json")));
    assert_eq!(told[..3], SENTENCES[..3]);
    assert_eq!(told[3..], ["line 4 ends too early: the file is cut off there"]);
}

#[test]
fn mixed_order_is_kept_as_it_stands_in_the_file() {
    let told = texts(&all(&open("unordered.ndjson")));
    assert_eq!(told[..3], [SENTENCES[0], SENTENCES[6], SENTENCES[2]]);
}

#[test]
fn a_log_without_entries_is_a_log() {
    assert!(all(&open("no-entries.json")).is_empty());
}
