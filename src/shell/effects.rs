//! Runs effects as tasks; their answers come back as messages.

use std::{collections::HashMap, sync::Arc};

use tokio::{sync::mpsc::UnboundedSender, task::AbortHandle};

use super::{
    Origin,
    keeper::Keeper,
    saving,
    underway::{Deed, Underway},
};
use crate::{
    api::{self, Client, Trace},
    file::{Archive, News},
    message::{Effect, Message},
    model::{failure::Failure, query::Generation, subject::Source},
};

/// What is under way.
pub(super) struct Effects {
    api: Option<api::Options>,
    trace: Option<Trace>,
    archive: Option<Archive>,
    client: Option<Result<Client, Failure>>,
    keeper: Arc<Keeper>,
    underway: Underway,
    messages: UnboundedSender<Message>,
    fetches: HashMap<Generation, Vec<AbortHandle>>,
    /// The question about the ticket itself.
    ticket: Option<AbortHandle>,
}

impl Effects {
    pub(super) fn new(
        origin: (Origin, Option<Trace>),
        keeper: Arc<Keeper>,
        underway: Underway,
        messages: UnboundedSender<Message>,
    ) -> Self {
        let (origin, trace) = origin;
        let (api, archive) = match origin {
            Origin::Api(options) => (Some(options), None),
            Origin::File(archive) => {
                let messages = messages.clone();
                archive.on_news(Box::new(move |news| {
                    let _ = messages.send(match news {
                        News::Paused => Message::Paused,
                        News::Grew => Message::Grew,
                        News::WentOn => Message::WentOn,
                        News::Ended => Message::Ended,
                        News::Replaced => Message::Replaced,
                    });
                }));
                (None, Some(archive))
            }
        };
        Self {
            api,
            trace,
            archive,
            client: None,
            keeper,
            underway,
            messages,
            fetches: HashMap::new(),
            ticket: None,
        }
    }

    /// Starts an effect. Those that concern the terminal are the shell's own and do nothing here.
    pub(super) fn run(&mut self, effect: Effect) {
        let messages = self.messages.clone();
        match effect {
            Effect::FetchLog { source: Source::Ticket(ticket), generation, query, window } => {
                let client = self.client();
                let task = tokio::spawn(async move {
                    let answer = match client {
                        Ok(client) => client.log(ticket, &query, window).await,
                        Err(failure) => Err(failure),
                    };
                    let _ = messages.send(Message::Log { generation, window, answer });
                });
                let fetches = self.fetches.entry(generation).or_default();
                fetches.retain(|fetch| !fetch.is_finished());
                fetches.push(task.abort_handle());
            }
            Effect::FetchLog { source: Source::File, generation, query, window } => {
                let reply = move |answer| drop(messages.send(Message::Log { generation, window, answer }));
                if let Some(archive) = &self.archive {
                    archive.ask(generation, query, window, Box::new(reply));
                }
            }
            Effect::FetchTicket(ticket) => {
                let client = self.client();
                let task = tokio::spawn(async move {
                    let answer = match client {
                        Ok(client) => client.ticket(ticket).await,
                        Err(failure) => Err(failure),
                    };
                    let _ = messages.send(Message::Ticket { ticket, answer });
                });
                // Of another ticket, or what was asked again is newer.
                if let Some(older) = self.ticket.replace(task.abort_handle()) {
                    older.abort();
                }
            }
            Effect::FetchTickets(tickets) => {
                let client = self.client();
                tokio::spawn(async move {
                    let answer = match client {
                        Ok(client) => client.tickets(&tickets).await,
                        Err(failure) => Err(failure),
                    };
                    let _ = messages.send(Message::Tickets(answer));
                });
            }
            // Files may lie on a slow disk.
            Effect::FindVisits => self.look_up(|keeper| Some(Message::Visits(keeper.visits()))),
            Effect::FindVisit(ticket) => self.look_up(move |keeper| keeper.visit(ticket).map(Message::Visit)),
            Effect::Wait(timer, after) => {
                tokio::spawn(async move {
                    tokio::time::sleep(after).await;
                    let _ = messages.send(Message::Waited(timer));
                });
            }
            // The model ignores answers of an older generation anyway; this saves the server the work.
            Effect::Cancel(generation) => {
                for fetch in self.fetches.remove(&generation).unwrap_or_default() {
                    fetch.abort();
                }
                if let Some(archive) = &self.archive {
                    archive.cancel(generation);
                }
            }
            Effect::Save { name, is_forced, parcel } => {
                let doing = self.underway.begin(Deed::File);
                tokio::task::spawn_blocking(move || {
                    let _ = messages.send(Message::Saved(saving::save(&name, is_forced, &parcel)));
                    drop(doing);
                });
            }
            // The queue is drained before it is heard: keys come first.
            Effect::LookOn => drop(messages.send(Message::LookOn)),
            Effect::Copy(_)
            | Effect::Browse(_)
            | Effect::Repaint
            | Effect::Bell
            | Effect::Suspend
            | Effect::Quit(_) => {}
        }
    }

    fn look_up(&self, what: impl FnOnce(&Keeper) -> Option<Message> + Send + 'static) {
        let (keeper, messages) = (Arc::clone(&self.keeper), self.messages.clone());
        tokio::task::spawn_blocking(move || {
            if let Some(message) = what(&keeper) {
                let _ = messages.send(message);
            }
        });
    }

    /// Built with the first request, after the first frame: reading the host's certificates takes a while.
    fn client(&mut self) -> Result<Client, Failure> {
        if let Some(options) = self.api.take() {
            self.client = Some(Client::traced(options, self.trace.take()));
        }
        match &self.client {
            Some(client) => client.clone(),
            None => Err(Failure::new(
                crate::model::failure::FailureKind::Trouble,
                "There is no connection to the API.",
            )),
        }
    }
}
