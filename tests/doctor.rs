//! `ticketlog doctor`: what it finds, what it exits with, and what it never tells.
#![expect(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "a test fails by panicking")]

#[path = "support/canary.rs"]
mod canary;
#[path = "support/fault_server.rs"]
#[expect(dead_code, reason = "each test target uses a part of it")]
mod fault_server;

use std::process::{Command, Stdio};

use fault_server::{FaultServer, Step};
use ticketlog::demo;

const TOKEN: &str = "CANARY-7f3a9c";
const SAMPLE: &str = "255762";

/// What the doctor printed, and how it ended.
#[derive(Debug)]
struct Told {
    lines: Vec<String>,
    code: i32,
}

impl Told {
    /// The mark and the words of a line.
    fn about(&self, subject: &str) -> (&str, &str) {
        let of = |line: &str| line[6..].split("  ").next().unwrap().to_owned();
        let line = self.lines.iter().find(|line| of(line) == subject);
        let line = line.unwrap_or_else(|| panic!("nothing about {subject}: {self:#?}"));
        (line[..4].trim(), line[19..].trim())
    }
}

async fn doctor(args: &[&str], env: &[(&str, &str)]) -> Told {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.arg("doctor").args(args).env_clear().envs(env.iter().copied()).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || canary::output(&mut command)).await.unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')), "{text}");
    assert!(!text.contains("demo-access"), "{text}");
    Told { lines: text.lines().map(str::to_owned).collect(), code: output.status.code().unwrap() }
}

/// What is told of a server that answers everything with this.
async fn about(answer: &str, args: &[&str]) -> Told {
    let server = FaultServer::answering(answer).await;
    let told = doctor(
        &[&["--base-url", &format!("http://{}", server.host())], args].concat(),
        &[("TICKETLOG_ACCESS_TOKEN", TOKEN)],
    )
    .await;
    assert_eq!(server.connections(), 1, "asked once: {told:#?}");
    told
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
}

#[tokio::test]
async fn where_all_is_well_every_line_says_so() {
    let server = demo::Server::start(demo::Options::default()).await.unwrap();
    let address = server.base_url();
    let env = [("TICKETLOG_ACCESS_TOKEN", server.token()), ("TICKETLOG_BASE_URL", &address)];
    let told = doctor(&[SAMPLE], &env).await;
    assert_eq!(told.code, 0, "{told:#?}");
    let subjects = ["base URL", "token", "name", "proxy", "connection", "TLS", "server", "token used", "log"];
    for subject in subjects {
        assert_eq!(told.about(subject).0, "ok", "{told:#?}");
    }
    assert!(told.about("base URL").1.ends_with("from TICKETLOG_BASE_URL"), "{told:#?}");
    assert_eq!(told.about("log").1, "the log of ticket 255762 can be read");
}

#[tokio::test]
async fn without_a_ticket_a_number_that_none_has_shows_that_the_api_is_there() {
    let server = demo::Server::start(demo::Options::default()).await.unwrap();
    let env = [("TICKETLOG_ACCESS_TOKEN", server.token())];
    let told = doctor(&["--base-url", &server.base_url()], &env).await;
    assert_eq!((told.code, told.about("token used").0), (0, "ok"), "{told:#?}");
    assert_eq!(told.about("log").0, "-", "{told:#?}");
    let told = doctor(&["99", "--base-url", &server.base_url()], &env).await;
    assert_eq!((told.code, told.about("log").0), (5, "FAIL"), "{told:#?}");
}

#[tokio::test]
async fn each_failure_stands_in_its_line_and_the_rest_is_not_tried() {
    let said = r#"{"errorCode":7,"errorText":"CANARY, a customer's words"}"#;
    for (status, subject, code) in [
        ("401 CANARY", "token used", 3),
        ("403 CANARY", "token used", 3),
        ("400 CANARY", "log", 4),
        ("429 CANARY", "server", 4),
        ("500 CANARY", "server", 4),
        ("200 OK", "log", 4),
        ("404 CANARY", "log", 5),
    ] {
        let told = about(&answer(status, "", said), &["7"]).await;
        assert_eq!((told.code, told.about(subject).0), (code, "FAIL"), "{status}: {told:#?}");
        let failures = told.lines.iter().filter(|line| line.starts_with("FAIL")).count();
        assert_eq!(failures, 1, "{told:#?}");
    }
    for other in [
        answer("302 Found", "Location: https://other.example/CANARY?x\r\n", ""),
        answer("404 Not Found", "", "CANARY"),
        answer("200 OK", "Content-Type: text/html\r\n", "<html>CANARY"),
        answer("401 No", "Content-Type: text/html\r\n", "<html>CANARY"),
        answer("403 No", "", "<html>CANARY"),
        answer("403 No", "", "CANARY"),
        answer("407 No", "Content-Type: text/html\r\n", "CANARY"),
        answer("451 No", "Content-Type: text/html\r\n", "CANARY"),
        answer("511 No", "Content-Type: text/html\r\n", "CANARY"),
        answer("200 OK", "Content-Encoding: CANARY\r\n", "x"),
        "SSH-2.0-CANARY\r\n\r\n".to_owned(),
        String::new(),
    ] {
        let told = about(&other, &[]).await;
        assert_eq!((told.code, told.about("server").0), (4, "FAIL"), "{other}: {told:#?}");
        assert_eq!((told.about("connection").0, told.about("token used").0), ("ok", "-"), "{told:#?}");
    }
}

#[tokio::test]
async fn a_server_without_tls_and_one_that_is_not_there_are_told_apart() {
    let server = FaultServer::start(vec![vec![Step::Send(b"HTTP/1.1 400 Bad\r\n\r\n".to_vec())]]).await;
    let certificates = tempfile::NamedTempFile::new().unwrap();
    let key = rcgen::generate_simple_self_signed(["other.example".to_owned()]).unwrap();
    std::fs::write(&certificates, key.cert.pem()).unwrap();
    let file = certificates.path().to_str().unwrap();
    let env = [("TICKETLOG_ACCESS_TOKEN", TOKEN), ("SSL_CERT_FILE", file)];
    let told = doctor(&["--base-url", &format!("https://{}", server.host())], &env).await;
    assert_eq!((told.code, told.about("connection").0, told.about("TLS").0), (4, "ok", "FAIL"), "{told:#?}");
    assert!(told.about("TLS").1.contains("does not speak TLS on this port"), "{told:#?}");
    let told = doctor(&["--base-url", "http://127.0.0.1:1"], &env).await;
    assert_eq!((told.code, told.about("connection").0, told.about("TLS").0), (4, "FAIL", "-"), "{told:#?}");
    let told = doctor(&["--base-url", "https://ticketlog.invalid"], &env).await;
    assert_eq!((told.code, told.about("name").0, told.about("server").0), (4, "FAIL", "-"), "{told:#?}");
}

#[tokio::test]
async fn a_proxy_is_named_without_its_password_and_names_are_left_to_it() {
    let proxy = FaultServer::answering(answer("407 CANARY", "", "")).await;
    let address = format!("http://me:{TOKEN}@{}", proxy.host());
    let certificates = tempfile::NamedTempFile::new().unwrap();
    let key = rcgen::generate_simple_self_signed(["other.example".to_owned()]).unwrap();
    std::fs::write(&certificates, key.cert.pem()).unwrap();
    let env = [
        ("TICKETLOG_ACCESS_TOKEN", TOKEN),
        ("HTTPS_PROXY", &address),
        ("SSL_CERT_FILE", certificates.path().to_str().unwrap()),
    ];
    let told = doctor(&["--base-url", "https://ticketlog.invalid"], &env).await;
    assert_eq!((told.code, told.about("proxy").0), (4, "FAIL"), "{told:#?}");
    assert!(told.about("proxy").1.contains(&proxy.host()), "{told:#?}");
    assert_eq!((told.about("name").0, told.about("connection").0), ("-", "-"), "{told:#?}");
    let before = proxy.connections();
    for (wrong, subject) in [(&[][..], "token"), (&["--ca-file", "/nonexistent"], "CA file")] {
        let args = [&["--base-url", "https://ticketlog.invalid"], wrong].concat();
        let told = doctor(&args, &env[1..]).await;
        assert_eq!((told.about(subject).0, told.about("name").0), ("FAIL", "-"), "{told:#?}");
        assert!(told.about("name").1.contains("left to the proxy"), "{told:#?}");
    }
    assert_eq!(proxy.connections() - before, 1, "tried without a token too");
}

#[tokio::test]
async fn without_a_token_the_way_to_the_api_is_tried_all_the_same() {
    let known = r#"{"data":null,"errorCode":7,"errorText":"CANARY"}"#;
    for (status, server) in [("401 No", "ok"), ("404 CANARY", "ok"), ("500 CANARY", "FAIL")] {
        let listening = FaultServer::answering(answer(status, "", known)).await;
        let told = doctor(&["7", "--base-url", &format!("http://{}", listening.host())], &[]).await;
        assert_eq!((told.code, told.about("token").0), (2, "FAIL"), "{told:#?}");
        for subject in ["name", "proxy", "connection", "TLS"] {
            assert_eq!(told.about(subject).0, "ok", "{told:#?}");
        }
        assert_eq!(told.about("server").0, server, "{told:#?}");
        assert_eq!((told.about("token used").0, told.about("log").0), ("-", "-"), "{told:#?}");
        let requests = listening.requests();
        assert_eq!(requests.len(), 1);
        assert!(!requests[0].to_lowercase().contains("authorization"), "{told:#?}");
    }
    let told = doctor(&["--base-url", "http://127.0.0.1:1"], &[]).await;
    assert_eq!((told.about("connection").0, told.about("TLS").0), ("FAIL", "-"), "{told:#?}");
}

#[tokio::test]
async fn what_is_wrong_with_the_settings_decides_the_exit_code_and_the_network_is_tried_as_far_as_it_can_be()
{
    let env = [("TICKETLOG_BASE_URL", "ftp://me:CANARY@x?CANARY"), ("TICKETLOG_ACCESS_TOKEN", TOKEN)];
    let told = doctor(&[], &env).await;
    assert_eq!((told.code, told.about("configuration").0), (2, "FAIL"), "{told:#?}");
    let told = doctor(&["--base-url", "http://127.0.0.1:1"], &[]).await;
    assert_eq!((told.code, told.about("token").0, told.about("name").0), (2, "FAIL", "ok"), "{told:#?}");
    let token_url = ["--base-url", "http://127.0.0.1:1", "--token-url", "http://127.0.0.1:1/token"];
    let told = doctor(&token_url, &[]).await;
    assert_eq!((told.code, told.about("token").0, told.about("name").0), (3, "FAIL", "ok"), "{told:#?}");
    let bad = [("TICKETLOG_ACCESS_TOKEN", "CANARY\nCANARY")];
    let told = doctor(&["--base-url", "http://127.0.0.1:1"], &bad).await;
    assert_eq!((told.code, told.about("token").0), (2, "FAIL"), "{told:#?}");
}

/// H27
#[tokio::test]
async fn hostile_variables_are_text_and_a_clock_that_is_wrong_is_told() {
    let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    let server = FaultServer::answering(answer("401 No", date, "")).await;
    let hostile = "\x1b]0;owned\x07\u{9b}2J\u{202e}\r\n";
    let names = ["TERM", "LANG", "COLORTERM", "TMUX", "TZ", "HTTPS_PROXY"];
    let mut env: Vec<_> = names.into_iter().map(|name| (name, hostile)).collect();
    env.extend([("TICKETLOG_ACCESS_TOKEN", TOKEN), ("PATH", "/nonexistent")]);
    let told = doctor(&["--base-url", &format!("http://{}", server.host())], &env).await;
    assert_eq!((told.code, told.about("clock").0), (3, "hint"), "{told:#?}");
    assert!(told.about("clock").1.contains("days ahead of the server"), "{told:#?}");
    let used = told.about("token used").1;
    assert!(
        used.contains("(HTTP 401); the clocks differ, this computer is about ")
            && used.contains(" ahead of 127.0.0.1:"),
        "{told:#?}"
    );
    assert!(told.about("multiplexer").1.starts_with("tmux does not answer"), "{told:#?}");
}
