//! What a failure half-way leaves: a whole file, how far it got, and why.

use std::io::{self, Write};

use ticketlog::{
    export::{Ending, Format},
    model::failure::FailureKind,
    shell::{
        export::{End, Outcome, export},
        passage::{Order, Source},
    },
};

use crate::{
    fault_server::{FaultServer, Step},
    support::{Never, client, plan},
};

/// So many entries from a number on, newest first.
fn page(newest: usize, count: usize) -> Vec<u8> {
    let entry = |n: usize| {
        let time = format!("2024-01-01T{:02}:{:02}:00Z", n / 60, n % 60);
        format!(
            r#"{{"actionString":"entry {n}","actionType":"ticket_read","time":"{time}","user":{{"id":"1","name":"Luna"}}}}"#
        )
    };
    let entries: Vec<String> = (0..count).map(|at| entry(newest - at)).collect();
    let body = format!(r#"{{"data":[{}],"errorCode":-1,"errorText":null}}"#, entries.join(","));
    answer("200 OK", &body)
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Exports what a server gives that answers one request a connection.
async fn exported(answers: Vec<Vec<u8>>, format: Format, out: &mut impl Write) -> Outcome {
    let script = |answer| vec![Step::Request, Step::Send(answer)];
    let server = FaultServer::start(answers.into_iter().map(script).collect()).await;
    let source = Source::Ticket(client(&format!("http://{}", server.host()), "CANARY"), 1);
    export(plan(Order::NewestFirst, format), &source, out, &mut Never, |_| ()).await
}

#[tokio::test]
async fn a_refusal_half_way_leaves_a_whole_file_and_says_which() {
    let refused =
        |status, code| answer(status, &format!(r#"{{"data":null,"errorCode":{code},"errorText":"no"}}"#));
    for (second, kind) in [
        (refused("401 Unauthorized", 401), FailureKind::NotAuthorised),
        (refused("404 Not Found", 404), FailureKind::NoSuchTicket),
        (answer("400 Bad Request", "no"), FailureKind::Trouble),
    ] {
        for format in [Format::Json, Format::Ndjson, Format::Csv, Format::Markdown, Format::Table] {
            let mut out = Vec::new();
            // What is told of the ticket itself is asked for between, and may fail.
            let answers = vec![page(199, 50), answer("400 Bad Request", ""), second.clone()];
            let outcome = exported(answers, format, &mut out).await;
            let End::Failed(failure) = &outcome.end else { panic!("{outcome:?}") };
            assert_eq!((failure.kind, outcome.count.shown), (kind, 50), "{format:?}");
            assert!(matches!(outcome.tally.ending, Ending::Incomplete(_)));
            let text = String::from_utf8(out).unwrap();
            match format {
                Format::Json => {
                    let read: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
                    assert_eq!(read.len(), 50);
                }
                Format::Ndjson => assert_eq!(text.lines().count(), 50),
                Format::Csv => assert_eq!(text.lines().count(), 51),
                Format::Markdown | Format::Table => {
                    let last = text.trim_end().lines().last().unwrap();
                    assert!(last.contains("50 entries") && last.contains("not complete"), "{last}");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_fails_at_once_writes_nothing() {
    let mut out = Vec::new();
    let outcome = exported(vec![answer("401 Unauthorized", "")], Format::Json, &mut out).await;
    assert!(matches!(outcome.end, End::Failed(_)) && !outcome.is_begun && out.is_empty());
}

#[tokio::test]
async fn a_moments_trouble_half_way_costs_nothing() {
    let mut out = Vec::new();
    let busy = answer("503 Busy", "");
    let outcome = exported(
        vec![page(89, 50), answer("404 Not Found", ""), busy, page(41, 42)],
        Format::Ndjson,
        &mut out,
    )
    .await;
    assert!(matches!(outcome.end, End::Done), "{outcome:?}");
    assert_eq!((outcome.count.shown, outcome.tally.ending), (90, Ending::Complete));
}

/// Takes so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn an_output_that_fails_ends_it_wherever_that_is() {
    for room in [0, 1, 100, 3_000] {
        for format in [Format::Json, Format::Ndjson, Format::Csv] {
            let outcome = exported(vec![page(199, 50)], format, &mut Full(room)).await;
            let is_full =
                matches!(&outcome.end, End::Output(error) if error.kind() == io::ErrorKind::StorageFull);
            assert!(is_full, "{room} {format:?} {outcome:?}");
        }
    }
}
