//! Which proxy the environment puts between this computer and the API, for messages alone: the library underneath
//! finds it for itself, with the same code.
//!
//! Never tells a proxy's user name or password. Called by the transport and the doctor.

use hyper_util::client::proxy::matcher::Matcher;

use super::BaseUrl;

/// Host and port of the proxy that requests to `base` go through; this computer is never asked through one.
#[must_use]
pub fn between(base: &BaseUrl) -> Option<String> {
    if base.is_loopback() {
        return None;
    }
    let address = base.as_str().parse().ok()?;
    let found = Matcher::from_system().intercept(&address)?;
    let host = found.uri().host()?;
    Some(found.uri().port_u16().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
