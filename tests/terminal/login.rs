//! The question for the refresh token: what is typed is not shown, and the terminal is as before on every way out.

use tempfile::TempDir;

use crate::{
    pty::Terminal,
    token_server::{CLIENT_ID, SEED, TokenServer},
};

fn asked(server: &TokenServer, folder: &TempDir) -> Terminal {
    let (url, token_url) = (server.url(), format!("{}/token", server.url()));
    let env = [
        ("TICKETLOG_STATE", folder.path().to_str().unwrap()),
        ("TICKETLOG_BASE_URL", &url),
        ("TICKETLOG_TOKEN_URL", &token_url),
        ("TICKETLOG_CLIENT_ID", CLIENT_ID),
    ];
    let mut terminal = Terminal::start(120, 10, &["auth", "login"], &env);
    terminal.sees("Refresh token for 127.0.0.1");
    terminal
}

#[test]
fn a_token_that_is_typed_is_kept_and_never_shown() {
    let (server, folder) = (TokenServer::start(), TempDir::new().unwrap());
    let mut terminal = asked(&server, &folder);
    terminal.types(format!("x\x7fwrong\x15{SEED}\r").as_bytes());
    assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
    assert!(terminal.screen().contains("Logged in to 127.0.0.1"), "{}", terminal.screen());
    assert!(!String::from_utf8_lossy(&terminal.bytes).contains("CANARY"));
    terminal.assert_restored();
    assert_eq!(server.told().redeemed, 1);
}

#[test]
fn who_does_not_want_to_answer_keeps_nothing() {
    let (server, folder) = (TokenServer::start(), TempDir::new().unwrap());
    let mut terminal = asked(&server, &folder);
    terminal.types(b"CANARY-half\x03");
    assert_eq!(terminal.end().exit_code(), 130);
    assert!(!String::from_utf8_lossy(&terminal.bytes).contains("CANARY"));
    terminal.assert_restored();
    assert_eq!(server.told().exchanges.len(), 0);
}
