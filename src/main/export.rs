//! `export`: a log on its way into a file, a pipe or a terminal, and what is said of it at the end.

use std::{
    io::{self, IsTerminal},
    path::Path,
    time::Duration,
};

use chrono::SecondsFormat;
use ticketlog::{
    cli::{Export, Exported, Following, Look, Narrow},
    export::Style,
    model::{counted, failure::Failure, follow::Follow, text::Charset},
    shell::{
        export::{self, End, GoingOn, Outcome, Plan, Progress, Redacting},
        passage::{Order, Wanted},
    },
};

use crate::{
    Refusal,
    ending::{self, InCharge},
    failed, legend,
    narrowing::narrowing,
    output::{Making, Output, reason, shown},
    printing::{self, Named, Opened},
    progress::Line,
    reading::tell_wait,
    say,
    stopping::Stopping,
};

/// What only a pipe ends.
const NO_FOLLOWING: &str =
    "--follow goes on until it is stopped, and standard input ends by itself. Leave it out.";

/// Of a file that fails before it is whole.
const NOTHING_KEPT: &str = "Nothing is kept of it.";

pub(super) async fn run(flags: &Export) -> Result<u8, Refusal> {
    let (ticket, file) = match &flags.place {
        Some(Exported::Ticket(name)) => (Some(name), None),
        Some(Exported::File(path)) => (None, Some(path.as_path())),
        None => (None, None),
    };
    if flags.follow && file == Some(Path::new("-")) {
        return Err(Refusal::new(2, NO_FOLLOWING));
    }
    if let Some(path) = &flags.legend {
        legend::check(path, flags.output.as_deref(), file)?;
    }
    let following = Following { follow: flags.follow, follow_interval: flags.follow_interval, bell: None };
    let look = Look { ascii: flags.ascii, narrow: flags.narrow.clone(), following, ..Look::default() };
    let named = Named {
        ticket,
        file,
        is_demo: flags.demo,
        account: &flags.account,
        look: &look,
        trace: flags.trace.as_deref(),
    };
    let opened = printing::open(&named).await?;
    let outcome = print(flags, &look.narrow, &opened).await;
    if let Some(credential) = &opened.credential {
        credential.settle().await;
    }
    outcome
}

async fn print(flags: &Export, narrow: &Narrow, opened: &Opened) -> Result<u8, Refusal> {
    let Opened { source, settings, .. } = opened;
    let catalogue = printing::catalogue(settings)?;
    let (narrowing, _) = narrowing(narrow, &catalogue, settings)?;
    printing::something(&narrowing)?;
    let redacting =
        flags.redact.map(|whose| legend::redacting(whose.scope(), flags.legend.as_deref(), &catalogue));
    let redacting = redacting.transpose()?;
    let format = printing::format(flags.format, flags.output.as_ref());
    let making = Making { replaces: flags.force, grows: flags.follow };
    let mut stopping = Stopping::new(None);
    // Before there is a file that a signal could leave behind.
    ending::leave_to(InCharge::Printing);
    let mut out = Output::open(flags.output.as_ref(), making)?;
    let is_screen = out.is_standard() && io::stdout().is_terminal();
    let style = printing::style(format, settings, catalogue, flags.with_personal_data, is_screen);
    let style = Style { head: flags.head, ..style };
    let is_upwards = flags.oldest_first || flags.follow;
    let order = if is_upwards { Order::OldestFirst } else { Order::NewestFirst };
    let going_on = flags
        .follow
        .then(|| GoingOn { follow: Follow::new(settings.follow_interval.value, false), is_patient: false });
    let said = Said {
        source: source.name(Charset::Ascii),
        style: style.clone(),
        is_screen,
        is_upwards,
        file: flags.output.as_ref().filter(|_| !out.is_standard()).map(|path| shown(path)),
    };
    let mut line = Line::new(!(is_screen || (format.tells() && out.is_standard())), style.zone);
    if out.is_standard() {
        stopping = stopping.with_standard_output();
    }
    let plan = Plan {
        wanted: Wanted { limit: flags.limit, ..Wanted::new(narrowing.clone(), order) },
        style,
        is_bare: false,
        redacting,
        going_on,
    };
    let outcome = export::export(plan, source, &mut out, &mut stopping, |told| hear(&mut line, told)).await;
    line.clear();
    let aliases = outcome.redacting.as_ref().and_then(Redacting::legend);
    let kept = aliases.zip(flags.legend.as_deref()).map_or(Ok(()), |(it, path)| legend::keep(path, &it));
    match (said.finish(&outcome, out), kept) {
        (Err(refusal), Err(unkept)) => {
            say(&unkept.sentence);
            Err(refusal)
        }
        (told, kept) => kept.and(told),
    }
}

fn hear(line: &mut Line, told: Progress<'_>) {
    match told {
        Progress::Read(read) => line.read(read),
        Progress::Waits(failure, wait) => waits(line, failure, wait),
    }
}

fn waits(line: &mut Line, failure: &Failure, wait: Duration) {
    line.clear();
    tell_wait(failure, wait);
}

/// What is said at the end.
struct Said {
    source: String,
    style: Style,
    is_screen: bool,
    is_upwards: bool,
    file: Option<String>,
}

impl Said {
    /// Puts the file in its place, and says what stands in it and what does not.
    fn finish(&self, outcome: &Outcome, out: Output) -> Result<u8, Refusal> {
        let name = out.name();
        match &outcome.end {
            End::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(0),
            End::Output(error) => {
                // A file that is not whole is not put in its place.
                let so_far = if out.is_kept() { self.so_far(outcome) } else { NOTHING_KEPT.to_owned() };
                let sentence = format!("{name} cannot be written: {}. {so_far}", reason(error));
                return Err(Refusal::new(1, sentence));
            }
            // Of nothing that was read there is no file.
            End::Failed(failure) if !outcome.is_begun => {
                out.leave();
                return Err(failed(failure));
            }
            End::Stopped(code) if !outcome.is_begun => {
                out.leave();
                let is_learning = outcome.redacting.as_ref().is_some_and(|it| it.legend().is_none());
                let words = if is_learning {
                    "Stopped while names were still being read. Nothing was printed."
                } else {
                    "Stopped before anything was read."
                };
                return Err(Refusal::new(*code, words));
            }
            _ => out.finish()?,
        }
        self.tell(outcome);
        let so_far = self.so_far(outcome);
        match &outcome.end {
            End::Failed(failure) => {
                let Refusal { sentence, code } = failed(failure);
                let ends = if sentence.ends_with('.') { "" } else { "." };
                Err(Refusal::new(code, format!("{sentence}{ends} {so_far}")))
            }
            End::Stopped(code) => Err(Refusal::new(*code, format!("Stopped. {so_far}"))),
            End::Done | End::Output(_) => outcome.unreadable.as_ref().map_or(Ok(0), |why| {
                Err(Refusal::new(1, format!("{} cannot be read whole: {why}.", self.source)))
            }),
        }
    }

    /// What the file does not tell itself.
    fn tell(&self, outcome: &Outcome) {
        if !self.style.tells() {
            let head = outcome.head.iter().flat_map(|head| head.lines(&self.style));
            for line in head.chain([outcome.tally.line(&self.style)]) {
                say(&line.plain());
            }
        }
        if self.is_screen && self.style.format == ticketlog::export::Format::Table {
            return;
        }
        if outcome.redacting.is_some() {
            say("Names are replaced; what people wrote may still tell who they are.");
        } else if outcome.names > 0 {
            let (names, them) = if outcome.names == 1 { ("name", "it") } else { ("names", "them") };
            say(&format!("It contains {} {names}; --redact replaces {them}.", outcome.names));
        }
    }

    /// How far it got, and how to go on.
    fn so_far(&self, outcome: &Outcome) -> String {
        let file = self.file.as_ref().map_or_else(String::new, |file| format!(" in {file}"));
        let shown = outcome.count.shown;
        let entries = counted::entries(shown);
        // Some of the page that failed may be there, too.
        let (at_least, behind) = match outcome.end {
            End::Output(_) if shown == 0 => return "Not a page of entries was printed whole.".to_owned(),
            End::Output(_) => ("At least ", " and what is there behind it"),
            _ => ("", ""),
        };
        let printed = format!("{at_least}{shown} {entries} were printed{file}");
        let Some(reached) = outcome.reached else { return format!("{printed}.") };
        let at = self.style.zone.minute(reached.instant());
        let exact = reached.instant().to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let (way, flag) = if self.is_upwards { ("up", "--since") } else { ("back", "--until") };
        format!(
            "{printed}, {way} to {at}. To go on: the same with {flag} {exact}, which repeats what has that \
             time{behind}."
        )
    }
}
