//! What a failing server said, on standard error after the program has left (T12): the real program's bytes.

use std::process::{Command, Output, Stdio};

use crate::{fault_server::FaultServer, fields::beginnings};

/// Each so many of the strings: a process each.
const EVERY: usize = 8;

fn run(host: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ticketlog"))
        .args(["1", "--base-url", &format!("http://{host}")])
        .env_clear()
        .env("TICKETLOG_ACCESS_TOKEN", "CANARY-7f3a9c")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[tokio::test]
async fn what_a_failing_server_said_leaves_the_program_as_one_line_of_printable_ascii() {
    for (number, json) in beginnings().into_iter().step_by(EVERY) {
        let body = [b"{\"errorCode\":7,\"errorText\":".as_slice(), &json, b"}"].concat();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let server = FaultServer::answering([head.into_bytes(), body].concat()).await;
        let host = server.host();
        let output = tokio::task::spawn_blocking(move || run(&host)).await.unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "string {number}: {said}");
        assert!(output.stdout.is_empty(), "string {number}");
        let line = said.strip_prefix("ticketlog: ").and_then(|line| line.strip_suffix('\n')).unwrap();
        assert!(line.bytes().all(|byte| matches!(byte, b' '..=b'~')), "string {number}: {line}");
        assert!(line.contains("error 7") && !line.contains("CANARY"), "string {number}: {line}");
    }
}
