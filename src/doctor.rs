//! `ticketlog doctor`: one line for each thing that must be in order, with what to do where it is not.
//!
//! Holds no secret, no word of a server and no customer's text: made to be pasted into a bug report. Prints each line
//! as soon as it is known. The exit code is that of the first failure. Called by `main`.
//!
//! ```text
//! terminal   size, colours, locale, multiplexer      network   proxy, name, connection, TLS, token, log
//! ```

mod network;
mod terminal;

use std::{
    fs::File,
    io::{self, Write},
};

use chrono::{DateTime, Utc};

use crate::{
    api::{BaseUrl, Client, proxy},
    model::{
        failure::Failure,
        query::TicketNumber,
        text::{Charset, Untrusted},
    },
    term::colours::Colours,
};

/// The longest line that is told of one thing.
const LONGEST: usize = 400;

/// What is to be looked at.
#[derive(Debug)]
pub struct Doctor<'a> {
    /// What is known of the settings already; comes first.
    pub settings: Vec<Finding>,
    /// The address of the API, where it can be used.
    pub base: Option<BaseUrl>,
    /// Who asks the API, where there is an address and the certificates can be read.
    pub client: Option<Result<Client, Failure>>,
    /// Whether it has a token, or what one is made from.
    pub token: Token,
    /// The ticket whose log is tried.
    pub ticket: Option<TicketNumber>,
    /// The terminal, if there is any.
    pub terminal: Terminal,
    /// What the clock says.
    pub now: fn() -> DateTime<Utc>,
    /// The environment.
    pub env: Environment<'a>,
}

/// Whether there is a token to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// There is none, which was told before.
    Missing,
    /// It was given, or can be made.
    AtHand,
}

/// The terminal that the program was started on.
#[derive(Debug)]
pub struct Terminal {
    /// A handle to it.
    pub device: Option<File>,
    /// The colours that would be used.
    pub colours: Colours,
    /// The characters that would be used.
    pub charset: Charset,
}

/// A look-up in the environment.
#[derive(Clone, Copy)]
pub struct Environment<'a>(pub &'a dyn Fn(&str) -> Option<String>);

impl std::fmt::Debug for Environment<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Environment")
    }
}

impl Environment<'_> {
    /// A variable that is set to something.
    fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }
}

/// What was found out about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    subject: &'static str,
    state: State,
    told: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Fine,
    /// It works, but could be better.
    Hint,
    /// It does not work; the exit code.
    Fails(u8),
    /// It was not looked at.
    Skipped,
}

impl Finding {
    /// All is well.
    #[must_use]
    pub fn fine(subject: &'static str, told: impl Into<String>) -> Self {
        Self { subject, state: State::Fine, told: told.into() }
    }

    /// It works, but could be better.
    #[must_use]
    pub fn hint(subject: &'static str, told: impl Into<String>) -> Self {
        Self { subject, state: State::Hint, told: told.into() }
    }

    /// It does not work: the exit code, and what to do.
    #[must_use]
    pub fn fails(subject: &'static str, code: u8, told: impl Into<String>) -> Self {
        Self { subject, state: State::Fails(code), told: told.into() }
    }

    /// It was not looked at, and why.
    #[must_use]
    pub fn skipped(subject: &'static str, told: impl Into<String>) -> Self {
        Self { subject, state: State::Skipped, told: told.into() }
    }

    fn failed(subject: &'static str, failure: &Failure) -> Self {
        let sentence = failure.sentence.one_line(LONGEST, Charset::Ascii).plain();
        Self::fails(subject, failure.kind.exit_code(), sentence)
    }

    /// The line that is printed: ASCII, whatever stands in a variable.
    fn line(&self) -> String {
        let state = match self.state {
            State::Fine => "ok",
            State::Hint => "hint",
            State::Fails(_) => "FAIL",
            State::Skipped => "-",
        };
        let told = Untrusted::new(self.told.as_str()).one_line(LONGEST, Charset::Ascii).plain();
        format!("{state:<4}  {:<11}  {told}", self.subject)
    }
}

/// Where the lines go, and the first failure's exit code.
struct Report<'a, W> {
    out: &'a mut W,
    code: u8,
}

impl<W: Write> Report<'_, W> {
    fn tell(&mut self, findings: impl IntoIterator<Item = Finding>) -> io::Result<()> {
        for finding in findings {
            if let (State::Fails(code), 0) = (finding.state, self.code) {
                self.code = code;
            }
            writeln!(self.out, "{}", finding.line())?;
        }
        self.out.flush()
    }
}

impl Doctor<'_> {
    /// Looks at everything and prints a line for each. Gives the exit code: 0, or that of the first failure.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub async fn run(self, out: &mut impl Write) -> io::Result<u8> {
        let mut report = Report { out, code: 0 };
        let system = (std::env::consts::OS, std::env::consts::ARCH);
        let program = format!("ticketlog {} on {} {}", env!("CARGO_PKG_VERSION"), system.0, system.1);
        report.tell([Finding::fine("program", program)])?;
        report.tell(self.settings)?;
        report.tell(terminal::findings(&self.terminal, self.env))?;
        let Some(base) = &self.base else {
            report.tell([Finding::skipped("network", "not tried without a base URL")])?;
            return Ok(report.code);
        };
        let proxy = proxy::between(base).ok().flatten();
        let way = network::Way { base, proxy: proxy.as_ref() };
        let name = way.name().await;
        let is_known = !matches!(name.state, State::Fails(_));
        report.tell([name])?;
        match &self.client {
            Some(Ok(client)) if is_known => {
                let made = client.token().await;
                let is_tried = self.token == Token::AtHand && !matches!(made, Some(Err(_)));
                report.tell(made.map(|made| match made {
                    Ok(()) => Finding::fine("token made", "an access token of the refresh token is at hand"),
                    Err(failure) => Finding::failed("token made", &failure),
                }))?;
                let now = self.now;
                report.tell(if is_tried {
                    let probe = client.probe(self.ticket).await;
                    way.findings(&probe, self.ticket, now())
                } else {
                    way.without_token(&client.reach().await, now())
                })?;
            }
            Some(Err(failure)) => report.tell([Finding::failed("TLS", failure)])?,
            Some(Ok(_)) | None => report.tell([Finding::skipped("server", "not asked")])?,
        }
        Ok(report.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_decides_the_exit_code() {
        let mut out = Vec::new();
        let mut report = Report { out: &mut out, code: 0 };
        let findings = [
            Finding::fine("a", "fine"),
            Finding::hint("b", "could be better"),
            Finding::skipped("c", "not tried"),
            Finding::fails("d", 3, "first"),
            Finding::fails("e", 4, "second"),
        ];
        report.tell(findings).unwrap();
        assert_eq!(report.code, 3);
        let text = String::from_utf8(out).unwrap();
        let marks: Vec<&str> = text.lines().map(|line| line.split_once(' ').unwrap().0).collect();
        assert_eq!(marks, ["ok", "hint", "-", "FAIL", "FAIL"]);
    }

    #[test]
    fn whatever_stands_in_a_variable_is_one_line_of_text() {
        let line = Finding::fine("terminal", "\x1b]0;x\x07\r\n\u{9b}\u{202e}\u{e9}".repeat(500)).line();
        assert!(line.bytes().all(|byte| matches!(byte, b' '..=b'~')) && line.len() < 450, "{line}");
    }
}
