//! Which answers are worth another try, and what the server may ask for.

use std::time::Duration;

use ticketlog::model::failure::Retry;

use crate::{FaultServer, PAGE, Step, ask, hasty, patient};

async fn retry_of(answer: impl Into<Vec<u8>>) -> (Retry, String) {
    let server = FaultServer::answering(answer).await;
    let Err(failure) = ask(&server, patient()).await else {
        panic!("an answer instead of a failure");
    };
    (failure.retry, failure.sentence.raw_for_export().to_owned())
}

fn status(code: u16, headers: &str) -> String {
    format!("HTTP/1.1 {code} X\r\n{headers}Content-Length: 0\r\n\r\n")
}

/// H06
#[tokio::test]
async fn only_what_may_pass_is_worth_another_try() {
    for (code, expected) in [
        (408, Retry::Soon),
        (429, Retry::Soon),
        (500, Retry::Soon),
        (502, Retry::Soon),
        (503, Retry::Soon),
        (504, Retry::Soon),
        (400, Retry::Never),
        (401, Retry::Never),
        (403, Retry::Never),
        (404, Retry::Never),
        (409, Retry::Never),
        (422, Retry::Never),
        (501, Retry::Never),
        (302, Retry::Never),
        (204, Retry::Never),
    ] {
        assert_eq!(retry_of(status(code, "")).await.0, expected, "{code}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_off_or_goes_silent_is_worth_another_try() {
    let half = format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{PAGE}");
    assert_eq!(retry_of(half).await.0, Retry::Soon);
    assert_eq!(retry_of("").await.0, Retry::Soon);
    let cut = format!("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{}", PAGE.get(..30).unwrap());
    assert_eq!(retry_of(cut).await.0, Retry::Soon);
    let server = FaultServer::start(vec![vec![Step::Request, Step::Hold]]).await;
    assert_eq!(ask(&server, hasty()).await.unwrap_err().retry, Retry::Soon);
    let not_json = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    assert_eq!(retry_of(not_json).await.0, Retry::Never);
}

/// H07
#[tokio::test]
async fn what_the_server_asks_for_is_read_from_seconds_and_from_dates() {
    let after = |seconds| Retry::After(Duration::from_secs(seconds));
    let dated = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\n";
    assert_eq!(retry_of(status(429, "Retry-After: 2\r\n")).await.0, after(2));
    assert_eq!(retry_of(status(503, dated)).await.0, after(30));
    assert_eq!(retry_of(status(503, "Retry-After: soon\r\n")).await.0, Retry::Soon);
    assert_eq!(retry_of(status(404, "Retry-After: 2\r\n")).await.0, Retry::Never);
    let (retry, sentence) = retry_of(status(429, "Retry-After: 300\r\n")).await;
    assert_eq!(retry, after(300));
    assert!(sentence.ends_with("it asks to wait 5 minutes"), "{sentence}");
}
