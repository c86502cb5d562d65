//! What a trace tells of each request, and what it must never tell.

use std::{
    fs,
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex},
};

use chrono::DateTime;
use ticketlog::{
    api::{BaseUrl, Client, Options, Timeouts, Trace},
    model::{
        query::{Query, Window},
        text::Untrusted,
    },
};

use crate::{
    FIRST, PAGE, TOKEN, canary,
    fault_server::{FaultServer, Step},
    hasty, http, json, patient,
};

/// A client, and the lines of its trace without their milliseconds.
struct Traced {
    client: Client,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Traced {
    fn new(server: &FaultServer, timeouts: Timeouts) -> Self {
        let base = BaseUrl::parse(&format!("http://{}/v2", server.host())).unwrap();
        let options = Options {
            base,
            token: TOKEN.into(),
            timeouts,
            authorities: ticketlog::api::Authorities::default(),
        };
        let lines = Arc::<Mutex<Vec<String>>>::default();
        let taken = Arc::clone(&lines);
        let trace = Trace::new(
            || DateTime::from_timestamp_millis(1_700_000_000_123).unwrap(),
            move |line| taken.lock().unwrap().push(line),
        );
        Self { client: Client::traced(options, Some(trace)).unwrap(), lines }
    }

    fn lines(&self) -> Vec<String> {
        let lines = self.lines.lock().unwrap();
        let line = |line: &String| {
            assert!(
                line.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !line.contains("CANARY"),
                "{line}"
            );
            let (rest, milliseconds) = line.rsplit_once(" ms=").unwrap();
            assert!(milliseconds.parse::<u64>().is_ok(), "{line}");
            rest.strip_prefix("2023-11-14T22:13:20.123Z ").unwrap().to_owned()
        };
        lines.iter().map(line).collect()
    }
}

/// C28
#[tokio::test]
async fn each_request_is_a_line_with_what_was_asked_and_how_it_ended() {
    let ticket = r#"{"data":{"title":"CANARY, a customer's words"},"errorCode":-1}"#;
    let scripts = [(PAGE, "200 OK"), (ticket, "200 OK"), (r#"{"data":[],"errorCode":-1}"#, "200 OK")];
    let answer = |(body, status): (&str, &str)| {
        vec![Step::Request, Step::Send(http(status, "Connection: close\r\n", body).into())]
    };
    let server = FaultServer::start(scripts.map(answer).into()).await;
    let traced = Traced::new(&server, patient());
    traced.client.log(7, &Query::All, Window { skip: 48, take: 50 }).await.unwrap();
    traced.client.ticket(7).await.unwrap();
    traced.client.tickets(&[7, 8]).await.unwrap();
    assert_eq!(
        traced.lines(),
        [
            format!(
                "POST /v2/tickets/7/log skip=48 take=50 types=all attempt=1 status=200 bytes={}",
                PAGE.len()
            ),
            format!("GET /v2/tickets/7 attempt=1 status=200 bytes={}", ticket.len()),
            "POST /v2/tickets/list attempt=1 status=200 bytes=26".to_owned(),
        ]
    );
}

#[tokio::test]
async fn the_same_question_counts_its_attempts_until_it_is_answered() {
    let close = "Connection: close\r\n";
    let scripts = vec![
        vec![Step::Request, Step::Send(http("503 CANARY", close, "CANARY").into())],
        vec![Step::Request, Step::Send(http("401 CANARY", close, "").into())],
        vec![Step::Request, Step::Hold],
        vec![Step::Request, Step::Send(http("200 OK", close, PAGE).into())],
    ];
    let server = FaultServer::start(scripts).await;
    let traced = Traced::new(&server, hasty());
    for _ in 0..5 {
        let _ = traced.client.log(7, &Query::All, FIRST).await;
    }
    let ends: Vec<String> = traced.lines();
    let ends: Vec<&str> = ends.iter().map(|line| line.split_once("types=all ").unwrap().1).collect();
    let length = PAGE.len();
    let answered = format!("status=200 bytes={length}");
    assert_eq!(
        ends,
        [
            "attempt=1 status=503 bytes=6",
            "attempt=2 status=401 bytes=0",
            "attempt=3 failed=silence",
            &format!("attempt=4 {answered}"),
            &format!("attempt=1 {answered}"),
        ]
    );
}

#[tokio::test]
async fn a_request_that_is_given_up_is_told_as_cancelled() {
    let server = FaultServer::start(vec![vec![Step::Request, Step::Hold]]).await;
    let traced = Traced::new(&server, patient());
    let client = traced.client.clone();
    let asking = tokio::spawn(async move { client.log(7, &Query::All, FIRST).await });
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(traced.lines().is_empty());
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    assert_eq!(traced.lines(), ["POST /v2/tickets/7/log skip=0 take=50 types=all attempt=1 cancelled"]);
}

#[tokio::test]
async fn names_of_types_are_letters_digits_and_little_else() {
    let server = FaultServer::answering(json("200 OK", PAGE)).await;
    let traced = Traced::new(&server, patient());
    let long = "x".repeat(1000);
    let names = ["a\nforged status=200", "\x1b]0;x\x07", "reply_created", "\u{202e}", &long];
    traced.client.log(7, &Query::Only(names.map(Untrusted::new).into()), FIRST).await.unwrap();
    let many = (0..60).map(|number| Untrusted::new(format!("type_{number}"))).collect();
    traced.client.log(7, &Query::Only(many), FIRST).await.unwrap();
    let lines = traced.lines();
    let types = |line: &str| line.split(' ').find_map(|word| word.strip_prefix("types=")).unwrap().to_owned();
    assert_eq!(types(&lines[0]), format!("??0?x?,a?forged?status?200,reply_created,{},?", "x".repeat(60)));
    let many = types(&lines[1]);
    assert_eq!((many.split(',').count(), many.ends_with(",+20")), (41, true), "{many}");
}

/// The real program in a shell, with what it prints going into pipes.
fn shell(script: &str, env: &[(&str, &std::ffi::OsStr)]) -> Output {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script]).env_clear().env("T", env!("CARGO_BIN_EXE_ticketlog")).env("S", TOKEN);
    canary::output(command.envs(env.iter().copied()).stdin(Stdio::null()))
}

#[test]
fn the_flag_and_the_variable_trace_a_printed_table() {
    let folder = tempfile::tempdir().unwrap();
    let [flag, variable] = ["flag", "variable"].map(|name| folder.path().join(name));
    let env = [("F", flag.as_os_str()), ("TICKETLOG_TRACE", variable.as_os_str())];
    assert!(shell("exec \"$T\" --demo 255762 --trace \"$F\"", &env).status.success());
    let trace = fs::read_to_string(&flag).unwrap();
    assert!(
        trace.contains(" POST /tickets/255762/log skip=0 take=50 types=all attempt=1 status=200 "),
        "{trace}"
    );
    assert!(trace.ends_with('\n') && !trace.contains("demo-access"), "{trace}");
    assert!(shell("exec \"$T\" --demo 255762", &env).status.success());
    assert!(!variable.exists(), "the demo takes no setting from the environment");
    let script = "TICKETLOG_ACCESS_TOKEN=\"$S\" exec \"$T\" 7 --base-url http://127.0.0.1:1";
    assert_eq!(shell(script, &env).status.code(), Some(4));
    let trace = fs::read_to_string(&variable).unwrap();
    assert!(trace.contains(" attempt=1 failed=refused ") && !trace.contains("CANARY"), "{trace}");
}

#[test]
fn a_trace_that_cannot_be_kept_private_is_refused_before_anything_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(folder.path().join("target"), &link).unwrap();
    let output = shell("exec \"$T\" --demo --trace \"$F\"", &[("F", link.as_os_str())]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
    assert!(said.starts_with("ticketlog: The trace file ") && said.lines().count() == 1, "{said}");
}

#[test]
fn a_disk_without_room_costs_the_trace_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trace");
    // Files end at 512 bytes, and the signal that tells of it is ignored.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$T\" --demo 4484636 --trace \"$F\"";
    let output = shell(script, &[("F", path.as_os_str())]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stdout.split(|byte| *byte == b'\n').count() - 1, 1 + 10_000);
    assert!(fs::read(&path).unwrap().len() <= 1024);
}

/// H06
#[tokio::test]
async fn a_server_that_stays_busy_is_asked_four_times_and_the_trace_counts_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trace");
    let answer = http("503 Busy", "Connection: close\r\nRetry-After: 0\r\n", "");
    let server = FaultServer::answering(answer).await;
    let script = "TICKETLOG_ACCESS_TOKEN=\"$S\" exec \"$T\" 7 --base-url \"$B\" --trace \"$F\"";
    let base = std::ffi::OsString::from(format!("http://{}", server.host()));
    let file = path.clone();
    let asking = move || shell(script, &[("B", base.as_os_str()), ("F", file.as_os_str())]);
    let output = tokio::task::spawn_blocking(asking).await.unwrap();
    assert_eq!((output.status.code(), server.connections()), (Some(4), 4));
    let trace = fs::read_to_string(&path).unwrap();
    let attempts: Vec<&str> = trace.split(' ').filter(|word| word.starts_with("attempt=")).collect();
    assert_eq!(attempts, ["attempt=1", "attempt=2", "attempt=3", "attempt=4"], "{trace}");
    assert_eq!(trace.matches(" status=503 ").count(), 4, "{trace}");
}
