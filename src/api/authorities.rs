//! Certificates of authorities that are trusted beside those of this computer: a company's own, or that of a proxy
//! which looks into TLS. Nothing here can make a check weaker than one more signer. Called by the settings.

use std::fmt;

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

/// Authorities to trust beside the computer's own. None by default.
#[derive(Clone, Default)]
pub struct Authorities(Vec<CertificateDer<'static>>);

impl Authorities {
    /// Reads the certificates of a PEM file; what else is in it is left alone.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence about the file.
    pub fn parse(pem: &[u8]) -> Result<Self, &'static str> {
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let certificates = certificates.map_err(|_| "is no file of certificates in PEM form")?;
        if certificates.is_empty() {
            return Err("holds no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----");
        }
        // Told now, not at the first request.
        let mut store = RootCertStore::empty();
        if certificates.iter().any(|certificate| store.add(certificate.clone()).is_err()) {
            return Err("holds a certificate that cannot be read");
        }
        Ok(Self(certificates))
    }

    /// The same for the client's library.
    pub(super) fn certificates(&self) -> reqwest::Result<Vec<reqwest::Certificate>> {
        self.0.iter().map(|certificate| reqwest::Certificate::from_der(certificate)).collect()
    }
}

/// Says how many and nothing of what is in them.
impl fmt::Debug for Authorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Authorities({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_no_certificate_is_told() {
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let cut = "-----BEGIN CERTIFICATE-----\nAAAA\n";
        for (pem, said) in [
            ("", "holds no certificate"),
            ("hello", "holds no certificate"),
            (broken, "holds a certificate that cannot be read"),
            (cut, "is no file of certificates"),
        ] {
            assert!(Authorities::parse(pem.as_bytes()).unwrap_err().starts_with(said), "{pem}");
        }
    }
}
