//! The whole machine on a file: what works on a ticket works here by the same messages.

use chrono::{DateTime, Utc};
use ticketlog::{
    message::{Action, Message},
    model::{Summary, panel::PanelRow, query::Query, time_words::Moment, types::TypeRow, zone::Zone},
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
    let rows = program.model.panel_rows();
    let reply = |row: &PanelRow| matches!(row, PanelRow::Type(TypeRow::Type(name)) if name.raw_for_export() == "reply_created");
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

/// What a pipe brings after it was silent: older entries behind what seemed to be the end, or newer ones before. Ten,
/// twenty or 25 entries would be the length of an answer that a server has cut off.
#[test]
fn an_open_pipe_says_what_there_is_so_far_at_either_end_and_its_end_when_it_has_one() {
    for oldest_first in [false, true] {
        let (_folder, archive, mut writer) = crate::support::pipe();
        let mut numbers: Vec<u64> = (0..230).collect();
        if !oldest_first {
            numbers.reverse();
        }
        let mut written = 0;
        let mut send = |upto: usize| {
            let text: String = numbers[written..upto].iter().map(|number| line(*number) + "\n").collect();
            std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
            written = upto;
        };
        send(3);
        let mut program = Program::on(archive);
        for count in [3, 10, 20, 25, 200] {
            if count > 3 {
                send(count);
                program.act(Action::Oldest);
                program.until(|program| program.model.reader.all().loaded() >= count.min(50));
            }
            program.act(Action::LoadAll).act(Action::Oldest);
            let told = format!("── the pipe is open · {count} entries so far ──");
            program.until(|program| program.end().as_ref() == Some(&told));
            assert!(!program.model.reader.loads_all() && !program.model.reader.log().is_asking());
        }
        send(230);
        drop(writer);
        program.until(|program| !program.model.reader.is_open());
        program.act(Action::LoadAll).act(Action::Oldest);
        assert_eq!(program.end().unwrap(), "── end of the file · 230 entries in all ──");
        let expected: Vec<String> = (0..230).rev().map(|number| format!("entry {number}")).collect();
        assert_eq!(program.loaded(), expected, "{oldest_first}");
    }
}

#[test]
fn a_pipe_that_ends_where_it_was_silent_makes_its_end_final() {
    for oldest_first in [false, true] {
        let (_folder, archive, mut writer) = crate::support::pipe();
        let number = |at: u64| if oldest_first { at } else { 9 - at };
        let text: String = (0..5).map(|at| line(number(at)) + "\n").collect();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        let mut program = Program::on(archive);
        assert_eq!(program.end().unwrap(), "── the pipe is open · 5 entries so far ──");
        let requests = program.requests;
        drop(writer);
        program.until(|program| program.end().unwrap() == "── end of the file · 5 entries in all ──");
        assert_eq!(program.requests, requests, "nothing came, so nothing is asked");
    }
}
