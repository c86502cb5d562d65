//! A plain HTTP client of a running embedded server, and ways to look at entries.

use chrono::{DateTime, FixedOffset};
use serde_json::Value;
use ticketlog::demo::{Options, Server};

/// A server and a client that talks to it.
pub(crate) struct Client {
    pub(crate) server: Server,
    pub(crate) http: reqwest::Client,
}

/// An answer; `json` is null when the body is none.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) json: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn data(&self) -> Vec<Value> {
        self.json["data"].as_array().cloned().unwrap_or_default()
    }
}

impl Client {
    pub(crate) async fn start(options: Options) -> Self {
        // Another test of this process may have installed it before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let server = Server::start(options).await.unwrap();
        Self { server, http: reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", Some(&self.bearer())).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, body, Some(&self.bearer())).await
    }

    pub(crate) async fn form(&self, path: &str, body: &str) -> Answer {
        let request = self.http.post(self.server.base_url() + path).body(body.to_owned());
        read(request.header("content-type", "application/x-www-form-urlencoded")).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        body: &str,
        authorization: Option<&str>,
    ) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, self.server.base_url() + path).body(body.to_owned());
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        read(request).await
    }

    /// The entries of these types (none: all) at `skip..skip + take`.
    pub(crate) async fn page(&self, ticket: u64, types: &[&str], skip: u64, take: u64) -> Vec<Value> {
        let body = serde_json::json!({ "action_types": types }).to_string();
        let answer = self.post(&format!("/tickets/{ticket}/log?take={take}&skip={skip}"), &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json["errorCode"], -1);
        answer.data()
    }

    /// A whole log, newest first.
    pub(crate) async fn all(&self, ticket: u64, types: &[&str]) -> Vec<Value> {
        let mut entries = Vec::new();
        loop {
            let page = self.page(ticket, types, entries.len() as u64, 50).await;
            let short = page.len() < 50;
            entries.extend(page);
            if short {
                return entries;
            }
        }
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.server.token())
    }
}

async fn read(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.bytes().await.unwrap().to_vec();
    Answer { status, json: serde_json::from_slice(&bytes).unwrap_or_default(), bytes }
}

pub(crate) fn types_of(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["actionType"].as_str().unwrap()).collect()
}

pub(crate) fn time(entry: &Value) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(entry["time"].as_str()?).ok()
}

pub(crate) fn assert_newest_first(entries: &[Value]) {
    let times: Vec<_> = entries.iter().filter_map(time).collect();
    assert!(
        times.windows(2).all(|pair| pair[0] > pair[1]),
        "{:?}",
        times.windows(2).find(|it| it[0] <= it[1])
    );
}

pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap()
}
