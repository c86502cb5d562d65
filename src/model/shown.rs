//! What of a stranger's text may be seen: everything that is drawn, told or copied asks here first. With names replaced
//! it gives copies in which nobody reads a name; else the text itself.
//!
//! People are learned from every answer, so a name stands in an older text until the entry comes that tells whose it is:
//! a screen cannot read the whole log before it shows the first page. Exports do.

use std::borrow::Cow;

use super::{
    Model,
    entry::Entry,
    log::{Log, Run},
    narrowing::{Lift, Part},
    redaction::{Redaction, Scope},
    text::{Charset, Untrusted},
    ticket::Ticket,
};

/// Whose names are replaced, if any.
#[derive(Debug)]
pub(super) struct Replacing {
    redaction: Option<Redaction>,
    /// The same while names are shown: whoever was called something is called so for good.
    rested: Option<Redaction>,
    /// Whose are when it is asked for.
    scope: Scope,
    /// How often that changed.
    turn: u64,
}

impl Default for Replacing {
    fn default() -> Self {
        Self { redaction: None, rested: None, scope: Scope::Everyone, turn: 0 }
    }
}

impl Model {
    /// Names are replaced from now on: to be called before the first message, so that none is ever drawn.
    pub fn replace_names(&mut self, scope: Scope) {
        self.replacing.scope = scope;
        self.begin_replacing();
    }

    /// Names are replaced, or shown again.
    pub fn toggle_names(&mut self) {
        if let Some(redaction) = self.replacing.redaction.take() {
            self.replacing.rested = Some(redaction);
            self.replacing.turn += 1;
        } else {
            self.begin_replacing();
        }
    }

    fn begin_replacing(&mut self) {
        let scope = self.replacing.scope;
        let rested = self.replacing.rested.take().filter(|rested| rested.scope() == scope);
        let mut redaction = rested.unwrap_or_else(|| Redaction::new(scope, &self.catalogue));
        let logs = [self.reader.all(), self.reader.log()];
        for entry in logs.into_iter().flat_map(Log::runs).flat_map(Run::iter) {
            redaction.learn(entry);
        }
        if let super::Summary::Known(ticket) = &self.summary {
            redaction.learn_ticket(ticket);
        }
        self.replacing.redaction = Some(redaction);
        self.replacing.turn += 1;
    }

    /// Whose names are replaced in what is seen.
    #[must_use]
    pub fn redacts(&self) -> Option<Scope> {
        self.replacing.redaction.as_ref().map(Redaction::scope)
    }

    /// Whose names are replaced whenever that is asked for.
    #[must_use]
    pub fn redaction_scope(&self) -> Scope {
        self.replacing.scope
    }

    /// Other numbers whenever an entry that was drawn may look different.
    #[must_use]
    pub fn redaction_turn(&self) -> (u64, u64) {
        (self.replacing.turn, self.replacing.redaction.as_ref().map_or(0, Redaction::turn))
    }

    /// Learns whom entries name, before they are shown.
    pub fn learn_people(&mut self, entries: &[Entry]) {
        if let Some(redaction) = &mut self.replacing.redaction {
            for entry in entries {
                redaction.learn(entry);
            }
        }
    }

    /// The same of what the server tells of the ticket.
    pub fn learn_ticket(&mut self, ticket: &Ticket) {
        if let Some(redaction) = &mut self.replacing.redaction {
            redaction.learn_ticket(ticket);
        }
    }

    /// The entry as it may be seen.
    #[must_use]
    pub fn shown_entry<'a>(&self, entry: &'a Entry) -> Cow<'a, Entry> {
        match &self.replacing.redaction {
            Some(redaction) => Cow::Owned(redaction.entry(entry)),
            None => Cow::Borrowed(entry),
        }
    }

    /// What is known of the ticket, as it may be seen.
    #[must_use]
    pub fn shown_ticket<'a>(&self, ticket: &'a Ticket) -> Cow<'a, Ticket> {
        match &self.replacing.redaction {
            Some(redaction) => Cow::Owned(redaction.ticket(ticket)),
            None => Cow::Borrowed(ticket),
        }
    }

    /// What is known of another ticket, as it may be seen: nobody knows who is named in its title.
    #[must_use]
    pub fn shown_other_ticket<'a>(&self, ticket: &'a Ticket) -> Cow<'a, Ticket> {
        match &self.replacing.redaction {
            Some(redaction) => Cow::Owned(Ticket { title: None, ..redaction.ticket(ticket) }),
            None => Cow::Borrowed(ticket),
        }
    }

    /// Any other text of a stranger's, or of the user's, as it may be seen.
    #[must_use]
    pub fn shown_text<'a>(&self, text: &'a Untrusted) -> Cow<'a, Untrusted> {
        match &self.replacing.redaction {
            Some(redaction) => Cow::Owned(redaction.text(text)),
            None => Cow::Borrowed(text),
        }
    }

    /// An action type as it may be seen: ours are words that everybody knows.
    #[must_use]
    pub fn shown_type<'a>(&self, name: &'a Untrusted) -> Cow<'a, Untrusted> {
        match &self.replacing.redaction {
            Some(redaction) => Cow::Owned(redaction.action_type(name)),
            None => Cow::Borrowed(name),
        }
    }

    /// The parts of what narrows the view, as they may be seen.
    #[must_use]
    pub fn shown_parts(&self, parts: Vec<Part>) -> Vec<Part> {
        let Some(redaction) = &self.replacing.redaction else { return parts };
        let shown = |part: Part| {
            let words = match (part.lift, &self.reader.narrowing().person) {
                (Lift::Person, Some(person)) => format!("{} only", redaction.text(&person.name).raw()),
                _ => redaction.words(&part.words.plain()).into_owned(),
            };
            let cells = part.words.cells().max(words.len());
            // Cleaned already, unless it is a name: nothing is escaped a second time.
            let charset = if part.lift == Lift::Person { self.charset } else { Charset::Unicode };
            Part { words: Untrusted::new(words).one_line(cells, charset), ..part }
        };
        parts.into_iter().map(shown).collect()
    }

    /// A line of our own words that may hold some of a stranger's, as it may be seen.
    #[must_use]
    pub fn shown_words<'a>(&self, words: &'a str) -> Cow<'a, str> {
        match &self.replacing.redaction {
            Some(redaction) => redaction.words(words),
            None => Cow::Borrowed(words),
        }
    }
}
