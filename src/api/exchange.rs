//! One request, one answer, at most 8 MiB, within the time of a whole answer; a line of it where there is a trace.
//!
//! Knows neither tokens nor what an answer means. Called by the transport and the token endpoint.

use std::time::Duration;

use chrono::DateTime;
use reqwest::{
    RequestBuilder, Response, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderName, LOCATION, RETRY_AFTER},
};

use super::{
    fault::{self, Cause},
    judge::Answer,
    retry_after::wait_of,
    trace::{Ended, Question, Trace},
};
use crate::model::failure::Failure;

/// The most bytes of an answer: 50 entries are 40 kB, hostile ones are not worth more.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// The most bytes that are read to learn the server's words about an error.
const ERROR_LIMIT: usize = 64 * 1024;

/// Why there is nothing to judge.
pub(super) enum NoAnswer {
    /// The connection.
    Broken(Cause),
    /// More than [`BODY_LIMIT`].
    TooLarge,
    /// It was not asked: there is no access token, or no better one than the one that was refused.
    NoToken(Failure),
}

/// Sends a request, waits for what comes, and writes both down where there is a trace.
pub(super) async fn exchange(
    request: RequestBuilder,
    total: Duration,
    trace: Option<&Trace>,
    question: &Question<'_>,
) -> Result<Answer, NoAnswer> {
    let asked = trace.map(|trace| trace.begin(question));
    let answer = tokio::time::timeout(total, answer(request)).await;
    let answer = answer.unwrap_or(Err(NoAnswer::Broken(Cause::Unfinished)));
    if let Some(asked) = asked {
        asked.end(match &answer {
            Ok(answer) => Ended::Answered(answer.status.as_u16(), answer.body.len()),
            Err(NoAnswer::Broken(cause)) => Ended::Failed(cause.word()),
            Err(NoAnswer::TooLarge) => Ended::Failed("too-large"),
            Err(NoAnswer::NoToken(_)) => Ended::Failed("no-token"),
        });
    }
    answer
}

async fn answer(request: RequestBuilder) -> Result<Answer, NoAnswer> {
    let response =
        request.send().await.map_err(|error| NoAnswer::Broken(fault::of_request(&error.without_url())))?;
    let status = response.status();
    let header = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let location = header(LOCATION);
    let date = header(DATE).and_then(|date| DateTime::parse_from_rfc2822(date.trim()).ok());
    let date = date.map(|date| date.to_utc());
    let retry_after = header(RETRY_AFTER).and_then(|value| wait_of(&value, header(DATE).as_deref()));
    let encoding = header(CONTENT_ENCODING).filter(|value| !value.eq_ignore_ascii_case("identity"));
    let html = header(CONTENT_TYPE).is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    let body = if status == StatusCode::OK {
        read(response, BODY_LIMIT).await?
    } else if status.is_client_error() || status.is_server_error() {
        // The status alone is worth telling; the server's words are a bonus.
        read(response, ERROR_LIMIT).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    Ok(Answer { status, location, retry_after, date, encoding, html, body })
}

/// Reads a body piece by piece and stops at the limit; the connection is then closed, not drained.
async fn read(mut response: Response, limit: usize) -> Result<Vec<u8>, NoAnswer> {
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |length| length > limit) {
        return Err(NoAnswer::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(piece) =
        response.chunk().await.map_err(|error| NoAnswer::Broken(fault::of_body(&error.without_url())))?
    {
        if body.len() + piece.len() > limit {
            return Err(NoAnswer::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}
