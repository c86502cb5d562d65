//! What the command line asks to open: a ticket, a sample, a view that a dropped line left behind, or a file.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use ticketlog::{
    api::{self, BaseUrl, Timeouts, Trace},
    cli::{Open, OpenFile},
    demo,
    file::Archive,
    model::{query::TicketNumber, saved_view::Resume, subject::Subject},
    settings::{self, Account, SettingsError},
    shell::{self, Origin},
    state::Store,
    trace::TraceFile,
};

use crate::{
    Refusal, failed,
    reading::{Reading, read, which_ticket},
    var,
};

/// The sample ticket that `--demo` opens.
const SAMPLE: TicketNumber = 4_478_963;

pub(super) async fn open(open: &Open) -> Result<u8, Refusal> {
    if open.demo {
        let server = demo::Server::start(demo::Options::default())
            .await
            .map_err(|error| Refusal::new(1, format!("The sample server cannot start: {error}.")))?;
        let base = BaseUrl::parse(&server.base_url()).map_err(|error| Refusal::new(1, error.to_string()))?;
        let account = Account { base, token: SecretString::from(server.token().to_owned()) };
        // The sample server has another port each time: its views are kept under a name of their own.
        let view = View::choose(open, store(open, "demo"), Some(SAMPLE))?;
        // The variable is a setting, the flag a wish.
        let trace = open.trace.as_deref().map(trace).transpose()?;
        return read(&open.look, view.reading(account, trace)).await;
    }
    let base = settings::base(open.base_url.as_deref(), var).map_err(|error| refused(&error))?;
    let view = View::choose(open, store(open, &format!("API {}", base.state_key())), None)?;
    let account = settings::account(open.base_url.as_deref(), var).map_err(|error| match (error, &view) {
        // Whoever has no account yet is told about more than that.
        (SettingsError::NoToken, View { ticket: None, resume, .. }) => which_ticket(resume),
        (error, _) => refused(&error),
    })?;
    let trace = asked_trace(open.trace.as_deref())?;
    read(&open.look, view.reading(account, trace)).await
}

/// The trace that the flag asks for, else the variable.
pub(super) fn asked_trace(flag: Option<&Path>) -> Result<Option<Trace>, Refusal> {
    let set = std::env::var_os("TICKETLOG_TRACE").filter(|path| !path.is_empty()).map(PathBuf::from);
    flag.map(Path::to_owned).or(set).map(|path| trace(&path)).transpose()
}

fn trace(path: &Path) -> Result<Trace, Refusal> {
    let file = TraceFile::open(path).map_err(|error| Refusal::new(2, error.to_string()))?;
    Ok(Trace::new(shell::now, move |line| file.write(line)))
}

/// Reads a file: no setting, no token and no network is needed or looked at.
pub(super) async fn open_file(options: &OpenFile) -> Result<u8, Refusal> {
    let archive = Archive::open(&options.file).map_err(|failure| failed(&failure))?;
    let subject = Subject::File(archive.name());
    let origin = Origin::File(archive);
    let reading = Reading { subject, origin, trace: None, resume: Resume::Nothing, store: None };
    read(&options.look, reading).await
}

fn refused(error: &SettingsError) -> Refusal {
    Refusal::new(error.exit_code(), error.to_string())
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
}

impl View {
    fn reading(self, account: Account, trace: Option<Trace>) -> Reading {
        let Account { base, token } = account;
        let origin = Origin::Api(api::Options { base, token, timeouts: Timeouts::default() });
        let subject = self.ticket.map_or(Subject::Nothing, Subject::Ticket);
        Reading { subject, origin, trace, resume: self.resume, store: self.store }
    }

    fn choose(open: &Open, store: Option<Store>, sample: Option<TicketNumber>) -> Result<Self, Refusal> {
        let now = shell::now();
        let store_of = store.as_ref();
        let newest = || store_of.and_then(|store| store.newest_view(now));
        let view_of = |ticket| store_of.and_then(|store| store.view(ticket, now));
        if open.resume {
            let view =
                open.ticket.map_or_else(newest, view_of).ok_or_else(|| nothing_to_resume(open.ticket))?;
            return Ok(Self { ticket: Some(view.ticket), resume: Resume::Open(view), store });
        }
        let ticket = open.ticket.or(sample);
        let saved = ticket.and_then(view_of).or_else(newest);
        Ok(Self { ticket, resume: saved.map_or(Resume::Nothing, Resume::Offer), store })
    }
}

fn nothing_to_resume(ticket: Option<TicketNumber>) -> Refusal {
    let Some(ticket) = ticket else {
        return Refusal::new(1, "There is no view to take up: no line dropped here in the last day.");
    };
    let why = "no line dropped there in the last day. Without --resume it opens at its newest entry.";
    Refusal::new(1, format!("There is no view of #{ticket} to take up: {why}"))
}
