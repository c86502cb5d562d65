//! `ticketlog doctor`: gathers what the settings say, and prints what is found.

use std::{
    fs::File,
    io::{self, IsTerminal},
};

use ticketlog::{
    api::{self, Client, Timeouts},
    cli,
    doctor::{self, Environment, Finding},
    settings, shell,
    term::{
        colours::{ColourChoice, Colours},
        session,
    },
};

use crate::{Refusal, opening::asked_trace, var};

pub(super) async fn examine(options: &cli::Doctor) -> Result<u8, Refusal> {
    let trace = asked_trace(options.trace.as_deref())?;
    let origin = match &options.base_url {
        Some(_) => "--base-url",
        None if var("TICKETLOG_BASE_URL").is_some_and(|url| !url.is_empty()) => "TICKETLOG_BASE_URL",
        None => "the default",
    };
    let base = settings::base(options.base_url.as_deref(), var);
    let mut settings = vec![match &base {
        Ok(base) => Finding::fine("base URL", format!("{}, from {origin}", base.as_str())),
        Err(error) => Finding::fails("base URL", error.exit_code(), format!("from {origin}: {error}")),
    }];
    let client = match settings::account(options.base_url.as_deref(), var) {
        Ok(account) => {
            settings.push(Finding::fine("token", "set, from TICKETLOG_ACCESS_TOKEN"));
            let options =
                api::Options { base: account.base, token: account.token, timeouts: Timeouts::default() };
            Some(Client::traced(options, trace))
        }
        // Told already.
        Err(settings::SettingsError::BadBaseUrl(_)) => None,
        Err(error) => {
            settings.push(Finding::fails("token", error.exit_code(), error.to_string()));
            None
        }
    };
    let doctor = doctor::Doctor {
        settings,
        base: base.ok(),
        client,
        ticket: options.ticket,
        terminal: terminal(),
        now: shell::now,
        env: Environment(&var),
    };
    match doctor.run(&mut io::stdout().lock()).await {
        Ok(code) => Ok(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(error) => Err(Refusal::new(1, format!("The output cannot be written: {error}."))),
    }
}

fn terminal() -> doctor::Terminal {
    let is_output = io::stdout().is_terminal();
    let output = || {
        use std::os::fd::AsFd as _;
        io::stdout().as_fd().try_clone_to_owned().map(File::from)
    };
    let device = if is_output { output() } else { session::keyboard() };
    doctor::Terminal {
        device: device.ok(),
        is_output,
        colours: Colours::detect(ColourChoice::Auto, var),
        charset: settings::charset(false, var),
    }
}
