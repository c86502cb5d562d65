//! The ticket itself, for the header: what `GET /tickets/{id}` tells beside the log; and how a user names one.

use chrono::{DateTime, Utc};

use super::{query::TicketNumber, text::Untrusted};

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

/// Reads a ticket's number, or the number in an inbox link
/// (`https://inbox.socialboards.com/<community>/tickets?ticketId=<id>`), as the command line and the screen take it.
///
/// # Errors
/// A sentence for what is neither.
pub fn parse(text: &str) -> Result<TicketNumber, &'static str> {
    let number = if text.contains("://") { link_number(text)? } else { text };
    let valid = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = if valid { number.parse().ok().filter(|number| *number > 0) } else { None };
    parsed.ok_or("a ticket is named by its number, such as 4478963, or by its inbox link")
}

fn link_number(link: &str) -> Result<&str, &'static str> {
    let query = link.split_once('?').map_or("", |(_, query)| query);
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let mut parameters = query.split('&').filter_map(|parameter| parameter.split_once('='));
    let found = parameters.find(|(name, _)| name.eq_ignore_ascii_case("ticketId"));
    found.map(|(_, number)| number).ok_or("the link names no ticket: it has no ticketId=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_a_number_or_an_inbox_link() {
        assert_eq!(parse("4478963"), Ok(4_478_963));
        assert_eq!(parse("443484636000"), Ok(443_484_636_000));
        for link in [
            "https://inbox.socialboards.com/acme/tickets?ticketId=255762",
            "https://inbox.socialboards.com/acme/tickets?view=all&ticketId=255762#reply-3",
        ] {
            assert_eq!(parse(link), Ok(255_762), "{link}");
        }
    }

    #[test]
    fn what_is_not_a_ticket_is_refused_with_a_sentence() {
        for text in
            ["abc", "-5", "0", "", "1/log?x", "../1", "%2e", "+5", " 5", "99999999999999999999999", "٣"]
        {
            assert!(parse(text).unwrap_err().contains("number"), "{text}");
        }
        assert!(parse("https://inbox.socialboards.com/acme/tickets").unwrap_err().contains("no ticketId"));
        assert!(parse("https://x/?ticketId=abc").is_err());
    }
}
