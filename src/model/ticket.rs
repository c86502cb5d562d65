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

/// A ticket as a user names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its number.
    pub number: TicketNumber,
    /// The link that the number stood in.
    pub link: Option<Link>,
}

/// What an inbox link says beside the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The community, where the link names one in plain letters.
    pub community: Option<String>,
}

/// Which links may be opened with the account in use: the same number is another ticket in another community.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Links {
    /// All: no community is known of any account.
    #[default]
    Any,
    /// Those of this community; none where the account's is not known.
    Of(Option<String>),
}

impl Links {
    /// Whether a link may be opened.
    #[must_use]
    pub fn admit(&self, link: &Link) -> bool {
        match self {
            Self::Any => true,
            Self::Of(community) => community.is_some() && *community == link.community,
        }
    }
}

/// Reads a ticket's number, or the number in an inbox link
/// (`https://inbox.socialboards.com/<community>/tickets?ticketId=<id>`), as the command line and the screen take it.
///
/// # Errors
/// A sentence for what is neither.
pub fn parse(text: &str) -> Result<TicketNumber, &'static str> {
    name(text).map(|name| name.number)
}

/// Reads a ticket's number or its inbox link, see [`parse`], and keeps what the link says of the community.
///
/// # Errors
/// A sentence for what is neither.
pub fn name(text: &str) -> Result<Name, &'static str> {
    let is_link = text.contains("://");
    let number = if is_link { link_number(text)? } else { text };
    let valid = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = if valid { number.parse().ok().filter(|number| *number > 0) } else { None };
    let number = parsed.ok_or("a ticket is named by its number, such as 4478963, or by its inbox link")?;
    let link = is_link.then(|| Link { community: link_community(text) });
    Ok(Name { number, link })
}

fn link_number(link: &str) -> Result<&str, &'static str> {
    let query = link.split_once('?').map_or("", |(_, query)| query);
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let mut parameters = query.split('&').filter_map(|parameter| parameter.split_once('='));
    let found = parameters.find(|(name, _)| name.eq_ignore_ascii_case("ticketId"));
    found.map(|(_, number)| number).ok_or("the link names no ticket: it has no ticketId=")
}

/// The first part of a path of two or more. A path that a browser would read in another way (`..`, `%2f`) names none.
fn link_community(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("://")?;
    let (before, _) = rest.split_once(['?', '#'])?;
    let (_, path) = before.split_once('/')?;
    let mut parts = path.trim_end_matches('/').split('/');
    let community = parts.next().filter(|part| is_community(part))?;
    let rest: Vec<&str> = parts.collect();
    (!rest.is_empty() && rest.iter().all(|part| is_community(part))).then(|| community.to_owned())
}

/// Whether a text can be the name of a community, as it stands in a link.
#[must_use]
pub fn is_community(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !text.trim_matches('.').is_empty() && text.len() <= 100 && text.bytes().all(plain)
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
    fn a_link_names_its_community_or_none_that_could_be_taken_for_another() {
        let community = |link| name(link).unwrap().link.unwrap().community;
        for link in [
            "https://inbox.socialboards.com/acme/tickets?ticketId=7",
            "https://inbox.socialboards.com/acme/tickets/?view=all&ticketId=7#x",
        ] {
            assert_eq!(community(link).as_deref(), Some("acme"), "{link}");
        }
        for link in [
            "https://inbox.socialboards.com/tickets?ticketId=7",
            "https://inbox.socialboards.com?ticketId=7",
            "https://inbox.socialboards.com/acme/../other/tickets?ticketId=7",
            "https://inbox.socialboards.com/acme/..%2fother/tickets?ticketId=7",
            "https://inbox.socialboards.com/acme\\..\\other/tickets?ticketId=7",
            "https://inbox.socialboards.com//acme/tickets?ticketId=7",
            "https://inbox.socialboards.com/./acme/tickets?ticketId=7",
        ] {
            assert_eq!(community(link), None, "{link}");
        }
        assert_eq!(name("7").unwrap().link, None);
    }

    #[test]
    fn only_links_of_the_known_community_are_admitted() {
        let link = |community: Option<&str>| Link { community: community.map(str::to_owned) };
        let acme = Links::Of(Some("acme".to_owned()));
        assert!(acme.admit(&link(Some("acme"))) && Links::Any.admit(&link(None)));
        for refused in [Some("Acme"), Some("other"), None] {
            assert!(!acme.admit(&link(refused)), "{refused:?}");
        }
        assert!(!Links::Of(None).admit(&link(None)) && !Links::Of(None).admit(&link(Some("acme"))));
    }

    /// P21: nothing but digits ever becomes a part of an address.
    #[test]
    fn what_is_not_a_ticket_is_refused_with_a_sentence() {
        let long = "9".repeat(10_000);
        for text in [
            "abc",
            "-5",
            "0",
            "",
            "1/log?x",
            "../1",
            "%2e%2e",
            "+5",
            " 5",
            "5 5",
            "99999999999999999999999",
            "٣",
            &long,
        ] {
            assert!(parse(text).unwrap_err().contains("number"), "{text}");
        }
        assert!(parse("https://inbox.socialboards.com/acme/tickets").unwrap_err().contains("no ticketId"));
        assert!(parse("https://x/?ticketId=abc").is_err());
    }
}
