//! `ticketlog doctor`: gathers what the settings say, and prints what is found.

use std::{
    fs::File,
    io::{self, IsTerminal},
};

use ticketlog::{
    api::{self, Authorisation, Client, Trace},
    cli,
    doctor::{self, Environment, Finding, Token},
    model::{failure::Failure, text::Charset},
    reason::not_written,
    settings::{Asked, Purpose, Settings},
    shell,
    term::{
        colours::{ColourChoice, Colours},
        session,
    },
};

use crate::{
    Refusal,
    account::{self, Credential},
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
    let (base, asking) = match read {
        Err(refusal) => {
            settings.push(Finding::fails("configuration", refusal.code, refusal.sentence));
            (None, None)
        }
        Ok(read) => {
            let base = read.base.value.clone();
            settings.push(Finding::fine("base URL", format!("{}, from {}", base.as_str(), read.base.origin)));
            (Some(base), asking(&read, trace, &mut settings))
        }
    };
    let (credential, client) = asking.unzip();
    let credential = credential.flatten();
    let doctor = doctor::Doctor {
        settings,
        base,
        client,
        token: credential.as_ref().map_or(Token::Missing, |_| Token::AtHand),
        ticket: options.ticket.as_ref().map(|name| name.number),
        terminal: terminal(charset),
        now: shell::now,
        env: Environment(&var),
    };
    let outcome = doctor.run(&mut io::stdout().lock()).await;
    if let Some(credential) = credential {
        credential.settle().await;
    }
    match outcome {
        Ok(code) => Ok(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(error) => Err(Refusal::new(1, format!("The output cannot be written: {}.", not_written(&error)))),
    }
}

/// What asks the API, with what; without a token the way there can be tried still. What is missing or wrong is told.
fn asking(
    read: &Settings,
    trace: Option<Trace>,
    settings: &mut Vec<Finding>,
) -> Option<(Option<Credential>, Result<Client, Failure>)> {
    let mut refused = |subject, refusal: Refusal| {
        settings.push(Finding::fails(subject, refusal.code, refusal.sentence));
    };
    account::proxies(read).map_err(|refusal| refused("proxy", refusal)).ok()?;
    let authorities = account::authorities(read).map_err(|refusal| refused("CA file", refusal)).ok()?;
    let credential = account::credential(read, trace.as_ref());
    let credential = credential.map_err(|reason| refused("token", reason.into())).ok();
    settings.extend(credential.as_ref().map(|found| Finding::fine("token", found.origin.clone())));
    let (base, timeouts) = (read.base.value.clone(), read.timeouts.values());
    let token = credential.as_ref().map_or(Authorisation::Missing, |found| found.authorisation.clone());
    Some((credential, Client::traced(api::Options { base, token, timeouts, authorities }, trace)))
}

fn terminal(charset: Charset) -> doctor::Terminal {
    let is_output = io::stdout().is_terminal();
    let output = || {
        use std::os::fd::AsFd as _;
        io::stdout().as_fd().try_clone_to_owned().map(File::from)
    };
    let device = if is_output { output() } else { session::keyboard() };
    doctor::Terminal { device: device.ok(), colours: Colours::detect(ColourChoice::Auto, var), charset }
}
