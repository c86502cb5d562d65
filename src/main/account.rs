//! Which tokens the API is asked with, and `ticketlog auth`: log in, look, log out.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read as _, Write as _},
    sync::Arc,
};

use secrecy::{ExposeSecret as _, SecretString};
use ticketlog::{
    api::{self, Authorisation, Authorities, Client, Trace, is_token},
    auth::{Network, Renewal, Source, Until, Vault, Wanted},
    cli::{Auth, Look},
    model::text::{Charset, Untrusted},
    settings::{ACCESS_TOKEN, Asked, Purpose, Settings, TokenError, access_token},
    state,
    term::prompt,
};

use crate::{Refusal, failed, opening::settings_for, say, var};

/// The variable that holds the refresh token.
const REFRESH_TOKEN: &str = "TICKETLOG_REFRESH_TOKEN";

/// The most bytes that are read as a token.
const LONGEST: u64 = 64 * 1024;

/// A ticket that is asked for to try the token; that there is none is an answer as well.
const ANY_TICKET: u64 = 1;

/// What the API is asked with.
pub(super) struct Credential {
    pub(super) authorisation: Authorisation,
    renewal: Option<Renewal>,
    /// What it is and where it comes from, in words.
    pub(super) origin: String,
}

impl Credential {
    /// Says at the end what could not be kept.
    pub(super) fn warn(&self) {
        if let Some(warning) = self.renewal.as_ref().and_then(Renewal::warning) {
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

/// The access token of the environment, else the refresh token of the environment, else that of an earlier login.
pub(super) fn credential(settings: &Settings, trace: Option<&Trace>) -> Result<Credential, NoCredential> {
    match access_token(var) {
        Ok(token) => {
            let origin = format!("access token of {ACCESS_TOKEN}");
            return Ok(Credential { authorisation: token.into(), renewal: None, origin });
        }
        Err(TokenError::Missing) => {}
        Err(error) => return Err(Refusal::new(error.exit_code(), error.to_string()).into()),
    }
    let given = var(REFRESH_TOKEN).map(|token| token.trim_end_matches(['\r', '\n']).to_owned());
    let (source, origin) = match given.filter(|token| !token.is_empty()) {
        Some(token) if !is_token(&token) => {
            let sentence = "holds a line break or another character that no token has. Set it again.";
            return Err(Refusal::new(2, format!("{REFRESH_TOKEN} {sentence}")).into());
        }
        Some(token) => {
            client_id(settings, REFRESH_TOKEN)?;
            (Source::Environment(token.into()), format!("refresh token of {REFRESH_TOKEN}"))
        }
        None => {
            let vault = wanted(settings).vault(&Source::Login);
            let path = vault.map(|vault| vault.path()).filter(|path| path.symlink_metadata().is_ok());
            let path = path.ok_or_else(|| NoCredential::Missing(no_token(settings)))?;
            (Source::Login, format!("refresh token of ticketlog auth login, {}", path.display()))
        }
    };
    let renewal = renewal(settings, source, trace)?;
    Ok(Credential {
        authorisation: Authorisation::Renewed(Arc::new(renewal.clone())),
        renewal: Some(renewal),
        origin,
    })
}

pub(super) async fn run(auth: &Auth) -> Result<u8, Refusal> {
    let (Auth::Login(account) | Auth::Status(account) | Auth::Logout(account)) = auth;
    let look = Look::default();
    let settings = settings_for(Asked { account, look: &look, purpose: Purpose::Account(None) })?;
    match auth {
        Auth::Login(_) => login(&settings).await,
        Auth::Status(_) => status(&settings).await,
        Auth::Logout(_) => logout(&settings),
    }
}

/// Exchanges the token at once: one that does not work is not kept.
async fn login(settings: &Settings) -> Result<u8, Refusal> {
    client_id(settings, "ticketlog auth login")?;
    let wanted = wanted(settings);
    let path = wanted.vault(&Source::Login).map(|vault| vault.path()).ok_or_else(|| {
        Refusal::new(1, "There is no folder to keep the token in. Set HOME, or TICKETLOG_STATE.")
    })?;
    let typed = if io::stdin().is_terminal() { typed(settings)? } else { piped()? };
    let text = typed.expose_secret().trim();
    if !is_token(text) {
        return Err(Refusal::new(
            2,
            "That is no refresh token: it is empty or holds a space. Nothing was kept.",
        ));
    }
    let renewal = renewal(settings, Source::Login, None)?;
    renewal.login(text.to_owned().into()).await.map_err(|failure| failed(&failure))?;
    if let Some(warning) = renewal.warning() {
        return Err(Refusal::new(1, plain(&warning)));
    }
    let path = plain(&path.display().to_string());
    let account = nix::unistd::User::from_uid(nix::unistd::geteuid()).ok().flatten();
    let account = account.map_or_else(|| nix::unistd::geteuid().to_string(), |user| plain(&user.name));
    print(&format!(
        "Logged in to {}. Everything that runs as the Unix account {account} can use it; it is kept in {path}",
        name(settings)
    ));
    Ok(0)
}

async fn status(settings: &Settings) -> Result<u8, Refusal> {
    let credential = credential(settings, None)?;
    let base = settings.base.value.clone();
    print(&format!("account  {} at {}", name(settings), base.as_str()));
    print(&format!("token    {}", plain(&credential.origin)));
    let options = api::Options {
        base,
        token: credential.authorisation.clone(),
        timeouts: settings.timeouts.values(),
        authorities: authorities(settings)?,
    };
    let client = Client::new(options).map_err(|failure| failed(&failure))?;
    let answer = client.tickets(&[ANY_TICKET]).await;
    let until = match &credential.renewal {
        Some(renewal) => renewal.until().await,
        None => None,
    };
    if let Some(Until(left)) = until {
        print(&format!("until    {} minutes from now, then renewed", left.as_secs() / 60));
    }
    credential.warn();
    answer.map_err(|failure| failed(&failure))?;
    print("server   accepts it");
    Ok(0)
}

fn logout(settings: &Settings) -> Result<u8, Refusal> {
    let vault = wanted(settings).vault(&Source::Login);
    let forgotten = vault.as_ref().map_or(Ok(false), Vault::forget);
    match forgotten {
        Ok(true) => print(&format!(
            "Logged out of {}. The token is still good at the server: withdraw it in the inbox if need be.",
            name(settings)
        )),
        Ok(false) => print(&format!("Nothing is kept for {}.", name(settings))),
        Err(error) => {
            let path = vault.map(|vault| plain(&vault.path().display().to_string())).unwrap_or_default();
            return Err(Refusal::new(1, format!("{path} cannot be removed: {}.", error.kind())));
        }
    }
    if [ACCESS_TOKEN, REFRESH_TOKEN].into_iter().any(|name| var(name).is_some_and(|token| !token.is_empty()))
    {
        print("The environment still holds a token.");
    }
    Ok(0)
}

fn wanted(settings: &Settings) -> Wanted {
    Wanted {
        profile: settings.profile.as_ref().map(|profile| profile.value.clone()).unwrap_or_default(),
        base: settings.base.value.clone(),
        token_url: settings.token_url.value.clone(),
        client_id: settings.client_id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        folder: state::folder(var).map(|folder| folder.join("tokens")),
    }
}

fn renewal(settings: &Settings, source: Source, trace: Option<&Trace>) -> Result<Renewal, Refusal> {
    let (wanted, authorities) = (wanted(settings), authorities(settings)?);
    let network = Network { timeouts: settings.timeouts.values(), authorities: &authorities, trace };
    wanted.renewal(source, network).map_err(|failure| failed(&failure))
}

pub(super) fn authorities(settings: &Settings) -> Result<Authorities, Refusal> {
    settings.authorities().map_err(|problem| Refusal::new(2, problem.to_string()))
}

fn client_id(settings: &Settings, what: &str) -> Result<(), Refusal> {
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
fn name(settings: &Settings) -> String {
    settings.profile.as_ref().map_or_else(|| settings.base.value.host(), |profile| plain(&profile.value))
}

fn typed(settings: &Settings) -> Result<SecretString, Refusal> {
    let question =
        format!("Refresh token for {} (inbox: Settings, Installation, Public API): ", name(settings));
    match File::options()
        .read(true)
        .write(true)
        .open("/dev/tty")
        .and_then(|tty| prompt::secret(tty, &question))
    {
        Ok(Some(secret)) => Ok(secret),
        Ok(None) => Err(Refusal::new(130, "Nothing was kept.")),
        Err(error) => Err(Refusal::new(1, format!("The terminal cannot be asked: {}.", error.kind()))),
    }
}

fn piped() -> Result<SecretString, Refusal> {
    let mut text = String::new();
    let read = io::stdin().take(LONGEST).read_to_string(&mut text);
    read.map_err(|_| Refusal::new(2, "Standard input holds no refresh token."))?;
    Ok(text.into())
}

fn plain(text: &str) -> String {
    Untrusted::new(text.to_owned()).one_line(500, Charset::Ascii).plain()
}

fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
