//! Reading what was opened: on the screen, or as a plain table where standard output is no terminal.

use std::{
    fs::File,
    io::{self, IsTerminal},
    time::Duration,
};

use ticketlog::{
    api::{Client, Trace},
    assets,
    cli::{Color, CopyBy, Look, Scroll},
    model::{
        failure::Failure,
        follow::Follow,
        narrowing::Narrowing,
        pattern::{Pattern, Syntax},
        remembered::Remembered,
        saved_view::Resume,
        search::Wish,
        share::Opening,
        subject::Subject,
        time_words::{self, Moment},
        times::Times,
        zone::Zone,
    },
    reason,
    settings::Settings,
    shell::{
        self, CopyChoice, Origin, ScrollChoice,
        passage::Source,
        table::{Table, TableError},
    },
    state::Store,
    term::{
        colours::{ColourChoice, Colours},
        session,
    },
};

use crate::{
    Refusal,
    ending::{self, InCharge},
    failed,
    narrowing::{clean, narrowing},
    printing, say, var,
};

/// The longest wait for a busy server that nobody needs to hear of.
const SHORT_WAIT: Duration = Duration::from_secs(2);

/// What is read, and from where.
pub(super) struct Reading {
    pub(super) subject: Subject,
    pub(super) origin: Origin,
    pub(super) trace: Option<Trace>,
    pub(super) resume: Resume,
    pub(super) store: Option<Store>,
    /// How it was opened, for the command that does it again.
    pub(super) opening: Opening,
    /// Whether nothing of the last time counts.
    pub(super) fresh: bool,
}

/// Nobody can be asked, so the ticket must be named.
pub(super) fn which_ticket(resume: &Resume) -> Refusal {
    let Resume::Offer(view) = resume else {
        let example =
            "Give its number or its inbox link, such as ticketlog 4478963, or try ticketlog --demo.";
        return Refusal::new(2, format!("Which ticket? {example}"));
    };
    let sentence = format!("Which ticket? --resume takes up #{}, where the line dropped.", view.ticket);
    Refusal::new(2, sentence)
}

pub(super) async fn read(look: &Look, settings: &Settings, reading: Reading) -> Result<u8, Refusal> {
    let Reading { subject, origin, trace, resume, store, opening, fresh } = reading;
    let catalogue = assets::action_types()
        .map_err(|error| Refusal::new(1, format!("The built-in action types do not parse: {error}")))?;
    let (types, presets) = settings.vocabulary.clone();
    let catalogue = catalogue.extended(types, presets);
    let is_linear = is_linear(look)?;
    // Every sentence is an entry.
    let catalogue = if settings.fold_reads.value && !is_linear { catalogue } else { catalogue.unfolded() };
    let (zone, charset) = (settings.zone.value, settings.charset());
    let (narrowing, until) = narrowing(&look.narrow, &catalogue, settings)?;
    let at = look.at.as_deref().map(|text| moment("--at", text, zone)).transpose()?.or(until);
    let find = look.find.as_deref().map(|text| wish(text, look.at.is_some())).transpose()?;
    if !io::stdout().is_terminal() {
        screen_only(look)?;
        printing::something(&narrowing)?;
        if subject == Subject::Nothing {
            return Err(which_ticket(&resume));
        }
        return print_table(&Table { catalogue, zone, charset, narrowing }, (origin, trace), &subject).await;
    }
    if is_linear && subject == Subject::Nothing {
        return Err(which_ticket(&resume));
    }
    let keyboard = keyboard(is_linear)?;
    let colours = Colours::detect(colour_choice(settings.color.value), var);
    let scroll = scroll_choice(settings.scroll.value);
    let copy = copy_choice(settings);
    let known = store.as_ref().filter(|_| !fresh).map(Store::remembered).unwrap_or_default();
    let remembered = remembered(known, look, &narrowing, &resume);
    let options = shell::Options {
        subject,
        origin,
        trace,
        catalogue,
        times: Times::new(zone, settings.time_format.value.clone()),
        silence: settings.silence.value,
        charset,
        colours,
        theme: settings.styles,
        scroll,
        copy,
        opening,
        community: settings.community.as_ref().map(|community| community.value.clone()),
        keyboard,
        at,
        find,
        keys: settings.keys.map.clone(),
        follow: Follow::new(settings.follow_interval.value, settings.bell.value),
        follows: look.following.follow,
        tell: say,
        resume,
        store,
        links: settings.links.clone(),
        narrowing,
        remembered,
        redact: look.redact.scope(),
        max_requests: settings.max_requests.value,
    };
    ending::leave_to(if is_linear { InCharge::Linear } else { InCharge::Screen });
    let outcome = if is_linear { shell::linear::run(options).await } else { shell::run(options).await };
    session::restore();
    let outcome = outcome.map_err(|error| {
        Refusal::new(1, format!("The terminal cannot be used: {}.", reason::not_used(&error)))
    })?;
    for sentence in outcome.remarks {
        say(&sentence);
    }
    match outcome.sentence {
        Some(sentence) => Err(Refusal::new(outcome.code, sentence)),
        None => Ok(outcome.code),
    }
}

/// What is remembered, but its preset only where nothing else says what to show: a command line that names a place or a
/// narrowing means just that, and so does a view that is taken up.
fn remembered(known: Remembered, look: &Look, narrowing: &Narrowing, resume: &Resume) -> Remembered {
    let is_named = look.at.is_some() || look.find.is_some() || !narrowing.is_everything();
    let preset = known.preset.filter(|_| !is_named && !matches!(resume, Resume::Open(_)));
    Remembered { preset, ..known }
}

/// What `--find` asks for: plain text, or a regular expression between slashes.
fn wish(text: &str, stays: bool) -> Result<Wish, Refusal> {
    let expression = text.strip_prefix('/').and_then(|text| text.strip_suffix('/'));
    let (source, syntax) = expression.map_or((text, Syntax::Plain), |expression| (expression, Syntax::Regex));
    if source.is_empty() {
        return Err(Refusal::new(2, "--find has no text. Give one, or /TEXT/ for a regular expression."));
    }
    let pattern = Pattern::new(source, syntax)
        .map_err(|fault| Refusal::new(2, format!("--find: {}.", clean(fault.words()))))?;
    Ok(Wish { pattern, stays })
}

/// What only the screen can do is refused where there is none, rather than left out in silence.
fn screen_only(look: &Look) -> Result<(), Refusal> {
    if look.redact.redact.is_some() {
        // Without it names would be printed: nobody is to be told to leave it out.
        let sentence = "--redact needs the screen here. ticketlog export TICKET --redact prints a log with names replaced.";
        return Err(Refusal::new(2, sentence));
    }
    let flag = match look {
        Look { at: Some(_), .. } => "--at",
        Look { find: Some(_), .. } => "--find",
        Look { linear: Some(true), .. } => "--linear",
        Look { following, .. } if following.follow => "--follow",
        _ => return Ok(()),
    };
    if flag == "--linear" {
        let sentence = "--linear asks for words, and standard output is no terminal. Leave it out to print the log as a table.";
        return Err(Refusal::new(2, sentence));
    }
    let sentence = format!(
        "{flag} needs the screen, and standard output is no terminal. Leave it out to print the whole log."
    );
    Err(Refusal::new(2, sentence))
}

/// Whether to read in sentences: as the flag says, else the variable, else where the terminal can do nothing else.
fn is_linear(look: &Look) -> Result<bool, Refusal> {
    let set = var("TICKETLOG_LINEAR").filter(|value| !value.is_empty());
    let set = match set.as_deref() {
        None => None,
        Some("1" | "true") => Some(true),
        Some("0" | "false") => Some(false),
        Some(_) => {
            return Err(Refusal::new(2, "TICKETLOG_LINEAR is neither 1 nor 0. Set it to one of them."));
        }
    };
    Ok(look.linear.or(set).unwrap_or_else(is_dumb))
}

/// Whether the terminal cannot draw a screen.
fn is_dumb() -> bool {
    matches!(var("TERM").as_deref(), None | Some("" | "dumb"))
}

/// The terminal that keys or lines come from. A screen needs one that can draw.
fn keyboard(is_linear: bool) -> Result<File, Refusal> {
    if !is_linear && is_dumb() {
        return Err(Refusal::new(
            2,
            "TERM says that this terminal cannot draw a screen. Set TERM, or read in sentences: ticketlog --linear TICKET",
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

fn copy_choice(settings: &Settings) -> CopyChoice {
    match (settings.copy.value, &settings.copy_command) {
        (CopyBy::Page, _) => CopyChoice::ByHand,
        (CopyBy::Osc52, _) => CopyChoice::Terminal,
        (CopyBy::Auto, Some(command)) => CopyChoice::Command(command.value.clone()),
        (CopyBy::Auto, None) => CopyChoice::Auto,
    }
}

fn colour_choice(color: Color) -> ColourChoice {
    match color {
        Color::Auto => ColourChoice::Auto,
        Color::Always => ColourChoice::Always,
        Color::Never => ColourChoice::Never,
    }
}

pub(super) fn moment(flag: &str, text: &str, zone: Zone) -> Result<Moment, Refusal> {
    let now = time_words::Now { clock: shell::now(), cursor: None, zone };
    time_words::parse(text, now).ok_or_else(|| {
        Refusal::new(
            2,
            format!(
                "{flag} is not a time. Give one such as 14:02, yesterday, -3d, friday or '2023-03-01 10:00'."
            ),
        )
    })
}

async fn print_table(
    table: &Table,
    (origin, trace): (Origin, Option<Trace>),
    subject: &Subject,
) -> Result<u8, Refusal> {
    let source = match (origin, subject.ticket()) {
        (Origin::File(archive), _) => Source::File(archive),
        (Origin::Api(options), Some(ticket)) => {
            Source::Ticket(Client::traced(options, trace).map_err(|failure| failed(&failure))?, ticket)
        }
        (Origin::Api(_), None) => return Err(Refusal::new(2, "Which ticket? Give its number.")),
    };
    match table.print_telling(&source, &mut io::stdout().lock(), tell_wait).await {
        Ok(0) if !table.narrowing.is_everything() => {
            let narrowed = table.narrowed();
            say(&format!("No entry matches what narrows it: {}.", narrowed.trim_start_matches(", ")));
            Ok(0)
        }
        Ok(_) => Ok(0),
        Err(TableError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(TableError::Output(error)) => {
            Err(Refusal::new(1, format!("The output cannot be written: {}.", reason::not_written(&error))))
        }
        Err(TableError::Failed(failure)) => Err(failed(&failure)),
    }
}

/// Whoever waits at a terminal is told so, and so is a log that somebody keeps where the wait is long.
pub(super) fn tell_wait(failure: &Failure, wait: Duration) {
    if io::stderr().is_terminal() || wait > SHORT_WAIT {
        say(&format!("{}. Asked again in {} s.", failure.sentence.escaped(), wait.as_secs().max(1)));
    }
}
