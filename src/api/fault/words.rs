//! What is said of a broken connection: a sentence for users, a word for a trace.

use super::{Cause, Tls};
use crate::api::{Timeouts, proxy::Proxy};

/// The way that a request goes.
#[derive(Debug, Clone, Copy)]
pub(in crate::api) struct Way<'a> {
    /// Who is asked.
    pub(in crate::api) host: &'a str,
    /// What its address is called.
    pub(in crate::api) called: &'static str,
    /// The proxy in between.
    pub(in crate::api) proxy: Option<&'a Proxy>,
    /// How long to wait.
    pub(in crate::api) timeouts: Timeouts,
}

impl Cause {
    /// The same in one word, for a trace.
    pub(in crate::api) fn word(self) -> &'static str {
        match self {
            Self::SlowConnect => "slow-connect",
            Self::Silence => "silence",
            Self::Unfinished => "unfinished",
            Self::Name => "no-such-host",
            Self::Refused => "refused",
            Self::NoRoute => "no-route",
            Self::NoProxy => "no-proxy",
            Self::ProxyLogin => "proxy-login",
            Self::Proxy => "proxy",
            Self::Tls(tls) => tls.word(),
            Self::Closed => "closed",
            Self::BrokenOff => "broke-off",
            Self::LongHead => "long-head",
            Self::NotHttp => "not-http",
            Self::Unknown => "unknown",
        }
    }

    /// What happened, where, and what to do.
    pub(in crate::api) fn sentence(self, way: Way) -> String {
        let Timeouts { connect, read, total } = way.timeouts;
        let proxy = way.proxy.map(|proxy| format!(" {}", proxy.address)).unwrap_or_default();
        let variable = way.proxy.map_or("HTTPS_PROXY", |proxy| proxy.variable);
        let (target, called) = (way.host, way.called);
        let through = way.proxy.map(|proxy| format!("{target} (through the proxy {})", proxy.address));
        let host = through.as_deref().unwrap_or(target);
        match self {
            Self::SlowConnect => {
                format!("no connection to {host} within {connect:?}; check the network, a VPN or the proxy")
            }
            Self::Silence => format!("{host} sent nothing for {read:?}; try again"),
            Self::Unfinished => format!("the answer from {host} was not complete after {total:?}; try again"),
            Self::Name => format!("the host {host} was not found; check the {called} and the network"),
            Self::Refused => {
                format!("{host} refuses the connection; check the {called} and whether the server runs")
            }
            Self::NoRoute => format!("there is no way to {host}; check the network or a VPN"),
            Self::NoProxy => format!(
                "the proxy{proxy} in front of {target} cannot be reached; check {variable} and the network"
            ),
            Self::ProxyLogin => format!(
                "the proxy{proxy} in front of {target} asks for a login (HTTP 407); put it into {variable}"
            ),
            Self::Proxy => format!(
                "the proxy{proxy} does not connect to {target}; check {variable}, or name the host in NO_PROXY"
            ),
            Self::Tls(tls) => tls.sentence(host, called),
            Self::Closed => format!("{host} closed the connection without an answer; try again"),
            Self::BrokenOff => format!("the answer from {host} broke off; try again"),
            Self::LongHead => {
                format!("the answer from {host} has too many or too large headers; check the {called}")
            }
            Self::NotHttp => format!("{host} does not answer in HTTP; check the {called} and its port"),
            Self::Unknown => format!("the request to {host} failed; check the network and try again"),
        }
    }
}

impl Tls {
    fn word(self) -> &'static str {
        match self {
            Self::Stranger => "tls-unknown-issuer",
            Self::Expired => "tls-expired",
            Self::Early => "tls-not-yet-valid",
            Self::OtherName => "tls-other-name",
            Self::Plain => "tls-not-spoken",
            Self::Certificate => "tls-certificate",
            Self::WhoAreYou => "tls-client-certificate",
            Self::Handshake => "tls-handshake",
        }
    }

    fn sentence(self, host: &str, called: &str) -> String {
        match self {
            Self::Stranger => format!(
                "the certificate of {host} was signed by nobody this computer trusts; \
                 if your network inspects TLS, name its CA file with --ca-file or in SSL_CERT_FILE"
            ),
            Self::Expired => format!(
                "the certificate of {host} has expired; check this computer's clock, else tell its operator"
            ),
            Self::Early => format!("the certificate of {host} is not valid yet; check this computer's clock"),
            Self::OtherName => {
                format!("the certificate of {host} is for another name; check the host in the {called}")
            }
            Self::Plain => format!("{host} does not speak TLS on this port; check the port in the {called}"),
            Self::Certificate => {
                format!("the certificate of {host} cannot be accepted; tell the server's operator")
            }
            Self::WhoAreYou => format!(
                "{host} asks for a client certificate, which ticketlog cannot give; check the {called}"
            ),
            Self::Handshake => {
                format!("no secure connection to {host} could be agreed on; check the {called} and the proxy")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_one_line_with_the_host_and_with_what_to_do() {
        let tls = [
            Tls::Stranger,
            Tls::Expired,
            Tls::Early,
            Tls::OtherName,
            Tls::Plain,
            Tls::Certificate,
            Tls::WhoAreYou,
            Tls::Handshake,
        ];
        let causes = [
            Cause::SlowConnect,
            Cause::Silence,
            Cause::Unfinished,
            Cause::Name,
            Cause::Refused,
            Cause::NoRoute,
            Cause::NoProxy,
            Cause::ProxyLogin,
            Cause::Proxy,
            Cause::Closed,
            Cause::BrokenOff,
            Cause::LongHead,
            Cause::NotHttp,
            Cause::Unknown,
        ];
        for cause in causes.into_iter().chain(tls.map(Cause::Tls)) {
            let between = Proxy { address: "proxy.example:3128".to_owned(), variable: "all_proxy" };
            for proxy in [None, Some(&between)] {
                let way = Way {
                    host: "api.example:8443",
                    called: "base URL",
                    proxy,
                    timeouts: Timeouts::default(),
                };
                let sentence = cause.sentence(way);
                assert!(sentence.contains("api.example:8443"), "{sentence}");
                assert!(sentence.contains("; ") && !sentence.contains('\n'), "{sentence}");
                assert_eq!(sentence.contains("proxy.example:3128"), proxy.is_some(), "{sentence}");
            }
        }
    }
}
