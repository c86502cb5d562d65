//! Several tokens that are given for one address, one after the other: what became of each is kept.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    session::{Said, Session, ran},
    token_server::SEED,
};

const OTHER: &str = "CANARY-other";

/// A run with a token.
fn run(session: &Session, token: &str) -> Said {
    let mut command = session.bare(&["7"]);
    ran(command.env("TICKETLOG_REFRESH_TOKEN", token))
}

/// As if the access tokens had ended meanwhile.
fn pass_time(session: &Session) {
    for path in session.files("json") {
        let mut document: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        document["ends"] = json!(0);
        fs::write(path, document.to_string()).unwrap();
    }
}

/// The name that the file had in earlier versions.
fn former(session: &Session) -> PathBuf {
    session.files("lock").remove(0).with_extension("json")
}

#[test]
fn a_token_that_is_given_takes_no_other_ones_place() {
    let session = Session::new();
    session.server.told().others = vec![OTHER.to_owned()];
    for round in 0..3 {
        for token in [SEED, OTHER] {
            run(&session, token).fine();
        }
        assert_eq!(session.redeemed(), 2 * (round + 1));
        assert_eq!(session.files("json").len(), 2);
        pass_time(&session);
    }
    assert_eq!(session.files("lock").len(), 1);
    let names: Vec<_> = session.files("json").into_iter().chain(session.files("lock")).collect();
    assert!(names.iter().all(|name| !name.display().to_string().contains("CANARY")), "{names:?}");
    let said = ran(&mut session.bare(&["auth", "logout"])).fine();
    assert!(said.out.contains("Logged out"), "{said:?}");
    assert!(session.files("json").is_empty());
}

#[test]
fn what_an_earlier_version_kept_is_used_and_replaced_by_its_own_token_alone() {
    let session = Session::new();
    session.server.told().others = vec![OTHER.to_owned()];
    run(&session, SEED).fine();
    fs::rename(session.file(), former(&session)).unwrap();
    run(&session, SEED).fine();
    assert_eq!(session.redeemed(), 1, "its access token is used");
    run(&session, OTHER).fine();
    assert!(former(&session).exists(), "it is the other one's");
    pass_time(&session);
    run(&session, SEED).fine();
    assert_eq!((session.redeemed(), session.exchanges()), (3, 3));
    assert!(!former(&session).exists());
    assert_eq!(session.files("json").len(), 2);
    fs::rename(session.files("json").remove(0), former(&session)).unwrap();
    ran(&mut session.bare(&["auth", "logout"])).fine();
    assert!(session.files("json").is_empty());
}

#[test]
fn of_tokens_that_change_with_every_run_the_last_twenty_are_kept() {
    let session = Session::new();
    session.server.told().others = (0..23).map(|at| format!("CANARY-{at}-")).collect();
    for at in 0..23 {
        run(&session, &format!("CANARY-{at}-")).fine();
    }
    assert_eq!(session.files("json").len(), 20);
    let before = session.redeemed();
    run(&session, "CANARY-22-").fine();
    run(&session, "CANARY-3-").fine();
    assert_eq!(session.redeemed(), before);
}
