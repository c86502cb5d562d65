//! What the command line asks to open: a ticket, a sample, a view that a dropped line left behind, or a file.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use ticketlog::{
    api::{self, Authorities, BaseUrl, Timeouts, Trace},
    cli::{Account, Configuration, Look, Open, OpenFile},
    demo,
    file::Archive,
    model::{query::TicketNumber, saved_view::Resume, share::Opening, subject::Subject, ticket::Links},
    reason,
    settings::{Asked, Files, Purpose, Settings},
    shell::{self, Origin},
    state::Store,
    trace::TraceFile,
};

use crate::{
    Refusal,
    account::{self, NoCredential},
    failed,
    reading::{Reading, read, which_ticket},
    say, var,
};

/// The sample ticket that `--demo` opens.
pub(super) const SAMPLE: TicketNumber = 4_478_963;

/// Nothing contradicts the link, and nothing confirms it.
pub(super) const UNKNOWN_COMMUNITY: &str = "It is not known which community the account is of, so the link is opened by its number \
                                 alone; set community in the configuration.";

pub(super) async fn open(open: &Open) -> Result<u8, Refusal> {
    if open.demo {
        let server = demo::Server::start(demo::Options::default()).await.map_err(|error| {
            Refusal::new(1, format!("The sample server cannot start: {}.", reason::not_used(&error)))
        })?;
        let base = BaseUrl::parse(&server.base_url()).map_err(|error| Refusal::new(1, error.to_string()))?;
        let token = server.token().into();
        let api =
            api::Options { base, token, timeouts: Timeouts::default(), authorities: Authorities::default() };
        // The sample server has another port each time: its views are kept under a name of their own.
        let view = View::choose(open, store(open, "demo"), Some(SAMPLE))?;
        // The variable is a setting, the flag a wish.
        let trace = open.trace.as_deref().map(trace).transpose()?;
        let look = appearance(&open.look, &Files::default())?;
        return read(&open.look, &look, view.reading(api, trace, Opening::Demo)).await;
    }
    let link = open.ticket.as_ref().and_then(|name| name.link.as_ref());
    let asked = Asked { account: &open.account, look: &open.look, purpose: Purpose::Account(link) };
    let settings = settings_for(asked)?;
    let view = View::choose(open, store(open, &settings.state_key()), None)?;
    let trace = asked_trace(open.trace.as_deref())?;
    let credential =
        account::credential(&settings, trace.as_ref()).map_err(|reason| match (reason, &view) {
            // Whoever has no account yet is told about more than that.
            (NoCredential::Missing(_), View { ticket: None, resume, .. }) => which_ticket(resume),
            (reason, _) => reason.into(),
        })?;
    let authorities = account::authorities(&settings)?;
    let (base, timeouts) = (settings.base.value.clone(), settings.timeouts.values());
    let token = credential.authorisation.clone();
    let api = api::Options { base, token, timeouts, authorities };
    if link.is_some() && settings.links == Links::Any {
        say(UNKNOWN_COMMUNITY);
    }
    let outcome = read(&open.look, &settings, view.reading(api, trace, opening(open, &settings))).await;
    credential.settle().await;
    outcome
}

/// The flags that name the account once more, whoever they are given to: no secret is a flag.
fn opening(open: &Open, settings: &Settings) -> Opening {
    let account = &open.account;
    let profile = settings.profile.as_ref().map(|profile| profile.value.clone());
    let config = account.configuration.config.clone();
    let flags = [
        ("--profile", profile.map(OsString::from)),
        ("--base-url", account.base_url.clone().map(OsString::from)),
        ("--token-url", account.token_url.clone().map(OsString::from)),
        ("--client-id", account.client_id.clone().map(OsString::from)),
        ("--ca-file", account.ca_file.clone().map(OsString::from)),
        ("--config", config.map(PathBuf::into_os_string)),
    ];
    let given = flags.into_iter().filter_map(|(flag, value)| Some([flag.into(), value?]));
    Opening::Account(given.flatten().collect())
}

/// The trace that the flag asks for, else the variable.
pub(super) fn asked_trace(flag: Option<&Path>) -> Result<Option<Trace>, Refusal> {
    let set = std::env::var_os("TICKETLOG_TRACE").filter(|path| !path.is_empty()).map(PathBuf::from);
    flag.map(Path::to_owned).or(set).map(|path| trace(&path)).transpose()
}

pub(super) fn trace(path: &Path) -> Result<Trace, Refusal> {
    let file = TraceFile::open(path).map_err(|error| Refusal::new(2, error.to_string()))?;
    Ok(Trace::new(shell::now, move |line| file.write(line)))
}

/// Reads a file: no account, no variable that makes one, and no network is needed or looked at.
pub(super) async fn open_file(options: &OpenFile) -> Result<u8, Refusal> {
    let settings = appearance(&options.look, &usable_files(&options.configuration)?)?;
    let archive = Archive::open(&options.file).map_err(|failure| failed(&failure))?;
    let subject = Subject::File(archive.name());
    let origin = Origin::File(archive);
    let name = options.file.as_os_str();
    let opening = if name == "-" { Opening::Pipe } else { Opening::File(name.to_owned()) };
    let (resume, store) = (Resume::Nothing, None);
    let reading = Reading { subject, origin, trace: None, resume, store, opening, fresh: true };
    read(&options.look, &settings, reading).await
}

/// The settings of flags, environment and files.
pub(super) fn settings_for(asked: Asked) -> Result<Settings, Refusal> {
    check_variables()?;
    let files = usable_files(&asked.account.configuration)?;
    Settings::read(asked, &files, &var).map_err(|problem| Refusal::new(2, problem.to_string()))
}

/// A variable of ours that is no text would count as one that is not set. The trace may have any name.
pub(super) fn check_variables() -> Result<(), Refusal> {
    let ours = |name: &OsStr| name.as_encoded_bytes().starts_with(b"TICKETLOG_") && name != "TICKETLOG_TRACE";
    let broken = std::env::vars_os().find(|(name, value)| ours(name) && value.to_str().is_none());
    broken.map_or(Ok(()), |(name, _)| {
        let name = account::plain(&name.to_string_lossy());
        Err(Refusal::new(2, format!("{name} is not UTF-8. Set it again, or unset it.")))
    })
}

pub(super) fn usable_files(configuration: &Configuration) -> Result<Files, Refusal> {
    let files = Files::read(configuration.config.as_deref(), &var);
    files.usable().map_err(|sentence| Refusal::new(2, sentence))?;
    Ok(files)
}

/// What shows a log: flags, files, and the terminal's surroundings, without any variable of ours.
pub(super) fn appearance(look: &Look, files: &Files) -> Result<Settings, Refusal> {
    let account = Account::default();
    let surroundings = |name: &str| if name.starts_with("TICKETLOG_") { None } else { var(name) };
    let asked = Asked { account: &account, look, purpose: Purpose::Look };
    Settings::read(asked, files, &surroundings).map_err(|problem| Refusal::new(2, problem.to_string()))
}

/// Where the state of an API is kept, unless nothing is to be.
fn store(open: &Open, api: &str) -> Option<Store> {
    if open.no_state { None } else { Store::find(api, var) }
}

/// What to open.
struct View {
    /// Without one the user is asked, where there is a terminal.
    ticket: Option<TicketNumber>,
    resume: Resume,
    store: Option<Store>,
    fresh: bool,
}

impl View {
    fn reading(self, api: api::Options, trace: Option<Trace>, opening: Opening) -> Reading {
        let origin = Origin::Api(api);
        let subject = self.ticket.map_or(Subject::Nothing, Subject::Ticket);
        Reading { subject, origin, trace, resume: self.resume, store: self.store, opening, fresh: self.fresh }
    }

    fn choose(open: &Open, store: Option<Store>, sample: Option<TicketNumber>) -> Result<Self, Refusal> {
        let (now, fresh) = (shell::now(), open.fresh);
        let store_of = store.as_ref();
        let newest = || store_of.and_then(|store| store.newest_view(now));
        let view_of = |ticket| store_of.and_then(|store| store.view(ticket, now));
        let named = open.ticket.as_ref().map(|name| name.number);
        if open.resume {
            let view = named.map_or_else(newest, view_of).ok_or_else(|| nothing_to_resume(named))?;
            return Ok(Self { ticket: Some(view.ticket), resume: Resume::Open(view), store, fresh });
        }
        let ticket = named.or(sample);
        let saved = ticket.and_then(view_of).or_else(newest);
        Ok(Self { ticket, resume: saved.map_or(Resume::Nothing, Resume::Offer), store, fresh })
    }
}

fn nothing_to_resume(ticket: Option<TicketNumber>) -> Refusal {
    let Some(ticket) = ticket else {
        return Refusal::new(1, "There is no view to take up: no line dropped here in the last day.");
    };
    let why = "no line dropped there in the last day. Without --resume it opens at its newest entry.";
    Refusal::new(1, format!("There is no view of #{ticket} to take up: {why}"))
}
