//! What the server refuses, and how: the HTTP status, and the envelope with the same errorCode.

use ticketlog::demo::{Options, Server};

use crate::client::{Answer, Client};

/// The envelope of a refusal: no data, the HTTP status as errorCode, a text that holds this.
fn assert_refused(answer: &Answer, status: u16, text: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.json["errorCode"], status, "{answer:?}");
    assert!(answer.json["data"].is_null(), "{answer:?}");
    assert!(answer.json["errorText"].as_str().unwrap().contains(text), "{answer:?}");
}

#[tokio::test]
async fn a_window_outside_the_limits_is_refused() {
    let api = Client::start(Options::default()).await;
    for (query, text) in [
        ("take=0", "take must be from 1 to 50"),
        ("take=51", "take must be from 1 to 50"),
        ("take=-1", "take must be from 1 to 50"),
        ("take=ten", "take must be a whole number, not `ten`"),
        ("take=", "take must be a whole number"),
        ("skip=-1", "skip must not be negative"),
        ("skip=1.5", "skip must be a whole number"),
    ] {
        assert_refused(&api.post(&format!("/tickets/255762/log?{query}"), "{}").await, 400, text);
    }
}

#[tokio::test]
async fn a_body_that_is_not_as_documented_is_refused() {
    let api = Client::start(Options::default()).await;
    for body in ["{", "[]", "null", r#"{"action_types":"ticket_read"}"#, r#"{"action_types":[1]}"#, "\u{0}"] {
        assert_refused(&api.post("/tickets/255762/log", body).await, 400, "the body");
    }
    assert_refused(&api.post("/tickets/list", "[]").await, 400, "the body");
    assert_refused(&api.post("/tickets/list", r#"{"take":51}"#).await, 400, "take must be from 1 to 50");
}

#[tokio::test]
async fn without_the_right_token_nothing_is_answered() {
    let api = Client::start(Options::default()).await;
    for header in [None, Some("Bearer wrong"), Some("Basic demo"), Some("Bearer"), Some("")] {
        for (method, path) in
            [("POST", "/tickets/1/log"), ("GET", "/tickets/255762"), ("POST", "/tickets/list")]
        {
            let answer = api.send(method, path, "{}", header).await;
            assert_refused(&answer, 401, "token");
        }
    }
    let lower_case = format!("bearer {}", api.server.token());
    assert_eq!(api.send("GET", "/tickets/255762", "", Some(&lower_case)).await.status, 200);
}

#[tokio::test]
async fn a_ticket_that_does_not_exist_is_refused_with_the_envelope() {
    let api = Client::start(Options::default()).await;
    for id in ["2", "1", "abc", "-5", "99999999999999999999999"] {
        assert_refused(&api.post(&format!("/tickets/{id}/log"), "{}").await, 404, id);
        assert_refused(&api.get(&format!("/tickets/{id}")).await, 404, id);
    }
}

#[tokio::test]
async fn an_address_that_does_not_exist_gets_no_envelope() {
    let api = Client::start(Options::default()).await;
    for path in ["/", "/ticket/1", "/tickets/1/replies"] {
        let answer = api.get(path).await;
        assert_eq!((answer.status, answer.json.is_null()), (404, true), "{path}");
    }
    assert_eq!(api.get("/tickets/255762/log").await.status, 405);
}

#[tokio::test]
async fn too_many_entries_are_refused_with_a_sentence() {
    let error = Server::start(Options { entries: Some(u64::MAX), ..Options::default() }).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    assert!(error.to_string().contains("at most 100000000 entries"), "{error}");
}

#[test]
fn a_port_that_is_taken_is_one_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_ticketlog"))
        .args(["serve", "--port", &port])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let words = format!(
        "ticketlog: Port {port} of 127.0.0.1 cannot be used: another program uses it. Try another --port.\n"
    );
    assert_eq!((output.status.code(), said), (Some(1), words));
}
