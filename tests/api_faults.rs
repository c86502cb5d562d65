//! The client against a server that breaks on purpose: every fault ends in one clear sentence, in time, and
//! without the token.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

#[path = "support/canary.rs"]
mod canary;
#[path = "support/fault_server.rs"]
mod fault_server;

#[path = "api_faults/answers.rs"]
mod answers;
#[path = "api_faults/large.rs"]
mod large;
#[path = "api_faults/list.rs"]
mod list;
#[path = "api_faults/names.rs"]
mod names;
#[path = "api_faults/proxy.rs"]
mod proxy;
#[path = "api_faults/retry.rs"]
mod retry;
#[path = "api_faults/tls.rs"]
mod tls;
#[path = "api_faults/trace.rs"]
mod trace;
#[path = "api_faults/wire.rs"]
mod wire;

use std::time::Duration;

use fault_server::{FaultServer, Step};
use ticketlog::{
    api::{Authorities, BaseUrl, Client, Options, Timeouts},
    model::{
        entry::Entry,
        failure::{Failure, FailureKind},
        query::{Query, Window},
        text::Untrusted,
    },
};

const TOKEN: &str = "CANARY-7f3a9c";
const PAGE: &str = r#"{"data":[{"actionType":"ticket_read"}],"errorCode":-1,"errorText":null}"#;
const FIRST: Window = Window { skip: 0, take: 50 };

fn client_for(base: &str, timeouts: Timeouts) -> Client {
    let base = BaseUrl::parse(base).unwrap();
    let token = TOKEN.into();
    let client = Client::new(Options { base, token, timeouts, authorities: Authorities::default() }).unwrap();
    canary::search("a client", format!("{client:?}").as_bytes());
    client
}

/// Waits so long that a test that needs them fails by its sentence, not by the clock.
fn patient() -> Timeouts {
    Timeouts::default()
}

/// Waits 150 ms for a read and the usual time for everything else.
fn hasty() -> Timeouts {
    Timeouts { read: Duration::from_millis(150), ..Timeouts::default() }
}

async fn ask(server: &FaultServer, timeouts: Timeouts) -> Result<Vec<Entry>, Failure> {
    let client = client_for(&format!("http://{}/api", server.host()), timeouts);
    client.log(255_762, &Query::All, FIRST).await
}

/// The sentence of a failure, after looking for what must never be in one.
fn sentence(result: Result<Vec<Entry>, Failure>, kind: FailureKind) -> String {
    let Err(failure) = result else {
        panic!("an answer instead of a failure");
    };
    let sentence = failure.sentence.raw_for_export().to_owned();
    canary::search("a failure", format!("{failure:?} {sentence}").as_bytes());
    assert!(!sentence.contains("take="), "{sentence}");
    assert!(!sentence.contains('\n'), "{sentence}");
    assert!(sentence.contains("; "), "says what to do: {sentence}");
    assert_eq!(failure.kind, kind, "{sentence}");
    sentence
}

/// What the client says about `answer`, sent by a server that then closes.
async fn trouble(answer: impl Into<Vec<u8>>) -> String {
    told(answer, FailureKind::Trouble).await
}

async fn told(answer: impl Into<Vec<u8>>, kind: FailureKind) -> String {
    let (sentence, connections) = counted(vec![Step::Request, Step::Send(answer.into())], kind).await;
    assert_eq!(connections, 1, "asked once: {sentence}");
    sentence
}

/// What the client says about a server that does this for everybody, and how often it asked.
async fn counted(script: Vec<Step>, kind: FailureKind) -> (String, usize) {
    let server = FaultServer::start(vec![script]).await;
    let host = server.host();
    let sentence = sentence(ask(&server, patient()).await, kind);
    assert!(sentence.contains(&host), "{sentence}");
    (sentence.replace(&host, "HOST"), server.connections())
}

fn http(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
}

fn json(status: &str, body: &str) -> String {
    http(status, "Content-Type: application/json\r\n", body)
}

#[tokio::test]
async fn a_request_is_exactly_what_the_reference_page_shows() {
    let server = FaultServer::answering(json("200 OK", PAGE)).await;
    let client = client_for(&format!("http://{}/v2/", server.host()), patient());
    let types = ["reply_created", "odd \"type\""].map(Untrusted::new);
    let window = Window { skip: 48, take: 50 };
    client.log(443_484_636, &Query::Only(types.into()), window).await.unwrap();
    let requests = server.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v2/tickets/443484636/log?take=50&skip=48 HTTP/1.1\r\n"), "{head}");
    let mut headers: Vec<_> = head.lines().skip(1).map(str::to_ascii_lowercase).collect();
    headers.sort();
    let expected = [
        "accept: application/json".to_owned(),
        format!("authorization: bearer {}", TOKEN.to_ascii_lowercase()),
        "content-length: 49".to_owned(),
        "content-type: application/json".to_owned(),
        format!("host: {}", server.host()),
        format!("user-agent: ticketlog/{}", env!("CARGO_PKG_VERSION")),
    ];
    assert_eq!(headers, expected);
    assert_eq!(body, r#"{"action_types":["odd \"type\"","reply_created"]}"#);
}

#[tokio::test]
async fn all_types_are_asked_for_with_an_empty_list_and_the_ticket_with_a_get() {
    let ticket = r#"{"data":{"title":"Broken wand"},"errorCode":-1}"#;
    let scripts = [PAGE, ticket].map(|body| {
        let answer = http("200 OK", "Connection: close\r\n", body);
        vec![Step::Request, Step::Send(answer.into())]
    });
    let server = FaultServer::start(scripts.into()).await;
    let client = client_for(&format!("http://{}", server.host()), patient());
    client.log(7, &Query::All, FIRST).await.unwrap();
    let ticket = client.ticket(7).await.unwrap();
    assert_eq!(ticket.title, Some(Untrusted::new("Broken wand")));
    let requests = server.requests();
    assert!(requests[0].ends_with(r#"{"action_types":[]}"#), "{}", requests[0]);
    assert!(requests[1].starts_with("GET /tickets/7 HTTP/1.1\r\n"), "{}", requests[1]);
}

#[tokio::test]
async fn an_answer_in_single_bytes_is_read_like_any_other() {
    let answer = json("200 OK", PAGE).into_bytes();
    let server = FaultServer::start(vec![vec![Step::Request, Step::Trickle(answer)]]).await;
    assert_eq!(ask(&server, patient()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_not_taken_for_the_next_one() {
    let twice = json("200 OK", PAGE).repeat(2);
    let server = FaultServer::answering(twice).await;
    let client = client_for(&format!("http://{}", server.host()), patient());
    for _ in 0..2 {
        assert_eq!(client.log(7, &Query::All, FIRST).await.unwrap().len(), 1);
    }
    assert_eq!((server.connections(), server.requests().len()), (2, 2));
}

/// H01, H02
#[tokio::test]
async fn silence_ends_after_the_read_timeout() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n";
    for said in ["", head, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"data\":[{"] {
        let script = vec![Step::Request, Step::Send(said.into()), Step::Hold];
        let server = FaultServer::start(vec![script]).await;
        let sentence = sentence(ask(&server, hasty()).await, FailureKind::Trouble);
        assert_eq!(sentence, format!("{} sent nothing for 150ms; try again", server.host()));
    }
}

/// H03
#[tokio::test]
async fn an_answer_that_drips_for_ever_ends_after_the_total_timeout() {
    let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    let drip = Step::Drip(Duration::from_millis(5));
    let server = FaultServer::start(vec![vec![Step::Request, Step::Send(head), drip]]).await;
    let timeouts = Timeouts { total: Duration::from_millis(200), ..Timeouts::default() };
    let sentence = sentence(ask(&server, timeouts).await, FailureKind::Trouble);
    let host = server.host();
    assert_eq!(sentence, format!("the answer from {host} was not complete after 200ms; try again"));
}

/// H05, H19
#[tokio::test]
async fn a_connection_that_ends_too_early_is_told_and_never_repeated() {
    let half = json("200 OK", PAGE).replace("Content-Length: ", "Content-Length: 9");
    assert_eq!(trouble(half).await, "the answer from HOST broke off; try again");
    assert_eq!(trouble("").await, "HOST closed the connection without an answer; try again");
    assert_eq!(trouble("HTTP/1.1 20").await, "HOST closed the connection without an answer; try again");
    let cut = format!("HTTP/1.1 200 OK\r\n\r\n{}", PAGE.trim_end_matches('}'));
    assert_eq!(trouble(cut).await, "the answer from HOST is incomplete; try again");
    let short = json("200 OK", PAGE).replace("Content-Length: ", "Content-Length: 1\r\nX: ");
    assert_eq!(trouble(short).await, "the answer from HOST is incomplete; try again");
}

/// H05
#[tokio::test]
async fn a_reset_is_told_wherever_it_comes() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{".to_vec();
    let scripts = [
        vec![Step::Reset],
        vec![Step::Request, Step::Reset],
        vec![Step::Request, Step::Send(head), Step::Reset],
    ];
    for script in scripts {
        let server = FaultServer::start(vec![script]).await;
        let sentence = sentence(ask(&server, patient()).await, FailureKind::Trouble);
        // What was sent before a reset may be lost with it, so the third one may look like the second.
        let host = server.host();
        let known = [
            format!("{host} closed the connection without an answer; try again"),
            format!("the answer from {host} broke off; try again"),
        ];
        assert!(known.contains(&sentence), "{sentence}");
    }
}

/// C25
#[tokio::test]
async fn nobody_listening_is_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = client_for(&base, patient());
    let sentence = sentence(client.log(7, &Query::All, FIRST).await, FailureKind::Trouble);
    assert!(sentence.ends_with("refuses the connection; check the base URL and whether the server runs"));
}

/// H20
#[tokio::test]
async fn what_is_no_http_is_told() {
    assert_eq!(
        trouble("SSH-2.0-OpenSSH_9.2\r\n\r\n").await,
        "HOST does not answer in HTTP; check the base URL and its port"
    );
    let headers = "X-Odd: CANARY\r\n".repeat(200);
    assert_eq!(
        trouble(http("200 OK", &headers, PAGE)).await,
        "the answer from HOST has too many or too large headers; check the base URL"
    );
}

/// H24
#[tokio::test]
async fn a_server_without_tls_behind_an_https_address_is_told() {
    let script = vec![Step::Send(http("400 Bad Request", "", "").into()), Step::Hold];
    let server = FaultServer::start(vec![script]).await;
    let client = client_for(&format!("https://{}", server.host()), patient());
    let sentence = sentence(client.log(7, &Query::All, FIRST).await, FailureKind::Trouble);
    let host = server.host();
    assert_eq!(sentence, format!("{host} does not speak TLS on this port; check the port in the base URL"));
}

/// C27, C31
#[test]
fn a_token_that_cannot_stand_in_a_header_is_refused_before_anything_is_sent() {
    for token in ["", "CANARY-7f3a9c\nX-Evil: 1", "CANARY-7f3a9c ", "CANARY-\u{e9}"] {
        let base = BaseUrl::parse("http://127.0.0.1:9").unwrap();
        let options =
            Options { base, token: token.into(), timeouts: patient(), authorities: Authorities::default() };
        canary::search("the options", format!("{options:?}").as_bytes());
        let result = Client::new(options).map(|_| Vec::new());
        let sentence = sentence(result, FailureKind::NotAuthorised);
        assert!(sentence.starts_with("the access token is empty or holds"), "{sentence}");
    }
}

/// H23
#[tokio::test]
async fn a_name_without_an_address_is_told() {
    // Behind a proxy it is the proxy that looks names up, and says less.
    if std::env::vars_os().any(|(name, _)| name.to_ascii_lowercase().to_string_lossy().ends_with("_proxy")) {
        return;
    }
    let client = client_for("https://ticketlog.invalid", patient());
    let sentence = sentence(client.log(7, &Query::All, FIRST).await, FailureKind::Trouble);
    assert_eq!(sentence, "the host ticketlog.invalid was not found; check the base URL and the network");
}

#[tokio::test]
async fn localhost_is_reached_by_its_name() {
    let server = FaultServer::answering(json("200 OK", PAGE)).await;
    let port = server.host().rsplit_once(':').unwrap().1.to_owned();
    let client = client_for(&format!("http://localhost:{port}"), patient());
    assert_eq!(client.log(7, &Query::All, FIRST).await.unwrap().len(), 1);
}
