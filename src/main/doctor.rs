//! `ticketlog doctor`: gathers what the settings say, and prints what is found.

use std::{
    fs::File,
    io::{self, IsTerminal},
};

use ticketlog::{
    api::{self, Client, Trace},
    cli,
    doctor::{self, Environment, Finding},
    model::{failure::Failure, text::Charset},
    settings::{self, Asked, Purpose, Settings},
    shell,
    term::{
        colours::{ColourChoice, Colours},
        session,
    },
};

use crate::{
    Refusal,
    opening::{asked_trace, settings_for},
    var,
};

pub(super) async fn examine(options: &cli::Doctor) -> Result<u8, Refusal> {
    let trace = asked_trace(options.trace.as_deref())?;
    let look = cli::Look::default();
    let link = options.ticket.as_ref().and_then(|name| name.link.as_ref());
    let asked = Asked { account: &options.account, look: &look, purpose: Purpose::Account(link) };
    let read = settings_for(asked);
    let charset = read.as_ref().map_or(Charset::Ascii, Settings::charset);
    let mut settings = Vec::new();
    let (base, client) = match read {
        Err(refusal) => {
            settings.push(Finding::fails("configuration", refusal.code, refusal.sentence));
            (None, None)
        }
        Ok(read) => {
            let base = read.base.value.clone();
            settings.push(Finding::fine("base URL", format!("{}, from {}", base.as_str(), read.base.origin)));
            (Some(base), client(&read, trace, &mut settings))
        }
    };
    let doctor = doctor::Doctor {
        settings,
        base,
        client,
        ticket: options.ticket.as_ref().map(|name| name.number),
        terminal: terminal(charset),
        now: shell::now,
        env: Environment(&var),
    };
    match doctor.run(&mut io::stdout().lock()).await {
        Ok(code) => Ok(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(error) => Err(Refusal::new(1, format!("The output cannot be written: {error}."))),
    }
}

/// What asks the API; `None` when something that it needs is missing or wrong, which is told then.
fn client(
    read: &Settings,
    trace: Option<Trace>,
    settings: &mut Vec<Finding>,
) -> Option<Result<Client, Failure>> {
    let authorities = read
        .authorities()
        .map_err(|problem| settings.push(Finding::fails("CA file", 2, problem.to_string())))
        .ok()?;
    let token = settings::access_token(var)
        .map_err(|error| settings.push(Finding::fails("token", error.exit_code(), error.to_string())))
        .ok()?;
    settings.push(Finding::fine("token", "set, from TICKETLOG_ACCESS_TOKEN"));
    let (base, timeouts) = (read.base.value.clone(), read.timeouts.values());
    Some(Client::traced(api::Options { base, token, timeouts, authorities }, trace))
}

fn terminal(charset: Charset) -> doctor::Terminal {
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
        charset,
    }
}
