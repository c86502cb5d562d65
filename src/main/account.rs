//! Which tokens the API is asked with, and where they come from.

use std::sync::Arc;

use secrecy::SecretString;
use ticketlog::{
    api::{Authorisation, Authorities, BaseUrl, Trace, is_token, proxy},
    auth::{
        Network, Renewal, Source, Wanted,
        given::{self, NoToken},
    },
    model::text::{Charset, Untrusted},
    settings::{ACCESS_TOKEN, Origin, Setting, Settings, TokenError, TokenSource, access_token},
    state,
};

use crate::{Refusal, failed, pass, say, var};

/// The variable that holds the refresh token.
pub(super) const REFRESH_TOKEN: &str = "TICKETLOG_REFRESH_TOKEN";

/// What the API is asked with.
pub(super) struct Credential {
    pub(super) authorisation: Authorisation,
    pub(super) renewal: Option<Renewal>,
    /// What it is and where it comes from, in words.
    pub(super) origin: String,
}

impl Credential {
    /// At the end: waits until what is being renewed is kept, and says what could not be.
    pub(super) async fn settle(&self) {
        let Some(renewal) = &self.renewal else { return };
        renewal.settle().await;
        if let Some(warning) = renewal.warning() {
            say(&plain(&warning));
        }
    }
}

/// Why there is no credential.
pub(super) enum NoCredential {
    /// There is none.
    Missing(Refusal),
    /// There is one that cannot be used.
    Unusable(Refusal),
}

impl From<NoCredential> for Refusal {
    fn from(reason: NoCredential) -> Self {
        match reason {
            NoCredential::Missing(refusal) | NoCredential::Unusable(refusal) => refusal,
        }
    }
}

impl From<Refusal> for NoCredential {
    fn from(refusal: Refusal) -> Self {
        Self::Unusable(refusal)
    }
}

/// The access token of the environment, else the refresh token of the environment, else that of a file or a program
/// that the configuration names, else that of an earlier login.
pub(super) fn credential(settings: &Settings, trace: Option<&Trace>) -> Result<Credential, NoCredential> {
    proxies(settings)?;
    let credential = found(settings, trace)?;
    if let Some(trace) = trace {
        trace.note(&credential.origin);
    }
    Ok(credential)
}

fn found(settings: &Settings, trace: Option<&Trace>) -> Result<Credential, NoCredential> {
    match access_token(var) {
        Ok(token) => {
            let origin = format!("access token of {ACCESS_TOKEN}");
            return Ok(Credential { authorisation: token.into(), renewal: None, origin });
        }
        Err(TokenError::Missing) => {}
        Err(error) => return Err(Refusal::new(error.exit_code(), error.to_string()).into()),
    }
    let (source, origin) = source(settings)?;
    let renewal = renewal(settings, source, trace)?;
    let authorisation = Authorisation::Renewed(Arc::new(renewal.clone()));
    Ok(Credential {
        authorisation,
        renewal: Some(renewal),
        origin: plain(&format!("refresh token of {origin}")),
    })
}

/// Where the refresh token is, and the same in words.
fn source(settings: &Settings) -> Result<(Source, String), NoCredential> {
    let given = var(REFRESH_TOKEN).map(|token| token.trim_end_matches(['\r', '\n']).to_owned());
    if let Some(token) = given.filter(|token| !token.is_empty()) {
        if !is_token(&token) {
            let sentence = "holds a line break or another character that no token has. Set it again.";
            return Err(Refusal::new(2, format!("{REFRESH_TOKEN} {sentence}")).into());
        }
        client_id(settings, REFRESH_TOKEN)?;
        token_url(settings)?;
        return Ok((Source::Environment(token.into()), REFRESH_TOKEN.to_owned()));
    }
    if let Some(source) = &settings.token_source {
        client_id(settings, source.value.key())?;
        own_addresses(settings, source)?;
        token_url(settings)?;
        return Ok(configured(source)?);
    }
    let vault = wanted(settings).map_err(NoCredential::Missing)?.vault(&Source::Login);
    let path = vault.map(|vault| vault.path()).filter(|path| path.symlink_metadata().is_ok());
    let path = path.ok_or_else(|| NoCredential::Missing(no_token(settings)))?;
    same_client_id(settings)?;
    Ok((Source::Login, format!("ticketlog auth login, {}", path.display())))
}

/// What the configuration names, read or run: before the screen opens.
fn configured(source: &Setting<TokenSource>) -> Result<(Source, String), Refusal> {
    let Setting { value, origin } = source;
    let refuse = |reason| refused(reason, value.key(), origin);
    match value {
        TokenSource::File(path) => {
            let secret = given::of_file(path).map_err(refuse)?;
            Ok((Source::File(secret), format!("token_file of {origin}")))
        }
        TokenSource::Command(words) => {
            let secret: SecretString = given::of_command(words, given::PATIENCE, pass).map_err(refuse)?;
            Ok((Source::Command(secret), format!("token_command of {origin}")))
        }
    }
}

fn refused(reason: NoToken, key: &str, origin: &Origin) -> Refusal {
    match reason {
        NoToken::Interrupted => Refusal::new(130, format!("{origin}: {key} was interrupted.")),
        NoToken::Settings(sentence) => Refusal::new(2, format!("{origin}: {key}: {sentence}.")),
        NoToken::Failed(failure) => {
            let sentence = failure.sentence.escaped();
            Refusal::new(failure.kind.exit_code(), format!("{origin}: {key}: {sentence}."))
        }
    }
}

/// A token that stands in the files is for the addresses that stand there: one flag more must not send it elsewhere.
fn own_addresses(settings: &Settings, source: &Setting<TokenSource>) -> Result<(), Refusal> {
    let token_url = settings.token_url.as_ref().map(|url| ("token_url", &url.origin));
    let mut addresses = [("base_url", &settings.base.origin)].into_iter().chain(token_url);
    let other = addresses.find(|(_, origin)| matches!(origin, Origin::Flag(_) | Origin::Variable(_)));
    let Some((key, by)) = other else { return Ok(()) };
    let Setting { value, origin } = source;
    let token = value.key();
    Err(Refusal::new(
        2,
        format!(
            "{origin}: {token} is for the addresses of the configuration, and {by} names another one. \
             Write {key} beside {token}, or give the token in {REFRESH_TOKEN}."
        ),
    ))
}

/// Which account the settings mean.
pub(super) fn wanted(settings: &Settings) -> Result<Wanted, Refusal> {
    Ok(Wanted {
        profile: settings.profile.as_ref().map(|profile| profile.value.clone()).unwrap_or_default(),
        base: settings.base.value.clone(),
        token_url: token_url(settings)?.clone(),
        client_id: settings.client_id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        folder: state::folder(var).map(|folder| folder.join("tokens")),
    })
}

/// Where a refresh token is sent: to an address that belongs to the API, or nowhere.
pub(super) fn token_url(settings: &Settings) -> Result<&BaseUrl, Refusal> {
    let Setting { value, origin } = &settings.base;
    settings.token_url.as_ref().map(|url| &url.value).ok_or_else(|| {
        let sentence = format!(
            "{origin} names the API {}, and nothing names its token URL. Set token_url in the profile, \
             TICKETLOG_TOKEN_URL or --token-url: a refresh token goes nowhere else.",
            value.as_str()
        );
        Refusal::new(2, plain(&sentence))
    })
}

pub(super) fn renewal(
    settings: &Settings,
    source: Source,
    trace: Option<&Trace>,
) -> Result<Renewal, Refusal> {
    let (mut wanted, authorities) = (wanted(settings)?, authorities(settings)?);
    if let (Source::Login, true) = (&source, wanted.client_id.is_empty()) {
        wanted.client_id = kept_client_id(settings)?.unwrap_or_default();
    }
    let network = Network { timeouts: settings.timeouts.values(), authorities: &authorities, trace };
    wanted.renewal(source, network).map_err(|failure| failed(&failure))
}

/// Refuses a proxy of the environment that would be passed over without a word.
pub(super) fn proxies(settings: &Settings) -> Result<(), Refusal> {
    let token_url = settings.token_url.as_ref().map(|url| &url.value);
    for address in [&settings.base.value].into_iter().chain(token_url) {
        proxy::between(address).map_err(|sentence| Refusal::new(2, format!("{sentence}.")))?;
    }
    Ok(())
}

pub(super) fn authorities(settings: &Settings) -> Result<Authorities, Refusal> {
    settings.authorities().map_err(|problem| Refusal::new(2, problem.to_string()))
}

/// The client id of the login that is kept.
pub(super) fn kept_client_id(settings: &Settings) -> Result<Option<String>, Refusal> {
    wanted(settings)?.kept_client_id().map_err(|failure| failed(&failure))
}

/// A login needs no client id to be used, but another one would be refused by the server in words that name nothing.
fn same_client_id(settings: &Settings) -> Result<(), Refusal> {
    let Some(Setting { value, origin }) = &settings.client_id else { return Ok(()) };
    match kept_client_id(settings)? {
        Some(kept) if kept != *value => {
            let (kept, named) = (plain(&kept), plain(value));
            Err(Refusal::new(
                2,
                format!(
                    "The kept login is for the client id {kept}, and {origin} names {named}. Leave that out, or run \
                     ticketlog auth login."
                ),
            ))
        }
        _ => Ok(()),
    }
}

pub(super) fn client_id(settings: &Settings, what: &str) -> Result<(), Refusal> {
    if settings.client_id.is_some() {
        return Ok(());
    }
    let sentence = "needs the client id that the inbox shows with the token. Set client_id, TICKETLOG_CLIENT_ID or --client-id.";
    Err(Refusal::new(2, format!("{what} {sentence}")))
}

fn no_token(settings: &Settings) -> Refusal {
    let name = name(settings);
    let sentence =
        "Run ticketlog auth login (inbox: Settings, Installation, Public API), or try ticketlog --demo.";
    Refusal::new(3, format!("No token for {name}. {sentence}"))
}

/// The profile's name, the host where there is none.
pub(super) fn name(settings: &Settings) -> String {
    settings.profile.as_ref().map_or_else(|| settings.base.value.host(), |profile| plain(&profile.value))
}

pub(super) fn plain(text: &str) -> String {
    Untrusted::new(text.to_owned()).one_line(500, Charset::Ascii).plain()
}
