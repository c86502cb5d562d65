//! Proxies come from the environment, which a test must not change under its neighbours: so the questions are
//! asked by this same test program, started again with the variables set.

use std::process::Command;

use ticketlog::model::{failure::FailureKind, query::Query};

use crate::{FIRST, TOKEN, client_for, fault_server::FaultServer, http, patient, sentence};

/// What the test `name` of this program prints when `proxy` is everybody's proxy.
async fn with_proxy(proxy: String, name: &'static str) -> String {
    let program = std::env::current_exe().unwrap();
    let run = move || {
        let mut command = Command::new(program);
        command.args(["--exact", name, "--include-ignored", "--nocapture"]);
        command.env_remove("NO_PROXY").env_remove("no_proxy");
        for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            command.env(variable, &proxy);
        }
        command.output().unwrap()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("1 passed"), "{printed}");
    printed
}

/// A proxy's address at which nobody listens.
fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
#[ignore = "run by the tests below, with a proxy in its environment"]
async fn ask_through_the_proxy() {
    let client = client_for("https://ticketlog.invalid", patient());
    let answer = client.log(7, &Query::All, FIRST).await;
    println!("TOLD {}", sentence(answer, FailureKind::Trouble));
}

#[tokio::test]
async fn a_proxy_that_does_not_serve_is_told_and_never_sees_the_token() {
    for (status, expected) in [
        (
            "407 Proxy Authentication Required",
            "the proxy in front of ticketlog.invalid asks for a login (HTTP 407); put it into HTTPS_PROXY",
        ),
        (
            "502 Bad Gateway",
            "the proxy does not connect to ticketlog.invalid; check HTTPS_PROXY, or name the host in NO_PROXY",
        ),
    ] {
        let proxy = FaultServer::answering(http(status, "", "")).await;
        let printed = with_proxy(format!("http://{}", proxy.host()), "proxy::ask_through_the_proxy").await;
        assert!(printed.contains(&format!("TOLD {expected}\n")), "{printed}");
        let requests = proxy.requests();
        assert!(requests[0].starts_with("CONNECT ticketlog.invalid:443 "), "{requests:?}");
        assert!(!requests.concat().contains(TOKEN), "{requests:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told() {
    let printed = with_proxy(nobody(), "proxy::ask_through_the_proxy").await;
    let expected =
        "the proxy in front of ticketlog.invalid cannot be reached; check HTTPS_PROXY and the network";
    assert!(printed.contains(&format!("TOLD {expected}\n")), "{printed}");
}

#[tokio::test]
async fn this_computer_is_never_asked_through_a_proxy() {
    with_proxy(nobody(), "an_answer_in_single_bytes_is_read_like_any_other").await;
    with_proxy(nobody(), "localhost_is_reached_by_its_name").await;
}
