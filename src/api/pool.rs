//! The library's client. Its dangerous defaults are all set here: redirects, referers, HTTP/2, proxies for this
//! computer, waits without an end. Called by the transport and the token endpoint.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use super::{Authorities, BaseUrl, Timeouts};
use crate::model::failure::{Failure, FailureKind};

/// The library's client with every setting that matters.
pub(super) fn pool(
    base: &BaseUrl,
    timeouts: Timeouts,
    authorities: &Authorities,
) -> Result<reqwest::Client, Failure> {
    build(base, timeouts, authorities).map_err(|_| {
        Failure::new(
            FailureKind::Trouble,
            "this computer has no CA certificates, so no secure connection can be made; \
             install ca-certificates, or name a file with --ca-file or in SSL_CERT_FILE",
        )
    })
}

fn build(base: &BaseUrl, timeouts: Timeouts, authorities: &Authorities) -> reqwest::Result<reqwest::Client> {
    // Fails when a provider is installed already, and then one is installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("ticketlog/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .https_only(!base.is_plain())
        .http1_only()
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.read)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(2);
    if base.is_loopback() {
        // A proxy variable sends even http://127.0.0.1 through the proxy; a hosts file can send localhost away.
        let here = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        let here = here.map(|address| SocketAddr::new(address, 0));
        builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
    }
    if base.is_plain() {
        // Without this a host that has no CA certificates could not even start the demo.
        builder = builder.tls_certs_only([]);
    } else {
        builder = builder.tls_certs_merge(authorities.certificates()?);
    }
    builder.build()
}
