//! A server that asks to be left alone for a while is not asked again before.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::mpsc,
    thread,
    time::Duration,
};

use ticketlog::{
    export::Format,
    model::follow::Follow,
    shell::{
        export::{End, GoingOn, Plan, Progress, Stop, export},
        passage::{Order, Source, Wanted},
    },
};
use tokio::sync::Notify;

use crate::support::{client, plan, wanted};

/// Stops when it is told to.
struct When<'a>(&'a Notify);

impl Stop for When<'_> {
    async fn stopped(&mut self) -> u8 {
        self.0.notified().await;
        130
    }

    fn is_closed(&self) -> bool {
        false
    }
}

/// Answers with an empty log, then with nothing but the wish to be left alone. Tells of every request.
fn serve(seconds: u64) -> (String, mpsc::Receiver<()>) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", server.local_addr().unwrap());
    let (tell, asked) = mpsc::channel();
    // Ends with the test.
    thread::spawn(move || {
        let empty = r#"{"data":[],"errorCode":-1,"errorText":null}"#;
        let head = "Content-Type: application/json\r\nConnection: close\r\nContent-Length";
        let first = format!("HTTP/1.1 200 OK\r\n{head}: {}\r\n\r\n{empty}", empty.len());
        let others = format!("HTTP/1.1 429 Busy\r\nRetry-After: {seconds}\r\n{head}: 0\r\n\r\n");
        let answers = std::iter::once(first).chain(std::iter::repeat(others));
        for (stream, answer) in server.incoming().zip(answers) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = tell.send(());
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (base, asked)
}

#[tokio::test]
async fn what_the_server_asks_for_is_waited() {
    // The longer one is more than a single page is waited for.
    for seconds in [41, 3_000] {
        let (base, asked) = serve(seconds);
        let source = Source::Ticket(client(&base, "CANARY"), 7);
        let plan = Plan {
            wanted: Wanted { limit: Some(1), ..wanted(Order::Arriving) },
            is_bare: true,
            going_on: Some(GoingOn {
                follow: Follow::new(Duration::from_millis(20), false),
                is_patient: true,
            }),
            ..plan(Order::Arriving, Format::Ndjson)
        };
        let (stop, mut waits) = (Notify::new(), Vec::new());
        let hear = |told: Progress<'_>| {
            let Progress::Waits(_, wait) = told else { return };
            waits.push(wait);
            stop.notify_one();
        };
        let outcome = export(plan, &source, &mut Vec::new(), &mut When(&stop), hear).await;
        assert!(matches!(outcome.end, End::Stopped(130)), "{:?}", outcome.end);
        let wished = Duration::from_secs(seconds);
        assert!(
            waits.len() == 1 && waits[0] >= wished.mul_f64(0.99),
            "{waits:?}, and {wished:?} was asked for"
        );
        assert_eq!(asked.try_iter().count(), 2);
    }
}
