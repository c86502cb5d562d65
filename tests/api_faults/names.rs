//! Names with more than one address, and none.

use std::time::Duration;

use ticketlog::{
    api::Timeouts,
    model::{failure::FailureKind, query::Query},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
};

use crate::{FIRST, PAGE, client_for, json, patient, sentence};

/// Answers everybody on the IPv6 address of this computer; `None` where it has none.
async fn second_address() -> Option<u16> {
    let listener = TcpListener::bind("[::1]:0").await.ok()?;
    let port = listener.local_addr().unwrap().port();
    let answer = json("200 OK", PAGE);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if stream.read(&mut [0; 4096]).await.is_ok_and(|count| count > 0) {
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        }
    });
    Some(port)
}

/// A listener on the IPv4 address whose queue is full: the system drops whoever comes. With what keeps it full.
async fn black_hole(port: u16) -> Option<(TcpListener, TcpStream)> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], port).into()).ok()?;
    let listener = socket.listen(0).ok()?;
    let first = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    Some((listener, first))
}

/// H23
#[tokio::test]
async fn an_address_that_does_not_answer_keeps_nobody_from_the_next_one() {
    let Some(port) = second_address().await else { return };
    let Some(_full) = black_hole(port).await else { return };
    // The wait for one address alone, half of that for the name, would be longer than the whole.
    let timeouts = Timeouts { connect: Duration::from_mins(1), total: Duration::from_secs(10), ..patient() };
    let alone = client_for(
        &format!("http://127.0.0.1:{port}"),
        Timeouts { connect: Duration::from_millis(150), ..patient() },
    );
    let told = sentence(alone.log(7, &Query::All, FIRST).await, FailureKind::Trouble);
    assert!(told.starts_with(&format!("no connection to 127.0.0.1:{port} within 150ms")), "{told}");
    let client = client_for(&format!("http://localhost:{port}"), timeouts);
    assert_eq!(client.log(7, &Query::All, FIRST).await.unwrap().len(), 1);
}

/// H23
#[tokio::test]
async fn an_address_may_stand_for_the_name_also_one_of_ipv6() {
    let Some(port) = second_address().await else { return };
    let client = client_for(&format!("http://[::1]:{port}"), patient());
    assert_eq!(client.log(7, &Query::All, FIRST).await.unwrap().len(), 1);
}

#[tokio::test]
async fn no_address_that_answers_is_one_sentence_with_the_name() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let client = client_for(&format!("http://localhost:{port}"), patient());
    let told = sentence(client.log(7, &Query::All, FIRST).await, FailureKind::Trouble);
    assert!(told.starts_with(&format!("localhost:{port} refuses the connection; ")), "{told}");
}
