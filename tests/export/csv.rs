//! CSV read back cell by cell, and that no cell is a formula wherever a spreadsheet sees its borders.

use proptest::prelude::*;
use ticketlog::{
    export::{Ending, Format, Head, Style, Tally},
    model::{
        entry::Entry,
        json::Personal,
        text::{Charset, Untrusted},
        ticket::Ticket,
    },
};

use crate::support::{demo, export, head, hostile, saying, style, written};

/// The records as the csv crate reads them, the names of the cells first.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).comment(Some(b'#')).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn cells(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut records = records(text).into_iter();
    let names = records.next().unwrap();
    records.map(|record| names.iter().cloned().zip(record).collect()).collect()
}

/// A cell without the apostrophes that were put before what a spreadsheet would run.
fn unguarded(cell: &str) -> String {
    let is_formula =
        |c: char| "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}\u{2212}\u{FE62}\u{FE63}\u{FE66}\u{FE6B}".contains(c);
    let part = |part: &str| {
        let text = part.trim_start_matches([' ', '"', '\'']);
        let before = &part[..part.len() - text.len()];
        let before = if text.starts_with(is_formula) { before.strip_suffix('\'').unwrap() } else { before };
        format!("{before}{text}")
    };
    cell.split(';').map(part).collect::<Vec<_>>().join(";")
}

fn shown(text: &Untrusted) -> String {
    if text.is_empty() { String::new() } else { text.one_line(100_000, Charset::Unicode).plain() }
}

#[test]
fn what_the_file_is_told_in_is_no_formula_either() {
    let title = "x,=1+1;=2,\"=3\",\"=4;\"=5\n@6,\"";
    let ticket = Ticket { title: Some(Untrusted::new(title)), ..Ticket::default() };
    let head = Head { ticket, narrowing: vec![Untrusted::new("=7"), Untrusted::new("+8;-9")], ..head() };
    let ending = Ending::Incomplete(Untrusted::new("x,=10;=11,\"=12"));
    let tally = Tally { shown: 0, hidden: 0, ending };
    let text = written(&head, &[], &tally, &Style { head: true, ..style(Format::Csv) });
    for delimiter in [b',', b';'] {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader =
            reader.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), text.lines().count(), "no quote stays open: {text}");
        for cell in records.iter().flatten() {
            let cell = cell.trim_start_matches([' ', '"', '\'']);
            let is_guarded = !cell.starts_with(['=', '+', '-', '@']) || text.contains(&format!("'{cell}"));
            assert!(is_guarded, "{cell}: {text}");
        }
    }
}

#[tokio::test]
async fn every_cell_is_read_back_as_what_the_screen_shows() {
    let demo = demo(4_478_963, 400).await;
    let entries: Vec<Entry> = demo.into_iter().chain(hostile()).collect();
    for personal in [Personal::Masked, Personal::Shown] {
        let read = cells(&export(&entries, &Style { personal, ..style(Format::Csv) }));
        assert_eq!(read.len(), entries.len());
        for (cells, entry) in read.iter().zip(&entries) {
            let is = |name: &str, text: Option<&Untrusted>| {
                assert_eq!(unguarded(&cells[name]), text.map(shown).unwrap_or_default(), "{name}");
            };
            is("type", Some(&entry.action_type));
            is("sentence", Some(&entry.sentence_as(personal)));
            is("flaw", entry.flaw.as_ref());
            let actor = entry.actor.as_deref();
            is("actor", actor.map(|actor| &actor.name));
            assert_eq!(cells["zone"], "Europe/Oslo");
            if personal == Personal::Shown {
                is("actor_id", actor.map(|actor| &actor.id));
                is("actor_email", actor.and_then(|actor| actor.email.as_ref()));
                is("actor_identifier", actor.and_then(|actor| actor.custom_identifier.as_ref()));
            } else {
                assert!(!cells.keys().any(|name| name.starts_with("actor_")));
            }
        }
    }
}

#[tokio::test]
async fn a_record_tells_time_zone_instant_and_what_changed() {
    let text = export(&demo(255_762, 5).await, &style(Format::Csv));
    let expected = [
        [
            "2023-12-13 23:11:52",
            "2023-12-13T22:11:52.903135100Z",
            "status",
            "",
            "team",
            "Open",
            "Pending",
            "",
        ],
        ["2023-12-13 23:11:52", "2023-12-13T22:11:52.782539100Z", "reply", "out", "team", "", "", ""],
        [
            "2023-12-13 23:11:39",
            "2023-12-13T22:11:39.031395000Z",
            "assigned",
            "",
            "team",
            "",
            "",
            "Garrick Ollivander",
        ],
        ["2023-12-13 23:01:32", "2023-12-13T22:01:32.316951300Z", "read", "", "team", "", "", ""],
        ["2023-08-03 19:39:35", "2023-08-03T17:39:35.010000000Z", "created", "", "client", "", "", ""],
    ];
    let names = ["time", "utc", "word", "direction", "kind", "from", "to", "assignee"];
    for (cells, expected) in cells(&text).iter().zip(expected) {
        assert_eq!(names.map(|name| cells[name].as_str()), expected);
    }
}

/// Where a spreadsheet may see a cell begin: after a comma outside of quotes, and, for those that take the semicolon,
/// after each semicolon whatever stands before it. Quotes and spaces there are passed over.
fn assert_no_formula(text: &str) {
    let of_commas = records(text).into_iter().flatten();
    let of_semicolons = text.lines().flat_map(|line| line.split(';').skip(1)).map(str::to_owned);
    for cell in of_commas.chain(of_semicolons) {
        let begins = cell.trim_start_matches([' ', '"', '\t', '\u{A0}', '\u{3000}']);
        let runs = begins.chars().next().is_some_and(|c| "=+-@\t\r＝＋－＠".contains(c));
        assert!(!runs, "{cell:?}");
    }
}

#[test]
fn no_cell_is_a_formula() {
    for formula in [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "－1",
        "＠x",
        "＋1",
        "x;=1",
        "x; =1",
        "x;\"=1",
        "x\";\"\"=1",
        "a;;=1;@b",
        "\u{A0}=1",
        "\u{3000}=1",
        "\"=1",
        "'=1",
        "\u{FEFF}=1",
        "\u{200B}=1",
    ] {
        let text = export(&[saying(formula, formula, formula, formula)], &style(Format::Csv));
        assert_no_formula(&text);
        let status = format!("from \"{formula}\" to \"{formula}\"").replace(";\"", ";");
        assert_no_formula(&export(
            &[saying("ticket_status_changed", &status, "x", "y")],
            &style(Format::Csv),
        ));
    }
    assert_no_formula(&export(&hostile(), &Style { personal: Personal::Shown, ..style(Format::Csv) }));
}

#[test]
fn a_time_that_is_none_passes_neither_for_a_comment_nor_for_a_formula() {
    for time in ["# 3 entries", "=1", "-1"] {
        let json = format!(r#"{{"time":"{time}","actionString":"x"}}"#);
        let text = export(&[crate::support::decoded(&json)], &style(Format::Csv));
        let read = records(&text);
        assert_eq!(read.len(), 2, "{text}");
        assert_no_formula(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_makes_a_formula(text in "[=+@＝－; \"'\t\r\na,|-]{0,6}", other in "[=+@; \"'a,-]{0,4}") {
        let out = export(&[saying(&text, &other, &text, &other)], &style(Format::Csv));
        assert_no_formula(&out);
        let read = cells(&out);
        prop_assert_eq!(unguarded(&read[0]["actor"]), shown(&Untrusted::new(text)));
    }
}
