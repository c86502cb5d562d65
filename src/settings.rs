//! Settings from flags and the environment, judged before anything is written to the terminal.

use std::{fmt, path::Path};

use secrecy::SecretString;

use crate::{
    api::{BaseUrl, BaseUrlError},
    model::{text::Charset, zone::Zone},
};

/// Where the API is when nothing else is said; only the token address is published, this is its host.
const DEFAULT_BASE_URL: &str = "https://api.socialboards.com";

/// How to reach the API.
#[derive(Debug)]
pub struct Account {
    /// The address of the API.
    pub base: BaseUrl,
    /// The access token.
    pub token: SecretString,
}

/// Why the settings cannot be used.
#[derive(Debug)]
pub enum SettingsError {
    /// There is no access token.
    NoToken,
    /// The token holds characters that no token has.
    BadToken,
    /// The address of the API cannot be used.
    BadBaseUrl(BaseUrlError),
}

impl SettingsError {
    /// The exit code: not authorised, or wrong configuration.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NoToken => 3,
            Self::BadToken | Self::BadBaseUrl(_) => 2,
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoToken => f.write_str(
                "No access token. Put one into TICKETLOG_ACCESS_TOKEN (inbox: Settings, Installation, Public API), \
                 or try ticketlog --demo.",
            ),
            Self::BadToken => f.write_str(
                "TICKETLOG_ACCESS_TOKEN holds a line break or another character that no token has. Set it again.",
            ),
            Self::BadBaseUrl(error) => error.fmt(f),
        }
    }
}

/// The address of the API: from the flag, else from the environment, else the default.
///
/// # Errors
/// A sentence for what is wrong with it.
pub fn base(flag: Option<&str>, var: impl Fn(&str) -> Option<String>) -> Result<BaseUrl, SettingsError> {
    let set = flag.map(str::to_owned).or_else(|| var("TICKETLOG_BASE_URL")).filter(|url| !url.is_empty());
    BaseUrl::parse(set.as_deref().unwrap_or(DEFAULT_BASE_URL)).map_err(SettingsError::BadBaseUrl)
}

/// Reads an account: the address from the flag or the environment, the token from the environment alone.
///
/// # Errors
/// A sentence for what is missing or wrong.
pub fn account(
    base_url: Option<&str>,
    var: impl Fn(&str) -> Option<String>,
) -> Result<Account, SettingsError> {
    let base = base(base_url, &var)?;
    let token = var("TICKETLOG_ACCESS_TOKEN").map(|token| token.trim_end_matches(['\r', '\n']).to_owned());
    let token = token.filter(|token| !token.is_empty()).ok_or(SettingsError::NoToken)?;
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SettingsError::BadToken);
    }
    Ok(Account { base, token: SecretString::from(token) })
}

/// The zone that times are shown in: `TZ`, else the host's, else universal time. Its name is always shown, so a
/// setting that cannot be understood is seen.
#[must_use]
pub fn zone(tz: Option<&str>, localtime: &Path) -> Zone {
    let named = tz.map(|tz| tz.trim_start_matches(':'));
    if let Some(name) = named {
        let inside = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
        return Zone::named(inside).unwrap_or(Zone::UTC);
    }
    let link = std::fs::read_link(localtime).unwrap_or_default();
    let linked = link.to_string_lossy().rsplit_once("zoneinfo/").and_then(|(_, name)| Zone::named(name));
    // Some hosts copy the zone's file and write its name beside it.
    let written = || Zone::named(std::fs::read_to_string(localtime.with_file_name("timezone")).ok()?.trim());
    linked.or_else(written).unwrap_or(Zone::UTC)
}

/// Which characters the terminal is sent: ASCII where the locale says so. An unset locale counts as UTF-8.
#[must_use]
pub fn charset(ascii: bool, var: impl Fn(&str) -> Option<String>) -> Charset {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| var(name).filter(|value| !value.is_empty()));
    let utf8 = locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    if ascii || !utf8 { Charset::Ascii } else { Charset::Unicode }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        move |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn an_account_needs_a_token_and_a_usable_address() {
        let token = [("TICKETLOG_ACCESS_TOKEN", "abc\n")];
        assert!(account(None, env(&token)).is_ok());
        assert_eq!(account(None, env(&[])).unwrap_err().exit_code(), 3);
        assert_eq!(account(None, env(&[("TICKETLOG_ACCESS_TOKEN", "")])).unwrap_err().exit_code(), 3);
        assert_eq!(account(None, env(&[("TICKETLOG_ACCESS_TOKEN", "a\nb")])).unwrap_err().exit_code(), 2);
        assert_eq!(account(Some("http://example.org"), env(&token)).unwrap_err().exit_code(), 2);
        assert_eq!(account(Some("ftp://x"), env(&token)).unwrap_err().exit_code(), 2);
    }

    #[test]
    fn the_locale_decides_the_characters() {
        assert_eq!(charset(false, env(&[])), Charset::Unicode);
        assert_eq!(charset(false, env(&[("LANG", "nb_NO.UTF-8")])), Charset::Unicode);
        assert_eq!(charset(false, env(&[("LANG", "nb_NO.utf8"), ("LC_ALL", "")])), Charset::Unicode);
        assert_eq!(charset(false, env(&[("LANG", "nb_NO.UTF-8"), ("LC_ALL", "C")])), Charset::Ascii);
        assert_eq!(charset(false, env(&[("LANG", "nb_NO.ISO-8859-1")])), Charset::Ascii);
        assert_eq!(charset(true, env(&[])), Charset::Ascii);
    }

    #[test]
    fn the_zone_comes_from_tz_then_from_the_host_and_is_never_a_guess() {
        let nowhere = Path::new("/nonexistent");
        assert_eq!(zone(Some("Europe/Oslo"), nowhere).name(), "Oslo");
        assert_eq!(zone(Some(":Europe/Oslo"), nowhere).name(), "Oslo");
        assert_eq!(zone(Some("/etc/passwd"), nowhere), Zone::UTC);
        assert_eq!(zone(Some(""), nowhere), Zone::UTC);
        assert_eq!(zone(None, nowhere), Zone::UTC);
    }
}
