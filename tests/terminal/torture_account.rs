//! A login whose token has ended, or is taken back while the screen is open, so that it is renewed. Run again and again
//! with another call refused, or another request spoilt, each time: every way out is in order, and the token that is kept
//! is whole, the newest there is unless the program said that it could not be kept.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    between::{Between, Fault, failed, is_for_token},
    pty::Terminal,
    token_server::{CLIENT_ID, SEED, TokenServer},
};

/// More than the scenario makes.
const CALLS: usize = 200;

/// How often the server is looked at.
const GLANCE: Duration = Duration::from_millis(20);
const GLANCES: usize = 1500;

/// Why a token is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// It has ended.
    Ended,
    /// The server takes it back while the screen is open.
    Refused,
}

/// An account in which somebody has logged in.
struct Account {
    server: TokenServer,
    folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
struct End {
    code: u32,
    /// What was said after the screen was left.
    said: String,
    /// All came that was asked for.
    is_whole: bool,
}

impl Account {
    fn new() -> Self {
        let server = TokenServer::start();
        let url = server.url();
        Self::at(server, &url)
    }

    /// The same where the server is asked at another address.
    fn at(server: TokenServer, address: &str) -> Self {
        let account = Self { server, folder: TempDir::new().unwrap() };
        let mut terminal = account.start(address, &["auth", "login"], &[]);
        terminal.sees("Refresh token for ").types(format!("{SEED}\r").as_bytes());
        assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
        account
    }

    /// The tokens belong to the addresses, so these are the same in every run.
    fn start(&self, token_server: &str, args: &[&str], env: &[(&str, &str)]) -> Terminal {
        let token_url = format!("{token_server}/token");
        let own = [
            ("TICKETLOG_STATE", self.folder.path().to_str().unwrap()),
            ("TICKETLOG_BASE_URL", token_server),
            ("TICKETLOG_TOKEN_URL", &token_url),
            ("TICKETLOG_CLIENT_ID", CLIENT_ID),
        ];
        Terminal::start(80, 24, args, &[&own[..], env].concat())
    }

    fn file(&self) -> PathBuf {
        let files = fs::read_dir(self.folder.path().join("tokens")).unwrap();
        let mut files = files.map(|file| file.unwrap().path());
        let is_json = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
        files.find(is_json).unwrap()
    }

    /// Whole in any case.
    fn kept(&self) -> Value {
        serde_json::from_slice(&fs::read(self.file()).unwrap()).unwrap()
    }

    /// Opens, renews, refreshes and quits.
    fn run(&self, need: Need, what: &str, address: &str, env: &[(&str, &str)]) -> End {
        if need == Need::Ended {
            let mut kept = self.kept();
            kept["ends"] = json!(0);
            fs::write(self.file(), kept.to_string()).unwrap();
        }
        let mut terminal = self.start(address, &["7"], env);
        terminal.until(what, |screen| screen.contains("1 loaded") || failed(screen) || is_over(screen));
        if terminal.screen().contains("1 loaded") {
            let before = {
                let mut told = self.server.told();
                if need == Need::Refused {
                    told.withdraw();
                }
                told.answered
            };
            let mut left = GLANCES;
            while self.server.told().answered == before && !failed(&terminal.screen()) {
                assert!(left > 0, "{what}: never renewed\n{}", terminal.screen());
                // What is still being loaded is not asked for anew.
                if left.is_multiple_of(50) {
                    terminal.keys("r");
                }
                left -= 1;
                assert!(!terminal.ends_while_read(GLANCE), "{what}: {}", terminal.screen());
            }
        }
        let is_whole = terminal.screen().contains("1 loaded") && !failed(&terminal.screen());
        terminal.keys("Q");
        let code = terminal.end().exit_code();
        terminal.assert_restored();
        let written = String::from_utf8_lossy(&terminal.bytes).into_owned();
        let said = written.rsplit("\x1b[?1049l").next().unwrap_or_default().to_owned();
        assert!(!said.contains("This is a bug"), "{what}: {said}");
        assert!(matches!(code, 0 | 3 | 4), "{what}: {code} {said}");
        End { code, said, is_whole }
    }

    /// The newest refresh token is kept, unless the user was told.
    fn assert_kept(&self, what: &str, end: &End) {
        let newest = format!("CANARY-refresh-{}", self.server.told().redeemed);
        let kept = self.kept();
        let is_told = end.said.contains("cannot be kept");
        assert!(kept["refresh_token"] == newest || is_told, "{what}: {end:?}");
        let left: Vec<_> = names(&self.folder.path().join("tokens"));
        assert!(left.iter().all(|name| name.starts_with("token-")), "{what}: {left:?}");
    }
}

/// The program gave up before the screen was opened.
fn is_over(screen: &str) -> bool {
    screen.contains("ticketlog: ")
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name().to_str().unwrap().to_owned()).collect()
}

/// With this call refused. Whether there was one, and how it ended.
#[cfg(debug_assertions)]
fn refused(need: Need, call: usize) -> Option<End> {
    let (account, mark) = (Account::new(), TempDir::new().unwrap());
    let seen = mark.path().join("removed by the fault");
    fs::write(&seen, "").unwrap();
    let fault = format!("fail-account-{call}");
    let what = format!("{need:?} {fault}");
    let env = [("TICKETLOG_FAULT", fault.as_str()), ("TICKETLOG_FAULT_SEEN", seen.to_str().unwrap())];
    let end = account.run(need, &what, &account.server.url(), &env);
    account.assert_kept(&what, &end);
    if !end.said.contains("cannot be kept") {
        let again = account.run(Need::Ended, &format!("{what}, again"), &account.server.url(), &[]);
        assert!(again.code == 0 && again.is_whole, "{what}: {end:?} {again:?}");
    }
    (!seen.exists()).then_some(end)
}

/// With this request spoilt: how it ended, and how many requests there were.
fn spoilt(need: Need, request: usize, fault: Fault) -> (End, Vec<usize>) {
    let what = format!("{need:?} {fault:?} {request}");
    let server = TokenServer::start();
    let between = Between::start(&server.url(), request, fault);
    let account = Account::at(server, &between.base_url);
    let end = account.run(need, &what, &between.base_url, &[]);
    // What the server changed and could not tell is lost; what was kept before is still there.
    if !(is_for_token(request) && fault == Fault::Cut) {
        account.assert_kept(&what, &end);
    }
    account.kept();
    (end, between.requests.numbers())
}

/// K01
#[test]
fn whichever_request_about_an_account_is_spoilt_it_ends_in_order_and_the_token_is_kept() {
    let faults = [Fault::Closed, Fault::Cut, Fault::Broken, Fault::Refused, Fault::Html, Fault::Code];
    for need in [Need::Ended, Need::Refused] {
        let (end, requests) = spoilt(need, 0, Fault::Closed);
        assert!(end.code == 0 && end.is_whole && requests.len() >= 5, "{end:?} {requests:?}");
        for fault in faults {
            // The first exchange is that of the login.
            let spoiling = requests.iter().filter(|at| **at != 2);
            let ends: Vec<End> = spoiling.map(|at| spoilt(need, *at, fault).0).collect();
            assert!(ends.iter().any(|end| end.is_whole), "{fault:?}: {ends:?}");
        }
    }
}

/// K01
#[cfg(debug_assertions)]
#[test]
fn whichever_call_about_tokens_is_refused_the_newest_token_is_kept_or_the_user_is_told() {
    for need in [Need::Ended, Need::Refused] {
        let ends: Vec<End> = (1..CALLS).map_while(|call| refused(need, call)).collect();
        assert!((10..CALLS - 1).contains(&ends.len()), "{} calls were refused", ends.len());
        assert!(ends.iter().any(|end| end.is_whole) && ends.iter().any(|end| !end.is_whole), "{ends:?}");
        assert!(ends.iter().any(|end| end.said.contains("cannot be kept")), "{ends:?}");
    }
}
