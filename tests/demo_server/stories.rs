//! The told tickets: consistent from the first entry to the last, and with all that logs are known to show.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::Value;
use ticketlog::demo::Options;

use crate::client::{Client, text, time, types_of};

/// Status labels and the words of the ticket object for them.
const ENGLISH: [(&str, &str); 3] = [("Open", "open"), ("Pending", "pending"), ("Completed", "completed")];
const NORWEGIAN: [(&str, &str); 3] = [("Åpen", "open"), ("På vent", "pending"), ("Fullført", "completed")];

#[tokio::test]
async fn a_story_never_contradicts_itself_and_ends_as_its_ticket_says() {
    let api = Client::start(Options::default()).await;
    for (id, labels) in [(4_478_963, ENGLISH), (4_484_618, NORWEGIAN), (4_484_636, ENGLISH)] {
        let (mut status, mut assignee) = (labels[0].0.to_owned(), Value::Null);
        for entry in api.all(id, &[]).await.iter().rev() {
            match text(entry, "actionType") {
                "ticket_status_changed" => status = status_after(entry, &status),
                "ticket_assigned_to_user" => assignee = entry["includedItems"]["users"][0]["id"].clone(),
                "ticket_unassigned" => assignee = Value::Null,
                _ => {}
            }
        }
        let ticket = api.get(&format!("/tickets/{id}")).await.json["data"].clone();
        assert!(labels.contains(&(&status, text(&ticket, "status"))), "{id} {status}");
        assert_eq!(assignee, ticket["lockedBy"]["id"], "{id}");
    }
}

/// The second quoted label of a status change, whose first must be the status so far.
fn status_after(entry: &Value, before: &str) -> String {
    let quoted: Vec<_> = text(entry, "actionString").split('"').collect();
    assert_eq!((quoted.len(), quoted[1]), (5, before), "{entry}");
    quoted[3].to_owned()
}

#[tokio::test]
async fn every_placeholder_refers_to_an_included_item() {
    let api = Client::start(Options::default()).await;
    for id in [4_478_963, 4_484_618, 4_484_636] {
        for entry in api.all(id, &[]).await {
            for placeholder in text(&entry, "actionString").split('{').skip(1) {
                let (kind, id) = placeholder.split_once('}').unwrap().0.split_once(':').unwrap();
                assert!(ids(&entry, kind).contains(id), "{entry}");
            }
        }
    }
}

/// The ids of the included items of this kind, as text.
fn ids(entry: &Value, kind: &str) -> BTreeSet<String> {
    let list = match kind {
        "User" => "users",
        "Tag" => "tags",
        "Category" => "categories",
        other => panic!("{other}"),
    };
    let items = entry["includedItems"][list].as_array().unwrap().iter();
    items.map(|item| item["id"].to_string().trim_matches('"').to_owned()).collect()
}

#[tokio::test]
async fn the_story_s_ticket_is_the_one_that_is_drawn_everywhere() {
    let api = Client::start(Options::default()).await;
    let ticket = api.get("/tickets/4478963").await.json["data"].clone();
    assert_eq!(text(&ticket, "title"), "New car price list.");
    assert_eq!(text(&ticket, "status"), "open");
    assert_eq!(text(&ticket["category"], "name"), "Sales");
    assert_eq!(text(&ticket["lockedBy"], "name"), "Garrick Ollivander");
    let replies = api.all(4_478_963, &["reply_created"]).await;
    assert_eq!(ticket["replyCount"], replies.len());
    assert_eq!(ticket["lastThreadElementCreationTime"], replies[0]["time"]);
}

#[tokio::test]
async fn the_story_of_190_entries_has_noise_silences_and_all_sides() {
    let api = Client::start(Options::default()).await;
    let entries = api.all(4_478_963, &[]).await;
    assert_eq!(entries.len(), 190);
    let reads = api.all(4_478_963, &["ticket_read"]).await.len();
    assert!((95..=130).contains(&reads), "{reads}");
    let kinds: BTreeSet<_> = types_of(&entries).into_iter().collect();
    assert!(kinds.len() >= 15, "{kinds:?}");
    let side = |it: &Value| (text(&it["user"], "status").to_owned(), it["user"]["isBot"] == true);
    let sides: BTreeSet<_> = entries.iter().map(side).collect();
    assert!(sides.into_iter().eq([("client".into(), false), ("team".into(), false), ("team".into(), true)]));

    let gaps: Vec<_> = entries.windows(2).map(|it| time(&it[0]).unwrap() - time(&it[1]).unwrap()).collect();
    assert!(gaps.iter().any(|gap| *gap > TimeDelta::days(20)));
    let consequence = TimeDelta::milliseconds(110)..TimeDelta::milliseconds(130);
    assert!(gaps.iter().filter(|gap| consequence.contains(gap)).count() > 10);
}

#[tokio::test]
async fn the_story_of_190_entries_has_every_shape_that_answers_are_known_to_have() {
    let api = Client::start(Options::default()).await;
    let entries = api.all(4_478_963, &[]).await;
    let digits: BTreeSet<_> = entries.iter().map(|it| fraction_digits(text(it, "time"))).collect();
    assert!(digits.into_iter().eq([0, 2, 6, 7]));
    let offsets: BTreeSet<_> =
        entries.iter().map(|it| time(it).unwrap().offset().local_minus_utc()).collect();
    assert!(offsets.into_iter().eq([0, 3 * 3_600]));
    let tags: Vec<_> =
        entries.iter().flat_map(|it| it["includedItems"]["tags"].as_array().unwrap()).collect();
    assert!(tags.iter().any(|tag| tag.is_string()));
    assert!(tags.iter().any(|tag| tag["id"].is_u64()));
    let identifiers: Vec<_> = entries.iter().map(|it| it["user"].get("customIdentifier")).collect();
    assert!(identifiers.contains(&None));
    assert!(identifiers.contains(&Some(&Value::Null)));
}

fn fraction_digits(time: &str) -> usize {
    time.split_once('.').map_or(0, |(_, rest)| rest.split('+').next().unwrap().len())
}
