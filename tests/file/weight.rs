//! What a large file costs: counts of bytes, never seconds.

use std::{
    fs::File,
    io::{BufWriter, Write},
};

use ticketlog::file::{Archive, Measure};

use crate::support::{all, line, measure, texts, window};

#[test]
fn an_index_takes_eight_bytes_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.ndjson");
    let mut out = BufWriter::new(File::create(&path).unwrap());
    for number in (0..1_000_000_u32).rev() {
        // The shortest that is still an entry; the times tell the order.
        let day = 1 + number / 50_000;
        writeln!(out, r#"{{"time":"2023-01-{day:02}T00:00:00Z"}}"#).unwrap();
    }
    out.flush().unwrap();
    let archive = Archive::open(&path).unwrap();
    let Measure { entries, bytes } = measure(&archive);
    assert_eq!(entries, 1_000_000);
    assert!(bytes <= 8_200_000, "{bytes} bytes");
    assert_eq!(window(&archive, 999_999, 50).len(), 1);
}

#[test]
fn a_line_of_ten_megabytes_costs_one_row_and_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    for (first, last) in [("", ""), ("{\"data\":[", "]}")] {
        let path = folder.path().join("log");
        let huge = format!(r#"{{"actionString":"{}"}}"#, "x".repeat(10_000_000));
        let separator = if first.is_empty() { "\n" } else { ",\n" };
        let text = [line(3), huge, line(2), line(1)].join(separator);
        std::fs::write(&path, format!("{first}{text}{last}")).unwrap();
        let entries = all(&Archive::open(&path).unwrap());
        let told = texts(&entries);
        assert_eq!(told[0], "entry 3");
        assert!(told[1].starts_with("line 2 has 100000"), "{}", told[1]);
        assert_eq!(told[2..], ["entry 2", "entry 1"]);
        assert!(entries[1].raw.as_ref().unwrap().raw_for_export().len() < 200);
    }
}
