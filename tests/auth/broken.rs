//! What breaks on the way: a disk, a session that is killed, one that hangs, clocks. What is kept is whole afterwards.

use std::{
    fs::{self, File},
    time::Duration,
};

use serde_json::json;
use ticketlog::{
    api::{Authorities, BaseUrl, Renew as _, Timeouts},
    auth::{Network, Renewal, Source, Wanted},
    model::failure::Retry,
};

use crate::{
    session::{Session, end, ran},
    token_server::{CLIENT_ID, SEED},
};

const LOG: &[&str] = &["7"];

/// The steps of writing what is kept.
const STEPS: u32 = 6;

fn renewal(session: &Session) -> Renewal {
    let wanted = Wanted {
        profile: String::new(),
        base: BaseUrl::parse(&session.server.url()).unwrap(),
        token_url: BaseUrl::parse(&format!("{}/token", session.server.url())).unwrap(),
        client_id: CLIENT_ID.to_owned(),
        folder: Some(session.state.join("tokens")),
    };
    let authorities = Authorities::default();
    let network = Network { timeouts: Timeouts::default(), authorities: &authorities, trace: None };
    wanted.renewal(Source::Environment(SEED.into()), network).unwrap()
}

/// C08, C10
#[test]
fn wherever_writing_ends_the_old_token_or_the_new_one_is_there_and_whole() {
    for (how, step) in (1..=STEPS).flat_map(|step| [("fail", step), ("end", step)]) {
        let session = Session::new();
        session.server.told().rotates = false;
        session.run(LOG).fine();
        session.change("ends", json!(0));
        let mut command = session.command(LOG);
        let said = ran(command.env("TICKETLOG_FAULT", format!("{how}-keep-{step}")));
        assert_eq!(said.code, (how == "fail").then_some(0), "{how} {step}: {said:?}");
        let warnings = usize::from(how == "fail");
        assert_eq!(said.err.matches("cannot be kept").count(), warnings, "{how} {step}: {said:?}");
        // Only the last step comes after the new one has its name.
        let whole = if step < STEPS { "CANARY-access-1" } else { "CANARY-access-2" };
        assert_eq!(session.document()["access_token"], whole, "{how} {step}");
        session.change("ends", json!(0));
        session.run(LOG).fine();
        let left = fs::read_dir(session.state.join("tokens")).unwrap();
        assert_eq!(left.count(), 2, "{how} {step}: the token and the lock");
    }
}

/// C08, K01
#[test]
fn whichever_call_is_refused_no_refresh_token_is_used_twice() {
    let refused = |call: u32| {
        let session = Session::new();
        session.run(LOG).fine();
        session.change("ends", json!(0));
        let seen = session.folder.path().join("seen");
        fs::write(&seen, "").unwrap();
        let mut command = session.command(LOG);
        command.env("TICKETLOG_FAULT", format!("fail-account-{call}"));
        let said = ran(command.env("TICKETLOG_FAULT_SEEN", &seen));
        assert!(matches!(said.code, Some(0 | 3)), "{call}: {said:?}");
        let mut exchanges = session.server.told().exchanges.clone();
        exchanges.sort();
        assert!(exchanges.windows(2).all(|two| two[0] != two[1]), "{call}: {exchanges:?}");
        if !said.err.contains("cannot be kept") {
            session.run(LOG).fine();
        }
        !seen.exists()
    };
    let count = (1..100).take_while(|call| refused(*call)).count();
    assert!((10..99).contains(&count), "{count} calls were refused");
}

/// C10
#[test]
fn a_file_system_without_locks_is_used_without_them() {
    let session = Session::new();
    let mut command = session.command(LOG);
    let said = ran(command.env("TICKETLOG_FAULT", "fail-lock")).fine();
    assert_eq!((said.err.as_str(), session.redeemed()), ("", 1));
    assert_eq!(session.document()["access_token"], "CANARY-access-1");
}

/// C12
#[test]
fn a_session_that_is_killed_while_it_renews_keeps_nobody_waiting() {
    let session = Session::new();
    session.server.told().stalls = 1;
    let mut killed = session.command(LOG).spawn().unwrap();
    session.server.until_exchanges(1);
    let waiting = session.command(LOG).spawn().unwrap();
    killed.kill().unwrap();
    killed.wait().unwrap();
    end(waiting).fine();
    assert_eq!((session.redeemed(), session.exchanges()), (1, 2));
}

/// C13
#[tokio::test]
async fn while_another_session_hangs_the_old_token_is_used_until_it_ends() {
    let session = Session::new();
    let renewal = renewal(&session);
    let first = renewal.current().await.unwrap();
    session.change("ends", json!(0));
    let lock = File::open(session.files("lock").remove(0)).unwrap();
    lock.lock().unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(3545)).await;
    let second = renewal.current().await.unwrap();
    assert!(secrecy::ExposeSecret::expose_secret(&first) == secrecy::ExposeSecret::expose_secret(&second));
    tokio::time::advance(Duration::from_mins(1)).await;
    let failure = renewal.current().await.unwrap_err();
    assert!(failure.sentence.escaped().contains("another session is renewing"), "{failure:?}");
    assert_eq!(failure.retry, Retry::Never, "it was waited for long enough");
    assert_eq!(session.exchanges(), 1);
    tokio::time::resume();
    drop(lock);
    renewal.current().await.unwrap();
    assert_eq!(session.exchanges(), 2, "and then it is renewed");
}

/// C33
#[tokio::test]
async fn while_nobody_asks_nothing_is_renewed_and_then_once() {
    let session = Session::new();
    let renewal = renewal(&session);
    renewal.current().await.unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_hours(8)).await;
    tokio::time::resume();
    assert_eq!(session.exchanges(), 1);
    session.change("ends", json!(0));
    for _ in 0..3 {
        renewal.current().await.unwrap();
    }
    assert_eq!(session.exchanges(), 2);
}

/// C21
#[test]
fn a_clock_that_jumps_a_day_costs_one_exchange() {
    for jump in [|ends| ends - 86_400, |ends| ends + 86_400, |_| u64::MAX] {
        let session = Session::new();
        session.run(LOG).fine();
        let ends: u64 = jump(session.document()["ends"].as_u64().unwrap());
        session.change("ends", json!(ends));
        session.server.told().withdraw();
        session.run(LOG).fine();
        session.run(LOG).fine();
        assert_eq!((session.redeemed(), session.exchanges()), (2, 2), "{ends}");
    }
}

#[tokio::test]
async fn a_session_that_runs_does_not_bring_back_what_a_logout_forgot() {
    for source in [Source::Login, Source::Environment(SEED.into())] {
        forgotten_while_it_runs(source).await;
    }
}

async fn forgotten_while_it_runs(source: Source) {
    let session = Session::new();
    if matches!(source, Source::Login) {
        session.log_in(SEED).fine();
    } else {
        session.run(LOG).fine();
    }
    let wanted = Wanted {
        profile: String::new(),
        base: BaseUrl::parse(&session.server.url()).unwrap(),
        token_url: BaseUrl::parse(&format!("{}/token", session.server.url())).unwrap(),
        client_id: CLIENT_ID.to_owned(),
        folder: Some(session.state.join("tokens")),
    };
    let authorities = Authorities::default();
    let network = Network { timeouts: Timeouts::default(), authorities: &authorities, trace: None };
    let renewal = wanted.renewal(source, network).unwrap();
    let token = renewal.current().await.unwrap();
    ran(&mut session.bare(&["auth", "logout"])).fine();
    let failure = renewal.after(&token).await.unwrap_err();
    assert!(failure.sentence.escaped().contains("logged out of this account"), "{failure:?}");
    assert!(renewal.current().await.is_err(), "nor with the next request");
    assert!(session.files("json").is_empty());
    assert_eq!(session.exchanges(), 1);
}
