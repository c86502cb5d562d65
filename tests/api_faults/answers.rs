//! Answers that arrive, but are not what was asked for: redirects, floods, web pages, errors.

use ticketlog::model::failure::FailureKind;

use crate::{
    PAGE, TOKEN, ask, counted,
    fault_server::{FaultServer, Step},
    http, json, patient, told, trouble,
};

/// C22
#[tokio::test]
async fn a_redirect_is_told_and_nothing_is_sent_to_the_other_host() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let other = FaultServer::answering(json("200 OK", PAGE)).await;
        let target = format!("http://{}/x\u{1b}y?token={TOKEN}", other.host());
        let target = target.replace('\u{1b}', "\u{9b}");
        let told = trouble(http(status, &format!("Location: {target}\r\n"), "")).await;
        let number = status.split(' ').next().unwrap();
        let shown = format!("http://{}/x\\u{{9b}}y", other.host());
        let expected =
            format!("HOST redirects to {shown} (HTTP {number}), which is not followed; check the base URL");
        assert_eq!(told, expected);
        assert_eq!(other.connections(), 0);
    }
    let told = trouble(http("302 Found", "", "")).await;
    assert_eq!(told, "HOST redirects (HTTP 302), which is not followed; check the base URL");
}

/// How often who answers everything with a flood is asked for one page: in smaller and smaller parts.
const PARTS: usize = 14;

/// H13
#[tokio::test]
async fn more_than_eight_mebibytes_are_refused_with_and_without_a_length() {
    let expected = "the answer from HOST is larger than 8 MiB and was not read; check the base URL";
    let length = 8 * 1024 * 1024 + 1;
    let announced = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
    let absurd = "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\n".to_owned();
    for answer in [announced, absurd] {
        let script = vec![Step::Request, Step::Send(answer.into())];
        assert_eq!(counted(script, FailureKind::Trouble).await, (expected.to_owned(), PARTS));
    }
    for (head, piece) in [
        ("HTTP/1.1 200 OK\r\n\r\n", vec![b' '; 64 * 1024]),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            [b"10000\r\n".as_slice(), &vec![b' '; 64 * 1024], b"\r\n"].concat(),
        ),
    ] {
        let script = vec![Step::Request, Step::Send(head.into()), Step::Flood(piece, 100_000)];
        assert_eq!(counted(script, FailureKind::Trouble).await, (expected.to_owned(), PARTS));
    }
}

#[tokio::test]
async fn the_first_byte_too_many_is_refused_and_the_last_allowed_one_is_read() {
    let most = 8 * 1024 * 1024;
    for (length, read) in [(most, true), (most + 1, false)] {
        let body = format!("{PAGE}{}", " ".repeat(length - PAGE.len()));
        for answer in [json("200 OK", &body), format!("HTTP/1.1 200 OK\r\n\r\n{body}")] {
            let server = FaultServer::answering(answer).await;
            assert_eq!(ask(&server, patient()).await.is_ok(), read, "{length} bytes");
        }
    }
}

/// C25, H14, H15 (nothing is unpacked), H16, H17, H18
#[tokio::test]
async fn what_is_not_the_api_is_told() {
    let html = "<!DOCTYPE html><title>Log in</title>";
    let not_the_api =
        "this is not the API: got an HTML page from HOST; check the base URL, or log in to the network";
    assert_eq!(trouble(http("200 OK", "Content-Type: Text/HTML\r\n", "log in")).await, not_the_api);
    assert_eq!(trouble(http("200 OK", "", html)).await, not_the_api);
    assert_eq!(
        trouble(http("200 OK", "Content-Encoding: gzip\r\n", "\u{1f}\u{8b}")).await,
        "the answer from HOST is encoded as gzip, which was not asked for; check the base URL and the proxy"
    );
    let here = trouble(http("404 Not Found", "Content-Type: text/html\r\n", html)).await;
    assert_eq!(here, "there is no ticket API at http://HOST/api; check the base URL");
    let here = trouble(json("404 Not Found", r#"{"message":"CANARY-7f3a9c"}"#)).await;
    assert_eq!(here, "there is no ticket API at http://HOST/api; check the base URL");
    for (status, expected) in [
        ("204 No Content", "HOST answers with HTTP 204 and no data; check the base URL"),
        ("206 Partial", "HOST answers with HTTP 206 and no data; check the base URL"),
        ("304 Not Modified", "HOST says that nothing has changed (HTTP 304) and sends nothing; try again"),
    ] {
        assert_eq!(trouble(format!("HTTP/1.1 {status}\r\n\r\n")).await, expected);
    }
}

/// H16
#[tokio::test]
async fn a_page_for_people_in_the_place_of_the_api_says_nothing_of_the_token() {
    let page = "\n<!DOCTYPE html><title>Log in</title>";
    let cure = "log in to the network, or ask whether a proxy blocks it; else check the base URL";
    for status in [401, 403, 407, 451, 511, 400, 418] {
        let line = format!("{status} No");
        for (what, answer) in [
            ("an HTML page", http(&line, "Content-Type: text/html; charset=utf-8\r\n", page)),
            ("an HTML page", http(&line, "Content-Type: text/html\r\n", "CANARY-7f3a9c")),
            ("an HTML page", http(&line, "", page)),
            ("a text for people", http(&line, "Content-Type: text/plain\r\n", "Blocked: CANARY-7f3a9c")),
            ("an encoded text", http(&line, "Content-Encoding: gzip\r\n", "\u{1f}")),
        ] {
            let told = trouble(answer).await;
            assert_eq!(told, format!("this is not the API: got {what} from HOST (HTTP {status}); {cure}"));
        }
    }
    let envelope = r#"{"data":null,"errorCode":7,"errorText":"No"}"#;
    for (status, kind, expected) in [
        (
            401,
            FailureKind::NotAuthorised,
            "HOST does not accept the access token (HTTP 401)QUOTE; it may have expired, set a new one",
        ),
        (
            403,
            FailureKind::NotAuthorised,
            "the access token may not read ticket 255762 at HOST (HTTP 403)QUOTE; use another one",
        ),
        (
            407,
            FailureKind::Trouble,
            "a proxy in front of HOST asks for a login (HTTP 407)QUOTE; log in to it",
        ),
        (451, FailureKind::Trouble, "the way to HOST is blocked (HTTP 451)QUOTE; ask who runs the network"),
        (
            511,
            FailureKind::Trouble,
            "the network asks for a login (HTTP 511) before it lets anybody to HOST; log in to it",
        ),
    ] {
        let line = format!("{status} No");
        assert_eq!(told(json(&line, envelope), kind).await, expected.replace("QUOTE", ": No"));
        // Servers of tokens refuse one without a word as well.
        for body in ["", "{}", r#"{"message":"No"}"#] {
            assert_eq!(told(json(&line, body), kind).await, expected.replace("QUOTE", ""), "{body}");
        }
    }
}

#[tokio::test]
async fn the_status_is_judged_before_the_envelope_and_its_text_is_quoted() {
    let said = r#"{"data":null,"errorCode":7,"errorText":"Nei, \"CANARY-7f3a9c\" er utl\u00f8pt"}"#;
    for (status, kind, expected) in [
        (
            "401 Unauthorized",
            FailureKind::NotAuthorised,
            "HOST does not accept the access token (HTTP 401)QUOTE; it may have expired, set a new one",
        ),
        (
            "403 Forbidden",
            FailureKind::NotAuthorised,
            "the access token may not read ticket 255762 at HOST (HTTP 403)QUOTE; use another one",
        ),
        ("404 Not Found", FailureKind::NoSuchTicket, "HOST knows no ticket 255762QUOTE; check the number"),
        (
            "400 Bad Request",
            FailureKind::Trouble,
            "HOST does not accept the request (HTTP 400)QUOTE; check ticket and base URL",
        ),
        (
            "429 Too Many",
            FailureKind::Trouble,
            "HOST has had too many requests (HTTP 429)QUOTE; wait a little, then try again",
        ),
        ("500 Oops", FailureKind::Trouble, "HOST is in trouble (HTTP 500)QUOTE; try again later"),
        ("503 Busy", FailureKind::Trouble, "HOST is in trouble (HTTP 503)QUOTE; try again later"),
        (
            "200 OK",
            FailureKind::Trouble,
            "HOST answers with error 7QUOTE; try again, or check ticket and base URL",
        ),
    ] {
        let quoted = expected.replace("QUOTE", ": Nei, \"[token]\" er utl\u{f8}pt");
        assert_eq!(told(json(status, said), kind).await, quoted);
        if status != "200 OK" && kind != FailureKind::NoSuchTicket {
            assert_eq!(told(json(status, ""), kind).await, expected.replace("QUOTE", ""));
            let success = told(json(status, PAGE), kind).await;
            assert_eq!(success, expected.replace("QUOTE", ""), "a status beats a good envelope");
        }
    }
}

#[tokio::test]
async fn the_words_of_a_server_are_cut_and_a_token_at_the_cut_stays_hidden() {
    for before in 280..305 {
        let text = format!("{}{TOKEN}{}", "x".repeat(before), "y".repeat(1000));
        let body = format!(r#"{{"errorCode":1,"errorText":"{text}"}}"#);
        let told = trouble(json("500 Oops", &body)).await;
        assert!(told.chars().count() < 400, "{told}");
    }
}
