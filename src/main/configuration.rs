//! `ticketlog config`: what is set and by whom, where the files are, and what is wrong in them.

use std::io::{self, Write};

use ticketlog::{
    api::is_token,
    child::SECRETS,
    cli::{Account, Config, Configuration, Look},
    model::text::{Charset, Untrusted},
    settings::{ACCESS_TOKEN, Asked, Files, Presence, Problem, Purpose, Reason, Row, Settings},
};

use crate::{
    Refusal,
    opening::{check_variables, settings_for},
    say, var,
};

/// The longest name of a file that is printed.
const LONGEST: usize = 300;

pub(super) fn run(config: &Config) -> Result<u8, Refusal> {
    match config {
        Config::Show(account) => show(account),
        Config::Path(configuration) => {
            print_paths(configuration);
            Ok(0)
        }
        Config::Check(configuration) => {
            check_variables()?;
            Ok(check(configuration))
        }
    }
}

fn asked<'a>(account: &'a Account, look: &'a Look) -> Asked<'a> {
    Asked { account, look, purpose: Purpose::Look }
}

fn show(account: &Account) -> Result<u8, Refusal> {
    let look = Look::default();
    let settings = settings_for(asked(account, &look))?;
    let words =
        Files::read(account.configuration.config.as_deref(), &var).vocabulary_rows(settings.charset());
    let rows: Vec<Row> = settings.rows().into_iter().chain(SECRETS.map(secret)).chain(words).collect();
    let width = rows.iter().map(|row| row.value.chars().count()).max().unwrap_or_default().min(40);
    let column = rows.iter().map(|row| row.key.len()).max().unwrap_or_default().max(16);
    let mut out = io::stdout().lock();
    // Values are clean, keys and origins our own words.
    for Row { key, value, origin } in rows {
        let line = format!("{key:<column$} {value:<width$} {origin}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    Ok(0)
}

/// That a secret is set, and nothing of it.
fn secret(variable: &'static str) -> Row {
    let key = if variable == ACCESS_TOKEN { "access_token" } else { "refresh_token" };
    let token = var(variable).filter(|token| !token.is_empty());
    let usable = token.map(|token| is_token(token.trim_end_matches(['\r', '\n'])));
    let (value, origin) = match usable {
        Some(true) => ("set", variable),
        Some(false) => ("set, but not a token", variable),
        None => ("-", ""),
    };
    Row { key: key.into(), value: value.to_owned(), origin: origin.to_owned() }
}

fn print_paths(configuration: &Configuration) {
    let files = Files::read(configuration.config.as_deref(), &var);
    let mut out = io::stdout().lock();
    for (candidate, presence) in files.found() {
        let path = Untrusted::new(candidate.path.to_string_lossy().into_owned());
        let presence = match presence {
            Presence::Read => "read",
            Presence::Missing => "not there",
            Presence::Unreadable => "cannot be read",
        };
        let reason = match candidate.reason {
            Reason::Named(by) => by,
            Reason::User => "user",
            Reason::Host => "host",
        };
        let path = path.one_line(LONGEST, Charset::Ascii).plain();
        let _ = writeln!(out, "{path}  {reason}, {presence}");
    }
}

/// Every problem on a line of standard error, as a compiler would.
fn check(configuration: &Configuration) -> u8 {
    let files = Files::read(configuration.config.as_deref(), &var);
    let account = Account { configuration: configuration.clone(), ..Account::default() };
    let together = || {
        let settings = Settings::read(asked(&account, &Look::default()), &files, &var);
        settings.and_then(|settings| settings.authorities()).err()
    };
    let problems: Vec<Problem> = match files.problems() {
        [] => together().into_iter().collect(),
        problems => problems.to_vec(),
    };
    for problem in &problems {
        say(&problem.to_string());
    }
    if !problems.is_empty() {
        return 2;
    }
    let read = files.found().iter().filter(|(_, presence)| *presence == Presence::Read).count();
    let _ = writeln!(io::stdout(), "ok: nothing is wrong in {read} file{}", if read == 1 { "" } else { "s" });
    0
}
