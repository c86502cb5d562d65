//! The program: arguments, hooks, run, exit code. The only place that prints.

#[path = "main/account.rs"]
mod account;
#[path = "main/configuration.rs"]
mod configuration;
#[path = "main/doctor.rs"]
mod doctor;
#[path = "main/documents.rs"]
mod documents;
#[path = "main/ending.rs"]
mod ending;
#[path = "main/export.rs"]
mod export;
#[path = "main/legend.rs"]
mod legend;
#[path = "main/login.rs"]
mod login;
#[path = "main/manual.rs"]
mod manual;
#[path = "main/narrowing.rs"]
mod narrowing;
#[path = "main/opening.rs"]
mod opening;
#[path = "main/output.rs"]
mod output;
#[path = "main/printing.rs"]
mod printing;
#[path = "main/progress.rs"]
mod progress;
#[path = "main/reading.rs"]
mod reading;
#[path = "main/stopping.rs"]
mod stopping;
#[path = "main/wait.rs"]
mod wait;

use std::{
    io::{self, Write},
    process::ExitCode,
};

#[cfg(target_os = "linux")]
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
use rustix::process::{Resource, Rlimit, setrlimit};
use ticketlog::{
    cli::{self, Command, Serve},
    demo,
    model::failure::Failure,
    reason,
    shell::placing::remove_unfinished,
    term::{prompt, session},
};

use self::opening::{open, open_file};

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
    if matches!(
        command.command,
        None | Some(Command::Auth(_) | Command::Doctor(_) | Command::Export(_) | Command::Wait(_))
    ) {
        ending::watch();
    }
    let result = match command.command {
        Some(Command::Serve(options)) => runtime.block_on(serve(&options)),
        Some(Command::Auth(auth)) => runtime.block_on(login::run(&auth)),
        Some(Command::Config(config)) => configuration::run(&config),
        Some(Command::Doctor(options)) => runtime.block_on(doctor::examine(&options)),
        Some(Command::Completions(options)) => documents::print_completions(options.shell),
        Some(Command::Man) => documents::print_manual(),
        Some(Command::Export(options)) => runtime.block_on(export::run(&options)),
        Some(Command::Wait(options)) => runtime.block_on(wait::run(&options)),
        Some(Command::Open(options)) => runtime.block_on(open_file(&options)),
        None => runtime.block_on(open(&command.open)),
    };
    ending::wait_where_signalled();
    // Whoever leaves in the middle of writing a file leaves nothing of it.
    let _none = remove_unfinished();
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

/// Passes on what another program says on standard error, cleaned, while it is being said.
fn pass(text: &str) {
    let _ = write!(io::stderr(), "{text}");
}

/// Reports of bugs are color-eyre's; a panic in any thread or task restores the terminal first and ends the program.
/// The panic's own message may quote a customer, so only its place is told.
fn install_hooks() -> color_eyre::Result<()> {
    let hooks = color_eyre::config::HookBuilder::new().theme(color_eyre::config::Theme::new());
    let (_, reports) = hooks.display_env_section(false).try_into_hooks()?;
    reports.install()?;
    std::panic::set_hook(Box::new(|panic| {
        session::restore();
        prompt::restore();
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
        Refusal::new(
            1,
            format!(
                "Port {port} of 127.0.0.1 cannot be used: {}. Try another --port.",
                reason::not_used(&error)
            ),
        )
    })?;
    let mut out = io::stdout();
    let lines = [[server.base_url(), server.token().to_owned()].as_slice(), &server.account()].concat();
    let _ = writeln!(out, "{}", lines.join("\n"));
    let _ = out.flush();
    server.serve_forever().await;
    Ok(0)
}

fn failed(failure: &Failure) -> Refusal {
    Refusal::new(failure.kind.exit_code(), failure.sentence.escaped())
}
