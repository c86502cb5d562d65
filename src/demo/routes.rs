//! The endpoints: what a request may say, and which answer it gets.
//!
//! As the reference documents them; what it leaves open (errors above all) is decided here: HTTP 400, 401 and 404 with
//! the envelope. Addresses that do not exist get a plain 404 without it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Form, Router,
    body::Bytes,
    extract::{Path, Query, Request, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::{
    Clock,
    answer::{self, Refusal},
    catalogue::Catalogue,
    traffic::{LogRequest, Traffic},
};

/// The bearer token that the server accepts.
pub(super) const ACCESS_TOKEN: &str = "demo-access";
/// The first refresh token and the client id that `POST /token` accepts. Each is good for one time and brings the next.
pub(super) const REFRESH_TOKEN: &str = "demo-refresh";
pub(super) const CLIENT_ID: &str = "demo-client";

/// The reference's page size, and its largest one.
const DEFAULT_TAKE: i64 = 25;
const MAX_TAKE: i64 = 50;

/// What every request sees.
pub(super) struct Shared {
    pub(super) catalogue: Catalogue,
    pub(super) clock: Clock,
    pub(super) latency: Duration,
    /// How many refresh tokens were used.
    pub(super) used: AtomicU64,
    pub(super) traffic: Traffic,
}

/// The server's routes.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/tickets/list", post(list))
        .route("/tickets/{id}", get(ticket))
        .route("/tickets/{id}/log", post(log))
        .route("/token", post(token))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), delay))
        .with_state(shared)
}

/// Every answer comes late by the latency.
async fn delay(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !shared.latency.is_zero() {
        tokio::time::sleep(shared.latency).await;
    }
    response
}

/// The body of a log request; an empty list, null and no list mean all types.
#[derive(Debug, Default, Deserialize)]
struct LogBody {
    action_types: Option<Vec<String>>,
}

async fn log(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    shared.traffic.count(|requests| requests.log += 1);
    authorise(&headers)?;
    let unknown = || Refusal::unknown_ticket(&id);
    let ticket = id.parse().map_err(|_| unknown())?;
    let take = number(&query, "take")?;
    let skip = number(&query, "skip")?;
    let (skip, take) = window(skip, take)?;
    let action_types = object::<LogBody>(&body)?.action_types.unwrap_or_default();
    let now = (shared.clock)();
    let rows = shared.catalogue.page(ticket, now, &action_types, skip, take);
    shared.traffic.remember(LogRequest { ticket, skip, take, action_types });
    rows.map(|rows| answer::entries(&rows)).ok_or_else(unknown)
}

async fn ticket(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    shared.traffic.count(|requests| requests.ticket += 1);
    authorise(&headers)?;
    let number = id.parse().ok();
    let ticket = number.and_then(|number| shared.catalogue.ticket(number, (shared.clock)()));
    ticket.map(|ticket| answer::data(&ticket)).ok_or_else(|| Refusal::unknown_ticket(&id))
}

/// The body of a list request, as far as the sample tickets need it. The reference spells `ticketIds` so, although
/// request fields are said to be in snake case.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListBody {
    #[serde(rename = "ticketIds", alias = "ticket_ids")]
    ticket_ids: Option<Vec<u64>>,
    skip: Option<i64>,
    take: Option<i64>,
}

async fn list(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    shared.traffic.count(|requests| requests.list += 1);
    authorise(&headers)?;
    let body: ListBody = object(&body)?;
    let (skip, take) = window(body.skip, body.take)?;
    let ids = body.ticket_ids.as_deref().filter(|ids| !ids.is_empty());
    let mut tickets = shared.catalogue.tickets(ids, (shared.clock)());
    tickets.drain(..usize::try_from(skip).unwrap_or(usize::MAX).min(tickets.len()));
    tickets.truncate(usize::try_from(take).unwrap_or(usize::MAX));
    Ok(answer::data(&tickets))
}

/// The fields of a token request.
#[derive(Debug, Deserialize)]
struct TokenForm {
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    refresh_token: String,
    #[serde(default)]
    client_id: String,
}

/// Answers without the envelope, also when it refuses (in the words of RFC 6749, section 5.2).
async fn token(State(shared): State<Arc<Shared>>, form: Result<Form<TokenForm>, FormRejection>) -> Response {
    shared.traffic.count(|requests| requests.token += 1);
    let used = shared.used.load(Ordering::Relaxed);
    let refusal = match &form {
        Err(_) => Some(("invalid_request", "the body must be a form")),
        Ok(form) if form.grant_type != "refresh_token" => {
            Some(("unsupported_grant_type", "grant_type must be refresh_token"))
        }
        Ok(form) if form.client_id != CLIENT_ID => {
            Some(("invalid_client", "the demo's client id is demo-client"))
        }
        // Whoever comes at the same moment with the same token finds it used.
        Ok(form)
            if form.refresh_token != refresh_token(used)
                || shared
                    .used
                    .compare_exchange(used, used + 1, Ordering::Relaxed, Ordering::Relaxed)
                    .is_err() =>
        {
            Some(("invalid_grant", "refresh tokens are good for one time; the demo's first is demo-refresh"))
        }
        Ok(_) => None,
    };
    if let Some((error, description)) = refusal {
        let body = answer::flat(&json!({ "error": error, "error_description": description }));
        return (StatusCode::BAD_REQUEST, body).into_response();
    }
    answer::flat(&json!({
        "access_token": ACCESS_TOKEN,
        "token_type": "bearer",
        "expires_in": 3599,
        "refresh_token": refresh_token(used + 1),
    }))
}

/// The one that is good after so many were used.
fn refresh_token(used: u64) -> String {
    if used == 0 { REFRESH_TOKEN.to_owned() } else { format!("{REFRESH_TOKEN}-{used}") }
}

fn authorise(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(Refusal::unauthorised("the header `Authorization: Bearer <access token>` is missing"));
    };
    let given = value.to_str().ok().and_then(|value| value.split_once(' '));
    match given {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && token.trim() == ACCESS_TOKEN => {
            Ok(())
        }
        _ => Err(Refusal::unauthorised("the access token is not valid; get one from POST /token")),
    }
}

fn number(query: &[(String, String)], name: &str) -> Result<Option<i64>, Refusal> {
    let Some((_, text)) = query.iter().find(|(key, _)| key == name) else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| Refusal::wrong(format!("{name} must be a whole number, not `{text}`")))
}

/// `skip` and `take` with their defaults, inside their limits.
fn window(skip: Option<i64>, take: Option<i64>) -> Result<(u64, u64), Refusal> {
    let take = take.unwrap_or(DEFAULT_TAKE);
    if !(1..=MAX_TAKE).contains(&take) {
        return Err(Refusal::wrong(format!("take must be from 1 to {MAX_TAKE}, not {take}")));
    }
    let skip = skip.unwrap_or(0);
    let skip =
        u64::try_from(skip).map_err(|_| Refusal::wrong(format!("skip must not be negative, not {skip}")))?;
    Ok((skip, take.unsigned_abs()))
}

/// A JSON body that is an object, or nothing at all.
fn object<T: DeserializeOwned + Default>(body: &[u8]) -> Result<T, Refusal> {
    if body.trim_ascii().is_empty() {
        return Ok(T::default());
    }
    // serde would take `[]` for an object without fields.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(Refusal::wrong("the body must be a JSON object"));
    }
    serde_json::from_slice(body)
        .map_err(|error| Refusal::wrong(format!("the body is not as documented: {error}")))
}
