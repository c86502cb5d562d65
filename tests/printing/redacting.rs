//! Names that stand in no entry, and names of nothing.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use ticketlog::{
    assets,
    export::Format,
    model::redaction::{Redaction, Scope},
    shell::{
        export::{End, Plan, Redacting, export},
        passage::{Order, Source},
    },
};

use crate::support::{Never, client, plan};

/// Answers what a path asks for, as often as it is asked; gives the base URL. Ends with the test.
fn serve(log: &'static str, ticket: &'static str) -> String {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", server.local_addr().unwrap());
    thread::spawn(move || {
        for stream in server.incoming() {
            let mut stream = stream.unwrap();
            let mut asked = vec![0; 4096];
            let length = stream.read(&mut asked).unwrap_or_default();
            let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
            let data = if asked.contains("/log") { log } else { ticket };
            let body = format!(r#"{{"data":{data},"errorCode":-1,"errorText":null}}"#);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
            let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        }
    });
    base
}

#[tokio::test]
async fn the_owner_of_a_ticket_who_is_in_no_entry_is_known_before_anything_is_printed() {
    let ticket = r#"{"title":"Zebulon Quirk never called","lockedBy":{"name":"Zebulon Quirk"}}"#;
    let log = r#"[{"actionString":"wants Zebulon back","actionType":"note","time":"2024-01-01T00:00:00Z",
        "user":{"id":"1","name":"Luna Lovegood","status":"client"}}]"#;
    for format in [Format::Markdown, Format::Table, Format::Ndjson, Format::Json, Format::Csv] {
        let source = Source::Ticket(client(&serve(log, ticket), "CANARY"), 1);
        let catalogue = assets::action_types().unwrap();
        let redacting = Redacting::new(Redaction::new(Scope::Everyone, &catalogue), catalogue);
        let plan = Plan { redacting: Some(redacting), ..plan(Order::NewestFirst, format) };
        let mut out = Vec::new();
        let outcome = export(plan, &source, &mut out, &mut Never, |_| ()).await;
        assert!(matches!(outcome.end, End::Done));
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("Client 1") && text.contains("wants"), "{text}");
        assert!(!text.contains("Zebulon") && !text.contains("Quirk"), "{format:?}: {text}");
    }
}
