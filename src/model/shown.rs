//! What of a stranger's text may be seen: everything that is drawn, told or copied asks here first. With names replaced
//! it gives copies in which nobody reads a name; else the text itself.
//!
//! People are learned from every answer, so a name stands in an older text until the entry comes that tells whose it is:
//! a screen cannot read the whole log before it shows the first page. Exports do. So that nobody has another number
//! than there, aliases have none until the whole log was read ([`super::roll`]).

use std::borrow::Cow;

use super::{
    Model, Notice,
    entry::Entry,
    failure::Failure,
    log::{Log, Run},
    query::Generation,
    redaction::{Redaction, Scope},
    text::Untrusted,
    ticket::Ticket,
};

/// Whose names are replaced, if any.
#[derive(Debug)]
pub(super) struct Replacing {
    /// Who is known; also while names are shown, for whoever was called something is called so for good.
    people: Option<Redaction>,
    /// Names are replaced in what is seen.
    is_on: bool,
    /// Whose are when it is asked for.
    scope: Scope,
    /// How often that changed.
    turn: u64,
    /// Another log takes the place of the one that is loaded, whose people do not count then.
    is_outdated: bool,
}

impl Default for Replacing {
    fn default() -> Self {
        Self { people: None, is_on: false, scope: Scope::Everyone, turn: 0, is_outdated: false }
    }
}

impl Replacing {
    fn shown(&self) -> Option<&Redaction> {
        self.people.as_ref().filter(|_| self.is_on)
    }
}

impl Model {
    /// Names are replaced from now on: to be called before the first message, so that none is ever drawn.
    pub fn replace_names(&mut self, scope: Scope) {
        if self.replacing.scope != scope {
            self.replacing.people = None;
        }
        self.replacing.scope = scope;
        self.replacing.is_on = true;
        self.meet_people();
    }

    /// Names are replaced, or shown again.
    pub fn toggle_names(&mut self) {
        self.replacing.is_on = !self.replacing.is_on;
        if self.replacing.is_on {
            self.roll.retry();
            self.meet_people();
        }
        self.replacing.turn += 1;
    }

    /// Learns whom all that is loaded names.
    pub(super) fn meet_people(&mut self) {
        let known = self.replacing.people.take();
        let new = || Redaction::new(self.replacing.scope, &self.catalogue).holding_numbers();
        // Without numbers nobody was called anything for good, and some may be gone from the log.
        let mut people = known.filter(|_| self.roll.has_begun()).unwrap_or_else(new);
        let logs = [self.reader.all(), self.reader.asked_log(), self.reader.log()];
        for entry in logs.into_iter().flat_map(Log::runs).flat_map(Run::iter) {
            people.learn(entry);
        }
        if let super::Summary::Known(ticket) = &self.summary {
            people.learn_ticket(ticket);
        }
        self.replacing.people = Some(people);
        self.replacing.turn += 1;
    }

    /// Another log is read, or will be once its head has come: nobody of this one counts any more.
    pub(super) fn forget_people(&mut self) -> Option<Generation> {
        self.stop_awaiting();
        self.replacing.is_outdated = false;
        self.replacing.people = None;
        let cancelled = self.roll.renew();
        if self.wants_people() {
            self.meet_people();
        }
        cancelled
    }

    /// Another log takes the place of this one, of which what is loaded stays on the screen until then.
    pub fn outdate_people(&mut self) -> Option<Generation> {
        self.stop_awaiting();
        self.replacing.is_outdated = true;
        self.roll.renew()
    }

    /// The head of the log has come: it may be another one.
    pub fn note_head_came(&mut self) {
        if self.replacing.is_outdated {
            self.forget_people();
        }
    }

    /// Whether anybody has to be known, for what is seen or for what is to be copied.
    pub(super) fn wants_people(&self) -> bool {
        self.needs_people() && !self.replacing.is_outdated
    }

    fn needs_people(&self) -> bool {
        self.replacing.is_on || self.awaits_numbers()
    }

    /// Whoever is known, also while names are shown.
    #[must_use]
    pub fn known_people(&self) -> Option<&Redaction> {
        self.replacing.people.as_ref()
    }

    /// The same while names are replaced.
    #[must_use]
    pub fn replaced_people(&self) -> Option<&Redaction> {
        self.replacing.shown()
    }

    /// Whether somebody is known who has no number.
    pub(super) fn lacks_numbers(&self) -> bool {
        self.replacing.people.as_ref().is_none_or(Redaction::lacks_numbers)
    }

    /// The roll has failed for good: that is said once.
    pub(super) fn tell_roll_failed(&mut self, failure: &Failure) {
        if !self.fail_awaiting(failure) && self.replacing.is_on {
            self.notice = Some(Notice::NoNumbers);
        }
    }

    /// Everybody is known: all get their numbers.
    pub(super) fn release_numbers(&mut self) {
        if let Some(people) = &mut self.replacing.people {
            people.release_numbers();
        }
    }

    /// Whose names are replaced in what is seen.
    #[must_use]
    pub fn redacts(&self) -> Option<Scope> {
        self.replacing.shown().map(Redaction::scope)
    }

    /// Whose names are replaced whenever that is asked for.
    #[must_use]
    pub fn redaction_scope(&self) -> Scope {
        self.replacing.scope
    }

    /// Other numbers whenever an entry that was drawn may look different.
    #[must_use]
    pub fn redaction_turn(&self) -> (u64, u64) {
        (self.replacing.turn, self.replacing.shown().map_or(0, Redaction::turn))
    }

    /// Learns whom entries name, before they are shown.
    pub fn learn_people(&mut self, entries: &[Entry]) {
        if !self.needs_people() {
            return;
        }
        if let Some(people) = &mut self.replacing.people {
            for entry in entries {
                people.learn(entry);
            }
        }
    }

    /// The same of what the server tells of the ticket.
    pub fn learn_ticket(&mut self, ticket: &Ticket) {
        if let Some(people) = &mut self.replacing.people {
            people.learn_ticket(ticket);
        }
    }

    /// The entry as it may be seen.
    #[must_use]
    pub fn shown_entry<'a>(&self, entry: &'a Entry) -> Cow<'a, Entry> {
        match self.replacing.shown() {
            Some(redaction) => Cow::Owned(redaction.entry(entry)),
            None => Cow::Borrowed(entry),
        }
    }

    /// What is known of the ticket, as it may be seen.
    #[must_use]
    pub fn shown_ticket<'a>(&self, ticket: &'a Ticket) -> Cow<'a, Ticket> {
        match self.replacing.shown() {
            Some(redaction) => Cow::Owned(redaction.ticket(ticket)),
            None => Cow::Borrowed(ticket),
        }
    }

    /// What is known of another ticket, as it may be seen: nobody knows who is named in its title.
    #[must_use]
    pub fn shown_other_ticket<'a>(&self, ticket: &'a Ticket) -> Cow<'a, Ticket> {
        match self.replacing.shown() {
            Some(redaction) => Cow::Owned(Ticket { title: None, ..redaction.ticket(ticket) }),
            None => Cow::Borrowed(ticket),
        }
    }

    /// What is said of a failure, as it may be seen.
    #[must_use]
    pub fn shown_failure<'a>(&self, failure: &'a Failure) -> Cow<'a, Untrusted> {
        match self.replacing.shown() {
            Some(redaction) => Cow::Owned(redaction.failure(failure)),
            None => Cow::Borrowed(&failure.sentence),
        }
    }

    /// Any other text of a stranger's, or of the user's, as it may be seen.
    #[must_use]
    pub fn shown_text<'a>(&self, text: &'a Untrusted) -> Cow<'a, Untrusted> {
        match self.replacing.shown() {
            Some(redaction) => Cow::Owned(redaction.text(text)),
            None => Cow::Borrowed(text),
        }
    }

    /// An action type as it may be seen: ours are words that everybody knows.
    #[must_use]
    pub fn shown_type<'a>(&self, name: &'a Untrusted) -> Cow<'a, Untrusted> {
        match self.replacing.shown() {
            Some(redaction) => Cow::Owned(redaction.action_type(name)),
            None => Cow::Borrowed(name),
        }
    }

    /// A line of our own words that may hold some of a stranger's, as it may be seen.
    #[must_use]
    pub fn shown_words<'a>(&self, words: &'a str) -> Cow<'a, str> {
        match self.replacing.shown() {
            Some(redaction) => redaction.words(words),
            None => Cow::Borrowed(words),
        }
    }
}
