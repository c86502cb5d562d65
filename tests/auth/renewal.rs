//! When a token is exchanged: ahead of its end, once when it is refused, never twice for one need.

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use axum::http::StatusCode;
use serde_json::json;
use ticketlog::{
    api::{Authorisation, Authorities, BaseUrl, Client, Options, Renew as _, Timeouts},
    auth::{Network, Renewal, Source, Wanted},
    model::query::{Query, Window},
};

use crate::{
    fault_server::{FaultServer, Step},
    session::Session,
    token_server::{CLIENT_ID, SEED, TokenServer},
};

const FIRST: Window = Window { skip: 0, take: 50 };

fn network(authorities: &Authorities) -> Network<'_> {
    Network { timeouts: Timeouts::default(), authorities, trace: None }
}

fn renewal(token_url: &str) -> Renewal {
    renewal_in(None, token_url)
}

fn renewal_in(folder: Option<PathBuf>, token_url: &str) -> Renewal {
    let wanted = Wanted {
        profile: String::new(),
        base: BaseUrl::parse("https://api.example").unwrap(),
        token_url: BaseUrl::parse(token_url).unwrap(),
        client_id: CLIENT_ID.to_owned(),
        folder,
    };
    assert!(!format!("{wanted:?}").contains("CANARY"));
    let source = Source::Environment(SEED.into());
    assert!(!format!("{source:?}").contains("CANARY"));
    wanted.renewal(source, network(&Authorities::default())).unwrap()
}

fn client(base: &str, renewal: Renewal) -> Client {
    let token = Authorisation::Renewed(Arc::new(renewal));
    let base = BaseUrl::parse(base).unwrap();
    let options = Options { base, token, timeouts: Timeouts::default(), authorities: Authorities::default() };
    assert!(!format!("{options:?}").contains("CANARY"));
    Client::new(options).unwrap()
}

fn client_of(server: &TokenServer) -> Client {
    client(&server.url(), renewal(&format!("{}/token", server.url())))
}

/// C18
#[tokio::test]
async fn odd_lives_of_a_token_do_no_harm() {
    for odd in ["0", "-1", "1e18", "1000000000000000000", "\"3599\"", "null", "[]", "1.5", "1", ""] {
        let server = TokenServer::start();
        server.told().expires_in = if odd.is_empty() { None } else { serde_json::from_str(odd).unwrap() };
        let client = client_of(&server);
        for _ in 0..5 {
            client.log(7, &Query::All, FIRST).await.unwrap();
        }
        assert_eq!(server.told().exchanges.len(), 1, "{odd}");
    }
}

#[tokio::test]
async fn a_token_is_renewed_a_margin_ahead_of_its_end() {
    let session = Session::new();
    for folder in [None, Some(session.state.join("tokens"))] {
        let server = TokenServer::start();
        server.told().expires_in = Some(json!(40));
        let token_url = format!("{}/token", server.url());
        let client = client(&server.url(), renewal_in(folder, &token_url));
        client.log(7, &Query::All, FIRST).await.unwrap();
        // Of 40 seconds ten are the margin: eight are left.
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(32)).await;
        tokio::time::resume();
        client.log(7, &Query::All, FIRST).await.unwrap();
        assert_eq!(server.told().redeemed, 2);
    }
}

#[test]
fn a_token_that_an_earlier_run_kept_is_renewed_the_same_margin_ahead() {
    let session = Session::new();
    session.server.told().expires_in = Some(json!(40));
    session.run(&["7"]).fine();
    let ends = |session: &Session| session.document()["ends"].as_u64().unwrap();
    session.change("ends", json!(ends(&session) - 31));
    session.run(&["7"]).fine();
    assert_eq!(session.redeemed(), 2, "of 40 seconds ten are the margin");
    session.change("lasts", json!(3599));
    session.change("ends", json!(ends(&session) + 10));
    session.server.told().answer = Some((StatusCode::BAD_GATEWAY, Vec::new(), String::new()));
    session.run(&["7"]).fine();
    let told = session.server.told();
    assert_eq!(told.redeemed, 2, "the old one is good until it ends");
    assert!(told.exchanges.len() > 2, "a new one was asked for");
}

/// H16
#[test]
fn a_page_for_people_in_the_place_of_the_api_costs_no_token() {
    for status in [401, 403, 407, 451, 511] {
        let session = Session::new();
        session.server.told().in_between = Some(status);
        let sentence = format!("this is not the API: got an HTML page from 127.0.0.1:PORT (HTTP {status})");
        let port = session.server.url().rsplit(':').next().unwrap().to_owned();
        session.run(&["7"]).fails(4, &sentence.replace("PORT", &port));
        assert_eq!(session.exchanges(), 1, "{status}: none but the first");
        let said = session.run(&["doctor"]).fails_with(4, "FAIL  server       this is not the API");
        assert!(said.out.contains("-     token used"), "{said:?}");
        session.server.told().in_between = None;
        session.run(&["7"]).fine();
        assert_eq!(session.redeemed(), 1, "{status}");
    }
}

/// C20
#[tokio::test]
async fn twenty_requests_that_are_refused_at_once_share_one_exchange() {
    let server = TokenServer::start();
    let session = Session::new();
    let wanted = Wanted {
        profile: String::new(),
        base: BaseUrl::parse(&server.url()).unwrap(),
        token_url: BaseUrl::parse(&format!("{}/token", server.url())).unwrap(),
        client_id: CLIENT_ID.to_owned(),
        folder: Some(session.state.join("tokens")),
    };
    let authorities = Authorities::default();
    let renewal = |source| wanted.clone().renewal(source, network(&authorities)).unwrap();
    let first = client(&server.url(), renewal(Source::Environment(SEED.into())));
    first.log(7, &Query::All, FIRST).await.unwrap();
    server.told().withdraw();
    let client = client(&server.url(), renewal(Source::Environment(SEED.into())));
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        asking.spawn(async move { client.log(7, &Query::All, FIRST).await.map(drop) });
    }
    for answer in asking.join_all().await {
        answer.unwrap();
    }
    assert_eq!(server.told().exchanges.len(), 2);
}

/// C18
#[tokio::test]
async fn while_the_old_token_is_good_an_exchange_that_fails_is_tried_again_later_each_time() {
    let server = TokenServer::start();
    let renewal = renewal(&format!("{}/token", server.url()));
    renewal.current().await.unwrap();
    server.told().answer = Some((StatusCode::BAD_GATEWAY, Vec::new(), String::new()));
    tokio::time::pause();
    tokio::time::advance(Duration::from_mins(59)).await;
    for (exchanges, rest) in [(2, 5), (3, 10), (4, 20)] {
        tokio::time::resume();
        renewal.current().await.unwrap();
        assert_eq!(server.told().exchanges.len(), exchanges);
        // Whoever asks meanwhile gets the old one without a word to the server.
        tokio::time::pause();
        for _ in 0..20 {
            renewal.current().await.unwrap();
        }
        tokio::time::advance(Duration::from_millis(rest * 1000 - 500)).await;
        renewal.current().await.unwrap();
        assert_eq!(server.told().exchanges.len(), exchanges);
        tokio::time::advance(Duration::from_millis(500)).await;
    }
    server.told().answer = None;
    tokio::time::resume();
    renewal.current().await.unwrap();
    assert_eq!(server.told().redeemed, 2);
    assert_eq!(server.told().exchanges.len(), 5);
    // One that has ended is of no use to anybody.
    server.told().answer = Some((StatusCode::BAD_GATEWAY, Vec::new(), String::new()));
    tokio::time::pause();
    tokio::time::advance(Duration::from_hours(1)).await;
    tokio::time::resume();
    for exchanges in [6, 7] {
        renewal.current().await.unwrap_err();
        assert_eq!(server.told().exchanges.len(), exchanges);
    }
}

#[tokio::test]
async fn twenty_requests_that_wait_for_an_exchange_that_fails_wait_once() {
    let server = TokenServer::start();
    server.told().answer = Some((StatusCode::BAD_GATEWAY, Vec::new(), String::new()));
    let client = client_of(&server);
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        asking.spawn(async move { client.log(7, &Query::All, FIRST).await.map(drop) });
    }
    assert!(asking.join_all().await.iter().all(Result::is_err));
    assert_eq!(server.told().exchanges.len(), 1);
}

/// C16
#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for_once_more_with_the_same_token() {
    let body = r#"{"access_token":"CANARY-access-1","expires_in":3599}"#;
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let lost = vec![Step::Request, Step::Reset];
    let found = vec![Step::Request, Step::Send(answer.into_bytes())];
    let tokens = FaultServer::start(vec![lost.clone(), found]).await;
    let page = r#"{"data":[],"errorCode":-1,"errorText":null}"#;
    let page = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{page}", page.len());
    let api = FaultServer::answering(page).await;
    let asking =
        client(&format!("http://{}", api.host()), renewal(&format!("http://{}/token", tokens.host())));
    asking.log(7, &Query::All, FIRST).await.unwrap();
    let requests = tokens.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
    let tokens = FaultServer::start(vec![lost]).await;
    let asking =
        client(&format!("http://{}", api.host()), renewal(&format!("http://{}/token", tokens.host())));
    asking.log(7, &Query::All, FIRST).await.unwrap_err();
    assert_eq!(tokens.connections(), 2, "and no more");
}

/// C19
#[test]
fn an_access_token_that_is_refused_is_renewed_once() {
    let session = Session::new();
    session.run(&["7"]).fine();
    session.server.told().withdraw();
    session.run(&["7"]).fine();
    assert_eq!(session.redeemed(), 2);
    session.server.told().accepts_none = true;
    let before = session.server.told().asked.len();
    let said = session.run(&["7"]).fails(3, "does not accept the access token (HTTP 401)");
    assert!(said.err.contains("check that base URL and token URL belong together"), "{said:?}");
    let told = session.server.told();
    assert_eq!((told.redeemed, told.asked.len() - before), (3, 2), "the second refusal stands");
}

/// C17
#[test]
fn a_server_that_does_not_change_refresh_tokens_gets_the_same_one_again() {
    let session = Session::new();
    session.server.told().rotates = false;
    session.run(&["7"]).fine();
    session.change("ends", json!(0));
    session.run(&["7"]).fine();
    assert_eq!((session.redeemed(), session.document()["refresh_token"].as_str()), (2, Some(SEED)));
}

/// C14
#[test]
fn who_was_overtaken_takes_over_the_newer_token() {
    let session = Session::new();
    session.run(&["7"]).fine();
    let newer = fs::read(session.file()).unwrap();
    session.change("refresh_token", json!("CANARY-older"));
    session.change("ends", json!(0));
    session.server.told().overtaken = Some((session.file(), newer));
    session.run(&["7"]).fine();
    assert_eq!((session.redeemed(), session.exchanges()), (1, 2));
}

/// C15
#[test]
fn a_refresh_token_that_is_refused_is_told_and_what_is_kept_stays() {
    let session = Session::new();
    session.run(&["7"]).fine();
    session.change("refresh_token", json!("CANARY-older"));
    session.change("ends", json!(0));
    let kept = fs::read(session.file()).unwrap();
    session.run(&["7"]).fails(3, "does not accept the refresh token (HTTP 400, invalid_grant)");
    assert_eq!(session.exchanges(), 2, "once");
    assert_eq!(fs::read(session.file()).unwrap(), kept);
}
