//! The program: arguments, hooks, run, exit code. The only place that prints.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

#[cfg(target_os = "linux")]
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
use rustix::process::{Resource, Rlimit, setrlimit};
use secrecy::SecretString;
use ticketlog::{
    api::{self, BaseUrl, Client, Timeouts},
    assets,
    cli::{self, Color, Command, Look, Open, OpenFile, Scroll, Serve},
    demo,
    file::Archive,
    model::{
        failure::Failure,
        follow::Follow,
        query::TicketNumber,
        saved_view::Resume,
        subject::Subject,
        time_words::{self, Moment},
        zone::Zone,
    },
    settings::{self, Account, SettingsError},
    shell::{
        self, Origin, ScrollChoice,
        table::{Table, TableError, TableSource},
    },
    state::Store,
    term::{
        colours::{ColourChoice, Colours},
        session,
    },
};

/// The sample ticket that `--demo` opens.
const SAMPLE: TicketNumber = 4_478_963;

/// A sentence for standard error and the exit code that goes with it.
struct Refusal {
    sentence: String,
    code: u8,
}

impl Refusal {
    fn new(code: u8, sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code }
    }
}

fn main() -> ExitCode {
    if let Err(error) = install_hooks() {
        say(&format!("The panic hook cannot be installed: {error}"));
    }
    keep_memory_private();
    let command = match cli::parse(std::env::args_os()) {
        Ok(command) => command,
        Err(error) => {
            if error.use_stderr() {
                say(&cli::refusal(&error));
            } else {
                // Help and version, our own words.
                let _ = error.print();
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say(&format!("The program cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let result = match command.command {
        Some(Command::Serve(options)) => runtime.block_on(serve(&options)),
        Some(Command::Open(options)) => runtime.block_on(open_file(&options)),
        None => runtime.block_on(open(&command.open)),
    };
    // The reader of the terminal may be waiting for a key for ever.
    runtime.shutdown_background();
    match result {
        Ok(code) => ExitCode::from(code),
        Err(refusal) => {
            say(&refusal.sentence);
            ExitCode::from(refusal.code)
        }
    }
}

/// The memory holds the token and customers' text: no core file, and no look into it by other processes of the user.
/// Where the system has no such limits there is nothing to be done.
fn keep_memory_private() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Prints a sentence on standard error. A dead terminal is no reason to fail.
fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "ticketlog: {sentence}");
}

/// Reports of bugs are color-eyre's; a panic in any thread or task restores the terminal first and ends the program.
/// The panic's own message may quote a customer, so only its place is told.
fn install_hooks() -> color_eyre::Result<()> {
    let hooks = color_eyre::config::HookBuilder::new().theme(color_eyre::config::Theme::new());
    let (_, reports) = hooks.display_env_section(false).try_into_hooks()?;
    reports.install()?;
    std::panic::set_hook(Box::new(|panic| {
        session::restore();
        let place =
            panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        say(&format!("This is a bug{place}. Please report it with what you did before."));
        std::process::exit(101);
    }));
    Ok(())
}

fn var(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

async fn serve(options: &Serve) -> Result<u8, Refusal> {
    let options = demo::Options {
        port: options.port,
        latency: options.latency,
        entries: options.entries,
        ..Default::default()
    };
    let port = options.port;
    let server = demo::Server::start(options).await.map_err(|error| {
        Refusal::new(1, format!("Port {port} of 127.0.0.1 cannot be used: {error}. Try another --port."))
    })?;
    let mut out = io::stdout();
    let _ = writeln!(out, "{}\n{}", server.base_url(), server.token());
    let _ = out.flush();
    server.serve_forever().await;
    Ok(0)
}

async fn open(open: &Open) -> Result<u8, Refusal> {
    if open.demo {
        let server = demo::Server::start(demo::Options::default())
            .await
            .map_err(|error| Refusal::new(1, format!("The sample server cannot start: {error}.")))?;
        let base = BaseUrl::parse(&server.base_url()).map_err(|error| Refusal::new(1, error.to_string()))?;
        let account = Account { base, token: SecretString::from(server.token().to_owned()) };
        // The sample server has another port each time: its views are kept under a name of their own.
        let view = View::choose(open, store(open, "demo"), Some(SAMPLE))?;
        return read(&open.look, view.reading(account)).await;
    }
    let address = settings::address(open.base_url.as_deref(), var);
    let view = View::choose(open, store(open, &format!("API {address}")), None)?;
    let account = settings::account(open.base_url.as_deref(), var).map_err(|error| match (error, &view) {
        // Whoever has no account yet is told about more than that.
        (SettingsError::NoToken, View { ticket: None, resume, .. }) => which_ticket(resume),
        (error, _) => Refusal::new(error.exit_code(), error.to_string()),
    })?;
    read(&open.look, view.reading(account)).await
}

/// Reads a file: no setting, no token and no network is needed or looked at.
async fn open_file(options: &OpenFile) -> Result<u8, Refusal> {
    let archive = Archive::open(&options.file).map_err(|failure| failed(&failure))?;
    let subject = Subject::File(archive.name());
    let reading = Reading { subject, origin: Origin::File(archive), resume: Resume::Nothing, store: None };
    read(&options.look, reading).await
}

/// What is read, and from where.
struct Reading {
    subject: Subject,
    origin: Origin,
    resume: Resume,
    store: Option<Store>,
}

/// Where the state of an API is kept, unless nothing is to be.
fn store(open: &Open, api: &str) -> Option<Store> {
    if open.no_state { None } else { Store::find(api, var) }
}

/// Nobody can be asked, so the ticket must be named.
fn which_ticket(resume: &Resume) -> Refusal {
    let Resume::Offer(view) = resume else {
        let example =
            "Give its number or its inbox link, such as ticketlog 4478963, or try ticketlog --demo.";
        return Refusal::new(2, format!("Which ticket? {example}"));
    };
    let sentence = format!("Which ticket? --resume takes up #{}, where the line dropped.", view.ticket);
    Refusal::new(2, sentence)
}

/// What to open.
struct View {
    /// Without one the user is asked, where there is a terminal.
    ticket: Option<TicketNumber>,
    resume: Resume,
    store: Option<Store>,
}

impl View {
    fn reading(self, account: Account) -> Reading {
        let Account { base, token } = account;
        let origin = Origin::Api(api::Options { base, token, timeouts: Timeouts::default() });
        let subject = self.ticket.map_or(Subject::Nothing, Subject::Ticket);
        Reading { subject, origin, resume: self.resume, store: self.store }
    }

    fn choose(open: &Open, store: Option<Store>, sample: Option<TicketNumber>) -> Result<Self, Refusal> {
        let saved = store.as_ref().and_then(|store| store.load(shell::now()));
        match (saved, open.ticket.or(sample)) {
            (Some(view), _) if open.resume => {
                Ok(Self { ticket: Some(view.ticket), resume: Resume::Open(view), store })
            }
            (None, _) if open.resume => {
                Err(Refusal::new(1, "There is no view to take up: no line dropped here in the last day."))
            }
            (saved, ticket) => {
                Ok(Self { ticket, resume: saved.map_or(Resume::Nothing, Resume::Offer), store })
            }
        }
    }
}

async fn read(look: &Look, reading: Reading) -> Result<u8, Refusal> {
    let Reading { subject, origin, resume, store } = reading;
    let catalogue = assets::action_types()
        .map_err(|error| Refusal::new(1, format!("The built-in action types do not parse: {error}")))?;
    let zone = settings::zone(var("TZ").as_deref(), Path::new("/etc/localtime"));
    let charset = settings::charset(look.ascii, var);
    let at = look.at.as_deref().map(|text| moment(text, zone)).transpose()?;
    if !io::stdout().is_terminal() {
        if subject == Subject::Nothing {
            return Err(which_ticket(&resume));
        }
        return print_table(&Table { catalogue, zone, charset }, origin, &subject).await;
    }
    let keyboard = usable_terminal()?;
    let colours = Colours::detect(colour_choice(look.color), var);
    let scroll = scroll_choice(look.scroll);
    let options = shell::Options {
        subject,
        origin,
        catalogue,
        zone,
        charset,
        colours,
        scroll,
        keyboard,
        at,
        follow: Follow::new(look.following.follow_interval, look.following.bell),
        follows: look.following.follow,
        resume,
        store,
    };
    let outcome = shell::run(options).await;
    session::restore();
    let outcome =
        outcome.map_err(|error| Refusal::new(1, format!("The terminal cannot be used: {error}.")))?;
    match outcome.sentence {
        Some(sentence) => Err(Refusal::new(outcome.code, sentence)),
        None => Ok(outcome.code),
    }
}

/// The terminal that keys come from, where the one of standard output can draw a screen.
fn usable_terminal() -> Result<File, Refusal> {
    if matches!(var("TERM").as_deref(), None | Some("" | "dumb")) {
        return Err(Refusal::new(
            2,
            "TERM says that this terminal cannot draw a screen. Set TERM, or print the log: ticketlog TICKET | cat",
        ));
    }
    session::keyboard().map_err(|_| {
        Refusal::new(
            2,
            "There is no terminal to read keys from. Start it on one, or print the log: ticketlog TICKET | cat",
        )
    })
}

fn scroll_choice(scroll: Scroll) -> ScrollChoice {
    match scroll {
        Scroll::Auto => ScrollChoice::Auto,
        Scroll::On => ScrollChoice::On,
        Scroll::Off => ScrollChoice::Off,
    }
}

fn colour_choice(color: Color) -> ColourChoice {
    match color {
        Color::Auto => ColourChoice::Auto,
        Color::Always => ColourChoice::Always,
        Color::Never => ColourChoice::Never,
    }
}

fn moment(text: &str, zone: Zone) -> Result<Moment, Refusal> {
    let now = time_words::Now { clock: shell::now(), cursor: None, zone };
    time_words::parse(text, now).ok_or_else(|| {
        Refusal::new(
            2,
            "--at is not a time. Give one such as 14:02, yesterday, -3d, friday or '2023-03-01 10:00'.",
        )
    })
}

fn failed(failure: &Failure) -> Refusal {
    Refusal::new(failure.kind.exit_code(), failure.sentence.escaped())
}

async fn print_table(table: &Table, origin: Origin, subject: &Subject) -> Result<u8, Refusal> {
    let source = match (origin, subject.ticket()) {
        (Origin::File(archive), _) => TableSource::File(archive),
        (Origin::Api(options), Some(ticket)) => {
            TableSource::Ticket(Client::new(options).map_err(|failure| failed(&failure))?, ticket)
        }
        (Origin::Api(_), None) => return Err(Refusal::new(2, "Which ticket? Give its number.")),
    };
    match table.print(&source, &mut io::stdout().lock()).await {
        Ok(()) => Ok(0),
        Err(TableError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(TableError::Output(error)) => {
            Err(Refusal::new(1, format!("The output cannot be written: {error}.")))
        }
        Err(TableError::Failed(failure)) => Err(failed(&failure)),
    }
}
