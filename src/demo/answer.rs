//! The envelope of every answer, and refusals in it.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

use super::entry::Row;

/// A request that was refused: the HTTP status is also the envelope's `errorCode`.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    text: String,
}

impl Refusal {
    /// 400: the request is wrong.
    pub(super) fn wrong(text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, text: text.into() }
    }

    /// 401: no token, or another one.
    pub(super) fn unauthorised(text: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, text: text.into() }
    }

    /// 404: no such ticket.
    pub(super) fn unknown_ticket(id: &str) -> Self {
        Self { status: StatusCode::NOT_FOUND, text: format!("there is no ticket {id}") }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let envelope = json!({ "data": null, "errorCode": self.status.as_u16(), "errorText": self.text });
        let mut response = (self.status, json_body(envelope.to_string().into())).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = header::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

/// Entries in the envelope, byte for byte.
pub(super) fn entries(rows: &[Row]) -> Response {
    let rows: Vec<&[u8]> = rows.iter().map(|row| row.json.as_slice()).collect();
    let body =
        [b"{\"data\":[".as_slice(), &rows.join(b",".as_slice()), b"],\"errorCode\":-1,\"errorText\":null}"];
    json_body(body.concat()).into_response()
}

/// Anything else in the envelope; -1 means success.
pub(super) fn data(value: &impl Serialize) -> Response {
    flat(&json!({ "data": value, "errorCode": -1, "errorText": null }))
}

/// JSON without the envelope, as the token endpoint answers.
pub(super) fn flat(value: &serde_json::Value) -> Response {
    json_body(value.to_string().into()).into_response()
}

fn json_body(bytes: Vec<u8>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], bytes)
}
