//! Printing entries somewhere else as they are read: pages from a passage into an exporter, with the names replaced on
//! the way where that is asked for. What `export` and `wait` have in common.
//!
//! Whatever ends it, what was written is whole: a stop, a limit, a failure half-way end the file as its last entry
//! does, and the outcome says why. Refuses to know what a signal, a terminal or a file is: `main` hands in what to
//! wait for and where to write.

mod redacting;
mod told;
mod waiting;
mod writing;

use std::{
    collections::HashSet,
    io::{self, Write},
};

use self::writing::Writing;
pub use self::{
    redacting::Redacting,
    told::{End, Outcome, Progress, Read},
};
use super::passage::{Count, Order, Page, Passage, Source, Wanted};
use crate::{
    export::Style,
    model::{
        entry::Entry,
        failure::Failure,
        follow::Follow,
        stamp::Stamp,
        text::{Charset, Untrusted},
        ticket::Ticket,
    },
};

/// The longest reason why a file cannot be read whole, in cells.
const LONGEST: usize = 200;

/// What to print, and how.
#[derive(Debug)]
pub struct Plan {
    /// Which entries.
    pub wanted: Wanted,
    /// How they look.
    pub style: Style,
    /// Entries alone, each as a copy of one looks: nothing stands above or below them.
    pub is_bare: bool,
    /// Whose names are replaced, and what is known of them.
    pub redacting: Option<Redacting>,
    /// To go on with what arrives.
    pub going_on: Option<GoingOn>,
}

/// Going on with what arrives.
#[derive(Debug, Clone, Copy)]
pub struct GoingOn {
    /// How often to look.
    pub follow: Follow,
    /// Whether trouble that may pass is waited out from the first request on, not only later.
    pub is_patient: bool,
}

/// What ends it beside the last entry.
pub trait Stop {
    /// Waits until somebody stops it; gives the exit code. Nothing is lost when this is dropped.
    fn stopped(&mut self) -> impl Future<Output = u8>;

    /// Whether nobody takes the output any more, as far as can be seen without writing.
    fn is_closed(&self) -> bool;
}

/// Prints the entries of a source until all are printed, somebody stops it, or it fails.
pub async fn export(
    plan: Plan,
    source: &Source,
    out: &mut impl Write,
    stop: &mut impl Stop,
    mut hear: impl FnMut(Progress<'_>),
) -> Outcome {
    let Plan { mut wanted, style, is_bare, redacting, going_on } = plan;
    // What cannot be read is of no type: a file that left out types would not tell of it.
    wanted.all = redacting.is_some() || matches!(source, Source::File(_));
    wanted.stand_ins = style.format.holds_stand_ins();
    let mut work = Work {
        passage: Passage::new(wanted.clone()),
        writing: Writing::new(out, style, wanted.narrowing.clone(), is_bare),
        redacting,
        going_on,
        ticket: None,
        reached: None,
        written: (Count::default(), None),
        names: HashSet::new(),
        is_out_of_order: false,
        has_news: false,
        has_answered: false,
    };
    let end = work.run(source, &wanted, stop, &mut hear).await;
    let is_begun = work.writing.is_begun();
    let (count, reached) = match &end {
        End::Output(_) => work.written,
        _ => (work.passage.count(), work.reached),
    };
    // The last line of a file that is followed may just be being written.
    let unreadable = work.passage.unreadable().filter(|_| work.going_on.is_none());
    let unreadable = unreadable.map(|why| why.one_line(LONGEST, Charset::Ascii).plain());
    let tally = writing::tally(&end, count, &wanted, unreadable.as_deref());
    let end = match work.writing.end(&end, &tally) {
        Err(error) if !matches!(end, End::Output(_)) => End::Output(error),
        _ => end,
    };
    Outcome {
        tally: writing::tally(&end, count, &wanted, unreadable.as_deref()),
        unreadable,
        end,
        count,
        reached: reached.filter(|_| !work.is_out_of_order),
        names: work.names.len(),
        redacting: work.redacting,
        is_begun,
        head: work.writing.into_head(),
    }
}

struct Work<'a, W: Write> {
    passage: Passage,
    writing: Writing<&'a mut W>,
    redacting: Option<Redacting>,
    going_on: Option<GoingOn>,
    /// What was learned of the ticket itself.
    ticket: Option<Ticket>,
    reached: Option<Stamp>,
    /// How much the output has taken, page by page, and the time that was reached with that.
    written: (Count, Option<Stamp>),
    /// Times were seen in no order; what showed that may be forgotten since.
    is_out_of_order: bool,
    names: HashSet<Untrusted>,
    /// Since the end was reached last, something has arrived.
    has_news: bool,
    /// Something was read.
    has_answered: bool,
}

/// What a step led to.
enum Step {
    Read,
    AtEnd,
    Ends(End),
}

impl<W: Write> Work<'_, W> {
    async fn run(
        &mut self,
        source: &Source,
        wanted: &Wanted,
        stop: &mut impl Stop,
        hear: &mut impl FnMut(Progress<'_>),
    ) -> End {
        if let Some(redacting) = &mut self.redacting
            && wanted.order != Order::Arriving
        {
            tokio::select! {
                biased;
                code = stop.stopped() => return End::Stopped(code),
                learned = redacting.learn_all(source, hear) => match learned {
                    Ok(ticket) => self.ticket = ticket,
                    Err(failure) => return End::Failed(failure),
                },
            }
        }
        if let Some(going_on) = &mut self.going_on {
            let _ = going_on.follow.start(super::now());
        }
        // What was asked for after the end of the window of time holds all that stands in it.
        let is_over = || wanted.narrowing.span.is_after(super::now());
        let mut is_last_look = is_over();
        loop {
            let led = tokio::select! {
                biased;
                code = stop.stopped() => Step::Ends(End::Stopped(code)),
                led = self.step(source, hear) => led,
            };
            match led {
                Step::Ends(end) => return end,
                Step::Read => {}
                Step::AtEnd if is_last_look || self.passage.is_enough() || self.going_on.is_none() => {
                    return End::Done;
                }
                Step::AtEnd => {
                    if let Some(end) = self.rest(stop).await {
                        return end;
                    }
                    is_last_look = is_over();
                    self.passage.poll();
                }
            }
        }
    }

    /// Reads a page and writes it.
    async fn step(&mut self, source: &Source, hear: &mut impl FnMut(Progress<'_>)) -> Step {
        let redacting = self.redacting.as_ref();
        let told = |failure: &Failure, wait| match redacting {
            Some(redacting) => hear(Progress::Waits(&redacting.failure(failure), wait)),
            None => hear(Progress::Waits(failure, wait)),
        };
        let (page, led) = match self.passage.page(source, told).await {
            Ok(Some(page)) => (page, Step::Read),
            Ok(None) => (Page::default(), Step::AtEnd),
            Err(failure) => return self.failed(failure, hear).await,
        };
        self.has_answered = true;
        // On the way to the first entry there is nothing yet that a file could hold.
        let has_come = matches!(led, Step::AtEnd) || page.reached.is_some() || !page.entries.is_empty();
        let is_first = has_come && !self.writing.is_begun();
        if is_first && let Err(error) = self.begin(source).await {
            return Step::Ends(End::Output(error));
        }
        if let Err(error) = self.write(&page) {
            return Step::Ends(End::Output(error));
        }
        if is_first && self.redacting.is_none() && self.writing.tells_later() {
            // Entries do not wait for it.
            self.writing.learn_ticket(source.ticket().await);
        }
        if matches!(led, Step::Read) {
            let entries = self.passage.count().shown;
            hear(Progress::Read(Read { is_learning: false, entries, reached: self.reached }));
        }
        led
    }

    async fn begin(&mut self, source: &Source) -> io::Result<()> {
        let ticket = match self.ticket.take() {
            None if self.redacting.is_none() && self.writing.tells() => source.ticket().await,
            known => known,
        };
        if self.redacting.is_none() {
            let owner = ticket.as_ref().and_then(|ticket| ticket.owner.clone());
            self.names.extend(owner.filter(|owner| !owner.is_empty()));
        }
        let order = self.passage.told_order();
        self.writing.begin(source, ticket, order, self.redacting.as_ref())
    }

    fn write(&mut self, page: &Page) -> io::Result<()> {
        self.reached = page.reached.or(self.reached);
        self.is_out_of_order |= self.passage.is_out_of_order();
        self.has_news |= page.reached.is_some();
        if let Some(redacting) = &mut self.redacting {
            for entry in page.left_out.iter().chain(&page.entries) {
                redacting.learn(entry);
            }
        }
        for entry in &page.entries {
            if let Some(redacting) = &self.redacting {
                self.writing.entry(&redacting.copy(entry))?;
            } else {
                self.count_names(entry);
                self.writing.entry(entry)?;
            }
        }
        self.writing.flush()?;
        self.written = (self.passage.count(), self.reached);
        Ok(())
    }

    fn count_names(&mut self, entry: &Entry) {
        let included = entry.included.iter().flat_map(|included| &included.users);
        for user in entry.actor.iter().chain(included).filter(|user| !user.name.is_empty()) {
            if !self.names.contains(&user.name) {
                self.names.insert(user.name.clone());
            }
        }
    }
}
