//! Certificates come from the host, which a test must not change under its neighbours: so the questions are asked by
//! the real program, with a file of certificates of its own.

use std::{
    net::Ipv4Addr,
    path::Path,
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex},
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    RootCertStore, ServerConfig, crypto::ring::default_provider, pki_types::PrivateKeyDer,
    server::WebPkiClientVerifier,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use crate::{
    PAGE, TOKEN, canary,
    fault_server::{FaultServer, Step},
    json,
};

/// An authority, and the file that makes a computer trust it.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root: rcgen::Certificate,
    file: tempfile::NamedTempFile,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, root.pem()).unwrap();
        Self { issuer: Issuer::new(params, key), root, file }
    }

    /// A server's settings with a certificate of ours.
    fn server(&self, params: &CertificateParams, clients: Clients) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match clients {
            Clients::Anybody => builder.with_no_client_auth(),
            Clients::Certified => {
                let mut roots = RootCertStore::empty();
                roots.add(self.root.der().clone()).unwrap();
                let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = builder.with_single_cert(vec![certificate.der().clone()], key).unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        config
    }
}

/// Whom a server lets in.
#[derive(Clone, Copy)]
enum Clients {
    Anybody,
    Certified,
}

fn for_names(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap()
}

/// A server that answers one page over TLS, and what it saw.
struct Server {
    port: u16,
    /// The protocol that was agreed on, for each connection that got so far.
    protocols: Arc<Mutex<Vec<Option<Vec<u8>>>>>,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let protocols = Arc::default();
        let seen = Arc::clone(&protocols);
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = serve(&acceptor, stream, &seen).await;
            }
        });
        Self { port, protocols, task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    acceptor: &TlsAcceptor,
    stream: TcpStream,
    seen: &Mutex<Vec<Option<Vec<u8>>>>,
) -> std::io::Result<()> {
    let mut stream = match acceptor.accept(stream).into_fallible().await {
        Ok(stream) => stream,
        Err((_, mut stream)) => {
            // Reading to the end keeps the kernel from turning our alert into a reset.
            while stream.read(&mut [0; 1024]).await? > 0 {}
            return Ok(());
        }
    };
    seen.lock().unwrap().push(stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec));
    let mut request = Vec::new();
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).await?;
        if length == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..length]);
    }
    stream.write_all(json("200 OK", PAGE).as_bytes()).await?;
    stream.shutdown().await
}

/// The real program, asking this port, and trusting whom the file says.
async fn asked(port: u16, trusted: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.args(["7", "--base-url", &format!("https://localhost:{port}")]).env_clear();
    command.env("TICKETLOG_ACCESS_TOKEN", TOKEN).env("SSL_CERT_FILE", trusted);
    tokio::task::spawn_blocking(move || canary::output(command.stdin(Stdio::null()))).await.unwrap()
}

/// What the program says, which must be a failure that another try may mend.
async fn said(port: u16, trusted: &Path) -> String {
    let output = asked(port, trusted).await;
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{said}");
    said.replace(&format!("localhost:{port}"), "HOST")
}

/// H22
#[tokio::test]
async fn a_certificate_in_order_is_trusted_and_http_1_alone_is_offered() {
    let authority = Authority::new("ours");
    let server = Server::start(authority.server(&for_names(&["localhost"]), Clients::Anybody)).await;
    let output = asked(server.port, authority.file.path()).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let protocols = server.protocols.lock().unwrap();
    assert!(!protocols.is_empty());
    assert!(protocols.iter().all(|offered| offered.as_deref() == Some(b"http/1.1")), "{protocols:?}");
}

/// H24
#[tokio::test]
async fn each_fault_of_a_certificate_has_its_own_sentence() {
    let authority = Authority::new("ours");
    let stranger = Authority::new("another");
    let namesake = Authority::new("ours");
    let good = for_names(&["localhost"]);
    let [mut expired, mut early, mut authority_itself] = [good.clone(), good.clone(), good.clone()];
    expired.not_after = date_time_ymd(2020, 1, 1);
    early.not_before = date_time_ymd(2200, 1, 1);
    authority_itself.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let nobody = "the certificate of HOST was signed by nobody this computer trusts; \
                  if your network inspects TLS, name its CA file with --ca-file or in SSL_CERT_FILE";
    for (params, trusted, expected) in [
        (&good, &stranger, nobody),
        (&good, &namesake, nobody),
        (
            &expired,
            &authority,
            "the certificate of HOST has expired; check this computer's clock, else tell its operator",
        ),
        (&early, &authority, "the certificate of HOST is not valid yet; check this computer's clock"),
        (
            &for_names(&["api.example"]),
            &authority,
            "the certificate of HOST is for another name; check the host in the base URL",
        ),
        (
            &authority_itself,
            &authority,
            "the certificate of HOST cannot be accepted; tell the server's operator",
        ),
    ] {
        let server = Server::start(authority.server(params, Clients::Anybody)).await;
        assert_eq!(said(server.port, trusted.file.path()).await, format!("ticketlog: {expected}\n"));
        assert!(server.protocols.lock().unwrap().is_empty(), "nothing is sent: {expected}");
    }
}

/// H24
#[tokio::test]
async fn a_server_that_wants_a_certificate_from_us_is_told() {
    let authority = Authority::new("ours");
    let server = Server::start(authority.server(&for_names(&["localhost"]), Clients::Certified)).await;
    let expected = "HOST asks for a client certificate, which ticketlog cannot give; check the base URL";
    assert_eq!(said(server.port, authority.file.path()).await, format!("ticketlog: {expected}\n"));
}

/// H24
#[tokio::test]
async fn a_server_that_only_speaks_old_tls_is_told() {
    let authority = Authority::new("ours");
    // A fatal alert, protocol_version (RFC 8446, section 6).
    let alert = b"\x15\x03\x01\x00\x02\x02\x46".to_vec();
    let server = FaultServer::start(vec![vec![Step::Send(alert)]]).await;
    let port = server.host().rsplit_once(':').unwrap().1.parse().unwrap();
    let expected = "no secure connection to HOST could be agreed on; check the base URL and the proxy";
    assert_eq!(said(port, authority.file.path()).await, format!("ticketlog: {expected}\n"));
}

/// H25
#[tokio::test]
async fn a_computer_without_certificates_is_told_before_anything_is_asked() {
    let server = FaultServer::start(vec![vec![Step::Hold]]).await;
    let port = server.host().rsplit_once(':').unwrap().1.parse().unwrap();
    let empty = tempfile::NamedTempFile::new().unwrap();
    for file in [empty.path(), Path::new("/nonexistent")] {
        let expected = "this computer has no CA certificates, so no secure connection can be made; \
                        install ca-certificates, or name a file with --ca-file or in SSL_CERT_FILE";
        assert_eq!(said(port, file).await, format!("ticketlog: {expected}\n"));
    }
    assert_eq!(server.connections(), 0);
}
