//! Which proxy the environment puts between this computer and the API, for messages alone: the library underneath
//! finds it for itself, with the same code. What it would pass over without a word is refused here.
//!
//! Never tells a proxy's user name or password. Called by the transport, the doctor and `main`.

use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use super::BaseUrl;

/// The variables that name a proxy for `https`, the most important first, each in both spellings.
const VARIABLES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];

/// The proxy that requests go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Host and port.
    pub address: String,
    /// The variable that names it.
    pub variable: &'static str,
}

/// Host and port of the proxy that requests to `base` go through; this computer is never asked through one.
///
/// # Errors
/// A sentence about a variable whose value is no proxy that can be used. It holds nothing of the value.
pub fn between(base: &BaseUrl) -> Result<Option<Proxy>, String> {
    found(base, &|name| std::env::var(name).ok())
}

fn found(base: &BaseUrl, var: &dyn Fn(&str) -> Option<String>) -> Result<Option<Proxy>, String> {
    let first = |names: [&'static str; 2]| names.into_iter().find_map(|name| Some((name, var(name)?)));
    // A server's own programs get this variable from whoever asks them; the library then uses no proxy.
    if base.is_loopback() || var("REQUEST_METHOD").is_some() {
        return Ok(None);
    }
    let no = first(["NO_PROXY", "no_proxy"]).map(|(_, no)| no).unwrap_or_default();
    let Ok(address) = base.as_str().parse() else { return Ok(None) };
    let through = |proxy: String| Matcher::builder().https(proxy).no(no.clone()).build().intercept(&address);
    if through("http://proxy.invalid".to_owned()).is_none() {
        return Ok(None);
    }
    let mut named = VARIABLES.into_iter().filter_map(first).filter(|(_, value)| !value.is_empty());
    let Some((variable, value)) = named.next() else { return Ok(None) };
    let proxy = through(value);
    // A port that is no number is passed over as well.
    let uri = proxy.as_ref().map(Intercept::uri).filter(|uri| {
        uri.port_u16().is_some() || uri.authority().is_some_and(|all| Some(all.as_str()) == uri.host())
    });
    match uri.and_then(|uri| Some((uri.scheme_str()?, uri.host()?, uri.port_u16()))) {
        Some((scheme, ..)) if scheme.starts_with("socks") => Err(format!(
            "{variable} names a SOCKS proxy, which ticketlog cannot use; name an HTTP proxy in HTTPS_PROXY, or the \
             host {} in NO_PROXY",
            base.host()
        )),
        Some((_, host, port)) => {
            let address = port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
            Ok(Some(Proxy { address, variable }))
        }
        None => Err(format!("{variable} holds no address of a proxy; write http://HOST:PORT, or unset it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(variables: &[(&str, &str)]) -> Result<Option<(String, &'static str)>, String> {
        let base = BaseUrl::parse("https://api.example").unwrap();
        let var = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let found = found(&base, &var).map(|proxy| proxy.map(|proxy| (proxy.address, proxy.variable)));
        assert!(!format!("{found:?}").contains("CANARY"), "{found:?}");
        found
    }

    fn through(address: &str, variable: &'static str) -> (String, &'static str) {
        (address.to_owned(), variable)
    }

    /// H26
    #[test]
    fn the_variable_that_is_used_is_named() {
        let with = "http://me:CANARY@proxy.example:3128";
        assert_eq!(told(&[("HTTPS_PROXY", with)]), Ok(Some(through("proxy.example:3128", "HTTPS_PROXY"))));
        assert_eq!(
            told(&[("https_proxy", "proxy.example")]),
            Ok(Some(through("proxy.example", "https_proxy")))
        );
        assert_eq!(told(&[("all_proxy", with)]), Ok(Some(through("proxy.example:3128", "all_proxy"))));
        let both = [("ALL_PROXY", "http://other.example"), ("HTTPS_PROXY", with)];
        assert_eq!(told(&both), Ok(Some(through("proxy.example:3128", "HTTPS_PROXY"))));
        let empty = [("ALL_PROXY", with), ("HTTPS_PROXY", "")];
        assert_eq!(told(&empty), Ok(Some(through("proxy.example:3128", "ALL_PROXY"))));
        for away in [("NO_PROXY", "api.example"), ("no_proxy", "*"), ("REQUEST_METHOD", "GET")] {
            assert_eq!(told(&[("HTTPS_PROXY", with), away]), Ok(None), "{away:?}");
        }
        assert_eq!(told(&[("HTTP_PROXY", with)]), Ok(None), "that is for http");
    }

    #[test]
    fn what_would_be_passed_over_without_a_word_is_told_without_its_value() {
        for odd in ["CANARY CANARY", "ftp://CANARY", "://CANARY", "/CANARY", "http://", "http://CANARY:port"]
        {
            let sentence = told(&[("HTTPS_PROXY", odd), ("ALL_PROXY", "http://proxy.example")]).unwrap_err();
            assert!(sentence.starts_with("HTTPS_PROXY holds no address of a proxy; "), "{sentence}");
            assert_eq!(told(&[("HTTPS_PROXY", odd), ("NO_PROXY", "api.example")]), Ok(None));
        }
        for socks in ["socks5://me:CANARY@proxy.example:1080", "socks5h://proxy.example", "socks4://x"] {
            let sentence = told(&[("ALL_PROXY", socks)]).unwrap_err();
            assert!(sentence.starts_with("ALL_PROXY names a SOCKS proxy, which "), "{sentence}");
        }
    }
}
