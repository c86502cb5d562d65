//! `ticketlog auth`: log in, look, log out.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read as _, Write as _},
};

use nix::unistd::{User, geteuid};
use secrecy::{ExposeSecret as _, SecretString};
use ticketlog::{
    api::{self, Client, Trace, is_token},
    auth::{Source, Until},
    child::SECRETS,
    cli::{Auth, Look},
    model::failure::FailureKind,
    reason::not_read,
    settings::{Asked, Purpose, Settings},
    term::prompt,
};

use crate::{
    Refusal,
    account::{authorities, client_id, credential, kept_client_id, name, plain, proxies, renewal, wanted},
    failed,
    opening::{asked_trace, settings_for},
    var,
};

/// The most bytes that are read as a token.
const LONGEST: u64 = 64 * 1024;

/// A ticket that is asked for to try the token; that there is none is an answer as well.
const ANY_TICKET: u64 = 1;

pub(super) async fn run(auth: &Auth) -> Result<u8, Refusal> {
    let (account, trace) = match auth {
        Auth::Login(asking) | Auth::Status(asking) => {
            (&asking.account, asked_trace(asking.trace.as_deref())?)
        }
        Auth::Logout(account) => (account, None),
    };
    let look = Look::default();
    let settings = settings_for(Asked { account, look: &look, purpose: Purpose::Account(None) })?;
    match auth {
        Auth::Login(_) => login(&settings, trace.as_ref()).await,
        Auth::Status(_) => status(&settings, trace).await,
        Auth::Logout(_) => logout(&settings).await,
    }
}

/// Exchanges the token at once: one that does not work is not kept.
async fn login(settings: &Settings, trace: Option<&Trace>) -> Result<u8, Refusal> {
    proxies(settings)?;
    // A login that is renewed keeps its client id.
    if settings.client_id.is_none() && kept_client_id(settings)?.is_none() {
        client_id(settings, "ticketlog auth login")?;
    }
    let path = wanted(settings)?.vault(&Source::Login).map(|vault| vault.path()).ok_or_else(|| {
        Refusal::new(1, "There is no folder to keep the token in. Set HOME, or TICKETLOG_STATE.")
    })?;
    let renewal = renewal(settings, Source::Login, trace)?;
    renewal.can_keep().map_err(|failure| failed(&failure))?;
    let (path, account) = (plain(&path.display().to_string()), unix_account());
    let typed = if io::stdin().is_terminal() { typed(settings, &account)? } else { piped()? };
    let text = typed.expose_secret().trim();
    if !is_token(text) {
        return Err(Refusal::new(
            2,
            "That is no refresh token: it is empty or holds a space. Nothing was kept.",
        ));
    }
    renewal.login(text.to_owned().into()).await.map_err(|failure| failed(&failure))?;
    if let Some(warning) = renewal.warning() {
        return Err(Refusal::new(1, plain(&warning)));
    }
    print(&format!(
        "Logged in to {}. Everything that runs as the Unix account {account} can use it; it is kept in {path}",
        name(settings)
    ));
    if let Some(stronger) = stronger(settings) {
        print(&format!("But {stronger} goes before it, and is used as long as it is there."));
    }
    Ok(0)
}

/// Which token is used, until when, and whether the server accepts it.
async fn status(settings: &Settings, trace: Option<Trace>) -> Result<u8, Refusal> {
    let credential = credential(settings, trace.as_ref())?;
    let base = settings.base.value.clone();
    print(&format!("account  {} at {}", name(settings), base.as_str()));
    print(&format!("token    {}", credential.origin));
    let options = api::Options {
        base,
        token: credential.authorisation.clone(),
        timeouts: settings.timeouts.values(),
        authorities: authorities(settings)?,
    };
    let client = Client::traced(options, trace).map_err(|failure| failed(&failure))?;
    let answer = client.tickets(&[ANY_TICKET]).await;
    let until = match &credential.renewal {
        Some(renewal) => renewal.until().await.map(|Until(left)| {
            let left = match left.as_secs() {
                seconds @ ..=119 => format!("{seconds} seconds"),
                seconds => format!("{} minutes", seconds.div_ceil(60)),
            };
            format!("{left} from now; renewed before, as long as it is used")
        }),
        None => Some("not known; it is used as it is and never renewed".to_owned()),
    };
    if let Some(until) = until {
        print(&format!("until    {until}"));
    }
    credential.settle().await;
    match answer {
        // That there is no such ticket is told to who may ask.
        Err(failure) if failure.kind != FailureKind::NoSuchTicket => return Err(failed(&failure)),
        Ok(_) | Err(_) => print("server   accepts it"),
    }
    Ok(0)
}

async fn logout(settings: &Settings) -> Result<u8, Refusal> {
    let forgotten = wanted(settings)?.forget().await.map_err(|failure| failed(&failure))?;
    let name = name(settings);
    print(&if forgotten {
        format!(
            "Logged out of {name}. The token is still good at the server: withdraw it in the inbox if need be."
        )
    } else {
        format!("Nothing is kept for {name}.")
    });
    if let Some(source) = stronger(settings) {
        print(&format!("There is still {source}."));
    }
    Ok(0)
}

/// What goes before a login.
fn stronger(settings: &Settings) -> Option<String> {
    let set = |name: &&str| var(name).is_some_and(|token| !token.is_empty());
    let variable = SECRETS.into_iter().find(set).map(str::to_owned);
    let source = || settings.token_source.as_ref();
    variable.or_else(|| source().map(|source| format!("{} of {}", source.value.key(), source.origin)))
}

fn unix_account() -> String {
    let user = User::from_uid(geteuid()).ok().flatten();
    user.map_or_else(|| geteuid().to_string(), |user| plain(&user.name))
}

fn typed(settings: &Settings, account: &str) -> Result<SecretString, Refusal> {
    let question = format!(
        "Everything that runs as the Unix account {account} will be able to use the token.\n\
         Refresh token for {} (inbox: Settings, Installation, Public API): ",
        name(settings)
    );
    let terminal = File::options().read(true).write(true).open("/dev/tty");
    match terminal.and_then(|terminal| prompt::secret(terminal, &question)) {
        Ok(Some(secret)) => Ok(secret),
        Ok(None) => Err(Refusal::new(130, "Nothing was kept.")),
        Err(error) => Err(Refusal::new(1, format!("The terminal cannot be asked: {}.", not_read(&error)))),
    }
}

fn piped() -> Result<SecretString, Refusal> {
    let mut text = String::new();
    let read = io::stdin().take(LONGEST).read_to_string(&mut text);
    read.map_err(|_| Refusal::new(2, "Standard input holds no refresh token."))?;
    Ok(text.into())
}

fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
