//! An API whose refresh tokens are good for one time: a second use withdraws everything, as rotating servers do.
//!
//! It runs in a thread of its own, so that real processes can ask it, and counts what it is asked.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, mpsc},
    thread,
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

/// The first refresh token, and the client id that belongs to it.
pub(crate) const SEED: &str = "CANARY-refresh-0";
pub(crate) const CLIENT_ID: &str = "client-7";

/// How often a condition is looked at, the last time only by a test that fails, and after how long.
const LOOKS: u32 = 15_000;
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// The log of every ticket.
const ENTRY: &str = r#"{"actionString":"read it","actionType":"ticket_read","time":"2022-10-28T12:41:36.6267804+00:00",
    "includedItems":{"categories":[],"tags":[],"users":[]},
    "user":{"id":"1","image":null,"name":"Anton","email":"a@example.org","status":"team","isBot":false}}"#;

/// Status, headers and body.
pub(crate) type Answer = (StatusCode, Vec<(&'static str, String)>, String);

/// What the server does, and what it was asked.
#[derive(Debug)]
pub(crate) struct Told {
    /// What `expires_in` says; `None` leaves it out.
    pub(crate) expires_in: Option<Value>,
    /// Whether each exchange changes the refresh token.
    pub(crate) rotates: bool,
    /// An answer in the place of the usual one.
    pub(crate) answer: Option<Answer>,
    /// What another session writes just before a refresh token is refused.
    pub(crate) overtaken: Option<(PathBuf, Vec<u8>)>,
    /// How many exchanges get no answer at all.
    pub(crate) stalls: usize,
    /// Exchanges that are done get their answer only when this is taken back.
    pub(crate) holds: bool,
    /// Answers whoever has a good token with this status, and with the envelope.
    pub(crate) refuses: Option<u16>,
    /// Other refresh tokens that are good for one time; what comes of one stands in its place.
    pub(crate) others: Vec<String>,
    /// Somebody in between answers in the API's place, with this status and a page for people.
    pub(crate) in_between: Option<u16>,
    /// Accepts no access token.
    pub(crate) accepts_none: bool,
    /// The bodies of all exchanges that were asked for.
    pub(crate) exchanges: Vec<String>,
    /// How many of them gave a token.
    pub(crate) redeemed: usize,
    /// The `Authorization` of every other request.
    pub(crate) asked: Vec<String>,
    /// How many of them had a token that is good.
    pub(crate) answered: usize,
    good: Vec<String>,
    refresh: String,
    spent: Vec<String>,
}

impl Told {
    /// Access tokens that were given are good no longer.
    pub(crate) fn withdraw(&mut self) {
        self.good.clear();
    }
}

#[derive(Debug)]
pub(crate) struct TokenServer {
    address: SocketAddr,
    told: Arc<Mutex<Told>>,
}

impl TokenServer {
    pub(crate) fn start() -> Self {
        let told = Arc::new(Mutex::new(Told {
            expires_in: Some(json!(3599)),
            rotates: true,
            answer: None,
            overtaken: None,
            stalls: 0,
            holds: false,
            refuses: None,
            others: Vec::new(),
            in_between: None,
            accepts_none: false,
            exchanges: Vec::new(),
            redeemed: 0,
            asked: Vec::new(),
            answered: 0,
            good: Vec::new(),
            refresh: SEED.to_owned(),
            spent: Vec::new(),
        }));
        let state = Arc::clone(&told);
        let (send, receive) = mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
                send.send(listener.local_addr().unwrap()).unwrap();
                let router = Router::new()
                    .route("/token", post(exchange))
                    .route("/tickets/list", post(answer))
                    .route("/tickets/{id}/log", post(answer))
                    .with_state(state);
                axum::serve(listener, router).await.unwrap();
            });
        });
        Self { address: receive.recv().unwrap(), told }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap()
    }

    /// Waits until the server was asked for so many exchanges.
    pub(crate) fn until_exchanges(&self, count: usize) {
        let mut left = LOOKS;
        while self.told().exchanges.len() < count {
            assert!(left > 0, "never asked for exchange {count}");
            left -= 1;
            thread::sleep(LOOK_AGAIN);
        }
    }
}

async fn exchange(State(told): State<Arc<Mutex<Told>>>, body: String) -> Response {
    let stalls = {
        let mut told = told.lock().unwrap();
        let stalls = told.stalls > 0;
        if stalls {
            told.stalls -= 1;
            told.exchanges.push(body.clone());
        }
        stalls
    };
    if stalls {
        std::future::pending::<()>().await;
    }
    let response = exchanged(&mut told.lock().unwrap(), body);
    while told.lock().unwrap().holds {
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    response
}

fn exchanged(told: &mut Told, body: String) -> Response {
    told.exchanges.push(body.clone());
    if let Some((status, headers, text)) = told.answer.clone() {
        let mut response = (status, text).into_response();
        for (name, value) in headers {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
        return response;
    }
    let grant =
        |refresh: &str| format!("grant_type=refresh_token&refresh_token={refresh}&client_id={CLIENT_ID}");
    if let Some(at) = told.others.iter().position(|other| body == grant(other)) {
        told.redeemed += 1;
        let (access, refresh) = (format!("CANARY-access-{}", told.redeemed), format!("{}x", told.others[at]));
        told.good.push(access.clone());
        told.others[at].clone_from(&refresh);
        return json!({ "access_token": access, "expires_in": 3599, "refresh_token": refresh })
            .to_string()
            .into_response();
    }
    let expected = grant(&told.refresh);
    if body != expected {
        if told.spent.contains(&body) {
            told.refresh.clear();
            told.good.clear();
        }
        if let Some((path, bytes)) = &told.overtaken {
            std::fs::write(path, bytes).unwrap();
        }
        let words = json!({ "error": "invalid_grant", "error_description": body });
        return (StatusCode::BAD_REQUEST, words.to_string()).into_response();
    }
    told.redeemed += 1;
    let access = format!("CANARY-access-{}", told.redeemed);
    told.good.push(access.clone());
    let mut words = json!({ "access_token": access, "token_type": "bearer" });
    if let Some(expires_in) = &told.expires_in {
        words["expires_in"] = expires_in.clone();
    }
    if told.rotates {
        told.spent.push(body);
        told.refresh = format!("CANARY-refresh-{}", told.redeemed);
        words["refresh_token"] = json!(told.refresh);
    }
    words.to_string().into_response()
}

async fn answer(State(told): State<Arc<Mutex<Told>>>, headers: HeaderMap) -> Response {
    let mut told = told.lock().unwrap();
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    told.asked.push(given.to_owned());
    if let Some(status) = told.in_between.and_then(|status| StatusCode::from_u16(status).ok()) {
        let html = [(header::CONTENT_TYPE, "text/html")];
        return (status, html, "<html><h1>Log in to the network</h1></html>").into_response();
    }
    let is_good = told.good.iter().any(|good| given == format!("Bearer {good}"));
    if !is_good || told.accepts_none {
        let words = format!(r#"{{"data":null,"errorCode":7,"errorText":"not {given}"}}"#);
        return (StatusCode::UNAUTHORIZED, words).into_response();
    }
    if let Some(status) = told.refuses.and_then(|status| StatusCode::from_u16(status).ok()) {
        return (status, r#"{"data":null,"errorCode":7,"errorText":null}"#).into_response();
    }
    told.answered += 1;
    format!(r#"{{"data":[{ENTRY}],"errorCode":-1,"errorText":null}}"#).into_response()
}
