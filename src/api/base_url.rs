//! The address that the API's paths begin at, and whether a token may be sent there.
//!
//! `https` only; `http` for this computer alone: `127.0.0.0/8`, `::1` and exactly `localhost`. Refuses a user
//! name or password, a query and a fragment: they would be lost, or be a secret in a place that is shown. Keeps
//! a path prefix. Names in other scripts come out in their ASCII form, so that look-alikes do.

use std::{error::Error, fmt, net::IpAddr};

use reqwest::Url;

/// A base address that was found safe. See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Reads a base address, with or without a slash at the end.
    ///
    /// # Errors
    /// One sentence that says what is wrong with it and what to give instead.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let refuse = |reason| BaseUrlError::new(text, reason);
        let text = text.trim();
        if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(refuse("holds a character that no address has"));
        }
        let url = Url::parse(text).map_err(|_| refuse("is not an address"))?;
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
            return Err(refuse("is not an https address"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("holds a user name or a password, which the API does not take"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("holds a ? or a #, which a base address cannot have"));
        }
        let base = Self(url);
        if base.is_plain() && !base.is_loopback() {
            return Err(refuse("would send the token unencrypted; http is for this computer only"));
        }
        Ok(base)
    }

    /// Whether the address is this computer: `127.0.0.0/8`, `::1`, or exactly `localhost`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Host, and port where it is not the usual one: for messages. Always ASCII.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The host without brackets, and the port: for looking its name up.
    #[must_use]
    pub fn endpoint(&self) -> (&str, u16) {
        let host = self.0.host_str().unwrap_or_default();
        (host.trim_start_matches('[').trim_end_matches(']'), self.0.port_or_known_default().unwrap_or(443))
    }

    /// The whole address: for messages. Always ASCII, and never with a secret in it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The same for every way to write the address: for what is kept of it.
    #[must_use]
    pub fn state_key(&self) -> &str {
        self.0.as_str().strip_suffix('/').unwrap_or(self.0.as_str())
    }

    /// Whether requests go unencrypted.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The address of the path made of `segments`; each is one segment, whatever is in it.
    pub(super) fn join(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        // Only addresses without a host have no segments, and those were refused.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

/// Why an address was refused, as a sentence. Never holds a password or a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrlError {
    shown: String,
    reason: &'static str,
}

impl BaseUrlError {
    /// The most characters of the input that are shown.
    const SHOWN: usize = 100;

    fn new(text: &str, reason: &'static str) -> Self {
        Self { shown: shown(text, Self::SHOWN), reason }
    }
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shown, reason } = self;
        write!(f, "the base URL \"{shown}\" {reason}; give one like https://api.socialboards.com")
    }
}

impl Error for BaseUrlError {}

/// An address as it may be shown: its first `limit` characters in printable ASCII, without what may hold a
/// secret: a user name, a password, a query, a fragment.
pub(super) fn shown(text: &str, limit: usize) -> String {
    let open = text.split(['?', '#']).next().unwrap_or_default();
    let open = match open.rsplit_once('@') {
        Some((_, host)) => format!("...@{host}"),
        None => open.to_owned(),
    };
    open.chars().take(limit).flat_map(char::escape_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// C23
    #[test]
    fn https_is_accepted_anywhere_and_http_on_this_computer_only() {
        for text in [
            "https://api.socialboards.com",
            "https://api.example:8443/v2/",
            "http://127.0.0.1:8080",
            "http://127.9.8.7/",
            "http://[::1]:3000",
            "http://localhost:80/api",
            "HTTPS://API.EXAMPLE",
            " https://api.example ",
        ] {
            assert!(BaseUrl::parse(text).is_ok(), "{text}");
        }
        for text in [
            "http://api.socialboards.com",
            "http://localhost.evil.test",
            "http://localhost./",
            "http://128.0.0.1",
            "http://0.0.0.0",
            "http://[::ffff:127.0.0.1]",
            "http://127.0.0.1.evil.test",
            "http://127.0.0.1@evil.test",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
    }

    /// C24
    #[test]
    fn everything_else_is_refused_in_one_sentence() {
        for text in [
            "",
            "api.socialboards.com",
            "localhost:8080",
            "ftp://api.example",
            "file:///etc/passwd",
            "https://",
            "https://api.example?x=1",
            "https://api.example/#top",
            "https://user@api.example",
            "https://:word@api.example",
            "https://api.example/a b",
            "ht\ntps://api.example",
            "https:\\\\api.example",
            "https://api.example:99999",
        ] {
            let error = BaseUrl::parse(text).unwrap_err().to_string();
            assert!(error.starts_with("the base URL \""), "{error}");
            assert!(!error.contains('\n') && error.is_ascii(), "{error}");
        }
    }

    #[test]
    fn a_refusal_shows_the_input_escaped_and_without_its_secrets() {
        for text in [
            "https://user:CANARY-1@api.example",
            "https://user:CANARY-1@api exa mple",
            "https://api.example/?token=CANARY-1",
            "https://api.example/#CANARY-1",
            "http://a@b:CANARY-1@evil.test/?x",
        ] {
            let error = BaseUrl::parse(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("CANARY"), "{error}");
        }
        let error = BaseUrl::parse("ht\u{1b}[2Jtp://\u{202e}x").unwrap_err().to_string();
        assert!(error.contains(r"ht\u{1b}[2Jtp://\u{202e}x"), "{error}");
        let long = "x".repeat(10_000);
        assert!(BaseUrl::parse(&long).unwrap_err().to_string().len() < 300);
    }

    #[test]
    fn a_path_prefix_stays_and_a_segment_never_becomes_two() {
        let base = BaseUrl::parse("https://api.example/v2/").unwrap();
        assert_eq!(base.join(&["tickets", "7", "log"]).as_str(), "https://api.example/v2/tickets/7/log");
        let base = BaseUrl::parse("https://api.example").unwrap();
        assert_eq!(base.join(&["a/b?c"]).as_str(), "https://api.example/a%2Fb%3Fc");
    }

    #[test]
    fn one_address_has_one_key_however_it_is_written() {
        let key = |text: &str| BaseUrl::parse(text).unwrap().state_key().to_owned();
        for text in [
            "https://api.example",
            "https://api.example/",
            "HTTPS://API.example:443",
            " https://api.example ",
        ] {
            assert_eq!(key(text), "https://api.example", "{text}");
        }
        assert_eq!(key("https://api.example/v2/"), key("https://api.example/v2"));
        let all = [
            "https://api.example",
            "https://api.example/v2",
            "https://api.example:8443",
            "https://b.example",
        ];
        let keys: std::collections::HashSet<String> = all.map(key).into();
        assert_eq!(keys.len(), all.len());
    }

    #[test]
    fn messages_name_the_host_in_ascii_with_an_unusual_port() {
        for (text, host) in [
            ("https://api.example:443", "api.example"),
            ("https://api.example:8443", "api.example:8443"),
            ("http://[::1]:3000", "[::1]:3000"),
            ("https://\u{0430}pi.example", "xn--pi-6kc.example"),
        ] {
            assert_eq!(BaseUrl::parse(text).unwrap().host(), host);
        }
    }
}
