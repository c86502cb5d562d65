//! A server that does not answer: keys do, leaving is prompt, and what nobody wants any more is cancelled.

use std::{
    sync::{Arc, Condvar, Mutex, mpsc},
    thread,
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::pty::Terminal;

/// Far less than any timeout of the client, and ten times what leaving may take.
const PROMPT: Duration = Duration::from_secs(3);

/// Less than any timeout of the client: what it gives up by itself comes later.
const SOON: Duration = Duration::from_secs(10);

/// A ticket about which the server is always busy, and asks to come back in a minute.
const BUSY: u64 = 503;

#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Seen {
    /// The questions about logs: ticket, place and body.
    asked: Vec<(u64, u64, String)>,
    /// How many questions of any kind have no answer yet.
    open: usize,
    /// How many were given up by whoever asked.
    cancelled: usize,
}

/// A server that answers for one ticket, and only the first page of all types.
struct Server {
    base_url: String,
    seen: Arc<Shared>,
    /// The server ends when this is dropped.
    _stop: tokio::sync::oneshot::Sender<()>,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
    knows: Option<u64>,
}

/// A question without an answer; one that is dropped was given up.
struct Unanswered(Arc<Shared>);

impl Shared {
    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen.lock().unwrap());
        self.changed.notify_all();
    }
}

impl Drop for Unanswered {
    fn drop(&mut self) {
        self.0.change(|seen| {
            seen.open -= 1;
            seen.cancelled += 1;
        });
    }
}

async fn for_ever(shared: Arc<Shared>) -> String {
    shared.change(|seen| seen.open += 1);
    let _unanswered = Unanswered(shared);
    std::future::pending().await
}

#[derive(Deserialize)]
struct Place {
    skip: u64,
}

async fn log(
    State(shared): State<Arc<Shared>>,
    Path(ticket): Path<u64>,
    Query(place): Query<Place>,
    body: String,
) -> Response {
    let body_names_types = !body.contains("[]");
    shared.change(|seen| seen.asked.push((ticket, place.skip, body)));
    if ticket == BUSY {
        return (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "60")]).into_response();
    }
    if place.skip > 0 || body_names_types || shared.knows != Some(ticket) {
        return for_ever(shared).await.into_response();
    }
    let entry = |number| {
        format!(
            r#"{{"actionString":"entry {number}","actionType":"ticket_read","time":"2024-05-05T12:00:{number:02}Z"}}"#
        )
    };
    let entries: Vec<String> = (0..50).rev().map(entry).collect();
    format!(r#"{{"data":[{}],"errorCode":-1,"errorText":null}}"#, entries.join(",")).into_response()
}

async fn ticket(State(shared): State<Arc<Shared>>) -> String {
    for_ever(shared).await
}

impl Server {
    fn start(knows: Option<u64>) -> Self {
        let (told, hears) = mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let seen = Arc::new(Shared { knows, ..Shared::default() });
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let app = Router::new()
                    .route("/tickets/{ticket}/log", post(log))
                    .route("/tickets/{ticket}", get(ticket))
                    .with_state(shared);
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                told.send(format!("http://{}", listener.local_addr().unwrap())).unwrap();
                tokio::spawn(async move { axum::serve(listener, app).await });
                let _ = stopped.await;
            });
        });
        Self { base_url: hears.recv().unwrap(), seen, _stop: stop }
    }

    fn open(&self, ticket: &str) -> Terminal {
        let env =
            [("TICKETLOG_BASE_URL", self.base_url.as_str()), ("TICKETLOG_ACCESS_TOKEN", "CANARY-7f3a9c")];
        Terminal::start(80, 24, &[ticket, "--no-state"], &env)
    }

    /// Waits until the server has seen this.
    fn until(&self, what: &str, condition: impl Fn(&Seen) -> bool) -> Seen {
        let seen = self.seen.seen.lock().unwrap();
        let (seen, waited) =
            self.seen.changed.wait_timeout_while(seen, SOON, |seen| !condition(seen)).unwrap();
        assert!(!waited.timed_out(), "never {what}: {seen:?}");
        seen.clone()
    }
}

fn leaves(terminal: &mut Terminal, keys: &str, code: u32) {
    terminal.keys(keys);
    assert!(terminal.ends_while_read(PROMPT), "{}", terminal.screen());
    assert_eq!(terminal.end().exit_code(), code);
    terminal.assert_restored();
    assert!(!terminal.bytes.windows(6).any(|bytes| bytes == b"CANARY"));
}

/// H01, H10
#[test]
fn keys_answer_while_the_server_does_not_and_quitting_is_prompt() {
    let server = Server::start(None);
    let mut terminal = server.open("7");
    terminal.sees("#7");
    server.until("asked", |seen| seen.open == 2);
    terminal.keys("?").sees("one line down");
    terminal.keys("\x1b").until("the list again", |screen| !screen.contains("one line down"));
    terminal.keys("f").sees("[x]").keys("\r").until("the list again", |screen| !screen.contains("[x]"));
    terminal.keys("jjGg t").until("the time that is typed", |screen| screen.contains("14:02"));
    terminal.keys("\x1b").until("the list again", |screen| !screen.contains("14:02"));
    leaves(&mut terminal, "Q", 0);
    let seen = server.until("given up", |seen| seen.open == 0);
    assert_eq!(seen.cancelled, 2);
}

/// H09, H11
#[test]
fn narrowing_anew_cancels_the_request_of_the_narrowing_before() {
    let server = Server::start(Some(7));
    let mut terminal = server.open("7");
    terminal.sees("50 loaded").keys("fo");
    let before = server.until("asked for one type", |seen| seen.asked.len() == 2);
    assert!(before.asked[1].2.contains("\"action_types\":[\""), "{before:?}");
    server.until("waiting for it and for the ticket", |seen| seen.open == 2);
    terminal.keys("jo");
    let after = server.until("cancelled", |seen| seen.cancelled > 0);
    let asked = server.until("asked for the other", |seen| seen.asked.len() == 3).asked;
    assert_ne!(asked[1].2, asked[2].2);
    assert_eq!(after.cancelled, 1, "the ticket is still wanted: {after:?}");
    terminal.keys("\r").until("the list again", |screen| !screen.contains("[x]"));
    leaves(&mut terminal, "Q", 0);
    server.until("given up", |seen| seen.open == 0);
}

/// H09
#[test]
fn another_ticket_cancels_all_that_was_asked_about_the_first() {
    let server = Server::start(Some(8));
    let mut terminal = server.open("7");
    terminal.sees("#7");
    server.until("asked", |seen| seen.open == 2);
    terminal.keys("O").sees("Ticket number").keys("8\r").sees("#8").sees("50 loaded");
    let seen = server.until("cancelled", |seen| seen.cancelled == 2);
    assert_eq!(seen.asked.iter().filter(|(ticket, ..)| *ticket == 7).count(), 1, "{seen:?}");
    leaves(&mut terminal, "q", 0);
    server.until("given up", |seen| seen.open == 0);
}

/// H09, H10
#[test]
fn quitting_within_a_wait_for_another_try_is_prompt_and_asks_nothing_more() {
    let server = Server::start(None);
    let mut terminal = server.open(&BUSY.to_string());
    terminal.sees("tries again, or wait");
    leaves(&mut terminal, "q", 4);
    let asked = server.until("given up", |seen| seen.open == 0).asked;
    assert_eq!(asked.len(), 1, "{asked:?}");
}

#[test]
fn the_doctor_tells_the_terminal_it_stands_on() {
    for (term, code, line) in [
        ("xterm-256color", 3, "ok    terminal     80x24, TERM=xterm-256color"),
        ("dumb", 3, "hint  terminal     TERM says that this terminal cannot draw a screen"),
    ] {
        let env = [
            ("TERM", term),
            ("TICKETLOG_BASE_URL", "http://127.0.0.1:1"),
            ("TICKETLOG_TOKEN_URL", "http://127.0.0.1:1/token"),
            ("LANG", "C"),
        ];
        let mut terminal = Terminal::start(80, 24, &["doctor"], &env);
        assert_eq!(terminal.end().exit_code(), code, "{}", terminal.screen());
        let told = String::from_utf8(terminal.bytes.clone()).unwrap();
        assert!(told.contains(line), "{told}");
        assert!(told.contains("hint  locale       LANG=C: ASCII characters alone"), "{told}");
    }
}
