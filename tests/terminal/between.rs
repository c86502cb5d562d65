//! Somebody between the program and a server who spoils one request.

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

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
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

/// How many there were, each kind with numbers of its own: what is asked beside each other comes in any order.
#[derive(Debug, Default)]
pub(crate) struct Requests([AtomicUsize; KINDS]);

/// For a log, for a token, for anything else.
const KINDS: usize = 3;

impl Requests {
    fn number(&self, request: &[u8]) -> usize {
        let line = request.split(|byte| b"?\n".contains(byte)).next().unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        let kind = match line.split(' ').nth(1) {
            Some(path) if path.ends_with("/log") => 0,
            Some(path) if path.ends_with("/token") => 1,
            _ => 2,
        };
        1 + kind + KINDS * self.0[kind].fetch_add(1, Ordering::Relaxed)
    }

    /// The numbers that were given.
    pub(crate) fn numbers(&self) -> Vec<usize> {
        let counts = self.0.iter().map(|count| count.load(Ordering::Relaxed)).enumerate();
        counts.flat_map(|(kind, count)| (0..count).map(move |at| 1 + kind + KINDS * at)).collect()
    }
}

/// Whether a request with this number is for a token.
pub(crate) fn is_for_token(number: usize) -> bool {
    number % KINDS == 2
}

/// Stands between the program and a server, and spoils one request.
pub(crate) struct Between {
    pub(crate) base_url: String,
    pub(crate) requests: Arc<Requests>,
}

/// The embedded server with somebody between.
pub(crate) struct Demo {
    pub(crate) between: Between,
    pub(crate) token: String,
    /// The server ends when this is dropped.
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Demo {
    /// The request of this number fails.
    pub(crate) fn start(spoilt: usize, fault: Fault) -> Self {
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
        Self { between: Between::start(&behind, spoilt, fault), token, _stop: stop }
    }
}

impl Between {
    /// The request of this number to the server at this address fails.
    pub(crate) fn start(behind: &str, spoilt: usize, fault: Fault) -> Self {
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
        Self { base_url, requests }
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

/// Whether something failed that is not tried again by itself.
pub(crate) fn failed(screen: &str) -> bool {
    screen.contains("r tries again") && !screen.contains("or wait")
}
