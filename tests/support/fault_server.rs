//! A server that breaks on purpose: raw TCP on loopback, a script for each connection.
//!
//! It speaks no HTTP of its own: what goes out is exactly what the script says, in the pieces it says. It stops
//! with its owner, after [`FaultServer::CONNECTIONS`] connections, and each connection after
//! [`FaultServer::PATIENCE`].

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// One thing to do on a connection. At the end of the script the connection is closed in the usual way.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Read a request to its end.
    Request,
    /// Write these bytes at once.
    Send(Vec<u8>),
    /// Write these bytes one by one, each in a packet of its own.
    Trickle(Vec<u8>),
    /// Write these bytes this many times, or until nobody reads them.
    Flood(Vec<u8>, usize),
    /// Write one byte at a time for as long as somebody listens.
    Drip(Duration),
    /// Say nothing until the other side goes away.
    Hold,
    /// Close at once with a reset.
    Reset,
}

/// The running server.
#[derive(Debug)]
pub(crate) struct FaultServer {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Seen {
    connections: usize,
    requests: Vec<String>,
}

impl FaultServer {
    /// The most connections that are accepted.
    pub(crate) const CONNECTIONS: usize = 64;

    /// The most time that is spent on a connection.
    pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

    /// Starts with one script for each connection; the last one serves all further connections.
    pub(crate) async fn start(scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let task = tokio::spawn(serve(listener, scripts, Arc::clone(&seen)));
        Self { address, seen, task }
    }

    /// Starts with a script that reads a request and sends `answer` to everybody.
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        Self::start(vec![vec![Step::Request, Step::Send(answer.into())]]).await
    }

    /// `host:port`.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// How many connections were accepted.
    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    /// The requests that were read, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, scripts: Vec<Vec<Step>>, seen: Arc<Mutex<Seen>>) {
    let mut open = tokio::task::JoinSet::new();
    for number in 0..FaultServer::CONNECTIONS {
        let Ok((stream, _)) = listener.accept().await else {
            return;
        };
        seen.lock().unwrap().connections += 1;
        let script = scripts.get(number).or(scripts.last()).cloned().unwrap_or_default();
        open.spawn(tokio::time::timeout(FaultServer::PATIENCE, play(stream, script, Arc::clone(&seen))));
    }
    open.join_all().await;
}

/// A step that fails ends the script: the other side has gone, which is its right.
async fn play(mut stream: TcpStream, script: Vec<Step>, seen: Arc<Mutex<Seen>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    for step in script {
        match step {
            Step::Request => {
                let request = request(&mut stream).await?;
                seen.lock().unwrap().requests.push(request);
            }
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Trickle(bytes) => {
                for byte in bytes {
                    stream.write_all(&[byte]).await?;
                    tokio::task::yield_now().await;
                }
            }
            Step::Flood(bytes, times) => {
                for _ in 0..times {
                    stream.write_all(&bytes).await?;
                }
            }
            Step::Drip(pause) => loop {
                stream.write_all(b" ").await?;
                tokio::time::sleep(pause).await;
            },
            Step::Hold => while stream.read(&mut [0; 1024]).await? > 0 {},
            Step::Reset => return stream.set_zero_linger(),
        }
    }
    stream.shutdown().await?;
    // Reading to the end keeps the kernel from turning unread bytes into a reset.
    while stream.read(&mut [0; 1024]).await? > 0 {}
    Ok(())
}

async fn request(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).await?;
        if length == 0 {
            break;
        }
        bytes.extend_from_slice(&piece[..length]);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    body.len() >= length.unwrap_or(0)
}
