//! Answers of the token address that bring no token: one sentence each, without a word of them, and what it says of the
//! refresh token is true.

use axum::http::StatusCode;

use crate::session::{Said, Session};

/// What a run says whose token address answers everybody like this, asked once.
fn answered(status: u16, headers: &[(&'static str, &str)], body: &str) -> Said {
    let session = Session::new();
    let status = StatusCode::from_u16(status).unwrap();
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    session.server.told().answer = Some((status, headers, body.to_owned()));
    // The doctor asks once, whatever comes.
    let said = session.run(&["doctor"]);
    assert_eq!(session.exchanges(), 1, "{said:?}");
    let address = session.server.url();
    let host = address.trim_start_matches("http://");
    Said { out: said.out.replace(&address, "ADDRESS").replace(host, "HOST"), ..said }
}

fn told(said: Said, code: i32, sentence: &str) {
    said.fails_with(code, &format!("FAIL  token made   {sentence}"));
}

/// C22
#[test]
fn redirects_of_the_token_address_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let (session, other) = (Session::new(), Session::new());
        for target in [other.server.url(), session.server.url()] {
            let location = vec![("location", format!("{target}/token"))];
            let status = StatusCode::from_u16(status).unwrap();
            session.server.told().answer = Some((status, location, String::new()));
            let said = session.run(&["7"]).fails(4, "which is not followed; check the token URL");
            assert!(said.err.contains("no access token: 127.0.0.1"), "{said:?}");
        }
        assert_eq!(session.exchanges(), 2);
        assert_eq!(other.exchanges(), 0);
    }
}

/// C26
#[test]
fn an_odd_answer_of_the_token_address_is_one_sentence_without_a_word_of_it() {
    let nothing = "no access token: the answer from HOST holds no access token; check the token URL";
    let no_json = "no access token: the answer from HOST is not JSON; check the token URL";
    for (body, sentence) in [
        (r#"{"access_token":["CANARY-1"]}"#, nothing),
        (r#"{"access_token":"CANARY-1\nX-Evil: 1"}"#, nothing),
        (r#"{"access_token":""}"#, nothing),
        (r#"{"error":"invalid_grant"}"#, nothing),
        ("[]", nothing),
        ("\"CANARY-1\"", nothing),
        ("CANARY-1", no_json),
        ("{}{}", no_json),
        ("", "no access token: the answer from HOST is empty; try again"),
        (r#"{"access_token":"CANARY-1"#, "no access token: the answer from HOST is incomplete; try again"),
    ] {
        told(answered(200, &[], body), 4, sentence);
    }
    let encoded = answered(200, &[("content-encoding", "gzip")], "x");
    told(encoded, 4, "no access token: the answer from HOST is encoded, which was not asked for; check the");
}

/// H16
#[test]
fn a_page_for_people_at_the_token_address_says_nothing_of_the_refresh_token() {
    let page = "\n<html>CANARY-1</html>";
    let html = [("content-type", "text/html; charset=utf-8")];
    let cure = "check the token URL, or log in to the network";
    for body in ["<html>CANARY-1</html>", page, "\u{feff}<!DOCTYPE html>"] {
        let sentence =
            format!("no access token: this is not the token URL: got an HTML page from HOST; {cure}");
        told(answered(200, &[], body), 4, &sentence);
    }
    told(answered(200, &html, "log in"), 4, "no access token: this is not the token URL: got an HTML page");
    for status in [400, 401, 403, 404, 407, 511] {
        for (headers, body) in [(&[][..], page), (&html, "log in")] {
            let cure = "log in to the network, or ask whether a proxy blocks it; else check the token URL";
            let sentence = format!("got an HTML page from HOST (HTTP {status}); {cure}");
            told(
                answered(status, headers, body),
                4,
                &format!("no access token: this is not the token URL: {sentence}"),
            );
        }
    }
}

/// C15, H06: the error codes of RFC 6749, section 5.2, and statuses without one.
#[test]
fn what_the_token_address_refuses_is_told_with_its_cure() {
    let refused = "HOST does not accept the refresh token";
    for (status, body, code, sentence) in [
        (
            400,
            r#"{"error":"invalid_grant"}"#,
            3,
            format!("{refused} (HTTP 400, invalid_grant): it was withdrawn"),
        ),
        (
            401,
            r#"{"error":"invalid_grant"}"#,
            3,
            format!("{refused} (HTTP 401, invalid_grant): it was withdrawn"),
        ),
        (
            400,
            r#"{"error":"CANARY-1","error_description":"CANARY-2"}"#,
            3,
            format!("{refused} (HTTP 400): it was"),
        ),
        (401, "", 3, format!("{refused} (HTTP 401): it was")),
        (403, "{}", 3, format!("{refused} (HTTP 403): it was")),
        (
            400,
            r#"{"error":"invalid_client"}"#,
            3,
            "no access token: HOST does not know the client id (HTTP 400, invalid_client); check client_id"
                .to_owned(),
        ),
        (
            401,
            r#"{"error":"unauthorized_client"}"#,
            3,
            "no access token: HOST does not know the client id (HTTP 401, unauthorized_client)".to_owned(),
        ),
        (
            400,
            r#"{"error":"unsupported_grant_type"}"#,
            4,
            "no access token: HOST does not accept the request (HTTP 400, unsupported_grant_type); check the"
                .to_owned(),
        ),
        (
            400,
            r#"{"error":"invalid_scope"}"#,
            4,
            "no access token: HOST does not accept the request (HTTP 400, invalid_scope)".to_owned(),
        ),
        (
            404,
            "CANARY",
            4,
            "no access token: no tokens are made at ADDRESS/token (HTTP 404); check the token".to_owned(),
        ),
        (405, "CANARY", 4, "no access token: HOST does not accept the request (HTTP 405)".to_owned()),
        (
            429,
            "CANARY",
            4,
            "no access token: HOST has had too many requests (HTTP 429); wait a little".to_owned(),
        ),
        (
            500,
            "<html>CANARY",
            4,
            "no access token: HOST is in trouble (HTTP 500); try again later".to_owned(),
        ),
        (503, "CANARY", 4, "no access token: HOST is in trouble (HTTP 503); try again later".to_owned()),
        (204, "", 4, "no access token: HOST answers without data (HTTP 204); check the token URL".to_owned()),
    ] {
        told(answered(status, &[], body), code, &sentence);
    }
    let later = answered(429, &[("retry-after", "600")], "");
    told(
        later,
        4,
        "no access token: HOST has had too many requests (HTTP 429); wait a little, then try again; it asks to wait 10",
    );
}
