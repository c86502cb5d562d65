//! One scenario, run again and again, with another request failing each time, in every way: what may pass is tried again
//! and nobody notices, what does not is said, and every way out is in order.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use ticketlog::demo;

use crate::pty::Terminal;

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The connection is closed without an answer.
    Closed,
    /// Half of the answer comes.
    Cut,
    /// 500, and a word in JSON.
    Broken,
    /// 401.
    Refused,
    /// A page for people.
    Html,
    /// An answer that says that something failed.
    Code,
}

/// How many there were. Those for a log have the odd numbers, all others the even ones: what is asked beside each other
/// comes in any order.
#[derive(Debug, Default)]
struct Requests {
    logs: AtomicUsize,
    others: AtomicUsize,
}

impl Requests {
    fn number(&self, request: &[u8]) -> usize {
        let line = request.split(|byte| *byte == b'?' || *byte == b'\n').next().unwrap_or_default();
        if line.ends_with(b"/log") {
            1 + 2 * self.logs.fetch_add(1, Ordering::Relaxed)
        } else {
            2 + 2 * self.others.fetch_add(1, Ordering::Relaxed)
        }
    }

    /// The numbers that were given.
    fn numbers(&self) -> Vec<usize> {
        let logs = (0..self.logs.load(Ordering::Relaxed)).map(|at| 1 + 2 * at);
        logs.chain((0..self.others.load(Ordering::Relaxed)).map(|at| 2 + 2 * at)).collect()
    }
}

/// Stands between the program and the embedded server, and spoils one request.
struct Between {
    base_url: String,
    token: String,
    requests: Arc<Requests>,
    /// The server behind it ends when this is dropped.
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Between {
    /// The request of this number fails.
    fn start(spoilt: usize, fault: Fault) -> Self {
        let (told, hears) = mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let server = demo::Server::start(demo::Options::default()).await.unwrap();
                told.send((server.base_url(), server.token().to_owned())).unwrap();
                let _ = stopped.await;
            });
        });
        let (behind, token) = hears.recv().unwrap();
        let address = behind.trim_start_matches("http://").split('/').next().unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = behind.replace(&address, &listener.local_addr().unwrap().to_string());
        let requests = Arc::new(Requests::default());
        let counted = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (address, counted) = (address.clone(), Arc::clone(&counted));
                thread::spawn(move || {
                    let request = request(&stream);
                    if request.is_empty() {
                        return;
                    }
                    let number = counted.number(&request);
                    let answer = if number == spoilt {
                        spoil(fault, &address, &request)
                    } else {
                        ask(&address, &request)
                    };
                    let _ = (&stream).write_all(&answer);
                    let _ = stream.shutdown(Shutdown::Write);
                    // Reading to the end keeps the kernel from turning unread bytes into a reset.
                    let _ = (&stream).read_to_end(&mut Vec::new());
                });
            }
        });
        Self { base_url, token, requests, _stop: stop }
    }
}

/// A request with its body, and with the wish that the connection ends after it.
fn request(mut stream: &TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return format!("{head}\r\nconnection: close\r\n\r\n{body}").into_bytes();
            }
        }
        match stream.read(&mut piece) {
            Ok(count) if count > 0 => bytes.extend_from_slice(&piece[..count]),
            _ => return Vec::new(),
        }
    }
}

fn ask(address: &str, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

fn spoil(fault: Fault, address: &str, request: &[u8]) -> Vec<u8> {
    let answer = |status: &str, kind: &str, body: &str| {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {length}"
        );
        format!("{head}\r\n\r\n{body}").into_bytes()
    };
    match fault {
        Fault::Closed => Vec::new(),
        Fault::Cut => {
            let mut whole = ask(address, request);
            whole.truncate(whole.len() - 20);
            whole
        }
        Fault::Broken => answer("500 Broken", "application/json", r#"{"message":"a wand broke"}"#),
        Fault::Refused => answer("401 Unauthorized", "application/json", "{}"),
        Fault::Html => answer("200 OK", "text/html", "<!DOCTYPE html><title>Log in</title>"),
        Fault::Code => {
            answer("200 OK", "application/json", r#"{"data":null,"errorCode":7,"errorText":"Nei"}"#)
        }
    }
}

/// Keys, and how the screen looks once they were understood.
type Step = (&'static str, fn(&str) -> bool);

/// Whether something failed that is not tried again by itself.
fn failed(screen: &str) -> bool {
    screen.contains("r tries again") && !screen.contains("or wait")
}

/// Starts, loads pages, narrows, refreshes, opens an entry and another ticket, and quits. Gives the requests, whether it came to the last key, and the exit code.
fn scenario(spoilt: usize, fault: Fault) -> (Vec<usize>, bool, u32) {
    let server = Between::start(spoilt, fault);
    let env =
        [("TICKETLOG_BASE_URL", server.base_url.as_str()), ("TICKETLOG_ACCESS_TOKEN", server.token.as_str())];
    let mut terminal = Terminal::start(80, 24, &["4478963", "--no-state"], &env);
    let steps: [Step; 7] = [
        ("", |screen| screen.contains("50 loaded") && screen.contains("entry 1 of 50 shown")),
        ("  G", |screen| screen.contains("start of the ticket")),
        ("fo\r", |screen| screen.contains("19 loaded of these types") && !screen.contains("[x]")),
        ("gr", |screen| screen.contains("entry 1 of 19 shown")),
        ("\r", |screen| !screen.contains("entry 1 of 19 shown")),
        ("q", |screen| screen.contains("entry 1 of 19 shown")),
        ("O255762\r", |screen| screen.contains("5 loaded") && screen.contains("#255762")),
    ];
    let mut reached = true;
    for (keys, seen) in steps {
        terminal.keys(keys);
        terminal.until(&format!("{fault:?} {spoilt} {keys:?}"), |screen| seen(screen) || failed(screen));
        if failed(&terminal.screen()) {
            reached = false;
            break;
        }
    }
    terminal.keys("Q");
    let code = terminal.end().exit_code();
    terminal.assert_restored();
    let told = String::from_utf8_lossy(&terminal.bytes).into_owned();
    assert!(!told.contains(&server.token) && !told.contains("This is a bug"), "{fault:?} {spoilt}: {told}");
    (server.requests.numbers(), reached, code)
}

/// With each request failing in this way, one after the other, the codes it ended with and whether it came to the end.
fn torture(fault: Fault) -> Vec<(bool, u32)> {
    let (requests, reached, code) = scenario(0, fault);
    assert!(requests.len() >= 7 && reached && code == 0, "{requests:?}, {code}");
    let all = requests.into_iter().map(|spoilt| scenario(spoilt, fault));
    all.map(|(_, reached, code)| (reached, code)).collect()
}

#[test]
fn whichever_request_fails_for_a_moment_nobody_notices() {
    for fault in [Fault::Closed, Fault::Cut, Fault::Broken] {
        let ends = torture(fault);
        assert!(ends.iter().all(|end| *end == (true, 0)), "{fault:?}: {ends:?}");
    }
}

#[test]
fn whichever_request_fails_for_good_it_is_said_and_every_way_out_is_in_order() {
    for (fault, never_loaded) in [(Fault::Refused, 3), (Fault::Html, 4), (Fault::Code, 4)] {
        let ends = torture(fault);
        // The first question, or the first of the other ticket: nothing is there then.
        assert!(ends.iter().all(|(_, code)| [0, never_loaded].contains(code)), "{fault:?}: {ends:?}");
        assert!(ends.contains(&(false, never_loaded)), "{fault:?}: {ends:?}");
        assert!(ends.contains(&(true, 0)), "{fault:?}, the title alone: {ends:?}");
    }
}
