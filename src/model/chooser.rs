//! Choosing a ticket: what is typed, the tickets opened lately, and which of them is meant.
//!
//! The line itself is [`Model::input`]. What it names wins, unless the user has moved to a row: a number typed in
//! full must never open another ticket because a row happens to be marked.

use chrono::{DateTime, Utc};

use super::{
    Model,
    input::Input,
    query::TicketNumber,
    text::Untrusted,
    ticket::{self, Links, Name, Ticket},
    time_words::Moment,
    visit::Visit,
};

/// The most tickets that are offered: the server tells about fifty at once.
const MOST: usize = 50;

/// The most characters that are kept of a title: each is searched at every key.
const LONGEST: usize = 500;

/// Said of a link that the account in use may not open.
const OTHER_COMMUNITY: &str = "the link is not of this account's community: leave, then ticketlog LINK";

/// A ticket opened lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// Its number.
    pub ticket: TicketNumber,
    /// When it was last looked at.
    pub looked: DateTime<Utc>,
    /// What the server tells of it.
    pub about: Option<Ticket>,
}

/// The list below the line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chooser {
    recent: Vec<Recent>,
    /// The row that the user moved to.
    moved_to: Option<TicketNumber>,
    /// Why what was typed opens nothing.
    pub wrong: Option<&'static str>,
    /// The time to jump to in the ticket that is chosen.
    pub then: Option<Moment>,
}

/// What Enter would open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// This ticket.
    Ticket(TicketNumber),
    /// Nothing, because nothing is typed and no ticket was opened lately.
    Nothing,
    /// Nothing, and this is why.
    Wrong(&'static str),
}

impl Chooser {
    /// Takes the tickets opened lately, the last one first. Gives their numbers, to be asked about.
    pub fn offer(&mut self, visits: Vec<Visit>, open: Option<TicketNumber>) -> Vec<TicketNumber> {
        let others = visits.into_iter().filter(|visit| Some(visit.ticket) != open).take(MOST);
        let recent = |visit: Visit| Recent { ticket: visit.ticket, looked: visit.looked, about: None };
        self.recent = others.map(recent).collect();
        self.recent.iter().map(|recent| recent.ticket).collect()
    }

    /// Takes what the server tells of tickets; of those that are not offered nothing is kept.
    pub fn learn(&mut self, tickets: Vec<(TicketNumber, Ticket)>) {
        for (number, about) in tickets {
            if let Some(recent) = self.recent.iter_mut().find(|recent| recent.ticket == number) {
                let title = about
                    .title
                    .map(|title| Untrusted::new(title.raw().chars().take(LONGEST).collect::<String>()));
                recent.about = Some(Ticket { title, ..about });
            }
        }
    }

    /// The tickets that fit what is typed: by number, by title.
    pub fn rows(&self, typed: &str) -> impl Iterator<Item = &Recent> {
        let typed = typed.trim().to_lowercase();
        // A link narrows like the number in it.
        let typed = ticket::parse(&typed).map_or(typed, |number| number.to_string());
        self.recent.iter().filter(move |recent| recent.fits(&typed))
    }

    /// The row that is marked: the one moved to, the one typed, else the first where no number is typed.
    #[must_use]
    pub fn marked(&self, typed: &str) -> Option<TicketNumber> {
        let shown = |number: &TicketNumber| self.rows(typed).any(|row| row.ticket == *number);
        if let Some(moved_to) = self.moved_to.filter(shown) {
            return Some(moved_to);
        }
        match ticket::parse(typed.trim()) {
            Ok(number) => Some(number).filter(shown),
            Err(_) => self.rows(typed).next().map(|row| row.ticket),
        }
    }

    /// What Enter opens. A link of another community opens nothing, not even the ticket of that number that was
    /// opened lately.
    #[must_use]
    pub fn choice(&self, typed: &str, links: &Links) -> Choice {
        if let Ok(Name { link: Some(link), .. }) = ticket::name(typed.trim())
            && !links.admit(&link)
        {
            return Choice::Wrong(OTHER_COMMUNITY);
        }
        if let Some(marked) = self.marked(typed) {
            return Choice::Ticket(marked);
        }
        match ticket::parse(typed.trim()) {
            Ok(number) => Choice::Ticket(number),
            Err(_) if typed.trim().is_empty() => Choice::Nothing,
            Err(sentence) => Choice::Wrong(sentence),
        }
    }

    /// Moves the mark by so many rows, down when positive. Stops at both ends.
    pub fn step(&mut self, typed: &str, by: isize) {
        let rows: Vec<TicketNumber> = self.rows(typed).map(|row| row.ticket).collect();
        let at = self.marked(typed).and_then(|marked| rows.iter().position(|row| *row == marked));
        let last = rows.len().saturating_sub(1);
        // From the line the first step down is to the first row.
        let to = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
        self.moved_to = rows.get(to).copied();
    }

    /// The line was changed.
    pub fn retype(&mut self) {
        self.moved_to = None;
        self.wrong = None;
    }
}

impl Recent {
    fn fits(&self, typed: &str) -> bool {
        let title = self.about.as_ref().and_then(|about| about.title.as_ref());
        typed.is_empty()
            || self.ticket.to_string().contains(typed)
            || title.is_some_and(|title| title.raw().to_lowercase().contains(typed))
    }
}

impl Model {
    /// Asks which ticket.
    pub fn ask_which(&mut self) {
        self.input = Some(Input::default());
        self.chooser = Some(Chooser::default());
    }

    /// Back to what was open before the question.
    pub fn stop_asking(&mut self) {
        self.input = None;
        self.chooser = None;
    }

    /// What is typed in the question.
    #[must_use]
    pub fn typed(&self) -> String {
        self.input.as_ref().map(Input::text).unwrap_or_default()
    }
}
