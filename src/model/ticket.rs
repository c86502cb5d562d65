//! The ticket itself, for the header: what `GET /tickets/{id}` tells beside the log.

use chrono::{DateTime, Utc};

use super::text::Untrusted;

/// What the header shows of a ticket. Every field may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticket {
    /// `title`.
    pub title: Option<Untrusted>,
    /// `status`: `open`, `pending`, `completed` are known; an open set.
    pub status: Option<Untrusted>,
    /// `lockedBy.name`: the assignee.
    pub owner: Option<Untrusted>,
    /// `category.name`.
    pub category: Option<Untrusted>,
    /// `creationTime`.
    pub created: Option<DateTime<Utc>>,
}
