//! Odd ways to connect and to answer, all of them within HTTP/1 or just beside it.

use std::time::Duration;

use ticketlog::{
    api::Timeouts,
    model::{failure::FailureKind, query::Query},
};
use tokio::net::{TcpSocket, TcpStream};

use crate::{FIRST, PAGE, ask, client_for, fault_server::FaultServer, json, patient, sentence, trouble};

/// H04
#[tokio::test]
async fn a_connection_that_nobody_accepts_ends_after_the_connect_timeout() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    // The only place in the queue is taken; the system drops whoever comes next.
    let _first = TcpStream::connect(address).await.unwrap();
    let timeouts = Timeouts { connect: Duration::from_millis(150), ..Timeouts::default() };
    let client = client_for(&format!("http://{address}"), timeouts);
    let sentence = sentence(client.log(7, &Query::All, FIRST).await, FailureKind::Trouble);
    let expected = format!("no connection to {address} within 150ms; check the network, a VPN or the proxy");
    assert_eq!(sentence, expected);
}

#[tokio::test]
async fn localhost_is_reached_where_only_its_second_address_listens() {
    let Ok(listener) = tokio::net::TcpListener::bind("[::1]:0").await else {
        return; // This computer has no IPv6.
    };
    let port = listener.local_addr().unwrap().port();
    let answer = json("200 OK", PAGE);
    let server = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream
    });
    let client = client_for(&format!("http://localhost:{port}"), patient());
    assert_eq!(client.log(7, &Query::All, FIRST).await.unwrap().len(), 1);
    server.await.unwrap();
}

/// H18
#[tokio::test]
async fn what_comes_before_the_answer_is_passed_over() {
    for before in ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"] {
        let server = FaultServer::answering(format!("{before}{}", json("200 OK", PAGE))).await;
        assert_eq!(ask(&server, patient()).await.unwrap().len(), 1, "{before}");
    }
}

/// H18
#[tokio::test]
async fn an_answer_that_only_comes_before_another_is_no_answer() {
    for before in ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"] {
        assert_eq!(trouble(before).await, "HOST closed the connection without an answer; try again");
    }
}

/// H21
#[tokio::test]
async fn old_and_terse_servers_are_understood() {
    let length = PAGE.len();
    for head in [
        "HTTP/1.0 200 OK\r\n\r\n".to_owned(),
        format!("HTTP/1.0 200 ok\r\ncontent-length: {length}\r\n\r\n"),
        format!("HTTP/1.1 200\r\nContent-Length: {length}\r\n\r\n"),
        format!("HTTP/1.1 200 \r\nContent-Length: {length}\r\nContent-Length: {length}\r\n\r\n"),
    ] {
        let server = FaultServer::answering(format!("{head}{PAGE}")).await;
        let answer = ask(&server, patient()).await;
        assert_eq!(answer.map(|page| page.len()), Ok(1), "{head}");
    }
}

/// H20
#[tokio::test]
async fn heads_that_cannot_be_read_are_told_without_their_words() {
    let length = PAGE.len();
    let not_http = "HOST does not answer in HTTP; check the base URL and its port";
    for header in [
        "X-CANARY: \u{1}\r\n".to_owned(),
        "X CANARY\r\n".to_owned(),
        format!("Content-Length: {}\r\n", length + 1),
        "Content-Length: CANARY\r\n".to_owned(),
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{header}\r\n{PAGE}");
        let server = FaultServer::answering(answer).await;
        let answer = ask(&server, patient()).await;
        let told =
            answer.map_err(|failure| failure.sentence.raw_for_export().replace(&server.host(), "HOST"));
        assert_eq!(told.map(|page| page.len()), Err(not_http.to_owned()), "{header}");
    }
    let long = format!(
        "HTTP/1.1 200 OK\r\nX-Odd: {}\r\nContent-Length: {length}\r\n\r\n{PAGE}",
        "x".repeat(64 * 1024)
    );
    let server = FaultServer::answering(long).await;
    assert_eq!(ask(&server, patient()).await.unwrap().len(), 1, "long, but within what is read");
    let endless = format!("HTTP/1.1 200 OK\r\nX-Odd: {}", "CANARY".repeat(200_000));
    assert_eq!(
        trouble(endless).await,
        "the answer from HOST has too many or too large headers; check the base URL"
    );
}
