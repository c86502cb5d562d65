//! The other sample tickets: exact examples, generated logs, hostile text.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use ticketlog::demo::{Options, hostile_strings};

use crate::client::{Client, assert_newest_first, text, time, types_of};

#[tokio::test]
async fn ticket_255762_is_the_example_of_the_reference() {
    let api = Client::start(Options::default()).await;
    let example: Value = serde_json::from_str(include_str!("../data/ticket-log-example.json")).unwrap();
    assert_eq!(api.post("/tickets/255762/log", "{}").await.json, example);
    let ticket = api.get("/tickets/255762").await.json["data"].clone();
    assert_eq!(ticket["creationTime"], example["data"][4]["time"]);
    assert_eq!(ticket["status"], "pending");
    assert_eq!(ticket["lockedBy"], example["data"][0]["user"]);
}

#[tokio::test]
async fn the_reference_page_s_request_gets_the_reference_page_s_answer() {
    let api = Client::start(Options::default()).await;
    let page: Value = serde_json::from_str(include_str!("../data/get-ticket-log-example.json")).unwrap();
    let body = r#"{"action_types":["ticket_status_changed","ticket_read"]}"#;
    assert_eq!(api.post("/tickets/4484618/log?take=2", body).await.json, page);
}

#[tokio::test]
async fn every_log_is_strictly_newest_first_to_the_second_it_writes() {
    let api = Client::start(Options {
        entries: Some(77),
        clock: Arc::new(|| DateTime::UNIX_EPOCH),
        ..Options::default()
    })
    .await;
    for (ticket, count) in
        [(255_762, 5), (4_478_963, 190), (4_484_618, 60), (4_484_636, 10_000), (1, 77), (4_484_700, 120)]
    {
        let entries = api.all(ticket, &[]).await;
        assert_eq!(entries.len(), count, "{ticket}");
        assert_eq!(entries.iter().filter_map(time).count(), count, "{ticket}");
        assert_newest_first(&entries);
        assert_eq!(types_of(&entries).last(), Some(&"ticket_created"), "{ticket}");
    }
    for skip in [0, 499_990, 999_950] {
        let page = api.page(1_000_000, &[], skip, 50).await;
        assert_eq!(page.len(), 50);
        assert_newest_first(&page);
    }
}

#[tokio::test]
async fn a_filtered_page_is_the_same_as_filtering_the_whole_log() {
    let api = Client::start(Options::default()).await;
    let all = api.all(4_484_636, &[]).await;
    for types in [
        vec!["ticket_read"],
        vec!["ticket_created"],
        vec!["ticket_created", "tag_removed"],
        vec!["reply_created", "ticket_status_changed", "no_such_type"],
        vec!["no_such_type"],
    ] {
        let naive: Vec<_> =
            all.iter().filter(|it| types.contains(&text(it, "actionType"))).cloned().collect();
        assert!(api.all(4_484_636, &types).await == naive, "{types:?}");
        for skip in [1, 37, naive.len().saturating_sub(3)] {
            let page = api.page(4_484_636, &types, skip as u64, 7).await;
            assert!(page.iter().eq(naive.iter().skip(skip).take(7)), "{types:?} {skip}");
        }
    }
}

#[tokio::test]
async fn deep_in_a_million_a_filtered_page_is_where_arithmetic_says() {
    let api = Client::start(Options::default()).await;
    // 20 steps a round and one tag_removed in each: 999,999 entries after the first make 49,999 whole rounds and 19 steps,
    // and the last of those is tag_removed.
    assert_eq!(api.page(1_000_000, &["tag_removed"], 49_999, 50).await.len(), 1);
    assert!(api.page(1_000_000, &["tag_removed"], 50_000, 50).await.is_empty());
    let filtered = api.page(1_000_000, &["tag_removed"], 31_234, 2).await;
    let place = 31_234 * 20;
    assert_eq!(filtered[0], api.page(1_000_000, &[], place, 1).await[0]);
    assert_eq!(filtered[1], api.page(1_000_000, &[], place + 20, 1).await[0]);
    assert_eq!(types_of(&api.page(1_000_000, &["ticket_created"], 0, 50).await), ["ticket_created"]);
    assert_eq!(
        api.page(1_000_000, &[], 999_999, 50).await,
        api.page(1_000_000, &["ticket_created"], 0, 1).await
    );
}

#[tokio::test]
async fn ticket_1_is_made_to_measure() {
    for count in [0, 1, 2, 20, 21, 22, 120] {
        let api = Client::start(Options { entries: Some(count), ..Options::default() }).await;
        assert_eq!(api.all(1, &[]).await.len() as u64, count);
        assert_eq!(api.get("/tickets/1").await.json["data"]["id"], 1);
    }
}

#[tokio::test]
async fn the_growing_ticket_gains_an_entry_every_four_seconds_of_the_clock() {
    let start = DateTime::parse_from_rfc3339("2026-02-03T04:05:06.7Z").unwrap().to_utc();
    let now = Arc::new(Mutex::new(start));
    let clock = {
        let now = Arc::clone(&now);
        Arc::new(move || *now.lock().unwrap())
    };
    let api = Client::start(Options { clock, ..Options::default() }).await;
    let advance = |seconds| *now.lock().unwrap() = start + TimeDelta::seconds(seconds);
    let before = api.all(4_484_700, &[]).await;
    assert_eq!(before.len(), 120);
    advance(3);
    assert_eq!(api.all(4_484_700, &[]).await, before);
    advance(41);
    let after = api.all(4_484_700, &[]).await;
    assert_eq!(after.len(), 130);
    assert_eq!(after[10..], before);
    assert_newest_first(&after);
    let newest: DateTime<Utc> = time(&after[0]).unwrap().into();
    assert!(newest <= start + TimeDelta::seconds(41) && newest > start + TimeDelta::seconds(36), "{newest}");
}

#[tokio::test]
async fn every_hostile_string_is_a_sentence_of_ticket_666_byte_for_byte() {
    let api = Client::start(Options::default()).await;
    let mut wire = Vec::new();
    for skip in (0..).step_by(50) {
        let page = api.post(&format!("/tickets/666/log?take=50&skip={skip}"), "{}").await;
        assert!(page.bytes.len() < 4 << 20, "{}", page.bytes.len());
        if page.bytes.starts_with(b"{\"data\":[]") {
            break;
        }
        wire.extend(page.bytes);
    }
    let key = b"\"actionString\":".as_slice();
    let sentences: Vec<_> =
        (0..wire.len()).map(|at| &wire[at..]).filter(|rest| rest.starts_with(key)).collect();
    for (number, literal) in hostile_strings() {
        let sentence = [key, &literal, b","].concat();
        assert!(sentences.iter().any(|rest| rest.starts_with(&sentence)), "{number}");
    }
    assert!(contains(&wire, b"\"actionString\":\"\\udc00\\ud800\""));
    assert!(contains(&wire, b"\"name\":\"a\x9B31mred\""));
    for field in ["actionType", "time", "email", "status", "name"] {
        assert!(contains(&wire, format!("\"{field}\":\"\\u001b").as_bytes()), "{field}");
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn the_hostile_ticket_is_valid_json_once_bytes_and_surrogates_are_mended() {
    let api = Client::start(Options::default()).await;
    let mut entries = Vec::new();
    for skip in (0..).step_by(50) {
        let bytes = api.post(&format!("/tickets/666/log?take=50&skip={skip}"), "{}").await.bytes;
        let text = String::from_utf8_lossy(&bytes).replace("\\ud800", "?").replace("\\udc00", "?");
        let page: Value = serde_json::from_str(&text).unwrap();
        let data = page["data"].as_array().unwrap().clone();
        if data.is_empty() {
            break;
        }
        entries.extend(data);
    }
    assert_newest_first(&entries);
    assert!(entries.iter().any(|entry| time(entry).is_none()));
    assert!(entries.iter().any(|entry| entry["user"].is_null()));
    assert_eq!(api.page(666, &["\u{1b}]0;owned\u{7}"], 0, 50).await.len(), 1);
    let title = api.get("/tickets/666").await.json["data"]["title"].clone();
    assert!(title.as_str().unwrap().contains('\u{202e}'));
}
