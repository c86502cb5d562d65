//! Whom the program trusts: the computer's authorities, here those of `SSL_CERT_FILE`, and those of `ca_file`.

use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::Output,
    sync::Arc,
    thread,
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, Stream, crypto::ring::default_provider, pki_types::PrivateKeyDer,
};
use tempfile::TempDir;

use super::{canary, configuration::Configured, program};

const PAGE: &str = r#"{"data":[{"actionType":"ticket_read"}],"errorCode":-1,"errorText":null}"#;

/// A server with a certificate of an authority of its own, and the PEM files of that authority and of another.
struct Secured {
    folder: TempDir,
    port: u16,
}

impl Secured {
    fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let [ours, other] = ["ours", "other"].map(|name| {
            let key = KeyPair::generate().unwrap();
            let mut params = CertificateParams::new(Vec::new()).unwrap();
            params.distinguished_name.push(DnType::CommonName, name);
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            let root = params.self_signed(&key).unwrap();
            fs::write(folder.path().join(format!("{name}.pem")), root.pem()).unwrap();
            Issuer::new(params, key)
        });
        drop(other);
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &ours).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let config = Arc::new(config);
        thread::spawn(move || {
            for stream in listener.incoming() {
                // Whoever does not trust us breaks off.
                let _ = serve(&config, stream.unwrap());
            }
        });
        Self { folder, port }
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// The program on a computer that trusts the authority of this file.
    fn asked(&self, computer: &str, args: &[&str]) -> Output {
        let address = format!("https://localhost:{}", self.port);
        canary::output(
            program(&["7", "--base-url", &address])
                .args(args)
                .env("TICKETLOG_ACCESS_TOKEN", "CANARY-7f3a9c")
                .env("SSL_CERT_FILE", self.file(computer)),
        )
    }
}

/// Answers one request with one page.
fn serve(config: &Arc<ServerConfig>, mut socket: TcpStream) -> std::io::Result<()> {
    let mut connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = Stream::new(&mut connection, &mut socket);
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece)?;
        if length == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..length]);
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ";
    write!(stream, "{head}{}\r\n\r\n{PAGE}", PAGE.len())?;
    stream.conn.send_close_notify();
    stream.flush()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_ca_file_is_trusted_beside_the_computers_own_authorities() {
    let server = Secured::start();
    let nobody = server.asked("other.pem", &[]);
    assert_eq!(nobody.status.code(), Some(4));
    assert!(said(&nobody).contains("signed by nobody this computer trusts"), "{}", said(&nobody));
    for (computer, ca_file) in [("other.pem", "ours.pem"), ("ours.pem", "other.pem")] {
        let output = server.asked(computer, &["--ca-file", &server.file(ca_file)]);
        assert_eq!(output.status.code(), Some(0), "{computer} {ca_file}: {}", said(&output));
        assert!(String::from_utf8_lossy(&output.stdout).contains("read"));
    }
    let other = server.asked("other.pem", &["--ca-file", &server.file("other.pem")]);
    assert_eq!(other.status.code(), Some(4), "{}", said(&other));
}

#[test]
fn a_ca_file_of_the_configuration_lies_beside_it_and_can_be_a_profiles_own() {
    let server = Secured::start();
    let configured = Configured::new("[profiles.acme]\nca_file = 'company.pem'\n[profiles.other]");
    fs::copy(server.file("ours.pem"), configured.file().with_file_name("company.pem")).unwrap();
    let file = configured.file();
    for (profile, code) in [("acme", 0), ("other", 4)] {
        let output = server.asked("other.pem", &["--config", file.to_str().unwrap(), "--profile", profile]);
        assert_eq!(output.status.code(), Some(code), "{profile}: {}", said(&output));
    }
}

#[test]
fn a_ca_file_that_cannot_be_used_is_one_sentence_before_anything_is_asked() {
    let server = Secured::start();
    fs::write(server.file("empty.pem"), "").unwrap();
    for (name, what) in [
        ("gone.pem", "cannot be read: there is no such file."),
        ("empty.pem", "holds no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----."),
        ("", "cannot be read: it is a folder."),
    ] {
        let path = server.file(name);
        let output = server.asked("ours.pem", &["--ca-file", &path]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(said(&output), format!("ticketlog: --ca-file: the CA file {path} {what}\n"));
    }
    let configured = Configured::new("\nca_file = 'gone.pem'");
    let output = canary::output(program(&["config", "check", "--config"]).arg(configured.file()));
    assert_eq!(output.status.code(), Some(2));
    let place = format!("ticketlog: {}:2:1: the CA file ", configured.file().display());
    assert!(said(&output).starts_with(&place), "{}", said(&output));
}

/// C29
#[test]
fn the_keys_of_a_connection_are_written_nowhere() {
    let server = Secured::start();
    let keys = server.folder.path().join("keys");
    let mut command = program(&["7", "--base-url", &format!("https://localhost:{}", server.port)]);
    command.env("TICKETLOG_ACCESS_TOKEN", "CANARY-7f3a9c").env("SSL_CERT_FILE", server.file("ours.pem"));
    let output = canary::output(command.env("SSLKEYLOGFILE", &keys));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!keys.exists());
}

#[test]
fn a_timeout_of_the_configuration_is_the_one_that_counts() {
    // Accepts and never says a word.
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let configured = Configured::new("read_timeout = 1");
    let base = format!("http://{}", silent.local_addr().unwrap());
    let mut child = program(&["7", "--base-url", &base, "--config"]);
    let child = child.arg(configured.file()).env("TICKETLOG_ACCESS_TOKEN", "CANARY-7f3a9c");
    let output = canary::output(child);
    assert!(said(&output).contains("sent nothing for 1s"), "{}", said(&output));
}
