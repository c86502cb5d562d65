//! One small question, and how far it got: what `ticketlog doctor` tells.
//!
//! Quotes neither the server nor a customer: what comes out may be pasted anywhere.

use chrono::{DateTime, Utc};

use super::{
    Interner, decode_page,
    exchange::NoAnswer,
    judge::{Answer, Judge, Quoting},
    page::PageError,
    transport::Transport,
};
use crate::model::{
    failure::{Failure, FailureKind, Retry},
    query::{Query, TicketNumber, Window},
};

/// No ticket has this number: who knows none of it is the API.
const NOBODY: TicketNumber = 0;

/// The newest entry is enough.
const ONE: Window = Window { skip: 0, take: 1 };

/// Where a question can end, in the order in which it gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The proxy in between.
    Proxy,
    /// The host's name.
    Name,
    /// The connection.
    Connection,
    /// The secure connection.
    Tls,
    /// What answers there.
    Server,
    /// The access token.
    Token,
    /// The log of the ticket.
    Log,
}

/// How far a question got.
#[derive(Debug)]
pub struct Probe {
    /// Where it ended and why; without a failure it got through.
    pub stopped: Option<(Stage, Failure)>,
    /// What the server's clock says.
    pub clock: Option<DateTime<Utc>>,
}

impl Transport {
    /// Asks for the newest entry of a ticket, or of one that cannot be.
    pub(super) async fn probe(&self, ticket: Option<TicketNumber>) -> Probe {
        let answer = self.ask_log(ticket.unwrap_or(NOBODY), &Query::All, ONE).await;
        self.told(answer, ticket)
    }

    /// Asks the same without a token.
    pub(super) async fn reach(&self) -> Probe {
        let answer = self.knock(NOBODY, &Query::All, ONE).await;
        self.told(answer, None)
    }

    fn told(&self, answer: Result<Answer, NoAnswer>, ticket: Option<TicketNumber>) -> Probe {
        let stopped = |stage, failure| Probe { stopped: Some((stage, failure)), clock: None };
        let judge = Judge { quoting: Quoting::Nobody, ..self.judge(ticket) };
        let answer = match answer {
            Ok(answer) => answer,
            Err(NoAnswer::NoToken(failure)) => return stopped(Stage::Token, failure),
            Err(NoAnswer::Broken(cause)) => return stopped(cause.stage(), self.broken(&judge, cause)),
            Err(NoAnswer::TooLarge) => return stopped(Stage::Server, self.too_large(ticket)),
        };
        let clock = answer.date;
        let from_api = answer.is_from_api();
        let refuses = answer.status.is_client_error();
        let page = judge.body(answer).map(|body| decode_page(&body, &mut Interner::default()));
        let stopped = match page {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => {
                let stage = if error == PageError::Html { Stage::Server } else { Stage::Log };
                Some((stage, judge.page(&error)))
            }
            Err(failure) => match failure.kind {
                FailureKind::NoSuchTicket if ticket.is_none() => None,
                FailureKind::NoSuchTicket => Some((Stage::Log, failure)),
                FailureKind::NotAuthorised => Some((Stage::Token, failure)),
                _ if from_api && refuses && failure.retry == Retry::Never => Some((Stage::Log, failure)),
                _ => Some((Stage::Server, failure)),
            },
        };
        Probe { stopped, clock }
    }
}
