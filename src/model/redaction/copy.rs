//! Copies of an entry and of a ticket with the names replaced.

use std::sync::Arc;

use super::{Redaction, STATUSES, raw};
use crate::model::{
    entry::{Entry, Included, Label, RawJson, TOO_LARGE, Time, User},
    placeholder::{Piece, pieces},
    text::Untrusted,
    ticket::Ticket,
};

/// What the header may say of a ticket's status: the words of the reference.
const TICKET_STATUSES: [&str; 3] = ["open", "pending", "completed"];

/// What stands in a placeholder of which nobody knows the name.
const HIDDEN: &str = "hidden";

/// Whom and what the entry itself names, by id.
pub(super) struct Own<'a>(pub(super) &'a Entry);

impl Own<'_> {
    fn user(&self, id: &str) -> Option<&User> {
        let included = self.0.included.iter().flat_map(|included| &included.users);
        included.chain(&self.0.actor).find(|user| user.id.raw() == id).map(AsRef::as_ref)
    }

    fn label(&self, kind: &str, id: &str) -> Option<&Label> {
        let included = self.0.included.as_deref()?;
        let labels = if kind == "Tag" { &included.tags } else { &included.categories };
        labels.iter().find(|label| label.id.raw() == id)
    }
}

impl Redaction {
    /// A copy of an entry with the names replaced: type, text, actor, what is included, flaw and raw JSON. Ids are
    /// what placeholders name: they resolve as before.
    #[must_use]
    pub fn entry(&self, entry: &Entry) -> Entry {
        let own = Own(entry);
        let raw = entry.raw.as_ref().and_then(|raw| raw::redacted(self, &own, raw.text()));
        Entry {
            action_type: self.action_type(&entry.action_type),
            action: self.action(&own, &entry.action),
            actor: entry.actor.as_deref().map(|user| self.user(user)),
            time: match &entry.time {
                Time::At(stamp) => Time::At(*stamp),
                Time::Unreadable(text) => Time::Unreadable(self.text(text)),
            },
            included: entry.included.as_deref().map(|included| self.included(included)),
            raw: raw.map(RawJson::new),
            flaw: entry
                .flaw
                .as_ref()
                .map(|flaw| if flaw.raw() == TOO_LARGE { flaw.clone() } else { self.text(flaw) }),
            place: entry.place,
        }
    }

    /// A copy of what is known of the ticket itself.
    #[must_use]
    pub fn ticket(&self, ticket: &Ticket) -> Ticket {
        let status = |status: &Untrusted| {
            if TICKET_STATUSES.contains(&status.raw()) { status.clone() } else { self.text(status) }
        };
        Ticket {
            title: ticket.title.as_ref().map(|title| self.text(title)),
            status: ticket.status.as_ref().map(status),
            owner: ticket.owner.as_ref().map(|owner| self.named(owner)),
            category: ticket.category.as_ref().map(|category| self.text(category)),
            created: ticket.created,
        }
    }

    /// Types of the catalogue are our own words; any other is text.
    pub(in crate::model) fn action_type(&self, action_type: &Untrusted) -> Untrusted {
        if self.vocabulary.contains(action_type) {
            return action_type.clone();
        }
        // Its word on the screen has spaces in the place of underscores: a name must not come out of it, and a part of one
        // that is replaced must not hide the rest.
        let replaced = self.text(action_type);
        let spaced = |text: &Untrusted| text.raw().replace('_', " ");
        let words = self.words(&spaced(action_type)).into_owned();
        if words == spaced(&replaced) { replaced } else { self.text(&Untrusted::new(words)) }
    }

    /// The sentence of an entry; its placeholders name what the copies are called.
    pub(super) fn action(&self, own: &Own<'_>, action: &Untrusted) -> Untrusted {
        if !action.raw().contains('{') {
            return self.text(action);
        }
        let mut out = String::with_capacity(action.raw().len());
        for piece in pieces(action.raw()) {
            match piece {
                Piece::Text(text) => out.push_str(&self.words(text)),
                Piece::Placeholder { kind: kind @ ("User" | "Tag" | "Category"), id, .. } => {
                    let name = self.placeholder(own, kind, id);
                    out.push('{');
                    out.push_str(kind);
                    out.push(':');
                    out.push_str(name.raw());
                    out.push('}');
                }
                Piece::Placeholder { whole, .. } => out.push_str(&self.words(whole)),
            }
        }
        Untrusted::new(out)
    }

    fn placeholder(&self, own: &Own<'_>, kind: &str, id: &str) -> Untrusted {
        let name = match kind {
            "User" => match own.user(id) {
                Some(user) => self.called(&user.id, &user.name),
                None => self.known_id(&Untrusted::new(id)).unwrap_or_default(),
            },
            _ => own.label(kind, id).map(|label| self.text(&label.name)).unwrap_or_default(),
        };
        within_braces(&name)
    }

    fn user(&self, user: &User) -> Arc<User> {
        let name = self.called(&user.id, &user.name);
        let masked = |value: &Option<Untrusted>, mask: &Untrusted| value.as_ref().map(|_| mask.clone());
        Arc::new(User {
            id: if user.id.is_empty() { user.id.clone() } else { within_braces(&name) },
            name,
            email: masked(&user.email, &self.masks.address),
            status: if STATUSES.contains(&user.status.raw()) {
                user.status.clone()
            } else {
                self.text(&user.status)
            },
            is_bot: user.is_bot,
            custom_identifier: masked(&user.custom_identifier, &self.masks.number),
        })
    }

    fn included(&self, included: &Included) -> Arc<Included> {
        let labels = |labels: &[Label]| labels.iter().map(|label| self.label(label)).collect();
        Arc::new(Included {
            users: included.users.iter().map(|user| self.user(user)).collect(),
            tags: labels(&included.tags),
            categories: labels(&included.categories),
        })
    }

    fn label(&self, label: &Label) -> Label {
        let name = self.text(&label.name);
        let id = if label.id.is_empty() { label.id.clone() } else { within_braces(&name) };
        Label { id, name }
    }
}

/// A name as it can stand in a placeholder.
fn within_braces(name: &Untrusted) -> Untrusted {
    let fits = !name.is_empty() && !name.raw().contains(['{', '}']);
    if fits { name.clone() } else { Untrusted::new(HIDDEN) }
}
