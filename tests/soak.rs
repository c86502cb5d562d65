//! A day of polls, one every thirty seconds, at a server that breaks now and then, without the waits between them:
//! what is held does not grow with what was asked. The only test of its process, because all of a process is counted.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, time::Duration};

use ticketlog::{
    api::{Authorities, BaseUrl, Client, Options, Timeouts},
    model::query::{Query, Window},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    runtime::Handle,
};

const JSON: &str = "Content-Type: application/json\r\n";

/// A day of them.
const POLLS: usize = 24 * 60 * 2;

/// By then all that is kept once is kept.
const WARM: usize = POLLS / 8;

/// The most that the process may grow by, in KiB.
const MOST: usize = 5 * 1024;

/// The same numbers in every run (Numerical Recipes' generator).
struct Dice(u32);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) % limit
    }
}

fn page(newest: usize) -> String {
    let entry = |at: usize| {
        let number = newest + 50 - at;
        format!(
            r#"{{"actionString":"entry {number}","actionType":"ticket_read","time":"2024-05-05T12:00:00Z","user":{{"id":"{}","name":"Luna"}}}}"#,
            number % 9
        )
    };
    let entries: Vec<String> = (0..50).map(entry).collect();
    format!(r#"{{"data":[{}],"errorCode":-1,"errorText":null}}"#, entries.join(","))
}

fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

/// Answers one connection, well or badly, until it is closed.
async fn serve(mut stream: TcpStream, mut dice: Dice) -> std::io::Result<()> {
    for newest in 0.. {
        if stream.read(&mut [0; 4096]).await? == 0 {
            return Ok(());
        }
        let whole = http("200 OK", JSON, &page(newest));
        let half = whole.get(..whole.len() / 2).unwrap_or_default();
        match dice.below(12) {
            0 => return stream.set_zero_linger(),
            1 => return stream.shutdown().await,
            2 => {
                stream.write_all(half.as_bytes()).await?;
                return stream.shutdown().await;
            }
            3 => {
                // Silence, until the other side has enough of it.
                stream.write_all(half.as_bytes()).await?;
                while stream.read(&mut [0; 64]).await? > 0 {}
                return Ok(());
            }
            4 => stream.write_all(http("503 Busy", "Retry-After: 1\r\n", "busy").as_bytes()).await?,
            5 => stream.write_all(http("200 OK", JSON, "<html>log in</html>").as_bytes()).await?,
            _ => stream.write_all(whole.as_bytes()).await?,
        }
    }
    Ok(())
}

fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

/// H28
#[tokio::test]
async fn a_day_of_polls_at_a_server_that_breaks_now_and_then_leaves_nothing_behind() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for seed in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(stream, Dice(seed)));
        }
    });
    let client = Client::new(Options {
        base: BaseUrl::parse(&base).unwrap(),
        token: "soak".into(),
        timeouts: Timeouts { read: Duration::from_millis(20), ..Timeouts::default() },
        authorities: Authorities::default(),
    })
    .unwrap();
    let first = Window { skip: 0, take: 50 };
    let (mut good, mut warm) = (0, (0, 0, 0));
    for poll in 0..POLLS {
        good += usize::from(client.log(7, &Query::All, first).await.is_ok());
        if poll == WARM {
            warm = (resident(), open_files(), Handle::current().metrics().num_alive_tasks());
        }
    }
    let after = (resident(), open_files(), Handle::current().metrics().num_alive_tasks());
    assert!(good > POLLS / 10 && good < POLLS, "{good} of {POLLS} polls were answered");
    assert!(after.0 < warm.0 + MOST, "from {} to {} KiB", warm.0, after.0);
    // A connection more or less, at both ends.
    assert!(after.1 <= warm.1 + 4, "from {} to {} open files", warm.1, after.1);
    assert!(after.2 <= warm.2 + 4, "from {} to {} tasks", warm.2, after.2);
}
