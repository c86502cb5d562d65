//! What `export` and `wait` have in common: where the entries come from, how they look, what is said at the end.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use ticketlog::{
    api::{self, Authorities, BaseUrl, Client, Timeouts},
    assets,
    cli::{Account, Look},
    demo, export,
    export::Style,
    file::Archive,
    model::{
        json::Personal,
        narrowing::Narrowing,
        ticket::{Links, Name},
        types::Catalogue,
    },
    reason,
    settings::{Asked, Files, Purpose, Settings},
    shell::passage::Source,
};

use crate::{
    Refusal,
    account::{self, Credential},
    failed,
    opening::{SAMPLE, UNKNOWN_COMMUNITY, appearance, asked_trace, settings_for, trace, usable_files},
    say,
};

/// What is named on the command line.
pub(super) struct Named<'a> {
    pub(super) ticket: Option<&'a Name>,
    pub(super) file: Option<&'a Path>,
    pub(super) is_demo: bool,
    pub(super) account: &'a Account,
    pub(super) look: &'a Look,
    pub(super) trace: Option<&'a Path>,
}

/// Where entries come from, and what is set.
pub(super) struct Opened {
    pub(super) source: Source,
    pub(super) settings: Settings,
    pub(super) credential: Option<Credential>,
    /// Stops when it is dropped.
    _server: Option<demo::Server>,
}

/// Opens a sample, a file or a ticket: what is wrong without the network is refused before anything is asked.
pub(super) async fn open(named: &Named<'_>) -> Result<Opened, Refusal> {
    if named.is_demo {
        return sample(named).await;
    }
    if let Some(file) = named.file {
        let settings = appearance(named.look, &usable_files(&named.account.configuration)?)?;
        let archive = Archive::open(file).map_err(|failure| failed(&failure))?;
        return Ok(Opened { source: Source::File(archive), settings, credential: None, _server: None });
    }
    let name = named.ticket.ok_or_else(|| Refusal::new(2, "Which ticket? Give its number."))?;
    let asked =
        Asked { account: named.account, look: named.look, purpose: Purpose::Account(name.link.as_ref()) };
    let settings = settings_for(asked)?;
    let trace = asked_trace(named.trace)?;
    let credential = account::credential(&settings, trace.as_ref())?;
    let options = api::Options {
        base: settings.base.value.clone(),
        token: credential.authorisation.clone(),
        timeouts: settings.timeouts.values(),
        authorities: account::authorities(&settings)?,
    };
    if name.link.is_some() && settings.links == Links::Any {
        say(UNKNOWN_COMMUNITY);
    }
    let client = Client::traced(options, trace).map_err(|failure| failed(&failure))?;
    let source = Source::Ticket(client, name.number);
    Ok(Opened { source, settings, credential: Some(credential), _server: None })
}

async fn sample(named: &Named<'_>) -> Result<Opened, Refusal> {
    if named.file.is_some() {
        return Err(Refusal::new(2, "--demo takes the number of a sample ticket, and no file."));
    }
    let server = demo::Server::start(demo::Options::default()).await.map_err(|error| {
        Refusal::new(1, format!("The sample server cannot start: {}.", reason::not_used(&error)))
    })?;
    let base = BaseUrl::parse(&server.base_url()).map_err(|error| Refusal::new(1, error.to_string()))?;
    let (token, timeouts) = (server.token().into(), Timeouts::default());
    let options = api::Options { base, token, timeouts, authorities: Authorities::default() };
    // The variable is a setting, the flag a wish.
    let trace = named.trace.map(trace).transpose()?;
    let client = Client::traced(options, trace).map_err(|failure| failed(&failure))?;
    let source = Source::Ticket(client, named.ticket.map_or(SAMPLE, |name| name.number));
    let settings = appearance(named.look, &Files::default())?;
    Ok(Opened { source, settings, credential: None, _server: Some(server) })
}

/// What is printed must show some type: without one there is nothing to ask for.
pub(super) fn something(narrowing: &Narrowing) -> Result<(), Refusal> {
    let is_nothing = narrowing.types.query().is_none();
    let sentence =
        "--types none shows no entry, so there is nothing to print. Give words such as reply,status.";
    if is_nothing { Err(Refusal::new(2, sentence)) } else { Ok(()) }
}

/// The known action types, with a line for every entry.
pub(super) fn catalogue(settings: &Settings) -> Result<Catalogue, Refusal> {
    let catalogue = assets::action_types()
        .map_err(|error| Refusal::new(1, format!("The built-in action types do not parse: {error}")))?;
    let (types, presets) = settings.vocabulary.clone();
    Ok(catalogue.extended(types, presets).unfolded())
}

/// The format that was named, else that of the file's ending, else what suits where it goes.
pub(super) fn format(named: Option<export::Format>, file: Option<&PathBuf>) -> export::Format {
    if let Some(format) = named {
        return format;
    }
    let told = file.and_then(|file| export::Format::of_file(&file.to_string_lossy()));
    told.unwrap_or_else(|| {
        let is_for_people = file.is_none() && io::stdout().is_terminal();
        if is_for_people { export::Format::Table } else { export::Format::Ndjson }
    })
}

/// How entries look: fitted to the terminal where they go to one.
pub(super) fn style(
    format: export::Format,
    settings: &Settings,
    catalogue: Catalogue,
    shows_personal: bool,
    is_screen: bool,
) -> Style {
    let width = rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| size.ws_col);
    Style {
        format,
        zone: settings.zone.value,
        charset: settings.charset(),
        width: width.filter(|width| is_screen && *width > 0),
        catalogue,
        personal: if shows_personal { Personal::Shown } else { Personal::Masked },
        head: false,
    }
}
