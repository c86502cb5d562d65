//! `wait`: the first new entry of a type, or exit code 6.

use std::io::{self, IsTerminal};

use ticketlog::{
    cli::{Look, Narrow, Wait},
    model::{
        follow::Follow,
        narrowing::{Bound, Narrowing},
        time_words::Moment,
    },
    shell::{
        export::{self, End, GoingOn, Outcome, Plan, Progress},
        passage::{Order, Wanted},
    },
};

use crate::{
    Refusal,
    ending::{self, InCharge},
    failed,
    narrowing::narrowing_named,
    output::{Making, Output, reason},
    printing::{self, Named, Opened},
    reading::{moment, tell_wait},
    stopping::{Stopping, TIMED_OUT},
};

pub(super) async fn run(flags: &Wait) -> Result<u8, Refusal> {
    let narrow = Narrow {
        types: flags.types.clone(),
        actor: flags.actor.clone(),
        kind: flags.kind.clone(),
        ..Narrow::default()
    };
    let following =
        ticketlog::cli::Following { follow: true, follow_interval: flags.interval, ..Default::default() };
    let look = Look { ascii: flags.ascii, following, ..Look::default() };
    let named = Named {
        ticket: flags.ticket.as_ref(),
        file: None,
        is_demo: flags.demo,
        account: &flags.account,
        look: &look,
        trace: flags.trace.as_deref(),
    };
    let opened = printing::open(&named).await?;
    let outcome = wait(flags, &narrow, &opened).await;
    if let Some(credential) = &opened.credential {
        credential.settle().await;
    }
    outcome
}

async fn wait(flags: &Wait, narrow: &Narrow, opened: &Opened) -> Result<u8, Refusal> {
    let Opened { source, settings, .. } = opened;
    let catalogue = printing::catalogue(settings)?;
    let (mut narrowing, _) = narrowing_named("--for", narrow, &catalogue, settings)?;
    let after =
        flags.after.as_deref().map(|text| moment("--after", text, settings.zone.value)).transpose()?;
    let order = from(after, &mut narrowing);
    let format = printing::format(flags.format, None);
    let is_screen = io::stdout().is_terminal();
    let style = printing::style(format, settings, catalogue, flags.with_personal_data, is_screen);
    let going_on = GoingOn { follow: Follow::new(settings.follow_interval.value, false), is_patient: true };
    let plan = Plan {
        wanted: Wanted { limit: Some(1), ..Wanted::new(narrowing, order) },
        style,
        is_bare: true,
        redacting: None,
        going_on: Some(going_on),
    };
    let mut out = Output::open(None, Making { replaces: false, grows: false })?;
    let mut stopping = Stopping::new(flags.timeout).with_standard_output();
    ending::leave_to(InCharge::Printing);
    let mut trouble = None;
    let hear = |told: Progress<'_>| match told {
        Progress::Read(_) => trouble = None,
        Progress::Waits(failure, wait) => {
            tell_wait(failure, wait);
            trouble = Some(failed(failure).sentence);
        }
    };
    let outcome = export::export(plan, source, &mut out, &mut stopping, hear).await;
    ended(&outcome, trouble)
}

/// Only later entries than a time that is named: they begin right behind it.
fn from(after: Option<Moment>, narrowing: &mut Narrowing) -> Order {
    let Some(after) = after else { return Order::Arriving };
    narrowing.span.since = Some(Bound::behind(after.at));
    Order::OldestFirst
}

fn ended(outcome: &Outcome, trouble: Option<String>) -> Result<u8, Refusal> {
    match &outcome.end {
        End::Done => Ok(0),
        End::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        End::Output(error) => {
            Err(Refusal::new(1, format!("The output cannot be written: {}.", reason(error))))
        }
        End::Failed(failure) => Err(failed(failure)),
        End::Stopped(TIMED_OUT) => {
            let trouble =
                trouble.map_or_else(String::new, |trouble| format!(" The last try failed: {trouble}"));
            Err(Refusal::new(TIMED_OUT, format!("Nothing came in time.{trouble}")))
        }
        End::Stopped(code) => Err(Refusal::new(*code, "Stopped before anything came.")),
    }
}
