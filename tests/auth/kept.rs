//! What is kept from run to run: for whom, how safe, and what becomes of it when something is wrong with it.

use std::{
    fs::{self, File, Permissions},
    io::ErrorKind,
    net::TcpListener,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink},
};

use serde_json::json;

use crate::{
    session::{Session, end, ran},
    token_server::SEED,
};

const LOG: &[&str] = &["7"];

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

/// C05, C07
#[test]
fn the_changed_token_is_kept_for_the_owner_alone_and_used_by_the_next_run() {
    let session = Session::new();
    session.run(LOG).fine();
    session.run(LOG).fine();
    assert_eq!(session.redeemed(), 1, "the second run uses the first one's access token");
    assert_eq!(mode(&session.file()), 0o600);
    assert_eq!(mode(&session.files("lock")[0]), 0o600);
    assert_eq!(mode(session.file().parent().unwrap()), 0o700);
    session.change("ends", json!(0));
    session.run(LOG).fine();
    assert_eq!(session.redeemed(), 2, "the changed refresh token is good for another one");
    assert_eq!(session.document()["refresh_token"], "CANARY-refresh-2");
    assert_eq!(mode(&session.file()), 0o600);
}

/// C11
#[test]
fn twelve_sessions_at_once_exchange_once() {
    let session = Session::new();
    for round in 1..=2 {
        let sessions: Vec<_> = (0..12).map(|_| session.command(LOG).spawn().unwrap()).collect();
        for child in sessions {
            end(child).fine();
        }
        assert_eq!((session.redeemed(), session.exchanges()), (round, round));
        session.change("ends", json!(0));
    }
}

#[test]
fn a_new_token_of_the_user_goes_before_what_became_of_an_older_one() {
    let session = Session::new();
    session.run(LOG).fine();
    session.run(LOG).fine();
    let mut command = session.command(LOG);
    command.env("TICKETLOG_REFRESH_TOKEN", "CANARY-refresh-1");
    ran(&mut command).fine();
    assert_eq!(session.redeemed(), 2);
    assert!(session.server.told().exchanges[1].contains("refresh_token=CANARY-refresh-1&"));
}

/// C06
#[test]
fn what_others_may_have_read_or_written_is_refused_with_its_cure() {
    let session = Session::new();
    session.run(LOG).fine();
    let file = session.file();
    let folder = file.parent().unwrap();
    let quoted = |command: &str, path: &std::path::Path| format!("{command} '{}'", path.display());
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    session.run(LOG).fails(3, &quoted("chmod 600", &file));
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    session.run(LOG).fine();
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    session.run(LOG).fails(3, &quoted("chmod 700", folder));
    fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
    session.run(LOG).fine();
    let second = folder.join("second");
    fs::hard_link(&file, &second).unwrap();
    session.run(LOG).fails(3, "has a second name");
    fs::remove_file(&file).unwrap();
    symlink(&second, &file).unwrap();
    session.run(LOG).fails(3, "is a link");
    assert_eq!(session.exchanges(), 1, "nothing of it was sent");
}

/// C09
#[test]
fn what_cannot_be_understood_is_one_sentence_or_a_new_exchange() {
    for bytes in [&b""[..], b"{", b"[]", b"null", &vec![0xff; 10_000_000]] {
        let session = Session::new();
        session.server.told().rotates = false;
        session.run(LOG).fine();
        fs::write(session.file(), bytes).unwrap();
        session.run(LOG).fine();
        assert_eq!(session.exchanges(), 2);
        session.run(LOG).fine();
        assert_eq!(session.exchanges(), 2, "it is mended");
        let session = Session::new();
        session.log_in(SEED).fine();
        fs::write(session.file(), bytes).unwrap();
        let status = ran(&mut session.bare(LOG));
        status.fails(3, "log in again: ticketlog auth login");
    }
    let session = Session::new();
    session.run(LOG).fine();
    let file = session.file();
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    session.run(LOG).fails(3, "is no plain file");
}

/// C08
#[test]
fn what_was_left_half_written_is_swept_and_never_read() {
    let session = Session::new();
    session.run(LOG).fine();
    let name = session.file().file_stem().unwrap().to_str().unwrap().to_owned();
    let left = session.state.join(format!("tokens/.new-{name}-abc"));
    fs::write(&left, "{\"half\":").unwrap();
    session.run(LOG).fine();
    session.change("ends", json!(0));
    session.run(LOG).fine();
    assert!(!left.exists());
}

/// C10
#[test]
fn where_nothing_can_be_kept_the_run_works_and_says_so_once() {
    let session = Session::new();
    File::create(&session.state).unwrap();
    let said = session.run(LOG).fine();
    assert_eq!(said.err.matches("cannot be kept").count(), 1, "{said:?}");
}

/// C32
#[test]
fn a_refresh_token_goes_nowhere_while_nobody_named_the_token_url_of_its_api() {
    // A proxy sees whatever would leave this computer, and says so by asking for a password.
    let (session, between) = (Session::new(), TcpListener::bind("127.0.0.1:0").unwrap());
    let proxy = format!("http://{}", between.local_addr().unwrap());
    between.set_nonblocking(true).unwrap();
    let elsewhere = |args: &[&str]| {
        let mut command = session.bare(args);
        command.env_remove("TICKETLOG_TOKEN_URL").env("HTTPS_PROXY", &proxy);
        command.env("TICKETLOG_BASE_URL", "https://other.example/v1");
        command
    };
    let sentence = "TICKETLOG_BASE_URL names the API https://other.example/v1, and nothing names its token URL. \
                    Set token_url in the profile, TICKETLOG_TOKEN_URL or --token-url";
    for args in [LOG, &["auth", "status"]] {
        ran(elsewhere(args).env("TICKETLOG_REFRESH_TOKEN", SEED)).fails(2, sentence);
        ran(&mut elsewhere(args)).fails(2, sentence);
    }
    ran(&mut elsewhere(&["auth", "logout"])).fails(2, sentence);
    ran(&mut elsewhere(&["auth", "login"])).fails(2, sentence);
    let seen = between.accept().map(drop).map_err(|error| error.kind());
    assert_eq!(seen, Err(ErrorKind::WouldBlock), "something was sent");
    // An access token is used as it is: it needs none.
    let mut command = session.bare(LOG);
    command.env_remove("TICKETLOG_TOKEN_URL").env("TICKETLOG_ACCESS_TOKEN", "CANARY-nobody-knows");
    ran(&mut command).fails(3, "HTTP 401");
}

/// C32
#[test]
fn tokens_of_one_address_are_never_sent_to_another() {
    let (session, other) = (Session::new(), Session::new());
    session.log_in(SEED).fine();
    let mut command = session.bare(LOG);
    command.env("TICKETLOG_BASE_URL", other.server.url());
    ran(&mut command).fails(3, "No token for 127.0.0.1");
    let mut command = session.bare(LOG);
    command.env("TICKETLOG_TOKEN_URL", format!("{}/token", other.server.url()));
    ran(&mut command).fails(3, "No token for 127.0.0.1");
    // A file of another account under this one's name.
    session.change("about", json!("acme\nhttps://api.example"));
    ran(&mut session.bare(LOG)).fails(3, "log in again");
    let told = other.server.told();
    assert!(told.asked.is_empty() && told.exchanges.is_empty());
}
