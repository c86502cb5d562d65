//! What can break on the way, told from the chain of causes that the libraries give, and a sentence for each.
//!
//! Never shows a library's own text: it may hold the address, a header or words from a certificate. Knows
//! kinds of errors where they are public and words of hyper's where they are not. Called by the transport.

mod words;

use std::{error::Error, io};

use super::Stage;

pub(super) use words::Way;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// No connection within [`super::Timeouts::connect`].
    SlowConnect,
    /// Nothing for [`super::Timeouts::read`].
    Silence,
    /// Not complete within [`super::Timeouts::total`].
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

    /// How far the question got.
    pub(super) fn stage(self) -> Stage {
        match self {
            Self::NoProxy | Self::ProxyLogin | Self::Proxy => Stage::Proxy,
            Self::Name => Stage::Name,
            Self::SlowConnect | Self::Refused | Self::NoRoute => Stage::Connection,
            Self::Tls(_) => Stage::Tls,
            Self::Silence
            | Self::Unfinished
            | Self::Closed
            | Self::BrokenOff
            | Self::LongHead
            | Self::NotHttp
            | Self::Unknown => Stage::Server,
        }
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
}
