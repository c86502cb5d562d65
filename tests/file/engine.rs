//! The whole machine on a file: what works on a ticket works here by the same messages.

use std::sync::mpsc;

use chrono::{DateTime, Utc};
use ticketlog::{
    message::{Action, Message},
    model::{Summary, query::Query, time_words::Moment, types::TypeRow, zone::Zone},
};

use crate::{
    program::{Program, file},
    support::line,
};

#[test]
fn a_file_is_read_to_its_end_with_nothing_twice_and_nothing_missing_and_no_ticket_asked_for() {
    let (_folder, mut program) = file((0..4_000).map(line));
    while program.model.reader.log().total().is_none() {
        program.act(Action::Page(1));
    }
    let expected: Vec<String> = (0..4_000).rev().map(|number| format!("entry {number}")).collect();
    assert_eq!(program.loaded(), expected);
    assert_eq!(program.tickets, 0);
    assert!(matches!(program.model.summary, Summary::FromLog(_)));
    // The JSON of the newest entries has been forgotten by now and is read again.
    program.act(Action::Newest).act(Action::ToggleRaw);
    let raw = program.model.reader.current().unwrap().raw.clone();
    assert_eq!(raw.unwrap().raw_for_export(), line(3_999));
}

#[test]
fn a_jump_in_a_file_costs_as_many_windows_as_in_a_ticket() {
    let (_folder, mut program) = file((0..10_000).map(line));
    program.act(Action::Oldest);
    assert_eq!(program.current(), "entry 0");
    assert!(program.requests <= 21, "{}", program.requests);
    let at = DateTime::parse_from_rfc3339("2000-01-01T01:23:20Z").unwrap().with_timezone(&Utc);
    program.tell(Message::GoTo(Moment { at, ..moment() })).settle();
    assert_eq!(program.current(), "entry 5000");
}

fn moment() -> Moment {
    let now = ticketlog::model::time_words::Now {
        clock: DateTime::parse_from_rfc3339("2024-02-01T12:00:00Z").unwrap().with_timezone(&Utc),
        cursor: None,
        zone: Zone::named("Europe/Oslo").unwrap(),
    };
    ticketlog::model::time_words::parse("2000-01-01 02:23", now).unwrap()
}

#[test]
fn a_choice_of_types_is_answered_by_the_file_as_by_the_server() {
    let (_folder, mut program) = file((0..9_000).rev().map(line));
    program.act(Action::OpenFilter);
    let rows = program.model.reader.choice().rows();
    let reply =
        |row: &TypeRow| matches!(row, TypeRow::Type(name) if name.raw_for_export() == "reply_created");
    let at = rows.iter().position(reply).unwrap();
    for _ in 0..at {
        program.act(Action::Step(1));
    }
    program.act(Action::TickOnly).rest().act(Action::Enter).act(Action::Oldest);
    assert_eq!(program.current(), "entry 1");
    assert!(matches!(program.model.reader.log().query(), Query::Only(_)));
    assert!(
        program
            .loaded()
            .iter()
            .all(|text| text.trim_start_matches("entry ").parse::<u32>().unwrap() % 3 == 1)
    );
}

#[test]
fn times_out_of_order_stay_as_they_stand_in_the_file_and_nothing_is_lost() {
    let number = |at: u64| if at % 7 == 3 { 2 * at + 601 } else { 2 * at };
    let (_folder, mut program) = file((0..1_000).rev().map(number).map(line));
    let at = DateTime::parse_from_rfc3339("2000-01-01T00:01:00Z").unwrap().with_timezone(&Utc);
    program.tell(Message::GoTo(Moment { at, ..moment() })).settle();
    assert_eq!(program.current(), "entry 60");
    program.act(Action::LoadAll);
    let expected: Vec<String> = (0..1_000).rev().map(|at| format!("entry {}", number(at))).collect();
    assert!(program.loaded() == expected, "{} entries", program.loaded().len());
}

/// What a pipe brings after it was silent: older entries behind what seemed to be the end, newer ones before. (Twenty
/// entries would look like a server that caps its pages.)
#[test]
fn a_pipe_that_goes_on_is_read_on_at_either_end() {
    for oldest_first in [false, true] {
        let (_folder, archive, mut writer) = crate::support::pipe();
        let (sender, news) = mpsc::channel();
        archive.on_news(Box::new(move |news| {
            let _ = sender.send(news);
        }));
        let mut numbers: Vec<u64> = (0..230).collect();
        if !oldest_first {
            numbers.reverse();
        }
        let mut send = |range: std::ops::Range<usize>| {
            // An opening that ends with the creation of the ticket is believed to be all there is for now.
            let last = numbers[20];
            let written = |number: &u64| {
                let line = line(*number) + "\n";
                if *number == last { line.replace("ticket_status_changed", "ticket_created") } else { line }
            };
            let text: String = numbers[range].iter().map(written).collect();
            std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        };
        send(0..21);
        let mut program = Program::hearing(archive, None);
        assert_eq!(program.model.reader.log().total(), Some(21));
        send(21..33);
        news.recv().unwrap();
        program.tell(Message::Grew).settle();
        assert_eq!(program.model.reader.log().total(), Some(33));
        send(33..230);
        drop(writer);
        news.recv().unwrap();
        program.tell(Message::Grew).settle().act(Action::LoadAll);
        let expected: Vec<String> = (0..230).rev().map(|number| format!("entry {number}")).collect();
        assert_eq!(program.loaded(), expected, "{oldest_first}");
        assert_eq!(program.model.reader.log().total(), Some(230));
    }
}
