//! What is said on standard error beside the table, and what is refused before anything is asked.

use std::{
    ffi::OsStr,
    fs::{self, Permissions},
    os::unix::{ffi::OsStrExt as _, fs::PermissionsExt as _},
};

use crate::{
    session::{Session, ran},
    token_server::SEED,
};

#[test]
fn a_login_is_refused_where_no_later_command_would_read_it() {
    let session = Session::new();
    let folder = session.state.join("tokens");
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    session.log_in(SEED).fails(3, &format!("chmod 700 '{}'", folder.display()));
    assert_eq!(session.exchanges(), 0, "the token is still good");
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    session.log_in(SEED).fine();
    ran(&mut session.bare(&["7"])).fine();
}

#[test]
fn a_variable_of_ours_that_is_no_text_is_refused_with_its_name() {
    let session = Session::new();
    for name in ["TICKETLOG_ACCESS_TOKEN", "TICKETLOG_REFRESH_TOKEN", "TICKETLOG_PROFILE", "TICKETLOG_STATE"]
    {
        for args in [&["7"][..], &["auth", "status"], &["config", "show"], &["config", "check"]] {
            let mut command = session.command(args);
            let said = ran(command.env(name, OsStr::from_bytes(b"CANARY\xff")));
            said.fails(2, &format!("{name} is not UTF-8. Set it again, or unset it."));
        }
    }
    let mut command = session.command(&["doctor"]);
    ran(command.env("TICKETLOG_BASE_URL", OsStr::from_bytes(b"\xff")))
        .fails_with(2, "TICKETLOG_BASE_URL is not UTF-8");
    assert_eq!(session.exchanges(), 0);
    let mut command = session.command(&["config", "check"]);
    ran(command.env("OTHER", OsStr::from_bytes(b"\xff"))).fine();
}

#[test]
fn a_link_whose_community_nobody_knows_is_opened_and_told() {
    let link = "https://inbox.socialboards.com/acme/tickets?ticketId=7";
    let session = Session::new();
    let told = "It is not known which community the account is of";
    assert!(session.run(&[link]).fine().err.contains(told));
    assert!(!session.run(&["7"]).fine().err.contains(told));
    let known = |community: &str| {
        let mut command = session.configured(&format!("community = \"{community}\""), &[link]);
        ran(command.env("TICKETLOG_REFRESH_TOKEN", SEED))
    };
    assert_eq!(known("acme").fine().err, "");
    known("beta").fails(2, "No profile is of the community acme");
}

#[test]
fn whoever_waits_for_a_busy_server_is_told_how_long() {
    let session = Session::new();
    session.server.told().busy = Some(3);
    let said = session.run(&["7"]).fine();
    assert!(said.err.contains("127.0.0.1"), "{said:?}");
    assert!(said.err.contains("has had too many requests (HTTP 429)"), "{said:?}");
    assert!(said.err.contains(". Asked again in 3 s."), "{said:?}");
    assert_eq!(said.err.lines().count(), 1, "{said:?}");
    session.server.told().busy = Some(0);
    assert_eq!(session.run(&["7"]).fine().err, "", "nobody needs to hear of a short wait");
}
