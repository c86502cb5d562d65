//! The plain table: what `ticketlog 4711 | less` prints. Pages are read one after the other and printed as they
//! come; nothing but cleaned text and spaces. A window of time begins with a jump to its end, as on the screen.

mod words;

use std::io::{self, Write};

use super::{now, seed};
use crate::{
    api::Client,
    file::Archive,
    model::{
        backoff::Backoff,
        entry::Entry,
        failure::{Failure, FailureKind},
        log::{Disorder, EntryId, Landing, Log, Run, RunId, Target},
        narrowing::Narrowing,
        query::{Generation, TicketNumber, Window},
        text::Charset,
        types::Catalogue,
        zone::Zone,
    },
};

/// How the table looks.
#[derive(Debug, Clone)]
pub struct Table {
    /// The known action types.
    pub catalogue: Catalogue,
    /// The zone of the times; named in the first line.
    pub zone: Zone,
    /// Which characters may be printed.
    pub charset: Charset,
    /// What narrows it.
    pub narrowing: Narrowing,
}

/// Why a table ended early.
#[derive(Debug)]
pub enum TableError {
    /// The server or the way to it.
    Failed(Failure),
    /// Nobody takes the output; a closed pipe is not an error for the user.
    Output(io::Error),
}

/// Where the entries of a table come from.
#[derive(Debug)]
pub enum TableSource {
    /// A ticket of the server.
    Ticket(Client, TicketNumber),
    /// A file.
    File(Archive),
}

impl TableSource {
    fn name(&self, charset: Charset) -> String {
        match self {
            Self::Ticket(_, number) => format!("#{number}"),
            Self::File(archive) => archive.name().one_line(LONGEST_NAME, charset).plain(),
        }
    }

    async fn log(&self, log: &Log, window: Window) -> Result<Vec<Entry>, Failure> {
        let archive = match self {
            Self::Ticket(client, number) => return client.log(*number, log.query(), window).await,
            Self::File(archive) => archive,
        };
        let (sender, answer) = tokio::sync::oneshot::channel();
        let reply = Box::new(|told| drop(sender.send(told)));
        archive.ask(log.generation(), log.query().clone(), window, reply);
        // The reader of the file ends with the archive alone.
        answer.await.unwrap_or_else(|_| Ok(Vec::new()))
    }
}

/// The longest name of a file in the first line.
const LONGEST_NAME: usize = 80;

const CHANGED: &str =
    "The log changed while it was printed, so what is printed is not complete. Print it again.";

/// How many of the printed entries are kept: enough to find in the next answer what moved.
const KEPT: usize = 200;

/// What is printed next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing has been read yet.
    Unknown,
    /// The end of the window of time is looked for.
    OnTheWay,
    /// What this run holds, and what follows.
    In(RunId),
    /// What the oldest run holds.
    Oldest,
}

impl Place {
    fn run(self, log: &Log) -> Option<&Run> {
        let known = match self {
            Self::In(id) => log.runs().iter().find(|run| run.id() == log.resolve_run(id)),
            _ => None,
        };
        known.or_else(|| log.runs().last())
    }
}

/// Where the way to the end of the window has led. Where times are not in order nothing tells what lies above it, so
/// everything is read.
fn arrived(log: &mut Log, landed: Option<Landing>) -> Place {
    match landed {
        Some(landed) if landed.disorder == Disorder::None => Place::In(landed.id.run),
        None if log.is_seeking() && !log.is_out_of_order() => Place::OnTheWay,
        _ => give_up(log),
    }
}

/// Reads from the newest entry on.
fn give_up(log: &mut Log) -> Place {
    log.cancel_seek();
    log.runs().first().map_or(Place::Oldest, |run| Place::In(run.id()))
}

/// The last printed entry.
struct Last {
    id: EntryId,
    entry: Entry,
}

impl Last {
    fn of(run: &Run) -> Option<Self> {
        let entry = run.oldest()?.clone();
        Some(Self { id: EntryId { run: run.id(), serial: run.serials().end - 1 }, entry })
    }

    /// Where it stands in a run: by its name, or, in a log that was read again, as the only one that says the same.
    fn place(&self, log: &Log, run: &Run) -> Option<usize> {
        if let Some((of, id)) = log.resolve(self.id) {
            let place = usize::try_from(id.serial - run.serials().start).ok();
            return place.filter(|_| of.id() == run.id());
        }
        let mut same = run.iter().enumerate().filter(|(_, entry)| entry.is_same(&self.entry));
        let (at, _) = same.next()?;
        same.next().is_none().then_some(at)
    }
}

impl Table {
    /// Reads a log to its start and prints a line an entry, newest first. Gives how many those are.
    ///
    /// # Errors
    /// When a request fails, or the output does. What was printed before stays.
    pub async fn print(&self, source: &TableSource, out: &mut impl Write) -> Result<usize, TableError> {
        let query = self.narrowing.types.query().unwrap_or_default();
        let mut log = Log::new(query, Generation::default());
        let mut printed: Option<Last> = None;
        let mut place = Place::Unknown;
        let mut lines = 0;
        let mut next = log.ask_head();
        let mut backoff = Backoff::new(seed());
        while let Some(window) = next {
            let mut landed = None;
            match source.log(&log, window).await {
                Ok(mut page) => {
                    backoff.reset();
                    // Nobody sees it in a table.
                    for entry in &mut page {
                        entry.raw = None;
                    }
                    landed = log.accept(window, page).landed;
                }
                Err(failure) if backoff.failed(failure.retry, now()) => {
                    while let Some((attempt, sleep)) = backoff.sleep(now()) {
                        tokio::time::sleep(sleep).await;
                        backoff.wake(attempt, now());
                    }
                    continue;
                }
                Err(failure) => log.fail(window, failure),
            }
            if let Some(failure) = log.failure() {
                return Err(TableError::Failed(failure.clone()));
            }
            if place == Place::Unknown {
                let (name, zone) = (source.name(self.charset), self.zone.name());
                let narrowed = self.narrowed();
                writeln!(out, "{name}, newest first, times in {zone}{narrowed}")
                    .map_err(TableError::Output)?;
                place = self.set_out(&mut log);
            } else if place == Place::OnTheWay {
                place = arrived(&mut log, landed);
            }
            if place == Place::OnTheWay {
                next = log.ask_edge().or_else(|| log.ask_seek());
                if next.is_some() {
                    continue;
                }
                place = give_up(&mut log);
            }
            lines += self.print_older(&log, place, &mut printed, out)?;
            let run = place.run(&log).map(Run::id);
            if log.loaded() > 2 * KEPT && run == log.runs().last().map(Run::id) {
                log.forget_above(KEPT);
            }
            if self.is_passed(&log, place) {
                break;
            }
            next = match run {
                Some(run) => log.ask_older(run),
                None => log.ask_head(),
            };
        }
        out.flush().map_err(TableError::Output)?;
        Ok(lines)
    }

    /// Prints what is older than the last printed entry, which may have moved or, after a log was read again, be
    /// gone: then going on would repeat entries or leave some out. It is known by its name: another entry may say the
    /// same.
    fn print_older(
        &self,
        log: &Log,
        place: Place,
        printed: &mut Option<Last>,
        out: &mut impl Write,
    ) -> Result<usize, TableError> {
        let Some(run) = place.run(log) else { return Ok(0) };
        let from = match printed {
            None => 0,
            Some(last) => match last.place(log, run) {
                Some(at) => at + 1,
                None if run.is_empty() => return Ok(0),
                None => return Err(TableError::Failed(Failure::new(FailureKind::Trouble, CHANGED))),
            },
        };
        let mut lines = 0;
        for entry in run.iter().skip(from).filter(|entry| self.narrowing.passes(entry)) {
            lines += 1;
            writeln!(out, "{}", self.row(entry)).map_err(TableError::Output)?;
        }
        *printed = Last::of(run).or(printed.take());
        out.flush().map_err(TableError::Output)?;
        Ok(lines)
    }

    /// Sets out for the end of the window of time, by probes, where the newest entry is beyond it.
    fn set_out(&self, log: &mut Log) -> Place {
        let head = log.runs().first();
        let newest = head.and_then(Run::newest).and_then(Entry::stamp);
        let until =
            self.narrowing.span.until.filter(|until| newest.is_some_and(|at| at.instant() > until.at()));
        match (until, head.map(Run::id)) {
            (Some(until), Some(_)) if !log.is_out_of_order() => {
                log.seek(Target::At(until.at()));
                let landed = log.seek_landing();
                arrived(log, landed)
            }
            (_, Some(run)) => Place::In(run),
            (_, None) => Place::Oldest,
        }
    }

    /// Whether all that follows is older than the window of time. Where times are not in order nobody knows.
    fn is_passed(&self, log: &Log, place: Place) -> bool {
        let oldest = place.run(log).and_then(Run::oldest).and_then(Entry::stamp);
        !log.is_out_of_order() && oldest.is_some_and(|oldest| self.narrowing.span.is_before(oldest.instant()))
    }
}
