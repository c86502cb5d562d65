//! What a server says when it fails: in the body, in the head, in the status line (T05, T12, P01).

use ticketlog::{
    api::{Authorities, BaseUrl, Client, Options, Timeouts},
    model::{
        failure::Failure,
        query::{Query, Window},
    },
};

use crate::{
    fault_server::{FaultServer, Step},
    fields::{Places, beginnings},
    story::Story,
    watch::Watch,
};

const FIRST: Window = Window { skip: 0, take: 50 };

/// Answers with a string wherever an answer has room for one.
fn answers(json: &[u8]) -> Vec<Vec<u8>> {
    let text = Places::harmless().with("action", json).entry().action;
    // A header ends at a line break, so the rest of the string becomes headers of its own.
    let raw = text.raw_for_export().as_bytes();
    let raw = &raw[..raw.len().min(2_000)];
    let answer = |status: &str, head: &[u8], body: &[u8]| {
        [b"HTTP/1.1 ".as_slice(), status.as_bytes(), b"\r\n", head, b"\r\n\r\n", body].concat()
    };
    let envelope =
        |code: &[u8]| [b"{\"errorCode\":", code, b",\"errorText\":", json, b",\"data\":null}"].concat();
    let header = |name: &str| [name.as_bytes(), b": ", raw].concat();
    vec![
        answer("200 OK", b"A: b", &envelope(b"7")),
        answer("200 OK", b"A: b", &envelope(b"null")),
        answer("401 Unauthorized", b"A: b", &envelope(b"7")),
        answer("404 Not Found", b"A: b", &envelope(b"7")),
        answer("500 Trouble", b"A: b", &envelope(b"7")),
        answer("200 OK", b"A: b", &[b"<html><title>", raw].concat()),
        answer("200 OK", &header("Content-Encoding"), b"{}"),
        answer("200 OK", &header("Content-Type"), raw),
        answer("401 Unauthorized", &header("WWW-Authenticate"), raw),
        answer("302 Found", &header("Location"), b""),
        [b"HTTP/1.1 500 ", raw, b"\r\n\r\n"].concat(),
        raw.to_vec(),
    ]
}

async fn failures(answers: Vec<Vec<u8>>) -> Vec<Failure> {
    let count = answers.len();
    let scripts = answers.into_iter().map(|answer| vec![Step::Request, Step::Send(answer)]).collect();
    let server = FaultServer::start(scripts).await;
    let mut failures = Vec::new();
    for _ in 0..count {
        let base = BaseUrl::parse(&format!("http://{}", server.host())).unwrap();
        let options = Options {
            base,
            token: "CANARY-7f3a9c".into(),
            timeouts: Timeouts::default(),
            authorities: Authorities::default(),
        };
        let client = Client::new(options).unwrap();
        failures.extend(client.log(1, &Query::All, FIRST).await.err());
    }
    failures
}

/// On an empty screen, below entries, and as the sentence on standard error after leaving.
fn is_text(failure: &Failure, about: &str) {
    let escaped = failure.sentence.escaped();
    assert!(escaped.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{about}: {escaped}");
    assert!(!escaped.contains("CANARY"), "{about}: {escaped}");
    let mut story = Story::sized(0, 60, 9);
    story.fail(failure.clone());
    story.fail(failure.clone());
    Watch::on(story, about);
    below_entries(failure, about);
}

fn below_entries(failure: &Failure, about: &str) {
    let mut story = Story::sized(60, 60, 9);
    story.answer();
    story.answer();
    story.keys("G");
    while !story.asked.is_empty() {
        story.fail(failure.clone());
    }
    let mut watch = Watch::on(story, about);
    let seen = watch.story.shows("r tries again");
    assert!(seen, "{about}: {:#?}", watch.story.screen());
    watch.keys(&["k"]);
}

#[tokio::test]
async fn whatever_a_failing_server_says_is_text_on_the_screen_and_after_leaving() {
    for (number, json) in beginnings() {
        let failures = failures(answers(&json)).await;
        assert!(failures.len() >= 11, "string {number}: {} answers fail", failures.len());
        let mut seen = std::collections::BTreeSet::new();
        for failure in failures {
            if seen.insert(failure.sentence.escaped()) {
                is_text(&failure, &format!("string {number}"));
            }
        }
    }
}
