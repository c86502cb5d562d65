//! Proxies come from the environment, which a test must not change under its neighbours: so the questions are
//! asked by another process, with the variables set.

use std::process::Command;

use crate::{TOKEN, fault_server::FaultServer, http};

/// What a program prints on both outputs when `proxy` is everybody's proxy.
async fn with_proxy(proxy: String, mut command: Command) -> String {
    let run = move || {
        command.env_remove("NO_PROXY").env_remove("no_proxy");
        for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            command.env(variable, &proxy);
        }
        command.output().unwrap()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// The real program, asking a server that can only be reached through a proxy.
fn asking() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.args(["7", "--base-url", "https://ticketlog.invalid"]).env("TICKETLOG_ACCESS_TOKEN", TOKEN);
    command
}

/// This same test program, running one of its tests.
fn test(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", name, "--nocapture"]);
    command
}

/// A proxy's address at which nobody listens.
fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
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
        let printed = with_proxy(format!("http://{}", proxy.host()), asking()).await;
        assert!(printed.contains(&format!("ticketlog: {expected}\n")), "{printed}");
        let requests = proxy.requests();
        assert!(requests[0].starts_with("CONNECT ticketlog.invalid:443 "), "{requests:?}");
        assert!(!requests.concat().contains(TOKEN), "{requests:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told() {
    let printed = with_proxy(nobody(), asking()).await;
    let expected =
        "the proxy in front of ticketlog.invalid cannot be reached; check HTTPS_PROXY and the network";
    assert!(printed.contains(&format!("ticketlog: {expected}\n")), "{printed}");
}

#[tokio::test]
async fn this_computer_is_never_asked_through_a_proxy() {
    for name in ["an_answer_in_single_bytes_is_read_like_any_other", "localhost_is_reached_by_its_name"] {
        let printed = with_proxy(nobody(), test(name)).await;
        assert!(printed.contains("1 passed"), "{printed}");
    }
}
