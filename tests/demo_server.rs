//! The embedded API server through real HTTP on loopback: endpoints, limits, refusals, counts.
//!
//! Refusals are tested in `demo_server/refusals.rs`, what the tickets hold in `stories.rs` and `tickets.rs` there.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "all of this is tests; clippy only knows the functions marked so"
)]

#[path = "demo_server/client.rs"]
mod client;
#[path = "demo_server/refusals.rs"]
mod refusals;
#[path = "demo_server/stories.rs"]
mod stories;
#[path = "demo_server/tickets.rs"]
mod tickets;

use std::time::Duration;

use client::{Answer, Client, types_of};
use serde_json::json;
use ticketlog::demo::{LogRequest, Options, Requests, Server};

#[tokio::test]
async fn a_page_has_25_entries_unless_asked_otherwise_and_50_at_most() {
    let api = Client::start(Options::default()).await;
    for (query, count) in [("", 25), ("?take=50", 50), ("?take=1&skip=3", 1), ("?skip=180", 10)] {
        let answer = api.post(&format!("/tickets/4478963/log{query}"), "{}").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json["errorCode"], -1);
        assert!(answer.json["errorText"].is_null());
        assert_eq!(answer.data().len(), count, "{query}");
    }
}

#[tokio::test]
async fn no_body_null_and_an_empty_list_all_ask_for_all_types() {
    let api = Client::start(Options::default()).await;
    let all = api.post("/tickets/255762/log", r#"{"action_types":[]}"#).await;
    assert_eq!(all.data().len(), 5);
    for body in ["", "{}", r#"{"action_types":null}"#, r#" {"unknown":1}"#] {
        assert_eq!(api.post("/tickets/255762/log", body).await.json, all.json, "{body}");
    }
    let some = api.post("/tickets/255762/log", r#"{"action_types":["ticket_read","no_such_type"]}"#).await;
    assert_eq!(types_of(&some.data()), ["ticket_read"]);
}

#[tokio::test]
async fn past_the_end_there_is_an_empty_page() {
    let api = Client::start(Options::default()).await;
    for (ticket, skip) in
        [(255_762, 5), (4_478_963, 190), (1_000_000, 1_000_000), (1_000_000, i64::MAX), (666, i64::MAX)]
    {
        let answer = api.post(&format!("/tickets/{ticket}/log?skip={skip}"), "{}").await;
        assert_eq!((answer.status, answer.data().len()), (200, 0), "{ticket} {skip}");
    }
}

#[tokio::test]
async fn the_token_endpoint_answers_flat_and_refuses_what_it_does_not_know() {
    let api = Client::start(Options::default()).await;
    let good = "grant_type=refresh_token&refresh_token=demo-refresh&client_id=demo-client";
    let answer = api.form("/token", good).await;
    assert_eq!(answer.status, 200);
    let token = api.server.token();
    let flat = json!({"access_token": token, "token_type": "bearer", "expires_in": 3599, "refresh_token": "demo-refresh-1"});
    assert_eq!(answer.json, flat);
    for (bad, error) in [
        (good.to_owned(), "invalid_grant"),
        (good.replace("demo-refresh", "old"), "invalid_grant"),
        (good.replace("demo-client", "other"), "invalid_client"),
        (good.replace("grant_type=refresh_token", "grant_type=password"), "unsupported_grant_type"),
        (String::new(), "unsupported_grant_type"),
    ] {
        let answer = api.form("/token", &bad).await;
        assert_eq!((answer.status, answer.json["error"].as_str()), (400, Some(error)), "{bad}");
    }
    assert_eq!(api.post("/token", "{}").await.json["error"], "invalid_request");
    let next = api.form("/token", &good.replace("demo-refresh", "demo-refresh-1")).await;
    assert_eq!(next.json["refresh_token"], "demo-refresh-2");
}

#[tokio::test]
async fn tickets_are_listed_by_number_page_by_page_newest_activity_first() {
    let api = Client::start(Options { entries: Some(3), ..Options::default() }).await;
    let ids = |answer: &Answer| answer.data().iter().map(|it| it["id"].as_u64().unwrap()).collect::<Vec<_>>();
    let all = ids(&api.post("/tickets/list", "").await);
    assert_eq!(all.len(), 8);
    let rest = ids(&api.post("/tickets/list", r#"{"skip":2,"take":3}"#).await);
    assert_eq!(rest, all[2..5]);
    let some = api.post("/tickets/list", r#"{"ticketIds":[4484618,4478963,7]}"#).await;
    assert_eq!(ids(&some), [4_478_963, 4_484_618]);
    assert_eq!(some.data()[0], api.get("/tickets/4478963").await.json["data"]);
    assert!(ids(&api.post("/tickets/list", r#"{"skip":8}"#).await).is_empty());
}

#[tokio::test]
async fn requests_are_counted_and_log_windows_remembered() {
    let api = Client::start(Options::default()).await;
    assert_eq!(api.server.requests(), Requests::default());
    api.post("/tickets/255762/log?take=50&skip=2", r#"{"action_types":["ticket_read"]}"#).await;
    api.post("/tickets/7/log", "").await;
    api.post("/tickets/255762/log?take=99", "").await;
    api.get("/tickets/255762").await;
    api.post("/tickets/list", "").await;
    api.form("/token", "").await;
    assert_eq!(api.server.requests(), Requests { log: 3, ticket: 1, list: 1, token: 1 });
    let read = vec!["ticket_read".to_owned()];
    let windows = [
        LogRequest { ticket: 255_762, skip: 2, take: 50, action_types: read },
        LogRequest { ticket: 7, skip: 0, take: 25, action_types: Vec::new() },
    ];
    assert_eq!(api.server.log_windows(), windows);
}

#[tokio::test]
async fn latency_keeps_an_answer_back_but_counts_the_request_at_once() {
    let latency = Duration::from_hours(1);
    let api = Client::start(Options { latency, ..Options::default() }).await;
    let answer = api.get("/tickets/255762");
    let counted = async {
        while api.server.requests().ticket == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        answer = answer => panic!("answered too early: {answer:?}"),
        () = counted => {}
    }
}

#[tokio::test]
async fn a_dropped_server_stops_and_frees_its_port() {
    let server = Server::start(Options::default()).await.unwrap();
    let base = server.base_url();
    let port = base.rsplit_once(':').unwrap().1.parse().unwrap();
    assert_eq!(base, format!("http://127.0.0.1:{port}"));
    let taken = Server::start(Options { port, ..Options::default() }).await.unwrap_err();
    assert_eq!(taken.kind(), std::io::ErrorKind::AddrInUse);
    drop(server);
    let again = async {
        loop {
            if let Ok(server) = Server::start(Options { port, ..Options::default() }).await {
                return server;
            }
            tokio::task::yield_now().await;
        }
    };
    assert_eq!(again.await.base_url(), base);
}

#[tokio::test]
async fn a_dropped_server_closes_the_connections_it_has() {
    let Client { server, http } = Client::start(Options::default()).await;
    let base = server.base_url();
    assert!(http.get(&base).send().await.is_ok());
    drop(server);
    while http.get(&base).send().await.is_ok() {
        tokio::task::yield_now().await;
    }
}
