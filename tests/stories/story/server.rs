//! What stands for the server: answers from the entries of the story, or failures.

use ticketlog::{
    message::{Effect, Message},
    model::{
        entry::Entry,
        failure::Failure,
        query::{Query, Window},
        text::Untrusted,
        ticket::Ticket,
    },
};

use super::{Story, start};

impl Story {
    /// What the server would say to a request now.
    pub fn page(&self, query: &Query, window: Window) -> Vec<Entry> {
        let newest_first = self.server.iter().rev().filter(|entry| query.includes(&entry.action_type));
        newest_first.skip(usize::try_from(window.skip).unwrap()).take(window.take.into()).cloned().collect()
    }

    /// Answers the oldest request from what the server holds now. False when nothing was asked.
    pub fn answer(&mut self) -> bool {
        let Some(asked) = self.asked.pop_front() else {
            return false;
        };
        self.answer_to(asked);
        true
    }

    pub fn answer_to(&mut self, asked: Effect) {
        match asked {
            Effect::FetchLog { generation, query, window, .. } => {
                let answer = Ok(self.page(&query, window));
                self.tell(Message::Log { generation, window, answer });
            }
            Effect::FetchTicket(ticket) => {
                let answer = Ok(Ticket {
                    title: Some(Untrusted::new("New car price list.")),
                    status: Some(Untrusted::new("open")),
                    owner: Some(Untrusted::new("Garrick Ollivander")),
                    category: Some(Untrusted::new("Sales")),
                    created: Some(start()),
                });
                self.tell(Message::Ticket { ticket, answer });
            }
            Effect::FetchTickets(numbers) => {
                let known = self.titles.iter().filter(|(number, _)| numbers.contains(number));
                let about = |title: &str| Ticket {
                    title: Some(Untrusted::new(title)),
                    status: Some(Untrusted::new("open")),
                    ..Ticket::default()
                };
                let answer = Ok(known.map(|(number, title)| (*number, about(title))).collect());
                self.tell(Message::Tickets(answer));
            }
            other => panic!("not a request: {other:?}"),
        }
    }

    /// Answers the oldest request with a failure.
    pub fn fail(&mut self, failure: Failure) {
        match self.asked.pop_front() {
            Some(Effect::FetchLog { generation, window, .. }) => {
                self.tell(Message::Log { generation, window, answer: Err(failure) });
            }
            Some(Effect::FetchTicket(ticket)) => self.tell(Message::Ticket { ticket, answer: Err(failure) }),
            Some(Effect::FetchTickets(_)) => self.tell(Message::Tickets(Err(failure))),
            other => panic!("nothing was asked: {other:?}"),
        }
    }

    /// Answers until nothing is asked any more.
    pub fn settle(&mut self) -> &mut Self {
        let mut answers = 0;
        while self.answer() {
            answers += 1;
            assert!(answers < 10_000, "the model never stops asking");
        }
        self
    }
}
