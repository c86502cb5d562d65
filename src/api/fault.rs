//! What can break on the way, told from the chain of causes that the libraries give, and a sentence for each.
//!
//! Never shows a library's own text: it may hold the address, a header or words from a certificate. Knows
//! kinds of errors where they are public and words of hyper's where they are not. Called by the transport.

use std::{error::Error, io};

use super::Timeouts;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// No connection within [`Timeouts::connect`].
    SlowConnect,
    /// Nothing for [`Timeouts::read`].
    Silence,
    /// Not complete within [`Timeouts::total`].
    Unfinished,
    /// The name of the host has no address.
    Name,
    /// Nobody listens.
    Refused,
    /// No way to the network or to the host.
    NoRoute,
    /// The proxy cannot be reached.
    NoProxy,
    /// The proxy wants to know who we are.
    ProxyLogin,
    /// The proxy does not let us through.
    Proxy,
    /// TLS failed.
    Tls(Tls),
    /// The connection ended before the answer began.
    Closed,
    /// The connection ended within the answer.
    BrokenOff,
    /// More or longer headers than can be read.
    LongHead,
    /// Something answers, but not in HTTP.
    NotHttp,
    /// Something else.
    Unknown,
}

impl Cause {
    /// Whether it may be over by itself in a moment: a connection that was slow or broke off.
    pub(super) fn is_passing(self) -> bool {
        matches!(self, Self::SlowConnect | Self::Silence | Self::Unfinished | Self::Closed | Self::BrokenOff)
    }
}

/// Why TLS failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tls {
    /// Signed by nobody we know.
    Stranger,
    /// Not valid any more.
    Expired,
    /// Not valid yet.
    Early,
    /// For another name.
    OtherName,
    /// The other side does not speak TLS.
    Plain,
    /// Another fault of the certificate.
    Certificate,
    /// The server wants a certificate from us.
    WhoAreYou,
    /// Another fault of the conversation.
    Handshake,
}

/// The cause of `error`, which came before the answer began.
pub(super) fn of_request(error: &reqwest::Error) -> Cause {
    // First: what fails on the way to the proxy says nothing about the host behind it.
    if let Some(cause) = chain(error).find_map(of_proxy) {
        return cause;
    }
    if error.is_timeout() {
        return if error.is_connect() { Cause::SlowConnect } else { Cause::Silence };
    }
    if error.is_dns() {
        return Cause::Name;
    }
    chain(error).find_map(known).unwrap_or(Cause::Unknown)
}

/// The cause of `error`, which came while the answer was read.
pub(super) fn of_body(error: &reqwest::Error) -> Cause {
    if error.is_timeout() { Cause::Silence } else { Cause::BrokenOff }
}

/// The error and its causes, outermost first. `io::Error` hides the error that it wraps from `source`.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}

fn of_proxy(error: &(dyn Error + 'static)) -> Option<Cause> {
    let words = error.to_string();
    let reason = words.strip_prefix("tunnel error: ")?;
    Some(match reason {
        "proxy authorization required" => Cause::ProxyLogin,
        "failed to create underlying connection" => Cause::NoProxy,
        _ => Cause::Proxy,
    })
}

fn known(error: &(dyn Error + 'static)) -> Option<Cause> {
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(Cause::Tls(tls(error)));
    }
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return of_io(error);
    }
    let words = error.to_string();
    let has = |part| words.contains(part);
    if has("message head is too large") {
        Some(Cause::LongHead)
    } else if has("connection closed before message completed") {
        Some(Cause::Closed)
    } else if words.starts_with("invalid ") || has("unexpected transfer-encoding") {
        Some(Cause::NotHttp)
    } else {
        None
    }
}

fn of_io(error: &io::Error) -> Option<Cause> {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::ConnectionRefused => Some(Cause::Refused),
        Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
            Some(Cause::NoRoute)
        }
        Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe
        | Kind::UnexpectedEof
        | Kind::NotConnected => Some(Cause::Closed),
        _ => None,
    }
}

fn tls(error: &rustls::Error) -> Tls {
    use rustls::CertificateError as Bad;
    match error {
        rustls::Error::InvalidCertificate(bad) => match bad {
            // A bad signature: an authority of the same name as one we know, with another key.
            Bad::UnknownIssuer | Bad::BadSignature => Tls::Stranger,
            Bad::Expired | Bad::ExpiredContext { .. } => Tls::Expired,
            Bad::NotValidYet | Bad::NotValidYetContext { .. } => Tls::Early,
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => Tls::OtherName,
            _ => Tls::Certificate,
        },
        rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) => Tls::Plain,
        rustls::Error::AlertReceived(rustls::AlertDescription::CertificateRequired) => Tls::WhoAreYou,
        _ => Tls::Handshake,
    }
}

/// The way that a request goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'a> {
    /// Who is asked.
    pub(super) host: &'a str,
    /// The proxy in between.
    pub(super) proxy: Option<&'a str>,
    /// How long to wait.
    pub(super) timeouts: Timeouts,
}

impl Cause {
    /// What happened, where, and what to do.
    pub(super) fn sentence(self, way: Way) -> String {
        let Timeouts { connect, read, total } = way.timeouts;
        let proxy = way.proxy.map(|proxy| format!(" {proxy}")).unwrap_or_default();
        let target = way.host;
        let through = way.proxy.map(|proxy| format!("{target} (through the proxy {proxy})"));
        let host = through.as_deref().unwrap_or(target);
        match self {
            Self::SlowConnect => {
                format!("no connection to {host} within {connect:?}; check the network, a VPN or the proxy")
            }
            Self::Silence => format!("{host} sent nothing for {read:?}; try again"),
            Self::Unfinished => format!("the answer from {host} was not complete after {total:?}; try again"),
            Self::Name => format!("the host {host} was not found; check the base URL and the network"),
            Self::Refused => {
                format!("{host} refuses the connection; check the base URL and whether the server runs")
            }
            Self::NoRoute => format!("there is no way to {host}; check the network or a VPN"),
            Self::NoProxy => format!(
                "the proxy{proxy} in front of {target} cannot be reached; check HTTPS_PROXY and the network"
            ),
            Self::ProxyLogin => format!(
                "the proxy{proxy} in front of {target} asks for a login (HTTP 407); put it into HTTPS_PROXY"
            ),
            Self::Proxy => format!(
                "the proxy{proxy} does not connect to {target}; check HTTPS_PROXY, or name the host in NO_PROXY"
            ),
            Self::Tls(tls) => tls.sentence(host),
            Self::Closed => format!("{host} closed the connection without an answer; try again"),
            Self::BrokenOff => format!("the answer from {host} broke off; try again"),
            Self::LongHead => {
                format!("the answer from {host} has too many or too large headers; check the base URL")
            }
            Self::NotHttp => format!("{host} does not answer in HTTP; check the base URL and its port"),
            Self::Unknown => format!("the request to {host} failed; check the network and try again"),
        }
    }
}

impl Tls {
    fn sentence(self, host: &str) -> String {
        match self {
            Self::Stranger => format!(
                "the certificate of {host} was signed by nobody this computer trusts; \
                 if your network inspects TLS, name its CA file in SSL_CERT_FILE"
            ),
            Self::Expired => format!(
                "the certificate of {host} has expired; check this computer's clock, else tell its operator"
            ),
            Self::Early => format!("the certificate of {host} is not valid yet; check this computer's clock"),
            Self::OtherName => {
                format!("the certificate of {host} is for another name; check the host in the base URL")
            }
            Self::Plain => format!("{host} does not speak TLS on this port; check the port in the base URL"),
            Self::Certificate => {
                format!("the certificate of {host} cannot be accepted; tell the server's operator")
            }
            Self::WhoAreYou => format!(
                "{host} asks for a client certificate, which ticketlog cannot give; check the base URL"
            ),
            Self::Handshake => {
                format!("no secure connection to {host} could be agreed on; check the base URL and the proxy")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::CertificateError as Bad;

    #[test]
    fn tls_errors_are_told_apart_through_the_errors_that_wrap_them() {
        for (error, expected) in [
            (rustls::Error::InvalidCertificate(Bad::UnknownIssuer), Tls::Stranger),
            (rustls::Error::InvalidCertificate(Bad::BadSignature), Tls::Stranger),
            (rustls::Error::InvalidCertificate(Bad::Expired), Tls::Expired),
            (rustls::Error::InvalidCertificate(Bad::NotValidYet), Tls::Early),
            (rustls::Error::InvalidCertificate(Bad::NotValidForName), Tls::OtherName),
            (rustls::Error::InvalidCertificate(Bad::Revoked), Tls::Certificate),
            (rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType), Tls::Plain),
            (rustls::Error::HandshakeNotComplete, Tls::Handshake),
        ] {
            let wrapped = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, error));
            assert_eq!(chain(&wrapped).find_map(known), Some(Cause::Tls(expected)));
        }
    }

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
            for proxy in [None, Some("proxy.example:3128")] {
                let way = Way { host: "api.example:8443", proxy, timeouts: Timeouts::default() };
                let sentence = cause.sentence(way);
                assert!(sentence.contains("api.example:8443"), "{sentence}");
                assert!(sentence.contains("; ") && !sentence.contains('\n'), "{sentence}");
                assert_eq!(sentence.contains("proxy.example:3128"), proxy.is_some(), "{sentence}");
            }
        }
    }
}
