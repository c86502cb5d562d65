//! Inbox links in the question which ticket to open: the same number is another ticket in another community.

use chrono::TimeDelta;
use ratatui::layout::Size;
use ticketlog::model::{subject::Subject, ticket::Links, visit::Visit};

use crate::story::{Story, start};

fn asking(links: Links) -> Story {
    let looked = start() + TimeDelta::days(399);
    let mut story =
        Story::asking(Size { width: 80, height: 24 }, vec![Visit { ticket: 77, looked, seen: None }]);
    story.model.links = links;
    story
}

#[test]
fn a_link_of_another_community_opens_nothing_even_where_its_number_was_opened_lately() {
    let acme = || Links::Of(Some("acme".to_owned()));
    for (community, number) in [("other/", "78"), ("other/", "77"), ("", "78")] {
        let link = format!("https://inbox.socialboards.com/{community}tickets?ticketId={number}");
        for keys in ["<enter>", "<down><enter>"] {
            let mut story = asking(acme());
            story.keys(&link).keys(keys);
            assert_eq!(story.model.subject, Subject::Nothing, "{link}");
            assert!(story.shows("the link is not of this account's community"), "{:#?}", story.screen());
            assert!(story.requests.is_empty());
        }
    }
    let mut story = asking(acme());
    story.keys("https://inbox.socialboards.com/acme/tickets?ticketId=78<enter>");
    assert_eq!(story.model.subject, Subject::Ticket(78));
    let mut story = asking(Links::Any);
    story.keys("https://inbox.socialboards.com/other/tickets?ticketId=78<enter>");
    assert_eq!(story.model.subject, Subject::Ticket(78), "nothing is known of communities");
}
