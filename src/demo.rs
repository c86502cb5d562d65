//! The embedded API server: the documented endpoints on loopback, with sample tickets.
//!
//! Used by `--demo`, by `ticketlog serve` and by tests. It has its own entries and knows nothing of the rest of the
//! crate, so the client is tested against somebody else's idea of the wire. A ticket's log is a function from the
//! index: a million entries cost nothing. It refuses what the API is documented to refuse, and counts what it is
//! asked.

mod answer;
mod cast;
mod catalogue;
mod cycle;
mod deed;
mod entry;
mod hostile;
mod routes;
mod state;
mod story;
mod traffic;

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::serve::ListenerExt;
use chrono::{DateTime, Utc};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use catalogue::Catalogue;
pub use hostile::hostile_strings;
use routes::Shared;
pub use traffic::{LogRequest, Requests};

/// Tells the time to the growing ticket.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How the server is to be started.
#[derive(Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 means a free one.
    pub port: u16,
    /// How late every answer comes.
    pub latency: Duration,
    /// Makes ticket 1 with that many entries, at most 100,000,000.
    pub entries: Option<u64>,
    /// The time; it decides how far ticket 4484700 has grown.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "a server has a clock of its own; tests put another one here"
        )]
        let clock = Arc::new(Utc::now);
        Self { port: 0, latency: Duration::ZERO, entries: None, clock }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { port, latency, entries, .. } = self;
        let mut out = f.debug_struct("Options");
        out.field("port", port).field("latency", latency).field("entries", entries).finish_non_exhaustive()
    }
}

/// A running server. Dropping it stops it.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<io::Result<()>>,
    /// The server stops when this is dropped.
    stop: oneshot::Sender<()>,
}

impl Server {
    /// Binds the port on 127.0.0.1, never another address, and serves in a task of the current runtime.
    ///
    /// # Errors
    /// When the port is taken or may not be bound; [`io::ErrorKind::InvalidInput`] when [`Options::entries`] is
    /// too large.
    pub async fn start(options: Options) -> io::Result<Self> {
        let catalogue = Catalogue::new(options.entries, (options.clock)())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        // Answers are small and written whole; waiting to fill a segment would only delay them.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let shared = Arc::new(Shared {
            catalogue,
            clock: options.clock,
            latency: options.latency,
            used: std::sync::atomic::AtomicU64::new(0),
            traffic: traffic::Traffic::default(),
        });
        let (stop, stopped) = oneshot::channel::<()>();
        // Shut down in order: aborting the task would leave its connections open.
        let serve = axum::serve(listener, routes::router(Arc::clone(&shared)))
            .with_graceful_shutdown(async { drop(stopped.await) });
        let task = tokio::spawn(async { serve.await });
        Ok(Self { address, shared, task, stop })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bearer token that the server accepts.
    #[must_use]
    pub fn token(&self) -> &str {
        routes::ACCESS_TOKEN
    }

    /// Where tokens are made, the first refresh token for it, which is good for one time, and the client id.
    #[must_use]
    pub fn account(&self) -> [String; 3] {
        let Self { address, .. } = self;
        [format!("http://{address}/token"), routes::REFRESH_TOKEN.to_owned(), routes::CLIENT_ID.to_owned()]
    }

    /// How many requests reached each endpoint so far, refused ones included.
    #[must_use]
    pub fn requests(&self) -> Requests {
        self.shared.traffic.requests()
    }

    /// Every well-formed log request so far, oldest first; the last 10,000 of them.
    #[must_use]
    pub fn log_windows(&self) -> Vec<LogRequest> {
        self.shared.traffic.log_windows()
    }

    /// Waits until the server ends, which it does not do by itself.
    pub async fn serve_forever(self) {
        let Self { task, stop, .. } = self;
        // A task that ended has nothing left to say: accepting never fails for good.
        drop(task.await);
        drop(stop);
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}
