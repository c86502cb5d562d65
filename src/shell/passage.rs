//! Reading a log in order from a server or a file ([`crate::model::passage`]): what stands behind the printed table, an
//! export and a wait. A busy server is asked again as on the screen. Refuses to write anything: that is for the
//! caller, between two pages.

mod source;

use std::time::Duration;

pub use self::source::Source;
use super::{now, seed};
pub use crate::model::passage::{Count, Order, Page, Wanted};
use crate::{
    export,
    model::{backoff::Backoff, failure::Failure, passage, text::Untrusted},
};

/// Reads a log in order. See the module.
#[derive(Debug)]
pub struct Passage {
    passage: passage::Passage,
    backoff: Backoff,
}

impl Passage {
    /// Nothing is asked before the first page is.
    #[must_use]
    pub fn new(wanted: Wanted) -> Self {
        Self { passage: passage::Passage::new(wanted), backoff: Backoff::new(seed()) }
    }

    /// How much was read so far.
    #[must_use]
    pub fn count(&self) -> Count {
        self.passage.count()
    }

    /// Why the first stretch of a file that is no entry is none, where there is one.
    #[must_use]
    pub fn unreadable(&self) -> Option<&Untrusted> {
        self.passage.unreadable()
    }

    /// The order in which entries come, as far as is known.
    #[must_use]
    pub fn told_order(&self) -> export::Order {
        match self.passage.order() {
            Order::NewestFirst if self.passage.log().is_out_of_order() => export::Order::AsTheyCame,
            Order::NewestFirst => export::Order::NewestFirst,
            Order::OldestFirst | Order::Arriving => export::Order::OldestFirst,
        }
    }

    /// Whether times are in no order, as far as is loaded.
    #[must_use]
    pub fn is_out_of_order(&self) -> bool {
        self.passage.log().is_out_of_order()
    }

    /// Asks for the next page; `None` when there is none. Where the server or the way to it has a moment's trouble, it
    /// is asked again; `tell` hears why and after how long.
    ///
    /// # Errors
    /// When a request fails for good. [`Passage::retry`] asks the same again.
    pub async fn page(
        &mut self,
        source: &Source,
        mut tell: impl FnMut(&Failure, Duration),
    ) -> Result<Option<Page>, Failure> {
        let Some(window) = self.passage.step()? else { return Ok(None) };
        let answer = loop {
            match source.window(self.passage.log(), window).await {
                Ok(answer) => break answer,
                Err(failure) if self.backoff.failed(failure.retry, now()) => {
                    let wait = self.backoff.due().and_then(|due| (due - now()).to_std().ok());
                    tell(&failure, wait.unwrap_or_default());
                    while let Some((attempt, sleep)) = self.backoff.sleep(now()) {
                        tokio::time::sleep(sleep).await;
                        self.backoff.wake(attempt, now());
                    }
                }
                Err(failure) => {
                    self.passage.fail(window, failure.clone());
                    return Err(failure);
                }
            }
        };
        self.backoff.reset();
        self.passage.accept(window, answer).map(Some)
    }

    /// Whether nobody knows any more where to read on: asking again does not help.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.passage.is_lost()
    }

    /// Begins anew where nothing was given yet and the log tells what is new all the same. False where it does not.
    pub fn begin_again(&mut self) -> bool {
        self.backoff.reset();
        self.passage.begin_again()
    }

    /// Forgets a failure: the next page is asked for again.
    pub fn retry(&mut self) {
        self.backoff.reset();
        self.passage.retry();
    }

    /// Asks what has arrived since, once everything has been read. Only oldest first can go on so.
    pub fn poll(&mut self) {
        self.passage.poll();
    }

    /// Whether as many entries were given as were wanted.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.passage.is_enough()
    }
}
