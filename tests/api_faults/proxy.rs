//! Proxies come from the environment, which a test must not change under its neighbours: so the questions are
//! asked by another process, with the variables set.

use std::process::{Command, Stdio};

use crate::{TOKEN, canary, fault_server::FaultServer, http};

/// What a program prints on both outputs when `proxy` is everybody's proxy.
async fn with_proxy(proxy: String, command: Command) -> String {
    with_variables(proxy, &[], command).await
}

/// The same, with these variables left as the test set them.
async fn with_variables(proxy: String, kept: &'static [&'static str], mut command: Command) -> String {
    let run = move || {
        for variable in ["NO_PROXY", "no_proxy"].iter().filter(|variable| !kept.contains(variable)) {
            command.env_remove(variable);
        }
        for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            command.env(variable, &proxy);
        }
        canary::output(command.stdin(Stdio::null()))
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// What a program prints on both outputs.
async fn printed(mut command: Command) -> String {
    let output =
        tokio::task::spawn_blocking(move || canary::output(command.stdin(Stdio::null()))).await.unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// The real program, asking a server that can only be reached through a proxy.
fn asking() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.args(["7", "--base-url", "https://ticketlog.invalid"]).env_clear();
    command.env("XDG_CONFIG_DIRS", "/nonexistent").env("TICKETLOG_ACCESS_TOKEN", TOKEN);
    command
}

/// This same test program, running one of its tests.
fn test(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", name, "--nocapture"]).env_clear();
    command
}

/// A proxy's address at which nobody listens.
fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// H26
#[tokio::test]
async fn a_proxy_that_does_not_serve_is_told_and_never_sees_the_token() {
    for (status, expected) in [
        (
            "407 Proxy Authentication Required",
            "the proxy PROXY in front of ticketlog.invalid asks for a login (HTTP 407); put it into HTTPS_PROXY",
        ),
        (
            "502 Bad Gateway",
            "the proxy PROXY does not connect to ticketlog.invalid; check HTTPS_PROXY, or name the host in NO_PROXY",
        ),
    ] {
        let proxy = FaultServer::answering(http(status, "", "")).await;
        // What a proxy is logged in with is nobody else's business.
        let printed = with_proxy(format!("http://me:{TOKEN}@{}", proxy.host()), asking()).await;
        let expected = expected.replace("PROXY ", &format!("{} ", proxy.host()));
        assert_eq!(printed, format!("ticketlog: {expected}\n"));
        let requests = proxy.requests();
        assert!(requests[0].starts_with("CONNECT ticketlog.invalid:443 "), "{requests:?}");
        assert!(!requests.concat().contains(TOKEN), "{requests:?}");
    }
}

/// H26
#[tokio::test]
async fn a_proxy_that_is_not_there_is_told() {
    let proxy = nobody();
    let printed = with_proxy(proxy.clone(), asking()).await;
    let name = proxy.trim_start_matches("http://");
    let expected = format!(
        "the proxy {name} in front of ticketlog.invalid cannot be reached; check HTTPS_PROXY and the network"
    );
    assert_eq!(printed, format!("ticketlog: {expected}\n"));
}

/// H26
#[tokio::test]
async fn the_variable_that_was_used_is_named() {
    let proxy = FaultServer::answering(http("502 Bad Gateway", "", "")).await;
    let address = format!("http://me:{TOKEN}@{}", proxy.host());
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let mut command = asking();
        command.env(variable, &address);
        let printed = printed(command).await;
        assert!(printed.contains(&format!("; check {variable}, or name the host in NO_PROXY")), "{printed}");
    }
}

#[tokio::test]
async fn a_proxy_that_cannot_be_used_is_refused_without_its_value() {
    for (variable, value, said) in [
        (
            "ALL_PROXY",
            "socks5h://me:CANARY@127.0.0.1:1080",
            "ALL_PROXY names a SOCKS proxy, which ticketlog cannot use",
        ),
        (
            "HTTPS_PROXY",
            "CANARY CANARY",
            "HTTPS_PROXY holds no address of a proxy; write http://HOST:PORT, or unset it",
        ),
    ] {
        let mut open = asking();
        open.env(variable, value);
        let refused = printed(open).await;
        assert!(
            refused.starts_with(&format!("ticketlog: {said}")) && refused.lines().count() == 1,
            "{refused}"
        );
        let mut doctor = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
        doctor.args(["doctor", "--base-url", "https://ticketlog.invalid"]).env_clear();
        doctor
            .env("XDG_CONFIG_DIRS", "/nonexistent")
            .env("TICKETLOG_ACCESS_TOKEN", TOKEN)
            .env(variable, value);
        let told = printed(doctor).await;
        assert!(told.contains(&format!("FAIL  proxy        {said}")), "{told}");
        assert!(told.contains("-     server       not asked"), "{told}");
    }
}

/// H26
#[tokio::test]
async fn this_computer_is_never_asked_through_a_proxy() {
    for name in ["an_answer_in_single_bytes_is_read_like_any_other", "localhost_is_reached_by_its_name"] {
        let printed = with_proxy(nobody(), test(name)).await;
        assert!(printed.contains("1 passed"), "{printed}");
    }
}

/// H26
#[tokio::test]
async fn no_proxy_keeps_a_host_away_from_the_proxy() {
    let proxy = FaultServer::answering(http("502 Bad Gateway", "", "")).await;
    let mut command = asking();
    command.env("no_proxy", "other.invalid, ticketlog.invalid");
    let address = format!("http://{}", proxy.host());
    let printed = with_variables(address, &["no_proxy"], command).await;
    assert!(printed.contains("the host ticketlog.invalid was not found"), "{printed}");
    assert_eq!(proxy.connections(), 0);
}
